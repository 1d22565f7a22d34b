import { escapeUnsafe } from "../../diagnostics/index.ts";

let make: (markup: string) => Html;
let makeHref: (address: string) => Href;

/**
 * Markup that `html` made. Nothing else makes one, so nothing else can stand in a page unescaped: text of a document, of a
 * guide, or of a program is always escaped on its way into a template.
 */
export class Html {
  readonly #markup: string;

  private constructor(markup: string) {
    this.#markup = markup;
  }

  /** The markup as text, to be written to a file. */
  toString(): string {
    return this.#markup;
  }

  static {
    make = (markup) => new Html(markup);
  }
}

/** An address that may be followed: within the site, or on the web by a scheme that runs nothing. */
export class Href {
  readonly #address: string;

  private constructor(address: string) {
    this.#address = address;
  }

  toString(): string {
    return this.#address;
  }

  static {
    makeHref = (address) => new Href(address);
  }
}

/** What may stand in a template. `null`, `undefined` and `false` stand for nothing. */
export type Part = Html | Href | string | number | null | undefined | false | readonly Part[];

/** Attributes that lead somewhere take an `Href`, so that no text can become an address. */
const ADDRESS_ATTRIBUTE = /\s(?:href|src|action|formaction|data|poster|srcset|ping|cite)\s*=\s*"([^"]*)$/i;
/** Attributes that hold code. */
const CODE_ATTRIBUTE = /\s(?:on[a-z]+|style)\s*=\s*"[^"]*$/i;
const BARE_ATTRIBUTE = /=\s*$/;

type Place = "text" | "address";
const places = new WeakMap<TemplateStringsArray, readonly Place[]>();

/**
 * Markup from a template. Everything put into it is escaped, but for markup that was made so itself.
 * @throws Error for a template that would put a value where escaping does not help: an attribute without quotes, code, or an
 *   address that is no `Href`. It is a fault of the template, found the first time it is used.
 */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  let known = places.get(strings);
  if (known === undefined) {
    known = strings.slice(0, -1).map(placeAfter);
    places.set(strings, known);
  }
  let markup = strings[0] ?? "";
  for (let index = 0; index < parts.length; index++) {
    const part = parts[index];
    if (known[index] === "address" && !(part instanceof Href)) throw new Error("Only an Href may be an address.");
    markup += written(part) + (strings[index + 1] ?? "");
  }
  return make(markup);
}

export const nothing: Html = html``;

/** Ends what is shown once all of it is there (`.whole` in the style sheet), since its last part may change where its first stands. */
export const end: Html = html`<span class="end" hidden></span>`;

/** Markup one after the other. */
export function join(parts: readonly Part[], between: Html = nothing): Html {
  const separator = between.toString();
  let markup = "";
  for (const [index, part] of parts.entries()) markup += (index === 0 ? "" : separator) + written(part);
  return make(markup);
}

/** The same markup in one piece, for what many pages have: what was put together is a tree of its parts until somebody reads it. */
export function inOnePiece(markup: Html): Html {
  return make(flat(markup.toString()));
}

/** Reading one character is what makes a tree of texts one text. */
export function flat(text: string): string {
  return text.charCodeAt(0) === 0 ? "" : text;
}

/** A name that may break where its parts end, and not in the middle of one. */
export function breakable(name: string): Html {
  const parts = name.split(/(?<=[_./:-])(?=[^_./:-])/);
  return parts.length > 20 ? html`${name}` : join(parts, html`<wbr>`);
}

/** An address of the site itself, made of segments and perhaps a fragment; each is percent-encoded. */
export function siteHref(segments: readonly string[], fragment?: string): Href {
  const path = segments.map(encodeSegment).join("/");
  return makeHref(path + (fragment === undefined ? "" : `#${encodeURIComponent(visibleHalves(fragment))}`));
}

const WEB_SCHEME = /^(?:https?|mailto):/i;

/** An address on the web, or null where following it might do anything but open a page or a message. */
export function webHref(address: string): Href | null {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: browsers drop them, and so read another address
  const clean = address.trim().replace(/[\u0000-\u0020\u007f]/g, (character) => encodeURIComponent(character));
  if (!WEB_SCHEME.test(clean)) return null;
  return URL.canParse(clean) ? makeHref(clean) : null;
}

function encodeSegment(segment: string): string {
  return segment === ".." || segment === "." ? segment : encodeURIComponent(visibleHalves(segment));
}

function visibleHalves(text: string): string {
  return text.replace(/\p{Cs}/gu, "\ufffd");
}

function placeAfter(text: string): Place {
  if (BARE_ATTRIBUTE.test(text)) throw new Error(`An attribute's value needs quotes: ${text}`);
  const isInTag = text.lastIndexOf("<") > text.lastIndexOf(">");
  if (isInTag && CODE_ATTRIBUTE.test(text)) throw new Error(`A value may not become code: ${text}`);
  const address = isInTag ? ADDRESS_ATTRIBUTE.exec(text) : null;
  if (address === null) return "text";
  if (address[1] !== "") throw new Error(`An address is put together before it is written: ${text}`);
  return "address";
}

function written(part: Part): string {
  if (part === null || part === undefined || part === false) return "";
  if (typeof part === "string") return escapeText(part);
  if (typeof part === "number") return String(part);
  if (part instanceof Html) return part.toString();
  if (part instanceof Href) return escapeText(part.toString());
  // Put together and not joined: what is joined is copied, on each level around it once more.
  let markup = "";
  for (const one of part) markup += written(one);
  return markup;
}

const SPECIAL = /[&<>"']/g;
const NEEDS_NOTHING = /^[\w .,:;/()[\]{}*+=-]*$/;
const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** What turns or hides text is shown as an escape, as it is everywhere else: a name must look like what it is. */
function escapeText(text: string): string {
  if (NEEDS_NOTHING.test(text)) return text;
  return escapeUnsafe(text.replaceAll("\r\n", "\n")).replace(SPECIAL, (character) => ENTITIES[character] ?? "");
}
