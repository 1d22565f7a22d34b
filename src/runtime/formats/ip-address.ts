import { COLON, DOT, HEXADECIMAL_DIGIT } from "./characters.ts";

const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)$/;

/** `ipv4`: `dotted-quad` of RFC 2673 §3.2, without leading zeros. Equals `ajv-formats` full. */
export function isIpv4(value: string): boolean {
  return IPV4.test(value);
}

/**
 * `ipv6`: RFC 4291 §2.2, all three forms, without a zone; the dotted form as in {@link isIpv4}. Equals `ajv-formats` full.
 */
export function isIpv6(value: string): boolean {
  return isIpv6Address(value, IPV4);
}

/** Eight groups of one to four digits, or fewer and one `::`; the last two groups may be written as `ipv4`. */
export function isIpv6Address(value: string, ipv4: RegExp): boolean {
  const { length } = value;
  let groups = 0;
  let compressed = value.startsWith("::");
  let at = compressed ? 2 : 0;
  while (at < length || !compressed) {
    const start = at;
    while (HEXADECIMAL_DIGIT[value.charCodeAt(at)] === 1) at++;
    if (value.charCodeAt(at) === DOT) {
      // Longer than 255.255.255.255 it need not be tried.
      if (length - start > 15 || !ipv4.test(value.slice(start))) return false;
      groups += 2;
      break;
    }
    if (at === start || at - start > 4 || ++groups > 8) return false;
    if (at === length) break;
    if (value.charCodeAt(at++) !== COLON || at === length) return false;
    if (value.charCodeAt(at) === COLON) {
      if (compressed) return false;
      compressed = true;
      at++;
    }
  }
  return compressed ? groups <= 7 : groups === 8;
}
