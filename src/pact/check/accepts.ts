import { equal, isArray, isObject, parseJson } from "../../json/index.ts";
import type { Json } from "../../model/index.ts";
import type { EffectiveRules, ReadMatcher } from "../read/rule-tree.ts";
import { dateExpression } from "./date-pattern.ts";
import { pactExpression } from "./pact-expression.ts";
import type { ValueTests } from "./value-tests.ts";

/** Yes, no, or null where it cannot be told. */
export type Verdict = boolean | null;

/**
 * Whether Pact takes a value in the place of the example, members of objects and arrays left aside: those have rules of
 * their own. Tried against Pact's own verifier in `test/pact/check/accepts.test.ts`.
 */
export function accepts(rules: EffectiveRules | null, example: Json, value: Json, tests: ValueTests): Verdict {
  if (rules === null) return isContainerLike(example) ? kindOf(example) === kindOf(value) : equal(example, value);
  const verdicts = rules.set.matchers.map((matcher) => acceptsOne(matcher, example, value, rules.cascaded, tests));
  const decisive = rules.set.combine === "OR";
  if (verdicts.includes(decisive)) return decisive;
  return verdicts.includes(null) ? null : !decisive;
}

function acceptsOne(matcher: ReadMatcher, example: Json, value: Json, cascaded: boolean, tests: ValueTests): Verdict {
  switch (matcher.match) {
    case "equality":
      return cascaded && isContainerLike(example) ? kindOf(example) === kindOf(value) : equal(example, value);
    case "type": {
      if (kindOf(example) !== kindOf(value)) return false;
      if (cascaded || !isArray(value)) return true;
      const { min, max } = matcher;
      return (min === null || value.length >= min) && (max === null || value.length <= max);
    }
    case "number":
      return typeof value === "number";
    case "integer":
      return Number.isInteger(value);
    case "decimal":
      return typeof value === "number" && !Number.isInteger(value);
    case "boolean":
      // Text that spells one is taken as well.
      return typeof value === "boolean" || value === "true" || value === "false";
    case "null":
      return value === null;
    case "notEmpty":
      if (value === null || value === "") return false;
      return isArray(value) ? value.length > 0 : !isObject(value) || Object.keys(value).length > 0;
    case "semver":
      return typeof value === "string" && SEMVER.test(value);
    case "include":
      return isContainerLike(value) ? null : textOf(value).includes(matcher.value);
    case "regex":
      return matches(pactExpression(matcher.regex, tests), value);
    case "datetime":
    case "date":
    case "time": {
      if (typeof value !== "string") return false;
      const source = dateExpression(matcher.format);
      return source === null ? null : (tests.expression(source)?.(value) ?? null);
    }
    case "contentType": {
      if (typeof value !== "string") return null;
      if (!/^(?:application|text)\/(?:[\w.-]+\+)?json/.test(matcher.value)) return null;
      const decoded = parseJson(value);
      // Pact tells the type by the text: what is JSON and no object is not always seen as such.
      return decoded === undefined ? false : isObject(decoded) ? true : null;
    }
    case "values":
    case "eachKey":
    case "eachValue":
      return isContainerLike(value) && kindOf(example) === kindOf(value);
    case "arrayContains":
      return isArray(value) ? null : false;
    case "statusCode":
    case "unknown":
      return null;
    default:
      return matcher satisfies never;
  }
}

/** https://semver.org/#is-there-a-suggested-regular-expression-regex-to-check-a-semver-string, in short. */
const SEMVER = /^\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$/;

function matches(test: ((text: string) => boolean) | null, value: Json): Verdict {
  if (test === null) return null;
  return isContainerLike(value) ? null : test(textOf(value));
}

function textOf(value: Json): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function isContainerLike(value: Json): boolean {
  return typeof value === "object" && value !== null;
}

/** JSON's kinds of values; integers and fractions are one to Pact. */
export function kindOf(value: Json): "null" | "boolean" | "number" | "string" | "array" | "object" {
  if (value === null) return "null";
  if (isArray(value)) return "array";
  return typeof value as "boolean" | "number" | "string" | "object";
}

/** The matchers of a place, in words. */
export function rulesText(rules: EffectiveRules | null): string {
  if (rules === null) return "no matcher, so it must be equal to the example";
  const names = rules.set.matchers.map(matcherText);
  const joined = names.join(rules.set.combine === "OR" ? " or " : " and ");
  return rules.cascaded ? `${joined} of ${rules.set.path}` : joined;
}

function matcherText(matcher: ReadMatcher): string {
  switch (matcher.match) {
    case "regex":
      return `the regex ${matcher.regex.length > 80 ? `${matcher.regex.slice(0, 77)}…` : matcher.regex}`;
    case "type": {
      const { min, max } = matcher;
      const bounds = [min === null ? [] : `at least ${min}`, max === null ? [] : `at most ${max}`].flat();
      return `the matcher type${bounds.length === 0 ? "" : ` (${bounds.join(", ")})`}`;
    }
    case "datetime":
    case "date":
    case "time":
      return `the ${matcher.match} format ${matcher.format}`;
    case "include":
    case "contentType":
      return `the matcher ${matcher.match} ${JSON.stringify(matcher.value)}`;
    default:
      return `the matcher ${matcher.match}`;
  }
}
