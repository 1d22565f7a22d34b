import { COLON, DIGIT, DOT, HYPHEN, LETTER_OR_DIGIT, SLASH } from "./characters.ts";

/** Under the flags `iu` the long s (U+017F) is an `s`, for `ajv-formats` too. */
const SCHEME = /^(?:https?|ftp):\/\//iu;
const WHITE_SPACE = /\s/;
const LAST_WHITE_SPACE = /\s\S*$/;
const TOP_LEVEL_DOMAIN = /^[a-zA-Z\u00a1-\uffff]{2,}$/;
const IPV4 =
  /^(?:[1-9]\d?|1\d\d|2[01]\d|22[0-3])(?:\.(?:1?\d{1,2}|2[0-4]\d|25[0-5])){2}\.(?:[1-9]\d?|1\d\d|2[0-4]\d|25[0-4])$/;
const PRIVATE_IPV4 = /^(?:10|127|169\.254|192\.168|172\.(?:1[6-9]|2\d|3[01]))\./;
const IPV4_LENGTH_MAX = 15;

/**
 * `url`: what people call a web address, after https://gist.github.com/dperini/729294: scheme http, https or ftp; any user
 * information; a host name with a top-level domain, not only ASCII, or a public IPv4 address; a port of two to five
 * digits; a path with anything but white space (a query needs a path before it). Equals `ajv-formats` full.
 */
export function isUrl(value: string): boolean {
  const scheme = SCHEME.exec(value);
  if (scheme === null) return false;
  const start = scheme[0].length;
  const firstWhiteSpace = value.search(WHITE_SPACE);
  const lastWhiteSpace = firstWhiteSpace === -1 ? -1 : value.search(LAST_WHITE_SPACE);
  if (isHostPortPath(value, start, lastWhiteSpace)) return true;
  // User information may hold at signs too, so the host may begin after any of them. A host ends before the next one, and
  // white space was sought once for all: so this stays linear.
  const userInformationEnd = firstWhiteSpace === -1 ? value.length : firstWhiteSpace;
  for (let at = value.indexOf("@", start + 1); at !== -1 && at < userInformationEnd; at = value.indexOf("@", at + 1)) {
    if (isHostPortPath(value, at + 1, lastWhiteSpace)) return true;
  }
  return false;
}

function isHostPortPath(value: string, start: number, lastWhiteSpace: number): boolean {
  let at = hostEnd(value, start);
  if (at === -1 || !isHost(value.slice(start, at))) return false;
  if (value.charCodeAt(at) === COLON) {
    const portStart = ++at;
    while (DIGIT[value.charCodeAt(at)] === 1) at++;
    if (at - portStart < 2 || at - portStart > 5) return false;
  }
  return at === value.length || (value.charCodeAt(at) === SLASH && at > lastWhiteSpace);
}

/**
 * Reads words joined by single dots and hyphens: all hosts are of that form.
 * @returns where a port, a path or nothing follows them, or -1.
 */
function hostEnd(value: string, start: number): number {
  let at = start;
  let joined = true;
  for (; at < value.length; at++) {
    const code = value.charCodeAt(at);
    if (code === COLON || code === SLASH) break;
    if (code === DOT || code === HYPHEN) {
      if (joined) return -1;
      joined = true;
    } else {
      if (LETTER_OR_DIGIT[code] !== 1 && (code < 0xa1 || isSurrogatePair(value, at))) return -1;
      joined = false;
    }
  }
  return joined ? -1 : at;
}

/** Characters beyond U+FFFF stand in no host; lone surrogates may. */
function isSurrogatePair(value: string, at: number): boolean {
  return (value.charCodeAt(at) & 0xfc00) === 0xd800 && (value.charCodeAt(at + 1) & 0xfc00) === 0xdc00;
}

function isHost(host: string): boolean {
  const lastDot = host.lastIndexOf(".");
  if (lastDot === -1) return false;
  if (TOP_LEVEL_DOMAIN.test(host.slice(lastDot + 1))) return true;
  return host.length <= IPV4_LENGTH_MAX && IPV4.test(host) && !PRIVATE_IPV4.test(host);
}
