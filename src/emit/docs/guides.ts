import { posix } from "node:path";
import type { GuideFile } from "./docs-site.ts";
import { type Href, webHref } from "./html.ts";
import { type Heading, parseMarkdown, plainText, type RenderedMarkdown, renderMarkdown } from "./markdown.ts";
import { GUIDES, hrefBetween, type PagePath } from "./site-paths.ts";

/** A guide as a page of the site. */
export interface GuidePage {
  readonly file: string;
  readonly path: PagePath;
  /** The folder it lies in below the guides' own, empty for that itself. */
  readonly folder: string;
  /** The page of its folder. */
  readonly isIndex: boolean;
  readonly title: string;
  /** The first paragraph that is one, as text. */
  readonly summary: string;
  /** Undefined for the page of a folder that has no text of its own. */
  readonly text?: string;
}

/** A link that leads nowhere within the site. */
export interface BrokenGuideLink {
  readonly file: string;
  readonly address: string;
}

const INDEX_NAMES = ["index.md", "README.md", "readme.md"];

/** The pages that guides become: one each, and one for every folder. */
export function guidePages(files: readonly GuideFile[]): readonly GuidePage[] {
  const pages = files.map(pageOf);
  const folders = new Set(files.map(({ path }) => folderOf(path)));
  if (files.length > 0) folders.add("");
  for (const folder of folders) {
    if (pages.some((page) => page.folder === folder && page.isIndex)) continue;
    const title = folder === "" ? "Guides" : capitalised(folder.split("/").at(-1) ?? folder);
    const path = folder === "" ? GUIDES : ["guides", ...folder.split("/"), "index.html"];
    pages.push({ file: posix.join(folder, "index.md"), path, folder, isIndex: true, title, summary: "" });
  }
  return pages;
}

function pageOf({ path, text }: GuideFile): GuidePage {
  const folder = folderOf(path);
  const name = posix.basename(path);
  const isIndex = INDEX_NAMES.includes(name);
  const tokens = parseMarkdown(text);
  const heading = tokens.findIndex(({ type, tag }) => type === "heading_open" && tag === "h1");
  const title = heading < 0 ? capitalised(name.replace(/\.md$/i, "")) : plainText(tokens[heading + 1]?.children ?? []);
  const paragraphs = tokens.flatMap(({ type, level }, index) =>
    type === "paragraph_open" && level === 0 && index > heading ? [plainText(tokens[index + 1]?.children ?? [])] : [],
  );
  const file = isIndex ? "index.html" : `${name.replace(/\.md$/i, "")}.html`;
  return {
    file: path,
    path: ["guides", ...(folder === "" ? [] : folder.split("/")), file],
    folder,
    isIndex,
    title,
    summary: paragraphs.find(isSentence) ?? paragraphs[0] ?? "",
    text,
  };
}

/** What is none is a note, such as of a state or a date. */
function isSentence(text: string): boolean {
  return /[.!?:…]["”’)]*$/.test(text.trim());
}

export interface GuideLinks {
  readonly pages: readonly GuidePage[];
  /** Where on the web a file is that is no page, if it is there; its path counts from the guides' folder. */
  readonly fileAddress: (path: string) => string | null;
  readonly onBroken: (link: BrokenGuideLink) => void;
}

/** A guide's text, its links to other guides leading to their pages. */
export function renderGuide(page: GuidePage, { pages, fileAddress, onBroken }: GuideLinks): RenderedMarkdown {
  return renderMarkdown(page.text ?? "", { idPrefix: "", resolveLink: (address) => resolve(address) });

  function resolve(address: string): Href | null {
    const [path = "", fragment] = decoded(address).split("#");
    const folder = posix.dirname(page.file);
    const wanted = path === "" ? page.file : posix.normalize(posix.join(folder, path)).replace(/\/$/, "");
    const target = pages.find(
      ({ file, folder: own, isIndex }) => file === wanted || (isIndex && own === wanted && own !== ""),
    );
    const isPath = !/^[a-z][a-z0-9+.-]*:|^\/\//i.test(address);
    const isThere = target !== undefined && isPath;
    const elsewhere = target === undefined && isPath ? fileAddress(wanted) : null;
    if (elsewhere !== null) return webHref(elsewhere);
    if (!isThere || (fragment !== undefined && !headingsOf(target).some(({ id }) => id === fragment))) {
      onBroken({ file: page.file, address });
      return isThere ? hrefBetween(page.path, target.path) : null;
    }
    return hrefBetween(page.path, target.path, fragment);
  }
}

const headings = new WeakMap<GuidePage, readonly Heading[]>();

function headingsOf(page: GuidePage): readonly Heading[] {
  let known = headings.get(page);
  if (known === undefined) {
    known = renderMarkdown(page.text ?? "", { idPrefix: "" }).headings;
    headings.set(page, known);
  }
  return known;
}

function decoded(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}

function folderOf(path: string): string {
  const folder = posix.dirname(path);
  return folder === "." ? "" : folder;
}

function capitalised(text: string): string {
  const words = text.replaceAll(/[-_]+/g, " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
