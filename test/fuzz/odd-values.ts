import type { Mutable } from "./places.ts";
import type { Random } from "./random.ts";

/** Stands in a string for what is written without quotes: numbers that no JavaScript value has. */
const RAW = /"\ue000([^"\ue000]*)\ue000"/g;
const raw = (text: string) => `\ue000${text}\ue000`;

/** JSON text in which the numbers that were marked stand as numbers. */
export function unquoteRaw(text: string): string {
  return text.replace(RAW, "$1");
}

/** Names that something may take for its own. */
export const HOSTILE_NAMES: readonly string[] = [
  "",
  "__proto__",
  "constructor",
  "prototype",
  "toString",
  "valueOf",
  "hasOwnProperty",
  "then",
  "length",
  "0",
  "-1",
  "$ref",
  "$id",
  "$anchor",
  "~",
  "~1",
  "a/b",
  "a~1b",
  "%2F",
  "..",
  "../../etc/passwd",
  "con",
  "NUL.txt",
  "class",
  "default",
  "*/",
  "`$" + "{1}`",
  '"',
  "'",
  "\\",
  "</script>",
  "\n",
  "\u2028",
  "\u001b[31m",
  "\u202eabc",
  "\ud800",
  "\ufeff",
  "é",
  "e\u0301",
  "😀",
  "A",
  "a",
  "x-webhook-name",
  "x-webhook-route",
  "<<",
];

export const ODD_STRINGS: readonly string[] = [
  ...HOSTILE_NAMES,
  "true",
  "null",
  "1",
  "1e999",
  "3.1.0",
  "3.0.0",
  "2.6.0",
  "3.99.0",
  "99.0.0",
  "string",
  "object",
  "array",
  "integer",
  "send",
  "receive",
  "GET",
  "get",
  "application/json",
  'application/json; charset="',
  "multipart/form-data",
  "application/x-www-form-urlencoded",
  "application/cloudevents+json",
  "text/plain",
  "{$request.body#/url}",
  "{$request.body#/",
  "{}",
  "https://example.com/{id}",
  "^(a+)+$",
  "(",
  "[\\w-\\d]",
  "\\u{1F600}",
  "2024-02-30",
  "127.0.0.1",
  '{"a":1}',
  "#/",
  "#",
];

/** What a `$ref` may say. */
export const REFERENCES: readonly string[] = [
  "#",
  "",
  "#/",
  "#/components",
  "#/components/schemas",
  "#/components/schemas/A",
  "#/webhooks",
  "#/channels",
  "#/operations",
  "#/__proto__",
  "#/constructor/prototype",
  "#/components/schemas/__proto__",
  "#/components/schemas/constructor",
  "#/components/schemas/toString",
  "#/info/title",
  "#/info/title/length",
  "#/webhooks/0",
  "#/-",
  "#/~",
  "#/~2",
  "#/%",
  "#/%E0%A4%A",
  "#%2Fcomponents",
  "#anchor",
  "#/a#/b",
  "other.yaml",
  "./",
  "../../../etc/passwd",
  "/etc/passwd",
  "file:///etc/passwd",
  "file:",
  "http://example.com/x.json",
  "https://[::1",
  "https://example.com:99999/",
  "data:application/json,{}",
  "//example.com/x",
  "\\\\host\\share",
  "C:\\x.json",
  "urn:example:a",
  "git:HEAD:x",
  "HEAD:x.yaml",
  "?x#/",
  "a b.json#/c d",
  "\u0000.json",
  "\ud800#/\udc00",
];

const SCALARS: readonly Mutable[] = [
  null,
  true,
  false,
  0,
  -1,
  1,
  2,
  0.1,
  200,
  1e21,
  1e308,
  5e-324,
  raw("-0"),
  raw("1e400"),
  raw("-1e400"),
  raw("12345678901234567890"),
  raw("9007199254740993"),
  raw("1.0"),
];

/** A value that hardly any place of a document expects. */
export function oddValue(random: Random, depth = 0): Mutable {
  return random.weighted<() => Mutable>([
    [4, () => random.pick(SCALARS)],
    [4, () => random.pick(ODD_STRINGS)],
    [2, () => ({ $ref: random.pick(REFERENCES) })],
    [1, () => []],
    [1, () => ({})],
    // What cannot be made a text or a number without a look.
    [1, () => random.pick<Mutable>([{ toString: null }, { valueOf: null, toString: 1 }, { toJSON: 1 }])],
    [depth > 2 ? 0 : 2, () => random.list(1, 3, () => oddValue(random, depth + 1))],
    [depth > 2 ? 0 : 3, () => oddObject(random, depth)],
    [0.2, () => "x".repeat(random.pick([100, 5_000, 70_000]))],
    [0.2, () => Array.from({ length: random.pick([50, 1_000]) }, () => random.pick(SCALARS))],
    [0.2, () => nested(random)],
  ])();
}

function oddObject(random: Random, depth: number): Mutable {
  const entries = random.list(1, 3, () => [random.pick(HOSTILE_NAMES), oddValue(random, depth + 1)] as const);
  return Object.fromEntries(entries);
}

/** Deeper than people write, and sometimes deeper than is read. */
function nested(random: Random): Mutable {
  const depth = random.pick([20, 90, 300, 510, 2_000]);
  const word = random.pick(["allOf", "items", "properties", "a", "contentSchema", "not"]);
  let value: Mutable = random.pick(SCALARS);
  for (let level = 0; level < depth; level++) {
    value =
      word === "allOf" ? { allOf: [value] } : word === "properties" ? { properties: { a: value } } : { [word]: value };
  }
  return value;
}
