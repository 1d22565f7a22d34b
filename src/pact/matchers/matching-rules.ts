import { isArray, isObject, own, parseJson, setOwn } from "../../json/index.ts";
import type { Json, JsonObject, Schema } from "../../model/index.ts";
import type { MatchingRules, PactMatcher, RulesByPath } from "../pact-file.ts";
import { EACH_ITEM, EACH_MEMBER, pathExpression, type Step } from "../path-expression.ts";
import { isWhole, newUsage, type Usage } from "../recording/usage.ts";
import { applyingSchemas, listOf, memberSchemas, typeOf } from "./applying-schemas.ts";
import { formsOf } from "./scalar-forms.ts";
import { scalarRule } from "./scalar-rule.ts";

/** What a consumer expects of a payload: an example, and how far another may differ from it. */
export interface Expectation {
  readonly content: Json;
  readonly rules: RulesByPath;
  /** JSON that stands in strings, by the string's path: Pact itself cannot look into it. */
  readonly inStrings: Readonly<Record<string, Expectation>>;
}

const EVERYTHING: Usage = { ...newUsage(), isWhole: true };
const TYPE: PactMatcher = { match: "type" };
const ANYTHING: PactMatcher = { match: "regex", regex: "[\\s\\S]*" };
/** More items than these are not written out for the sake of `minItems`. */
const ITEMS_MAX = 20;
const DEPTH_MAX = 64;

/**
 * An example payload with matching rules from its schema. Pact compares an example with what comes, key by key and item by
 * item, so the example is trimmed to what can be expected: the documented properties, one item of a list, one entry of a map.
 * @param usage  what of it is read, if not everything; JSON in a string is told as decoded
 */
export function expectationOf(
  schema: Schema,
  example: Json,
  schemas: Readonly<Record<string, Schema>>,
  usage: Usage = EVERYTHING,
): Expectation {
  const rules: Record<string, MatchingRules> = {};
  const inStrings: Record<string, Expectation> = {};
  // The root's rule is what holds for places without one, be they nameless to Pact or unknown to the schema.
  const content = visit([schema], example, [], usage);
  setOwn(rules, "$", rules["$"] ?? and(TYPE));
  return { content, rules: sorted(rules), inStrings: sorted(inStrings) };

  function visit(given: readonly Schema[], value: Json, steps: readonly Step[], read: Usage): Json {
    const path = steps.length > DEPTH_MAX ? null : pathExpression(steps);
    const set = (rule: MatchingRules) => {
      if (path !== null) setOwn(rules, path, rule);
    };
    if (isObject(value)) return visitObject(given, value, { steps, read, set });
    if (isArray(value)) return visitArray(given, value, { steps, read, set });
    if (typeof value !== "string" || path === null) {
      set(scalarRule(given, value, schemas));
      return value;
    }
    return visitString(given, value, path, { steps, read, set });
  }

  function visitString(given: readonly Schema[], value: string, path: string, { read, set }: Place): Json {
    const forms = formsOf(given, schemas);
    const content = forms.find((form) => form.content !== null)?.content ?? null;
    const decoded = content === null ? undefined : parseJson(value);
    if (content === null || decoded === undefined) {
      set(scalarRule(given, value, schemas));
      return value;
    }
    const inner = expectationOf(content, decoded, schemas, read);
    setOwn(inStrings, path, inner);
    // Pact takes a list for text, so only objects can be asked for.
    const json: readonly PactMatcher[] = isObject(decoded) ? [{ match: "contentType", value: "application/json" }] : [];
    const isNullable = forms.some(({ types }) => types.has("null") && !types.has("object"));
    if (isNullable) set({ combine: "OR", matchers: [...(json.length > 0 ? json : [TYPE]), { match: "null" }] });
    else set(and(TYPE, ...json));
    return JSON.stringify(inner.content);
  }

  function visitObject(given: readonly Schema[], value: JsonObject, { steps, read, set }: Place): Json {
    const applying = applyingSchemas(given, value, schemas);
    const constant = applying.find((schema) => Object.hasOwn(schema, "const"));
    if (constant !== undefined) {
      set(and({ match: "equality" }));
      return value;
    }
    const members = Object.entries(value).map(([name, member]) => {
      const parts = applying.flatMap((schema) => memberSchemas(schema, name));
      return { name, member, parts, isNamed: applying.some((schema) => isNamed(schema, name)) };
    });
    const content: Record<string, Json> = {};
    const described = members.filter(({ parts }) => parts.length > 0);
    const named = members.filter((one) => one.isNamed);
    const [entry] = described;
    if (named.length === 0 && entry !== undefined && !applying.some(hasProperties)) {
      set(and({ match: "values" }));
      const ofAny = isWhole(read) ? EVERYTHING : together([...read.members.values()]);
      if (ofAny !== null) setOwn(content, entry.name, visit(entry.parts, entry.member, [...steps, EACH_MEMBER], ofAny));
      return content;
    }
    set(and(TYPE));
    for (const { name, member, parts } of named) {
      const ofMember = isWhole(read) ? EVERYTHING : read.members.get(name);
      if (ofMember !== undefined) setOwn(content, name, visit(parts, member, [...steps, name], ofMember));
    }
    return content;
  }

  function visitArray(given: readonly Schema[], value: readonly Json[], { steps, read, set }: Place): Json {
    const applying = applyingSchemas(given, value, schemas);
    const tuple = applying.map((schema) => listOf(own(schema, "prefixItems"))).find((list) => list.length > 0);
    const parts = applying.flatMap((schema) => own(schema, "items") ?? []) as readonly Schema[];
    const { min, max } = bounds(applying);
    const ofItem = isWhole(read) ? EVERYTHING : read.items;
    if (tuple !== undefined) {
      const fixed = value.slice(0, tuple.length);
      set(and({ match: "type", min: fixed.length }));
      const rest = pathExpression([...steps, EACH_ITEM]);
      if (rest !== null) setOwn(rules, rest, and(ANYTHING));
      return fixed.map((item, index) => visit([tuple[index] as Schema], item, [...steps, index], ofItem ?? EVERYTHING));
    }
    const item = ofItem === null || isUntouched(ofItem) ? undefined : representative(parts, value);
    set(and({ match: "type", ...(item === undefined ? {} : { min }), ...(max === null ? {} : { max }) }));
    if (item === undefined || ofItem === null) return [];
    const content = visit(parts, item, [...steps, EACH_ITEM], ofItem);
    return Array.from({ length: Math.max(min, 1) }, () => content);
  }

  /** The item that stands for all: what they have in common. None where they are of different kinds. */
  function representative(parts: readonly Schema[], items: readonly Json[]): Json | undefined {
    const [first, ...others] = items;
    if (first === undefined) return undefined;
    const kind = kindOf(parts, first);
    const isScalar = typeOf(first) !== "object" && typeOf(first) !== "array";
    if (others.some((item) => (isScalar ? isObject(item) || isArray(item) : kindOf(parts, item) !== kind)))
      return undefined;
    if (!isObject(first)) return first;
    const common = Object.entries(first).filter(([name]) =>
      others.every((item) => isObject(item) && Object.hasOwn(item, name)),
    );
    return Object.fromEntries(common);
  }

  function kindOf(parts: readonly Schema[], item: Json): string {
    const applying = applyingSchemas(parts, item, schemas);
    return `${typeOf(item)} ${applying.map((schema) => numberOf(schema)).join()}`;
  }
}

interface Place {
  readonly steps: readonly Step[];
  readonly read: Usage;
  readonly set: (rule: MatchingRules) => void;
}

/** Nobody took an item in hand: the list was counted, or asked whether it is there. */
function isUntouched(usage: Usage): boolean {
  return !usage.isReached && !usage.isWhole;
}

/** What was read of any of several values. */
function together(usages: readonly Usage[]): Usage | null {
  const [first, ...others] = usages;
  if (first === undefined) return null;
  return usages.some(isWhole) ? EVERYTHING : others.length === 0 ? first : joined(usages);
}

function joined(usages: readonly Usage[]): Usage {
  const members = new Map<string, Usage>();
  for (const name of new Set(usages.flatMap((usage) => [...usage.members.keys()]))) {
    const of = together(usages.flatMap((usage) => usage.members.get(name) ?? []));
    if (of !== null) members.set(name, of);
  }
  const items = together(usages.flatMap((usage) => usage.items ?? []));
  return { isWhole: false, isReached: true, isOpened: true, members, items };
}

const numbers = new WeakMap<object, number>();
let nextNumber = 0;

function numberOf(schema: object): number {
  const number = numbers.get(schema) ?? nextNumber++;
  numbers.set(schema, number);
  return number;
}

function and(...matchers: readonly PactMatcher[]): MatchingRules {
  return { combine: "AND", matchers };
}

function isNamed(schema: JsonObject, name: string): boolean {
  const properties = own(schema, "properties");
  return isObject(properties) && Object.hasOwn(properties, name);
}

function hasProperties(schema: JsonObject): boolean {
  const properties = own(schema, "properties");
  return isObject(properties) && Object.keys(properties).length > 0;
}

function bounds(applying: readonly JsonObject[]): { readonly min: number; readonly max: number | null } {
  const numbersOf = (word: string) =>
    applying.flatMap((schema) => {
      const bound = own(schema, word);
      return typeof bound === "number" && Number.isInteger(bound) && bound >= 0 ? [bound] : [];
    });
  const min = Math.max(0, ...numbersOf("minItems"));
  const max = numbersOf("maxItems");
  return { min: min > ITEMS_MAX ? 0 : min, max: max.length === 0 ? null : Math.min(...max) };
}

function sorted<Value>(record: Readonly<Record<string, Value>>): Readonly<Record<string, Value>> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
