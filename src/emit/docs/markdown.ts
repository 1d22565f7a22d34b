import MarkdownIt, { type Token } from "markdown-it";
import { highlight } from "./highlight.ts";
import { end, type Href, type Html, html, join, nothing, siteHref, webHref } from "./html.ts";
import { withoutComments } from "./markdown-comments.ts";

/** A heading of a text, for tables of contents. */
export interface Heading {
  /** As in the text: 1 is `#`. */
  readonly level: number;
  readonly text: string;
  readonly id: string;
}

export interface MarkdownOptions {
  /** What `#` becomes, so that a text fits below the heading that it stands under. Default 1. */
  readonly firstLevel?: number;
  /** Stands before the headings' ids, so that several texts of a page do not share any. Without it headings have none. */
  readonly idPrefix?: string;
  /** Where a link that is no web address leads; null: nowhere, and its text is shown alone. */
  readonly resolveLink?: (address: string) => Href | null;
}

export interface RenderedMarkdown {
  readonly html: Html;
  readonly headings: readonly Heading[];
}

/**
 * CommonMark with tables. Raw HTML is text like any other. Images are links, since nothing that a page shows comes from
 * elsewhere.
 */
const parser = withoutComments(new MarkdownIt({ html: false, linkify: true, typographer: false }));
parser.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false });
// What leads where is decided here, and not by the parser's own list.
parser.validateLink = () => true;

/** Longer texts are no prose; they are shown as they are. */
const LENGTH_MAX = 300_000;

export function renderMarkdown(text: string, options: MarkdownOptions = {}): RenderedMarkdown {
  if (text.length > LENGTH_MAX) return { html: html`<pre class="plain">${text}</pre>`, headings: [] };
  const renderer = new Renderer(options);
  return { html: renderer.render(parseMarkdown(text)), headings: renderer.headings };
}

/** One line of Markdown: code, emphasis and links, and no blocks. */
export function renderInline(text: string, options: MarkdownOptions = {}): Html {
  if (text.length > LENGTH_MAX) return html`${text}`;
  return new Renderer(options).render(parser.parseInline(text, {}));
}

/** One line of Markdown as text. */
export function plainInline(text: string): string {
  if (text.length > LENGTH_MAX) return text;
  return plainText(parser.parseInline(text, {}));
}

/** @returns nothing for a text that is no prose */
export function parseMarkdown(text: string): readonly Token[] {
  if (text.length > LENGTH_MAX) return [];
  return parser.parse(text.replaceAll("\0", "\ufffd"), {});
}

/** What a text says, without its marks. */
export function plainText(tokens: readonly Token[]): string {
  return tokens
    .map((token) => {
      if (token.children !== null && token.children.length > 0) return plainText(token.children);
      return token.type === "softbreak" || token.type === "hardbreak" ? " " : token.content;
    })
    .join("");
}

interface Open {
  readonly token: Token | null;
  readonly parts: Html[];
}

class Renderer {
  readonly headings: Heading[] = [];
  readonly #options: MarkdownOptions;
  readonly #ids = new Set<string>();

  constructor(options: MarkdownOptions) {
    this.#options = options;
  }

  render(tokens: readonly Token[]): Html {
    const open: Open[] = [{ token: null, parts: [] }];
    for (const [index, token] of tokens.entries()) {
      if (token.nesting === 1) {
        open.push({ token, parts: [] });
        if (token.type === "heading_open") this.#note(token, tokens[index + 1]);
      } else if (token.nesting === -1) {
        const closed = open.pop();
        if (closed?.token != null) open.at(-1)?.parts.push(this.#wrap(closed.token, join(closed.parts)));
      } else {
        open.at(-1)?.parts.push(this.#leaf(token));
      }
    }
    return join(open.flatMap(({ parts }) => parts));
  }

  #note(token: Token, inline: Token | undefined): void {
    const text = plainText(inline?.children ?? []);
    const { idPrefix } = this.#options;
    if (idPrefix === undefined) return;
    const base = idPrefix + slug(text);
    let id = base;
    for (let count = 2; this.#ids.has(id); count++) id = `${base}-${count}`;
    this.#ids.add(id);
    token.attrSet("id", id);
    this.headings.push({ level: levelOf(token), text, id });
  }

  #leaf(token: Token): Html {
    switch (token.type) {
      case "inline":
        return this.render(token.children ?? []);
      case "text":
      case "html_inline":
      case "html_block":
        return html`${token.content}`;
      case "softbreak":
        return html`
`;
      case "hardbreak":
        return html`<br>`;
      case "code_inline":
        return html`<code>${token.content}</code>`;
      case "code_block":
      case "fence":
        return html`<pre class="code" tabindex="0"><code>${highlight(token.content.replace(/\n$/, ""), language(token))}</code></pre>`;
      case "hr":
        return html`<hr>`;
      case "image":
        return this.#link(String(token.attrGet("src") ?? ""), html`${plainText([token]) || "image"}`);
      default:
        return html`${token.content}`;
    }
  }

  #wrap(token: Token, inner: Html): Html {
    switch (token.type) {
      case "paragraph_open":
        return token.hidden ? inner : html`<p>${inner}</p>`;
      case "heading_open":
        return this.#heading(token, inner);
      case "bullet_list_open":
        return html`<ul>${inner}</ul>`;
      case "ordered_list_open":
        return html`<ol start="${String(token.attrGet("start") ?? 1)}">${inner}</ol>`;
      case "list_item_open":
        return html`<li>${inner}</li>`;
      case "blockquote_open":
        return html`<blockquote>${inner}</blockquote>`;
      case "table_open":
        return html`<div class="scroll whole" tabindex="0" role="group" aria-label="Table"><table>${inner}</table>${end}</div>`;
      case "thead_open":
        // A head without a word is how Markdown writes a table that has none.
        return isBlank(inner) ? nothing : html`<thead>${inner}</thead>`;
      case "tbody_open":
        return html`<tbody>${inner}</tbody>`;
      case "tr_open":
        return html`<tr>${inner}</tr>`;
      case "th_open":
        return isBlank(inner) ? html`<td></td>` : html`<th scope="col">${inner}</th>`;
      case "td_open":
        return html`<td>${inner}</td>`;
      case "strong_open":
        return html`<strong>${inner}</strong>`;
      case "em_open":
        return html`<em>${inner}</em>`;
      case "s_open":
        return html`<s>${inner}</s>`;
      case "link_open":
        return this.#link(String(token.attrGet("href") ?? ""), inner);
      default:
        return inner;
    }
  }

  #heading(token: Token, inner: Html): Html {
    const { firstLevel = 1 } = this.#options;
    const id = token.attrGet("id");
    const inside =
      id === null
        ? inner
        : html`${inner}<a class="anchor" href="${siteHref([], String(id))}" aria-label="Link to this section">#</a>`;
    const attribute = id === null ? nothing : html` id="${String(id)}"`;
    switch (Math.min(6, firstLevel - 1 + levelOf(token))) {
      case 1:
        return html`<h1${attribute}>${inner}</h1>`;
      case 2:
        return html`<h2${attribute}>${inside}</h2>`;
      case 3:
        return html`<h3${attribute}>${inside}</h3>`;
      case 4:
        return html`<h4${attribute}>${inside}</h4>`;
      case 5:
        return html`<h5${attribute}>${inside}</h5>`;
      default:
        return html`<h6${attribute}>${inside}</h6>`;
    }
  }

  #link(address: string, inner: Html): Html {
    const web = webHref(address);
    if (web !== null) return html`<a href="${web}" rel="noreferrer">${inner}</a>`;
    const href = this.#options.resolveLink?.(address) ?? null;
    return href === null ? inner : html`<a href="${href}">${inner}</a>`;
  }
}

function isBlank(markup: Html): boolean {
  return (
    markup
      .toString()
      .replace(/<[^>]*>/g, "")
      .trim() === ""
  );
}

function language(token: Token): string {
  return token.info.trim().split(/\s+/)[0]?.toLowerCase() ?? "";
}

function levelOf(token: Token): number {
  return Number(token.tag.slice(1)) || 1;
}

/** As GitHub makes ids of headings, so that links written for it work here too. */
function slug(text: string): string {
  const words = text
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, "")
    .replaceAll(" ", "-");
  return words === "" ? "section" : words;
}
