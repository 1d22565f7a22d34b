import { diagnose } from "../../diagnostics/index.ts";
import type { OutputFile, Result } from "../../model/index.ts";
import type { DocsContract, DocsOptions, DocsSite } from "./docs-site.ts";
import { FieldLabels } from "./fields/field-labels.ts";
import { type BrokenGuideLink, guidePages, renderGuide } from "./guides.ts";
import type { SiteFrame } from "./layout.ts";
import { commandId, commandsPage } from "./pages/commands.ts";
import { contractPage } from "./pages/contract.ts";
import { eventPage } from "./pages/event.ts";
import { guidePage } from "./pages/guide.ts";
import { homePage, leadText } from "./pages/home.ts";
import { type SearchDocument, searchFields, searchScript, searchText } from "./search-documents.ts";
import { assetPath, COMMANDS, contractPath, HOME, type PagePath, sourcePath } from "./site-paths.ts";
import { sourceFiles } from "./source-files.ts";
import { Declarations } from "./type-excerpt.ts";

/** A folder of static pages: contracts and guides in, HTML out. Nothing is written. */
export function emitDocs(site: DocsSite, options: DocsOptions): Result<readonly OutputFile[]> {
  const guides = guidePages(site.guides);
  const frame: SiteFrame = { site, options, guides };
  const files: OutputFile[] = [];
  const documents: SearchDocument[] = [];
  const brokenLinks: BrokenGuideLink[] = [];
  const { fileAddress = () => null } = options;
  const add = (path: PagePath, text: string) => files.push({ path: path.join("/"), text });

  add(HOME, homePage(frame));
  for (const docs of site.contracts) addContract(docs);
  for (const guide of guides) {
    const rendered = renderGuide(guide, { pages: guides, fileAddress, onBroken: (link) => brokenLinks.push(link) });
    add(guide.path, guidePage(frame, guide, rendered));
    const text = [guide.summary, ...rendered.headings.map((heading) => heading.text)].join(" ");
    documents.push({ k: "guide", u: guide.path.join("/"), t: guide.title, d: searchText(text) });
  }
  if (options.commands !== undefined) {
    add(COMMANDS, commandsPage(frame, options.commands));
    for (const { name, summary } of options.commands.commands) {
      documents.push({
        k: "command",
        u: `${COMMANDS.join("/")}#${commandId(name)}`,
        t: `${options.commands.name} ${name}`,
        d: summary,
      });
    }
  }
  const { style, theme, site: script, search } = options.assets;
  add(assetPath("style.css"), style);
  add(assetPath("theme.js"), theme);
  add(assetPath("site.js"), script);
  add(assetPath("search.js"), search);
  add(assetPath("search-index.js"), searchScript(documents));
  add(assetPath("icon.svg"), ICON);
  if (options.logo !== undefined) add(assetPath("logo.svg"), options.logo.svg);
  const folder = options.guidesFolder === undefined ? "" : `${options.guidesFolder}/`;
  const diagnostics = brokenLinks.map(({ file, address }) =>
    diagnose("guide-link-broken", { address }, { file: `${folder}${file}`, pointer: "" }),
  );
  return { value: files, diagnostics };

  function addContract(docs: DocsContract): void {
    const { contract } = docs;
    const declarations = new Declarations(docs.types);
    const labels = new FieldLabels(contract);
    add(contractPath(contract.id), contractPage(frame, docs, labels));
    documents.push({
      k: "contract",
      u: contractPath(contract.id).join("/"),
      t: contract.title,
      d: searchText(leadText(contract.description)),
    });
    for (const webhook of contract.webhooks) {
      const { path, text, fields } = eventPage(frame, { docs, webhook, declarations, labels });
      add(path, text);
      documents.push({
        k: "event",
        u: path.join("/"),
        t: webhook.name,
        c: contract.title,
        d: searchText(webhook.summary, webhook.description),
        f: searchFields(fields),
      });
    }
    for (const { file, text } of sourceFiles(docs.sources)) add(sourcePath(contract.id, file), text);
  }
}

const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#3b5bdb"/><path d="M20 7v11a5 5 0 1 1-10 0v-2l4 3" fill="none" stroke="#fff" stroke-width="3" stroke-linecap="round" stroke-linejoin="round"/></svg>
`;
