import type { Webhook } from "../../model/index.ts";
import type { DocsContract, DocsOptions, DocsSite } from "./docs-site.ts";
import type { GuidePage } from "./guides.ts";
import { breakable, flat, type Html, html, inOnePiece } from "./html.ts";
import {
  assetPath,
  COMMANDS,
  contractPath,
  eventPath,
  GUIDES,
  HOME,
  hrefBetween,
  hrefOfLink,
  type PagePath,
  rootFrom,
} from "./site-paths.ts";
import type { Status } from "./status.ts";

/** What every page knows of the site around it. */
export interface SiteFrame {
  readonly site: DocsSite;
  readonly options: DocsOptions;
  readonly guides: readonly GuidePage[];
}

export interface PageContent {
  readonly path: PagePath;
  readonly title: string;
  readonly description: string;
  /** The contract whose events the list at the side shows. */
  readonly contract?: DocsContract;
  readonly main: Html;
}

/**
 * Everything that is loaded lies beside the page, and nothing is sent anywhere. Styles and scripts are files, so that none has
 * to be allowed within the page.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/** A whole page: its head, what stands around its content, and the content. */
export function page(frame: SiteFrame, content: PageContent): string {
  const { path, title, description, main } = content;
  const { options } = frame;
  const asset = (file: string) => hrefBetween(path, assetPath(file));
  const whole = html`<!doctype html>
<html lang="en" data-root="${rootFrom(path)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${title === options.title ? title : `${title} · ${options.title}`}</title>
<meta name="description" content="${description}">
<script src="${asset("theme.js")}"></script>
<link rel="stylesheet" href="${asset("style.css")}">
<link rel="icon" href="${asset("icon.svg")}">
<script src="${asset("site.js")}" defer></script>
</head>
<body>
<a class="skip" href="#main">Skip to content</a>
<header class="top">
<a class="menu-link" href="#menu">Menu</a>
<a class="brand" href="${hrefBetween(path, HOME)}">${brand(options, path)}</a>
<button type="button" class="search-open js" aria-haspopup="dialog" aria-keyshortcuts="/"><span>Search events and fields</span><kbd>/</kbd></button>
<button type="button" class="theme-toggle js" aria-label="Dark theme" aria-pressed="false"><span aria-hidden="true"></span></button>
</header>
<div class="frame">
<main id="main" tabindex="-1">
${main}
</main>
<nav class="side" id="menu" aria-label="Pages">${side(frame, content)}</nav>
</div>
</body>
</html>
`;
  return flat(whole.toString());
}

function brand({ logo, title }: DocsOptions, path: PagePath): Html {
  if (logo === undefined) return html`<span>${title}</span>`;
  return html`<img src="${hrefBetween(path, assetPath("logo.svg"))}" width="${logo.width}" height="${logo.height}" alt=""><span>${title}</span>`;
}

function side(frame: SiteFrame, { path, contract }: PageContent): Html {
  const { site, guides, options } = frame;
  const link = (to: PagePath, text: string | Html, extra: Html | null = null) => {
    const isCurrent = to.join("/") === path.join("/");
    return html`<li><a href="${hrefBetween(path, to)}"${isCurrent ? html` aria-current="page"` : null}>${text}${extra}</a></li>`;
  };
  const topGuides = guides.filter(({ folder, isIndex }) => folder === "" && !isIndex);
  const folders = guides.filter(({ folder, isIndex }) => folder !== "" && isIndex);
  const contracts = site.contracts.map((one) => {
    const { id, title } = one.contract;
    const isOpen = one === contract || site.contracts.length === 1;
    return html`${link(contractPath(id), title)}${isOpen ? html`<li>${eventList(one, path)}</li>` : null}`;
  });
  const reference = [
    ...(options.commands === undefined ? [] : [link(COMMANDS, "Commands")]),
    ...(options.links ?? []).map((one) => html`<li><a href="${hrefOfLink(path, one)}">${one.text}</a></li>`),
  ];
  return html`<div class="side-list">
${site.contracts.length === 0 ? null : html`<h2>Contracts</h2><ul>${contracts}</ul>`}
${guides.length === 0 ? null : html`<h2><a href="${hrefBetween(path, GUIDES)}">Guides</a></h2><ul>${[...topGuides, ...folders].map((guide) => link(guide.path, guide.title))}</ul>`}
${reference.length === 0 ? null : html`<h2>Reference</h2><ul>${reference}</ul>`}
</div>`;
}

/** The events of a contract, under their tags where they have any. */
function eventList(docs: DocsContract, path: PagePath): Html {
  const { contract } = docs;
  const groups = new Map<string, Webhook[]>();
  for (const webhook of contract.webhooks) {
    const tag = webhook.tags[0] ?? "";
    const group = groups.get(tag);
    if (group === undefined) groups.set(tag, [webhook]);
    else group.push(webhook);
  }
  const parts = [...groups].map(([tag, webhooks]) => {
    const list = html`<ul class="events">${webhooks.map((webhook) => eventItem(docs, webhook, path))}</ul>`;
    return tag === "" || groups.size === 1 ? list : html`<h3>${tag}</h3>${list}`;
  });
  return html`${parts}`;
}

/** By contract and by the folder that they are seen from. */
const items = new WeakMap<DocsContract, Map<string, Html>>();

/** Made once for all pages of a folder: of many events, the lists are most of what there is to make. */
function eventItem(docs: DocsContract, webhook: Webhook, path: PagePath): Html {
  const to = eventPath(docs.contract.id, webhook.key);
  const isCurrent = to.join("/") === path.join("/");
  const known = items.get(docs) ?? new Map<string, Html>();
  items.set(docs, known);
  const key = `${path.slice(0, -1).join("/")} ${webhook.key}`;
  const made = isCurrent ? undefined : known.get(key);
  if (made !== undefined) return made;
  const isOver = webhook.deprecated === true;
  const item = inOnePiece(
    html`<li><a href="${hrefBetween(path, to)}"${isCurrent ? html` aria-current="page"` : null}${isOver ? html` class="over"` : null}>${breakable(webhook.name)}</a></li>`,
  );
  if (!isCurrent) known.set(key, item);
  return item;
}

export function badge(status: Status): Html {
  return html`<span class="badge ${status}">${status}</span>`;
}
