import { visible } from "../../diagnostics/index.ts";

/** Markup that may be put into other markup as it is. Only the template below makes it. */
class HtmlText {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type Html = HtmlText;

type Part = HtmlText | string | number | readonly Part[];

/**
 * Writes HTML: whatever is put in is text, unless the template made it.
 * ```ts
 * html`<p title="${title}">${rows.map((row) => html`<b>${row}</b>`)}</p>`
 * ```
 * Attributes must be in double quotes, and none of those may take an address.
 */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): HtmlText {
  return new HtmlText(
    strings.map((text, index) => `${text}${index < parts.length ? render(parts[index] ?? "") : ""}`).join(""),
  );
}

function render(part: Part): string {
  if (part instanceof HtmlText) return part.text;
  if (typeof part === "object") return part.map(render).join("");
  return escapeHtml(String(part));
}

/** Text between tags, or in an attribute. */
export function escapeHtml(text: string): string {
  return visible(text)
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/"/g, "&quot;")
    .replace(/'/g, "&#39;");
}
