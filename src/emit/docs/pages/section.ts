import { type Html, html } from "../html.ts";
import { hrefBetween, type PagePath } from "../site-paths.ts";

/** A part of a page that can be linked to. */
export interface Section {
  readonly id: string;
  readonly title: string;
  readonly content: Html;
}

/** Links to the sections of a page, under its title. */
export function jumps(path: PagePath, sections: readonly Pick<Section, "id" | "title">[]): Html {
  const links = sections.map(({ id, title }) => html`<li><a href="${hrefBetween(path, path, id)}">${title}</a></li>`);
  return html`<nav aria-label="On this page"><ul class="jumps">${links}</ul></nav>`;
}

export function sectionList(path: PagePath, sections: readonly Section[]): Html {
  return html`${sections.map(
    ({ id, title, content }) =>
      html`<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${title}<a class="anchor" href="${hrefBetween(path, path, id)}" aria-label="Link to this section">#</a></h2>${content}</section>
`,
  )}`;
}
