import type { GuidePage } from "../guides.ts";
import { type Html, html, nothing } from "../html.ts";
import { page, type SiteFrame } from "../layout.ts";
import type { RenderedMarkdown } from "../markdown.ts";
import { hrefBetween } from "../site-paths.ts";

/** A guide with the list of its sections; the page of a folder also lists what is in it. */
export function guidePage(frame: SiteFrame, guide: GuidePage, rendered: RenderedMarkdown): string {
  const { path, title, folder, isIndex, summary } = guide;
  const up = frame.guides.find(
    (one) =>
      one.isIndex && one.folder === (isIndex ? folder.split("/").slice(0, -1).join("/") : folder) && one !== guide,
  );
  const crumbs =
    up === undefined ? nothing : html`<p class="crumbs"><a href="${hrefBetween(path, up.path)}">${up.title}</a></p>`;
  const heading =
    guide.text === undefined || !rendered.headings.some(({ level }) => level === 1) ? html`<h1>${title}</h1>` : nothing;
  const toc = contents(guide, rendered);
  const main = html`${crumbs}<div class="guide"><article class="prose">${heading}${rendered.html}${isIndex ? list(frame, guide) : null}</article>${toc}</div>`;
  return page(frame, { path, title, description: summary || title, main });
}

function contents({ path }: GuidePage, { headings }: RenderedMarkdown): Html {
  const listed = headings.filter(({ level }) => level === 2 || level === 3);
  if (listed.length < 2) return nothing;
  return html`<nav class="toc" aria-label="On this page"><h2>On this page</h2><ul>${listed.map(({ id, text, level }) => html`<li class="level-${level}"><a href="${hrefBetween(path, path, id)}">${text}</a></li>`)}</ul></nav>`;
}

function list({ guides }: SiteFrame, { folder, path }: GuidePage): Html {
  const inside = guides.filter((one) =>
    one.isIndex ? one.folder !== folder && parent(one.folder) === folder : one.folder === folder,
  );
  return html`<ul class="guide-list">${inside.map((one) => html`<li><a href="${hrefBetween(path, one.path)}">${one.title}</a>${one.summary === "" ? null : html`<p>${one.summary}</p>`}</li>`)}</ul>`;
}

function parent(folder: string): string {
  return folder.split("/").slice(0, -1).join("/");
}
