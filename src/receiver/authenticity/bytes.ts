import type { ByteEncoding } from "./recipe.ts";

export const BYTE_ENCODINGS: readonly ByteEncoding[] = ["hex", "base64", "base64url"];

const encoder = new TextEncoder();

export function utf8(text: string): Uint8Array<ArrayBuffer> {
  return encoder.encode(text);
}

/** Null where the text is not of this encoding: other characters, half a byte, padding in the wrong place. */
export function fromText(text: string, encoding: ByteEncoding): Uint8Array<ArrayBuffer> | null {
  if (encoding === "hex") return fromHex(text);
  const isUrl = encoding === "base64url";
  if (!(isUrl ? /^[\w-]*={0,2}$/ : /^[A-Za-z0-9+/]*={0,2}$/).test(text)) return null;
  const bare = text.replace(/=+$/, "");
  if (bare.length % 4 === 1 || (text.length !== bare.length && text.length % 4 !== 0)) return null;
  const binary = atob(isUrl ? bare.replaceAll("-", "+").replaceAll("_", "/") : bare);
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

function fromHex(text: string): Uint8Array<ArrayBuffer> | null {
  if (text.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(text)) return null;
  // Each signature is read so: parsing slices of the text took seven times as long.
  const bytes = new Uint8Array(text.length / 2);
  for (let index = 0; index < bytes.length; index++) {
    bytes[index] = 16 * hexDigit(text.charCodeAt(2 * index)) + hexDigit(text.charCodeAt(2 * index + 1));
  }
  return bytes;
}

/** Digits end in their value, and letters of either case in theirs less nine. */
function hexDigit(code: number): number {
  return (code & 15) + (code > LAST_DIGIT ? 9 : 0);
}

const LAST_DIGIT = 0x39;

export function toText(bytes: Uint8Array, encoding: ByteEncoding): string {
  if (encoding === "hex") return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  const base64 = btoa(String.fromCharCode(...bytes));
  return encoding === "base64" ? base64 : base64.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

export function concatenate(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Compares without telling by its time where the first difference is. The length of a signature is no secret. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let index = 0; index < a.length; index++) difference |= (a[index] ?? 0) ^ (b[index] ?? 0);
  return difference === 0;
}
