import { utf8 } from "../authenticity/bytes.ts";
import type { BasicCredentials } from "./types.ts";

/** Who tries tokens has to ask the receiver each time, so they may be shorter than keys, which are tried against one signature. */
const TOKEN_BYTES_MIN = 8;

/**
 * A token in every way that it may come in a header.
 * @throws TypeError for one that is empty, too short, or that no header could hold. The message never quotes it.
 */
export function tokenTexts(token: string): readonly string[] {
  checkLength(token, "The token");
  if (token.trim() !== token) throw new TypeError("The token has white space around it.");
  return headerTexts(token);
}

/** `username:password`, each way. */
export function basicTexts(secret: string | BasicCredentials): readonly string[] {
  const { username, password } = basicCredentials(secret);
  checkLength(password, "The password");
  if (username.includes(":")) throw new TypeError("The user name of HTTP Basic cannot have a colon in it.");
  return headerTexts(`${username}:${password}`);
}

export function basicCredentials(secret: string | BasicCredentials): BasicCredentials {
  if (typeof secret !== "string") {
    if (typeof secret?.username === "string" && typeof secret.password === "string") return secret;
    throw new TypeError("HTTP Basic needs { username, password }.");
  }
  const colon = secret.indexOf(":");
  if (colon === -1) throw new TypeError("HTTP Basic needs { username, password }, or both as username:password.");
  return { username: secret.slice(0, colon), password: secret.slice(colon + 1) };
}

function checkLength(secret: string, what: string): void {
  const { length } = utf8(secret);
  if (length === 0) throw new TypeError(`${what} is empty.`);
  if (length < TOKEN_BYTES_MIN) {
    throw new TypeError(`${what} has ${length} bytes; fewer than ${TOKEN_BYTES_MIN} can be guessed.`);
  }
}

/** Servers read the bytes of headers as Latin-1, whatever the sender meant by them. */
function headerTexts(text: string): readonly string[] {
  const asLatin1 = Array.from(utf8(text), (byte) => String.fromCharCode(byte)).join("");
  return asLatin1 === text ? [text] : [text, asLatin1];
}
