import { highlight } from "./highlight.ts";
import { end, type Html, html } from "./html.ts";

export interface CodeBlock {
  readonly code: string;
  readonly language: string;
  /** What it is, for the line above it and for whoever cannot see it. */
  readonly label: string;
}

/** Code with a line above it and a button that copies it. */
export function codeBlock({ code, language, label }: CodeBlock): Html {
  return coloredBlock(label, highlight(code, language));
}

/** The same for code that is in colours already. What is copied is the text of the element, so it is exact. */
export function coloredBlock(label: string, code: Html): Html {
  return html`<figure class="code-block"><figcaption><span>${label}</span><button type="button" class="copy js" aria-label="Copy ${label}">Copy</button></figcaption><pre tabindex="0" role="group" aria-label="${label}"><code>${code}</code></pre></figure>`;
}

export interface Tab {
  readonly label: string;
  readonly content: Html;
}

/** Tabs that are radio buttons to the browser, so that they work without a script; on paper each is shown. */
export function tabs(id: string, label: string, list: readonly Tab[]): Html {
  const [only] = list;
  if (list.length === 1 && only !== undefined) return html`<div class="tab-single">${only.content}</div>`;
  return html`<div class="tabs whole" role="group" aria-label="${label}">${list.map(
    (tab, index) =>
      html`<input type="radio" name="${id}" id="${id}-${index + 1}"${index === 0 ? html` checked` : null}><label for="${id}-${index + 1}">${tab.label}</label><div class="panel">${tab.content}</div>`,
  )}${end}</div>`;
}
