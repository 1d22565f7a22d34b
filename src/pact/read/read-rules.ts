import { isArray, isObject } from "../../json/index.ts";
import type { Json, JsonObject } from "../../model/index.ts";
import type { Expectation, PactTokens } from "./expectation.ts";
import { type PathStep, parsePactPath } from "./pact-path.ts";
import type { Problems } from "./problems.ts";
import { type ReadMatcher, type ReadVariant, type RuleSet, RuleTree } from "./rule-tree.ts";

/** The matching rules of one message, request or response. */
export interface PartRules {
  readonly body: RuleTree;
  /** By name in lower case. */
  readonly headers: ReadonlyMap<string, RuleTree>;
}

export interface RulesContext {
  readonly interaction: Pick<Expectation, "description" | "states">;
  readonly problems: Problems;
}

/** What the categories of version 3 and 4, and the first step of version 2's paths, are called here. */
const CATEGORIES: ReadonlyMap<string, "body" | "headers"> = new Map([
  ["body", "body"],
  ["content", "body"],
  ["contents", "body"],
  ["header", "headers"],
  ["headers", "headers"],
  ["metadata", "headers"],
  ["metaData", "headers"],
]);

/**
 * Reads `matchingRules` in either spelling: by category and then path (`{ "body": { "$.a": { "matchers": […] } } }`), or by
 * a path that begins with the category (`{ "$.body.a": { "match": "type" } }`).
 */
export function readRules(written: Json | undefined, tokens: PactTokens, context: RulesContext): PartRules {
  const body = new RuleTree();
  const headers = new Map<string, RuleTree>();
  if (!isObject(written)) return { body, headers };
  for (const [key, value] of Object.entries(written)) {
    const place = [...tokens, key];
    if (key.startsWith("$")) {
      const steps = parsePactPath(key);
      const [first, ...rest] = steps ?? [];
      const category = typeof first === "object" && "key" in first ? CATEGORIES.get(first.key) : undefined;
      if (steps === null) reportPath(key, place, context);
      else if (category === "body") addRule(body, rest, key, value, place, context);
      else if (category === "headers") addHeader(headers, rest, key, value, place, context);
      else if (typeof first !== "object" || !("key" in first) || !PARTS.has(first.key)) {
        // Messages of version 3 have paths into their contents here as well, as some writers spell them.
        addRule(body, steps, key, value, place, context);
      }
      continue;
    }
    const category = CATEGORIES.get(key);
    if (category === undefined || !isObject(value)) continue;
    for (const [path, rules] of Object.entries(value)) {
      const steps = category === "headers" && !path.startsWith("$") ? [{ key: path }] : parsePactPath(path);
      if (steps === null) reportPath(path, [...place, path], context);
      else if (category === "body") addRule(body, steps, path, rules, [...place, path], context);
      else addHeader(headers, steps, path, rules, [...place, path], context);
    }
  }
  return { body, headers };
}

/** Parts of a request that have no rules of fields: they are left to whoever verifies over HTTP. */
const PARTS: ReadonlySet<string> = new Set(["path", "query", "method", "status"]);

function reportPath(path: string, tokens: PactTokens, { interaction, problems }: RulesContext): void {
  problems.add({
    code: "pact.matcher.path-invalid",
    type: "warning",
    message: `${JSON.stringify(path)} is no path expression of a matching rule, so that rule is not looked at.`,
    tokens,
    value: path,
    interaction,
  });
}

function addHeader(
  headers: Map<string, RuleTree>,
  steps: readonly PathStep[],
  path: string,
  value: Json,
  tokens: PactTokens,
  context: RulesContext,
): void {
  const [first] = steps;
  if (typeof first !== "object" || !("key" in first)) return;
  // A header is one value, or a list of them: `$.header.x[0]`.
  const name = first.key.toLowerCase();
  const tree = headers.get(name) ?? new RuleTree();
  headers.set(name, tree);
  addRule(tree, [], path, value, tokens, context);
}

function addRule(
  tree: RuleTree,
  steps: readonly PathStep[],
  path: string,
  value: Json,
  tokens: PactTokens,
  { interaction, problems }: RulesContext,
): void {
  const rules = ruleSetOf(value, path, tokens);
  for (const matcher of rules.matchers) {
    if (matcher.match !== "unknown") continue;
    problems.add({
      code: "pact.matcher.unknown",
      type: "warning",
      message: `The matcher ${JSON.stringify(matcher.name)} at ${path} is not known, so what it accepts is not compared.`,
      tokens,
      value,
      interaction,
    });
  }
  if (rules.matchers.length > 0) tree.add(steps, rules);
}

function ruleSetOf(value: Json, path: string, tokens: PactTokens): RuleSet {
  const list = isObject(value) && isArray(value["matchers"]) ? value["matchers"] : null;
  const combine = isObject(value) && String(value["combine"]).toUpperCase() === "OR" ? "OR" : "AND";
  const matchers = list?.map((one, index) => readMatcher(one, [...tokens, "matchers", index])) ?? [
    readMatcher(value, tokens),
  ];
  return { combine, matchers, path, tokens, written: value };
}

/** One matcher; what it lacks makes it an unknown one. */
function readMatcher(value: Json, tokens: PactTokens): ReadMatcher {
  if (!isObject(value)) return unknown(value);
  const match = nameOf(value);
  switch (match) {
    case "equality":
    case "number":
    case "integer":
    case "decimal":
    case "boolean":
    case "null":
    case "notEmpty":
    case "semver":
    case "values":
    case "statusCode":
      return { match };
    case "arrayContains":
      return {
        match,
        variants: isArray(value["variants"])
          ? value["variants"].flatMap((one, index) => readVariant(one, [...tokens, "variants", index]))
          : [],
      };
    case "type":
      return { match, min: countOf(value["min"]), max: countOf(value["max"]) };
    case "regex":
      return typeof value["regex"] === "string" ? { match, regex: value["regex"] } : unknown(value);
    case "include":
      return typeof value["value"] === "string" ? { match, value: value["value"] } : unknown(value);
    case "contentType":
      return typeof value["value"] === "string" ? { match, value: value["value"] } : unknown(value);
    case "datetime":
    case "timestamp":
    case "date":
    case "time": {
      const format = value["format"] ?? value[match];
      const kind = match === "timestamp" ? "datetime" : match;
      return { match: kind, format: typeof format === "string" ? format : "" };
    }
    case "eachKey":
    case "eachValue":
      return {
        match,
        rules: isArray(value["rules"])
          ? value["rules"].map((one, index) => readMatcher(one, [...tokens, "rules", index]))
          : [],
      };
    default:
      return unknown(value);
  }
}

function readVariant(value: Json, tokens: PactTokens): readonly ReadVariant[] {
  if (!isObject(value)) return [];
  const index = countOf(value["index"]) ?? 0;
  const tree = new RuleTree();
  const rules = isObject(value["rules"]) ? value["rules"] : {};
  for (const [path, written] of Object.entries(rules)) {
    const steps = parsePactPath(path);
    if (steps !== null) tree.add(steps, ruleSetOf(written, path, [...tokens, "rules", path]));
  }
  return [{ index, rules: tree }];
}

/** Version 2 may leave `match` out where another word says it. */
function nameOf(value: JsonObject): Json | undefined {
  const { match } = value;
  if (match === "min" || match === "max" || match === "min-type" || match === "max-type") return "type";
  if (match === "each-key") return "eachKey";
  if (match === "each-value") return "eachValue";
  if (match !== undefined) return match === "timestamp" ? "timestamp" : camel(match);
  if (typeof value["regex"] === "string") return "regex";
  if (typeof value["min"] === "number" || typeof value["max"] === "number") return "type";
  for (const word of ["timestamp", "date", "time"]) if (typeof value[word] === "string") return word;
  return undefined;
}

/** `not-empty`, `array-contains` and the like are older spellings. */
function camel(name: Json): Json {
  return typeof name === "string" ? name.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase()) : name;
}

function countOf(value: Json | undefined): number | null {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 ? value : null;
}

function unknown(value: Json): ReadMatcher {
  const name = isObject(value) ? value["match"] : value;
  return { match: "unknown", name: typeof name === "string" ? name : JSON.stringify(value).slice(0, 80) };
}
