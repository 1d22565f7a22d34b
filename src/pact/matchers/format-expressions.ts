/** An expression that takes letters in either case. */
const anyCase = (expression: string) => `(?i:${expression})`;

const DATE = "[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])";
/** Second 60 is a leap second: where, no expression can tell. */
const CLOCK = "(?:[01][0-9]|2[0-3]):[0-5][0-9]:(?:[0-5][0-9]|60)(?:\\.[0-9]+)?";
const OFFSET = "(?:[Zz]|[+-](?:[01][0-9]|2[0-3])(?::?[0-5][0-9])?)";

const UNRESERVED = "[A-Za-z0-9._~!$&'()*+,;=:@/-]";
const ENCODED = `(?:${UNRESERVED}|%[0-9A-Fa-f]{2})`;
const IN_QUERY = `(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})`;
const IP_LITERAL = "\\/?\\/(?:[A-Za-z0-9._~!$&'()*+,;=:%-]*@)?\\[[0-9A-Fa-fVv.:]+\\](?::[0-9]*)?";
const AFTER_PATH = `(?:\\?${IN_QUERY}*)?(?:#${IN_QUERY}*)?`;

const OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
const IPV4 = `(?:${OCTET}\\.){3}${OCTET}`;
const GROUP = "[0-9A-Fa-f]{1,4}";
const LAST_GROUPS = `(?:${GROUP}:${GROUP}|${IPV4})`;
/** RFC 4291 §2.2: eight groups, or fewer on both sides of one `::`. */
const IPV6 = [
  `(?:${GROUP}:){6}${LAST_GROUPS}`,
  ...[5, 4, 3, 2, 1, 0].map((after) => {
    const before = 5 - after;
    const groupsBefore = before === 0 ? "" : `(?:(?:${GROUP}:){0,${before - 1}}${GROUP})?`;
    return `${groupsBefore}::(?:${GROUP}:){${after}}${LAST_GROUPS}`;
  }),
  `(?:(?:${GROUP}:){0,5}${GROUP})?::${GROUP}`,
  `(?:(?:${GROUP}:){0,6}${GROUP})?::`,
].join("|");

const LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
const LONG_LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?";
const ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";

const PERIOD = (units: string) => [...units].map((unit) => `(?:[0-9]+${unit})?`).join("");
const DURATION = `P(?:[0-9]+W|(?=[0-9T])${PERIOD("YMD")}(?:T(?=[0-9])${PERIOD("HMS")})?)`;

/**
 * JSON Schema's formats as expressions of Pact's engine, taking what our validators take: Pact's own matchers for times
 * know one layout each and those for ids one case. What would make them unreadable, or cannot be said (the days of a month,
 * where a leap second may be, the length of a host name in all), is left to the validators.
 */
export const formatExpressions: ReadonlyMap<string, string> = new Map([
  ["date", DATE],
  ["time", `${CLOCK}${OFFSET}`],
  ["date-time", `${DATE}[Tt\\s]${CLOCK}${OFFSET}`],
  ["iso-time", `${CLOCK}${OFFSET}?`],
  ["iso-date-time", `${DATE}[Tt\\s]${CLOCK}${OFFSET}?`],
  ["uuid", anyCase("(?:urn:uuid:)?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")],
  ["uri", `[A-Za-z][A-Za-z0-9+.-]*:(?:${IP_LITERAL}(?:/${ENCODED}*)?|${ENCODED}+)${AFTER_PATH}`],
  ["email", `${ATOM}(?:\\.${ATOM})*@${LONG_LABEL}(?:\\.${LONG_LABEL})+`],
  ["ipv4", IPV4],
  ["ipv6", `(?:${IPV6})`],
  ["hostname", `${LABEL}(?:\\.${LABEL})*\\.?`],
  ["duration", DURATION],
  ["json-pointer", "(?:/(?:[^~/]|~[01])*)*"],
]);
