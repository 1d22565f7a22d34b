import { isArray, isContainer, type JsonValue } from "./is.ts";

/**
 * Splits a JSON pointer into its reference tokens.
 * @param pointer  `""` for the whole value, else it begins with `/`.
 * @returns the tokens unescaped (`~1` → `/`, `~0` → `~`), or null where this is no pointer: no leading slash, or a `~`
 *          that is not followed by 0 or 1.
 * @see https://www.rfc-editor.org/rfc/rfc6901#section-3
 */
export function parsePointer(pointer: string): string[] | null {
  if (pointer === "") return [];
  if (!pointer.startsWith("/")) return null;
  if (/~(?![01])/.test(pointer)) return null;
  return pointer.slice(1).split("/").map(unescapeToken);
}

/** Joins reference tokens to a pointer; array indexes may be given as numbers. The inverse of `parsePointer`. */
export function formatPointer(tokens: readonly (string | number)[]): string {
  return joinPointer("", ...tokens);
}

/** Goes on from a pointer by further tokens, which are escaped: `joinPointer("/paths", "/a")` is `/paths/~1a`. */
export function joinPointer(pointer: string, ...tokens: readonly (string | number)[]): string {
  let joined = pointer;
  for (const token of tokens) joined += `/${escapeToken(String(token))}`;
  return joined;
}

/** The pointer of the containing value; that of the whole value is itself. */
export function parentPointer(pointer: string): string {
  return pointer.slice(0, Math.max(0, pointer.lastIndexOf("/")));
}

/** True where `inner` is `outer` or lies below it. */
export function isWithin(inner: string, outer: string): boolean {
  return inner === outer || inner.startsWith(`${outer}/`);
}

/**
 * Reads the pointer that the fragment of a URI reference holds, without its `#`.
 * @returns the tokens, or null where the fragment is no pointer (an anchor, or broken escapes).
 * @see https://www.rfc-editor.org/rfc/rfc6901#section-6
 */
export function parseFragment(fragment: string): string[] | null {
  return parsePointer(decodePercent(fragment));
}

/**
 * Writes a pointer as the fragment of a URI reference, without the `#`: what a fragment may not hold is
 * percent-encoded.
 * @see https://www.rfc-editor.org/rfc/rfc3986#section-3.5
 */
export function formatFragment(pointer: string): string {
  return pointer.replace(/\p{Cs}/gu, "\ufffd").replace(/[^A-Za-z0-9\-._~!$&'()*+,;=:@/?]/gu, encodeURIComponent);
}

/** Percent-decodes; what cannot be decoded stays as written, since `100%` is a key that people use. */
export function decodePercent(text: string): string {
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * Finds the value at the tokens, among own properties only: `__proto__` and `constructor` are keys like any other and
 * never reach a prototype. An array takes an index without leading zeros, and not `-`.
 * @returns undefined where there is none; JSON itself has no undefined.
 * @see https://www.rfc-editor.org/rfc/rfc6901#section-4
 */
export function getAt(value: JsonValue, tokens: readonly (string | number)[]): JsonValue | undefined {
  let current: JsonValue | undefined = value;
  for (const token of tokens) {
    current = getMember(current, String(token));
    if (current === undefined) return undefined;
  }
  return current;
}

/** One step of `getAt`. */
export function getMember(value: JsonValue | undefined, token: string): JsonValue | undefined {
  if (!isContainer(value)) return undefined;
  if (isArray(value)) return isArrayIndex(token) ? value[Number(token)] : undefined;
  return Object.hasOwn(value, token) ? value[token] : undefined;
}

/** The array index of RFC 6901 §4: digits without a leading zero. */
export function isArrayIndex(token: string): boolean {
  return /^(?:0|[1-9][0-9]{0,15})$/.test(token);
}

/** Escapes one reference token. `~` first, or the tilde of `~1` would be escaped again. */
export function escapeToken(token: string): string {
  return token.includes("~") || token.includes("/") ? token.replaceAll("~", "~0").replaceAll("/", "~1") : token;
}

function unescapeToken(token: string): string {
  return token.includes("~") ? token.replaceAll("~1", "/").replaceAll("~0", "~") : token;
}
