import type { WebhookDefinition } from "./decode.ts";
import type { UnwrapPlan } from "./plan.ts";
import type { FormFile } from "./types.ts";

/** The fields of a body, and the files that came with them. */
export interface Multipart {
  /** Names and texts in the order of the parts, as a webhook has them; without one, as far as the parts themselves say. */
  readonly fields: (definition?: WebhookDefinition) => readonly (readonly [name: string, text: string])[];
  readonly files: readonly FormFile[];
}

interface Part {
  readonly name: string;
  /** Of a file: its name, which may be empty. */
  readonly fileName: string | null;
  readonly type: string;
  readonly bytes: Uint8Array;
}

const CR = 13;
const LF = 10;
const SPACE = 32;
const TAB = 9;
const DASH = 45;

/** Lines of a part that tell its name are short; whoever sends more has something else in mind. */
const PART_HEADER_BYTES_MAX = 16_384;

const utf8 = new TextDecoder();

/** The longest boundary that RFC 2046 §5.1.1 allows. */
const BOUNDARY_LENGTH_MAX = 70;

/**
 * Reads a `multipart/form-data` body. The platform's own `Response.formData()` is not used: engines, and versions of one
 * engine, do not agree on what they accept (text before the first part, names without quotes, encoded file names), and a
 * contract should decode the same delivery alike everywhere.
 * @returns a text that says what is wrong with it
 * @see https://www.rfc-editor.org/rfc/rfc7578
 */
export function readMultipart(body: Uint8Array | string, contentType: string): Multipart | string {
  const boundary = parametersOf(contentType).get("boundary") ?? "";
  if (boundary === "") return "its content type names no boundary";
  if (boundary.length > BOUNDARY_LENGTH_MAX) return "its boundary is too long";
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
  const parts = partsOf(bytes, new TextEncoder().encode(`--${boundary}`));
  if (typeof parts === "string") return parts;
  const files = parts.flatMap(({ name, fileName, type, bytes }): FormFile[] =>
    fileName === null ? [] : [{ field: name, name: fileName, type, bytes }],
  );
  return { fields: (definition) => parts.map((part) => [part.name, textOf(part, definition)] as const), files };
}

/** In the event a file is its name; JSON that was sent as a file is JSON where the webhook has JSON there. */
function textOf(part: Part, definition: WebhookDefinition | undefined): string {
  const { fileName, type, bytes } = part;
  if (fileName !== null && !(isJson(type) && isStructured(part.name, definition))) return fileName;
  return decoderOf(parametersOf(type).get("charset")).decode(bytes);
}

function isStructured(name: string, definition: WebhookDefinition | undefined): boolean {
  if (definition === undefined) return true;
  const types = definition.coerce?.find(([field]) => field === name)?.[1].types ?? [];
  const plans: readonly UnwrapPlan[] = definition.unwrap === null ? [] : [definition.unwrap];
  return (
    types.includes("object") ||
    types.includes("array") ||
    plans.some(({ properties }) => properties?.some(([field, plan]) => field === name && plan.json !== undefined))
  );
}

function decoderOf(charset: string | undefined): InstanceType<typeof TextDecoder> {
  if (charset === undefined || /^utf-?8$/i.test(charset)) return utf8;
  try {
    return new TextDecoder(charset);
  } catch {
    return utf8;
  }
}

function partsOf(bytes: Uint8Array, delimiter: Uint8Array): readonly Part[] | string {
  const parts: Part[] = [];
  let start: number | null = null;
  for (let at = nextDelimiter(bytes, delimiter, 0); at !== -1; ) {
    // The line break before a delimiter belongs to it.
    if (start !== null) {
      const part = partOf(bytes.subarray(start, Math.max(start, at - 2)));
      if (typeof part === "string") return part;
      parts.push(part);
    }
    let end = at + delimiter.length;
    if (bytes[end] === DASH && bytes[end + 1] === DASH) return parts;
    while (bytes[end] === SPACE || bytes[end] === TAB) end++;
    start = end + 2;
    // Its own line break may be that of the next delimiter: a part without anything.
    at = nextDelimiter(bytes, delimiter, end);
  }
  return start === null ? "its boundary is not in it" : "it ends before its last boundary";
}

/** Where a delimiter begins: at the very start or after a line break, and followed by a line break or `--`. */
function nextDelimiter(bytes: Uint8Array, delimiter: Uint8Array, from: number): number {
  if (from === 0 && isDelimiterAt(bytes, delimiter, 0)) return 0;
  for (let at = bytes.indexOf(CR, from); at !== -1; at = bytes.indexOf(CR, at + 1)) {
    if (bytes[at + 1] === LF && isDelimiterAt(bytes, delimiter, at + 2)) return at + 2;
  }
  return -1;
}

function isDelimiterAt(bytes: Uint8Array, delimiter: Uint8Array, at: number): boolean {
  for (let index = 0; index < delimiter.length; index++) if (bytes[at + index] !== delimiter[index]) return false;
  let end = at + delimiter.length;
  if (bytes[end] === DASH && bytes[end + 1] === DASH) return true;
  while (bytes[end] === SPACE || bytes[end] === TAB) end++;
  return bytes[end] === CR && bytes[end + 1] === LF;
}

function partOf(bytes: Uint8Array): Part | string {
  const end = endOfHeaders(bytes);
  if (end === -1) return "a part has no end of its headers";
  const lines = utf8
    .decode(bytes.subarray(0, end))
    .replace(/\r\n[ \t]+/g, " ")
    .split("\r\n");
  const disposition = headerOf(lines, "content-disposition") ?? "";
  const parameters = parametersOf(disposition);
  const name = parameters.get("name");
  if (name === undefined || !/^form-data\s*;/i.test(disposition)) return "a part has no name";
  const fileName = extended(parameters.get("filename*")) ?? parameters.get("filename") ?? null;
  const type = headerOf(lines, "content-type") ?? (fileName === null ? "text/plain" : "application/octet-stream");
  return { name, fileName, type, bytes: bytes.subarray(end + 4) };
}

/** Where the empty line is that ends the headers; -1 where there is none within reach. */
function endOfHeaders(bytes: Uint8Array): number {
  const max = Math.min(bytes.length, PART_HEADER_BYTES_MAX);
  for (let at = bytes.indexOf(CR); at !== -1 && at < max; at = bytes.indexOf(CR, at + 1)) {
    if (bytes[at + 1] === LF && bytes[at + 2] === CR && bytes[at + 3] === LF) return at;
  }
  return -1;
}

function headerOf(lines: readonly string[], name: string): string | null {
  for (const line of lines) {
    const colon = line.indexOf(":");
    if (colon !== -1 && line.slice(0, colon).trim().toLowerCase() === name) return line.slice(colon + 1).trim();
  }
  return null;
}

/** `; name=value`, the value quoted or not. A backslash is one, as browsers write it, but before a quote it escapes that. */
const PARAMETER = /;\s*([^=;\s]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|"([^"]*)"|([^;]*))/gy;

/** The parameters of a header's value by lower-case name; read one after the other, since a quoted one may hold anything. */
function parametersOf(value: string): ReadonlyMap<string, string> {
  const parameters = new Map<string, string>();
  const rest = value.slice(value.indexOf(";") === -1 ? value.length : value.indexOf(";"));
  for (const [, name = "", quoted, unclosed, token = ""] of rest.matchAll(PARAMETER)) {
    const key = name.toLowerCase();
    const text = quoted?.replaceAll('\\"', '"') ?? unclosed;
    if (!parameters.has(key)) parameters.set(key, text === undefined ? token.trim() : fromForm(text));
  }
  return parameters;
}

/** What browsers write of the characters that would end a name. */
function fromForm(text: string): string {
  return text.replaceAll("%22", '"').replace(/%0D/gi, "\r").replace(/%0A/gi, "\n");
}

/** `filename*=UTF-8''%e2%82%ac.txt` of RFC 8187; undefined where it is missing or broken. */
function extended(value: string | undefined): string | undefined {
  const match = /^utf-8'[^']*'(.*)$/i.exec(value ?? "");
  if (match === null) return undefined;
  try {
    return decodeURIComponent(match[1] ?? "");
  } catch {
    return undefined;
  }
}

function isJson(type: string): boolean {
  return /^\s*(?:application|text)\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(type);
}
