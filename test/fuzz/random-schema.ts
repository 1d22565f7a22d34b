import type { Json, JsonObject, Schema } from "../../src/model/index.ts";
import type { Random } from "./random.ts";

/**
 * Names that every object inherits, each with a name that none does, of the same length and on the same side of every
 * pattern below. AJV sees the second: it takes the first to be there in `{}`, and leaves `__proto__` out altogether.
 */
export const INHERITED_NAMES: ReadonlyMap<string, string> = new Map([
  ["constructor", "construktor"],
  ["__proto__", "__prota__"],
  ["toString", "toStrang"],
  ["hasOwnProperty", "hasOwnPropertx"],
  ["valueOf", "valueAf"],
]);

// Of each length one at most is escaped in JSON: the engine of Node 24.21 takes `"`, `\` and a line break for one another
// when it parses them as keys.
const NAMES: readonly string[] = [
  ...["a", "b", "c", "a", "b", "c", "next", "v", "", "a-b", "a/b", "~", "delete", "class", "length", "ü", "😀"],
  ...["x y", "'", '"', "*/", "\\\n\t\b\u0000", "`$", "\u2028", "0", "1", "errors", "data", "validate"],
  ...INHERITED_NAMES.keys(),
];
const NAME_PATTERNS: readonly string[] = ["^[abc]$", "^a", "^_", "o", "r$", "^.{2,}$", "^\\p{L}+$", "^$", "[\\d/]"];
const VALUE_PATTERNS: readonly string[] = [
  "^a",
  "b$",
  "^\\w+$",
  "^\\d{4}-",
  "[\\u{1F600}]",
  "^\\p{Lu}",
  "^[^x]*$",
  "^(?:a|bc)?$",
];
const FORMATS: readonly string[] = [
  ...[
    "date",
    "date-time",
    "time",
    "duration",
    "email",
    "hostname",
    "ipv4",
    "ipv6",
    "uuid",
    "uri",
    "uri-reference",
    "url",
  ],
  ...["uri-template", "json-pointer", "relative-json-pointer", "regex", "byte", "iso-date-time", "iso-time", "unknown"],
  ...["int32", "int64", "float", "double", "password", "binary"],
];
const STRINGS: readonly string[] = [
  ...[
    "",
    "a",
    "ab",
    "abc",
    "b",
    "bc",
    "x1",
    "Ab",
    "😀",
    "😀😀",
    "é",
    "2024-02-30",
    "2024-02-29",
    "2024-05-01T10:00:00Z",
  ],
  ...["10:00:00Z", "P1D", "a@b.example", "127.0.0.1", "::1", "https://example.com/a", "/a/0", "0#", "(", "QQ==", "{a}"],
  ...["123e4567-e89b-12d3-a456-426614174000", "localhost", "null", "1", "constructor", "__proto__"],
];
const NUMBERS: readonly number[] = [0, 1, -1, 2, 3, 4, 5, 1.5, -0.5, 0.25, 10, 100, 2 ** 31, 2 ** 53, -(2 ** 31) - 1];
const TYPES: readonly string[] = ["array", "boolean", "integer", "null", "number", "object", "string"];

/** Named schemas, by name, and what refers to them. */
export interface RandomSchemas {
  readonly named: Readonly<Record<string, Schema>>;
  /** What a webhook's payload is. */
  readonly payloads: readonly Schema[];
}

const NAMED_MAX = 5;
/** A schema whose parts are referred to, none of which refers to anything. */
const PARTS = "Parts";
const PART_POINTERS: readonly string[] = ["properties/a", "items", "allOf/0", "$defs/a~1b", "patternProperties/%5Ea"];

/** Where a schema stands: it may not refer to itself without a step into the value, or it would say nothing. */
interface Where {
  readonly depth: number;
  /** Only named schemas from this number on may be referred to; -1: any, since a step into the value was taken. */
  readonly above: number;
}

export function randomSchemas(random: Random, count: number): RandomSchemas {
  const named: Record<string, Schema> = {};
  for (let index = 0; index < NAMED_MAX; index++) {
    named[`S${index}`] = randomSchema(random, { depth: 1, above: index + 1 });
  }
  const alone = () => randomSchema(random, { depth: 2, above: NAMED_MAX + 1 });
  named[PARTS] = {
    properties: { a: alone() },
    items: alone(),
    allOf: [alone()],
    $defs: { "a/b": alone() },
    patternProperties: { "^a": alone() },
  };
  return { named, payloads: Array.from({ length: count }, () => randomSchema(random, { depth: 0, above: 0 })) };
}

function randomSchema(random: Random, where: Where): Schema {
  if (random.chance(0.06 + 0.02 * where.depth)) return random.chance(0.7);
  if (where.depth > 3 || random.chance(0.1)) return simple(random);
  const keywords = random.list(1, where.depth === 0 ? 6 : 4, () => keyword(random, where));
  return Object.assign({}, ...keywords) as Schema;
}

function simple(random: Random): Schema {
  return random.pick<() => Schema>([
    () => ({ type: random.pick(TYPES) }),
    () => ({ const: randomValue(random) }),
    () => ({ minimum: random.integer(-2, 5) }),
    () => ({ minLength: random.integer(0, 3) }),
    () => ({ required: random.some(NAMES, 2) }),
    () => ({}),
  ])();
}

function keyword(random: Random, where: Where): JsonObject {
  const here = () => randomSchema(random, { ...where, depth: where.depth + 1 });
  const within = () => randomSchema(random, { depth: where.depth + 1, above: -1 });
  const number = () => random.pick([random.integer(-3, 6), random.pick(NUMBERS)]);
  const count = () => random.integer(0, 3);
  const map = (names: readonly string[], make: () => Schema) =>
    Object.fromEntries(random.some(names, 3).map((name) => [name, make()]));
  return random.weighted<() => JsonObject>([
    [6, () => ({ type: random.pick(TYPES) })],
    [
      2,
      () => ({
        type: random
          .some(TYPES, 3)
          .concat("object")
          .filter((type, index, all) => all.indexOf(type) === index),
      }),
    ],
    [2, () => ({ const: randomValue(random) })],
    [2, () => ({ enum: random.list(1, 4, () => randomValue(random)) })],
    [7, () => ({ properties: map(NAMES, within) })],
    [4, () => ({ required: random.some(NAMES, 3) })],
    [3, () => ({ additionalProperties: within() })],
    [2, () => ({ patternProperties: map(NAME_PATTERNS, within) })],
    [2, () => ({ propertyNames: names(random) })],
    [1, () => ({ minProperties: count() })],
    [1, () => ({ maxProperties: count() })],
    [4, () => ({ items: within() })],
    [2, () => ({ prefixItems: random.list(1, 3, within) })],
    [2, () => ({ contains: within() })],
    [1, () => ({ contains: within(), minContains: random.integer(0, 2), maxContains: count() })],
    [1, () => ({ contains: within(), minContains: 0 })],
    [1, () => ({ minContains: count(), maxContains: count() })],
    [1, () => ({ minItems: count() })],
    [1, () => ({ maxItems: count() })],
    [1, () => ({ uniqueItems: random.chance(0.8) })],
    [1, () => ({ minLength: count() })],
    [1, () => ({ maxLength: count() })],
    [1, () => ({ pattern: random.pick(VALUE_PATTERNS) })],
    [2, () => ({ format: random.pick(FORMATS) })],
    [1, () => ({ minimum: number() })],
    [1, () => ({ maximum: number() })],
    [1, () => ({ exclusiveMinimum: number() })],
    [1, () => ({ exclusiveMaximum: number() })],
    // In decimals ours and AJV's differ on purpose; these have no fraction that binary numbers cannot hold.
    [1, () => ({ multipleOf: random.pick([1, 2, 3, 0.5, 0.25, 100]) })],
    [3, () => ({ allOf: random.list(1, 3, here) })],
    [3, () => ({ anyOf: random.list(1, 3, here) })],
    [3, () => ({ oneOf: random.list(1, 3, here) })],
    [2, () => ({ not: here() })],
    [3, () => conditional(random, here)],
    [
      1,
      () => ({
        dependentRequired: Object.fromEntries(random.some(NAMES, 2).map((name) => [name, random.some(NAMES, 2)])),
      }),
    ],
    [2, () => ({ dependentSchemas: map(NAMES, here) })],
    [3, () => ({ unevaluatedProperties: random.chance(0.6) ? false : within() })],
    [3, () => ({ unevaluatedItems: random.chance(0.6) ? false : within() })],
    [5, () => reference(random, where)],
    [1, () => ({ title: "T", description: "*/ `", default: randomValue(random), examples: [1], deprecated: true })],
  ])();
}

function conditional(random: Random, here: () => Schema): JsonObject {
  const parts = random.some(["if", "then", "else"], 3);
  return Object.fromEntries([...parts, "if"].map((word) => [word, here()]));
}

function names(random: Random): Schema {
  return random.pick<Schema>([
    { maxLength: random.integer(0, 4) },
    { pattern: random.pick(NAME_PATTERNS) },
    { enum: [random.pick(NAMES), random.pick(NAMES), "a"] },
    { not: { const: random.pick(NAMES) } },
    { format: "json-pointer" },
    false,
  ]);
}

function reference(random: Random, { above }: Where): JsonObject {
  const first = above === -1 ? 0 : above;
  const parts = above <= NAMED_MAX && random.chance(0.3);
  if (parts) return { $ref: `#/components/schemas/${PARTS}/${random.pick(PART_POINTERS)}` };
  return first >= NAMED_MAX ? {} : { $ref: `#/components/schemas/S${random.integer(first, NAMED_MAX - 1)}` };
}

/** Any JSON value, with no regard to a schema. */
export function randomValue(random: Random, depth = 0): Json {
  return random.weighted<() => Json>([
    [2, () => random.pick<Json>([null, true, false])],
    [3, () => random.pick(STRINGS)],
    [3, () => random.pick(NUMBERS)],
    [depth > 2 ? 0 : 2, () => random.list(0, 4, () => randomValue(random, depth + 1))],
    [depth > 2 ? 0 : 4, () => randomObject(random, depth)],
  ])();
}

function randomObject(random: Random, depth: number): JsonObject {
  return Object.fromEntries(random.some(NAMES, 4).map((name) => [name, randomValue(random, depth + 1)]));
}

export function randomName(random: Random): string {
  return random.pick(NAMES);
}
