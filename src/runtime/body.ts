import { headerOf } from "./headers.ts";
import type { Delivery, Form } from "./types.ts";
import { queryOf } from "./url.ts";

let decoder: InstanceType<typeof TextDecoder> | undefined;

/** Node's own reading of UTF-8, where there is one: faster than a `TextDecoder`, above all for the first body of a process. */
const utf8Slice = (
  globalThis as { Buffer?: { prototype: { utf8Slice?: (this: Uint8Array, start: number, end: number) => string } } }
).Buffer?.prototype.utf8Slice;

/** The text of a body without its byte-order mark; null where the bytes are not UTF-8. */
export function textOf(body: Uint8Array | string): string | null {
  if (typeof body === "string") return withoutMark(body);
  if (utf8Slice !== undefined && body.length < SHORT_BYTES) {
    const text = utf8Slice.call(body, 0, body.length);
    // It writes a replacement character for bytes that are not UTF-8, which may as well be in the text itself.
    if (!text.includes("\ufffd")) return withoutMark(text);
  }
  decoder ??= new TextDecoder("utf-8", { fatal: true });
  try {
    return decoder.decode(body);
  } catch {
    return null;
  }
}

/** Beyond it one more look at the text would cost more than it saves. */
const SHORT_BYTES = 65_536;

function withoutMark(text: string): string {
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

/**
 * How a delivery is written: by its method, and by its content type where it has a body. A body without content type is
 * taken for JSON.
 * @param forms  all forms of a contract's webhooks
 * @returns null where no webhook of the contract is written like that.
 */
export function encodingOf(delivery: Delivery, forms: readonly Form[]): Form["encoding"] | null {
  const { headers, body } = delivery;
  // As nearly all deliveries are; asking for the name in any case comes after.
  if (isPlainJson(headers) && body !== undefined && body.length > 0) return "json";
  if (body === undefined || body.length === 0) {
    if (isQuery(delivery, forms)) return "query";
  }
  const contentType = headers === undefined ? null : headerOf(headers, "content-type");
  if (contentType === null || contentType === "application/json") return "json";
  const type = essence(contentType);
  if (type === "application/json" || type.endsWith("+json")) return "json";
  return forms.find((one) => one.encoding !== "query" && essence(one.contentType) === type)?.encoding ?? null;
}

function isPlainJson(headers: Delivery["headers"]): boolean {
  return (headers as Record<string, unknown> | undefined)?.["content-type"] === "application/json";
}

/** A query is what a method without body carries; a delivery that says no method may still have nothing else. */
function isQuery({ method, url }: Delivery, forms: readonly Form[]): boolean {
  if (!forms.some(({ encoding }) => encoding === "query")) return false;
  if (method === undefined) return url !== undefined && queryOf(url) !== "";
  const upper = method.toUpperCase();
  return upper === "HEAD" || forms.some((form) => form.encoding === "query" && form.method === upper);
}

/** A media type without its parameters, in lower case. */
export function essence(mediaType: string): string {
  const end = mediaType.indexOf(";");
  return (end === -1 ? mediaType : mediaType.slice(0, end)).trim().toLowerCase();
}
