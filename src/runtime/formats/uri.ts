import { isIpv6Address } from "./ip-address.ts";

// Without an IP literal, authority and path need not be told apart: `ajv-formats` takes one slash or two before an
// authority, an empty authority, and in a path every character that an authority may hold. So what stands between scheme
// and query is any run of path characters and slashes, and the scheme of a reference is such a run too.
//
// A percent sign counts as a character here, and MALFORMED_PERCENT_ENCODING finds those that are not followed by two
// digits: repeating a group for them would cost a backtracking entry per character.
const URI =
  /^[a-z][a-z0-9+\-.]*:[a-z0-9\-._~!$&'()*+,;=:@/%]+(?:\?[a-z0-9\-._~!$&'()*+,;=:@/?%]*)?(?:#[a-z0-9\-._~!$&'()*+,;=:@/?%]*)?$/i;
const URI_REFERENCE =
  /^[a-z0-9\-._~!$&'"()*+,;=:@/%]*(?:\?[a-z0-9\-._~!$&'"()*+,;=:@/?%]*)?(?:#[a-z0-9\-._~!$&'"()*+,;=:@/?%]*)?$/i;
const MALFORMED_PERCENT_ENCODING = /%(?![0-9a-f]{2})/i;

/** A URI cut in two at its IP literal. */
interface AroundIpLiteral {
  readonly before: RegExp;
  readonly after: RegExp;
}
const URI_AROUND_IP_LITERAL: AroundIpLiteral = {
  before: /^[a-z][a-z0-9+\-.]*:\/?\/(?:[a-z0-9\-._~!$&'()*+,;=:%]*@)?$/i,
  after:
    /^(?::\d*)?(?:\/[a-z0-9\-._~!$&'()*+,;=:@/%]*)?(?:\?[a-z0-9\-._~!$&'()*+,;=:@/?%]*)?(?:#[a-z0-9\-._~!$&'()*+,;=:@/?%]*)?$/i,
};
const URI_REFERENCE_AROUND_IP_LITERAL: AroundIpLiteral = {
  before: /^(?:[a-z][a-z0-9+\-.]*:)?\/?\/(?:[a-z0-9\-._~!$&'()*+,;=:%]*@)?$/i,
  after:
    /^(?::\d*)?(?:\/[a-z0-9\-._~!$&'"()*+,;=:@/%]*)?(?:\?[a-z0-9\-._~!$&'"()*+,;=:@/?%]*)?(?:#[a-z0-9\-._~!$&'"()*+,;=:@/?%]*)?$/i,
};
const IP_FUTURE = /^v[0-9a-f]+\.[a-z0-9\-._~!$&'()*+,;=:]+$/i;
/** Unlike the format `ipv4` with leading zeros. */
const IPV4_IN_IPV6 = /^(?:(?:25[0-5]|2[0-4]\d|[01]?\d\d?)\.){3}(?:25[0-5]|2[0-4]\d|[01]?\d\d?)$/;

/**
 * `uri`: `URI` of RFC 3986 §3, ASCII only; something must stand between the scheme and the query (`a:` is none). Beyond
 * it one slash may introduce an authority, and an authority is not checked where its text could be a path: any port
 * passes, but for the one of an IP literal. Equals `ajv-formats` full.
 */
export function isUri(value: string): boolean {
  return (URI.test(value) || hasIpLiteral(value, URI_AROUND_IP_LITERAL)) && isPercentEncoded(value);
}

/**
 * `uri-reference`: `URI-reference` of RFC 3986 §4.1, ASCII only, with the freedoms of {@link isUri}. Beyond it a double
 * quote passes everywhere but in user information and IP literals, and a colon in the first segment of a relative path.
 * Equals `ajv-formats` full.
 */
export function isUriReference(value: string): boolean {
  return (URI_REFERENCE.test(value) || hasIpLiteral(value, URI_REFERENCE_AROUND_IP_LITERAL)) && isPercentEncoded(value);
}

function isPercentEncoded(value: string): boolean {
  return !value.includes("%") || !MALFORMED_PERCENT_ENCODING.test(value);
}

/** Is the host written in square brackets (RFC 3986 §3.2.2), which can stand nowhere else, and is the rest well-formed? */
function hasIpLiteral(value: string, { before, after }: AroundIpLiteral): boolean {
  const opening = value.indexOf("[");
  if (opening === -1) return false;
  const closing = value.indexOf("]", opening);
  return (
    closing !== -1 &&
    before.test(value.slice(0, opening)) &&
    after.test(value.slice(closing + 1)) &&
    isIpLiteral(value.slice(opening + 1, closing))
  );
}

function isIpLiteral(value: string): boolean {
  return isIpv6Address(value, IPV4_IN_IPV6) || IP_FUTURE.test(value);
}
