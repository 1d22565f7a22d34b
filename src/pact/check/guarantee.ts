import { isArray, isContainer, isJsonString, isObject, joinPointer, parseJson } from "../../json/index.ts";
import type { Json, JsonObject } from "../../model/index.ts";
import {
  cursorOf,
  type EffectiveRules,
  type ReadMatcher,
  type ReadVariant,
  type RuleCursor,
} from "../read/rule-tree.ts";
import { accepts, kindOf, rulesText } from "./accepts.ts";
import { CANDIDATES_MAX, candidateValues } from "./candidates.ts";
import { type Evaluator, isOpen, namesOf } from "./evaluate.ts";
import type { Finding } from "./findings.ts";
import { shown } from "./keywords.ts";
import type { SchemaNode } from "./schema-view.ts";

/** A place of an example, and what is known of it. */
interface Site {
  readonly value: Json;
  readonly nodes: readonly SchemaNode[];
  /** Null inside a JSON string, where Pact itself compares nothing. */
  readonly cursor: RuleCursor | null;
  readonly path: string;
  /** What the document's own examples have here. */
  readonly samples: readonly Json[];
}

/**
 * Whether a document promises what an example and its matching rules count on: every value that the document allows must be
 * one that the pact takes. What is found is shown by a value, so that it is certain; what is not found may still be.
 * @param faulty  pointers of what the schema forbids, which was said
 */
export function guaranteeFindings(site: Site, evaluator: Evaluator, faulty: ReadonlySet<string>): readonly Finding[] {
  const findings: Finding[] = [];
  visit(site);
  return findings;

  function visit(here: Site): void {
    const { value, nodes, cursor, path } = here;
    const rules = cursor?.effective() ?? null;
    if (cursor !== null) {
      const isContradictory = checkExample(here, rules);
      if (!faulty.has(path)) checkNarrow(here, rules, isContradictory);
    }
    if (!isContainer(value) && typeof value !== "string") return;
    const { parts } = evaluator.resolve(value, nodes, "part", path);
    const strings = parts.filter(({ schema }) => isJsonString(schema));
    if (strings.length > 0) visitContent(here, strings);
    else if (isArray(value)) visitItems(here, value, parts, rules);
    else if (isObject(value)) visitMembers(here, value, parts, rules);
  }

  /** A matcher that refuses the value it was written for can never be met by what the consumer was tested with. */
  function checkExample({ value, nodes, path }: Site, rules: EffectiveRules | null): boolean {
    if (rules === null || rules.cascaded) return false;
    if (accepts(rules, value, value, evaluator.tests) !== false) return false;
    findings.push({
      kind: "contradiction",
      path,
      message: `${label(path)}: ${rulesText(rules)} refuses its own example ${shown(value)}`,
      value: rules.set.written,
      node: nodes[0] ?? null,
      keyword: null,
      tokens: rules.set.tokens,
    });
    return true;
  }

  /** @param isContradictory  what the matcher takes means little then, unless it is nothing at all */
  function checkNarrow(
    { value, nodes, path, samples }: Site,
    rules: EffectiveRules | null,
    isContradictory: boolean,
  ): void {
    const { values, constants } = candidateValues(nodes, evaluator.view, samples);
    const allowed = values.slice(0, CANDIDATES_MAX).filter((one) => {
      // Members and items are compared one by one.
      const isJudgedBelow = isContainer(one) && kindOf(one) === kindOf(value);
      return !isJudgedBelow && evaluator.isValid(one, nodes);
    });
    const refused = allowed.filter((one) => accepts(rules, value, one, evaluator.tests) === false);
    const [witness] = refused;
    if (witness === undefined) return;
    const node = nodes[0] ?? null;
    const isNever = constants.length > 0 && refused.length === allowed.length && values.length <= CANDIDATES_MAX;
    if (isContradictory && !isNever) return;
    findings.push({
      kind: isNever ? "incompatible" : "narrow",
      path,
      message: isNever
        ? `${label(path)}: ${rulesText(rules)} refuses every value that the document allows, such as ${shown(witness)}`
        : `${label(path)}: the document allows ${shown(witness)}, which the pact refuses (${rulesText(rules)})`,
      value,
      node,
      keyword: null,
      witness: { value: witness },
      ...(rules === null || !isNever ? {} : { tokens: rules.set.tokens }),
    });
  }

  function visitContent(here: Site, strings: readonly SchemaNode[]): void {
    const { value, path, samples } = here;
    const decoded = typeof value === "string" ? parseJson(value) : value;
    if (decoded === undefined) return;
    if (typeof value !== "string") {
      const message = `${label(path)}: on the wire this is a string that holds JSON; the pact has its value, which is compared`;
      findings.push({ kind: "decoded", path, message, value, node: strings[0] ?? null, keyword: "contentSchema" });
    }
    visit({
      value: decoded,
      nodes: strings.map((node) => evaluator.view.child(node, "contentSchema")),
      cursor: typeof value === "string" ? null : here.cursor,
      path,
      samples: samples.flatMap((sample) => {
        const inner = typeof sample === "string" ? parseJson(sample) : undefined;
        return inner === undefined ? [] : [inner];
      }),
    });
  }

  function visitItems(
    here: Site,
    value: readonly Json[],
    parts: readonly SchemaNode[],
    rules: EffectiveRules | null,
  ): void {
    if (here.cursor !== null && !faulty.has(here.path)) checkLength(here, value, parts, rules);
    const samples = here.samples.flatMap((sample) => (isArray(sample) ? sample : []));
    const visitItem = (index: number, cursor: RuleCursor | null) => {
      const item = value[index];
      if (item === undefined) return;
      visit({
        value: item,
        nodes: evaluator.itemNodes(parts, index),
        cursor,
        path: joinPointer(here.path, index),
        samples,
      });
    };
    const variants = variantsOf(rules);
    if (variants !== null) {
      visitVariants(variants, visitItem);
      return;
    }
    const each = eachCursor(rules);
    for (const index of value.keys()) visitItem(index, each ?? here.cursor?.step(index) ?? null);
  }

  /** Of the items, one that fits is enough: what others may be is nothing against the pact. What none can be is. */
  function visitVariants(
    variants: readonly ReadVariant[],
    visitItem: (index: number, cursor: RuleCursor) => void,
  ): void {
    const before = findings.length;
    for (const { index, rules } of variants) visitItem(index, rules.cursor());
    const certain = findings.splice(before).filter(({ kind }) => kind === "contradiction" || kind === "incompatible");
    findings.push(...certain);
  }

  /** Without a matcher an array must have as many items as the example; with one only its bounds count. */
  function checkLength(
    here: Site,
    value: readonly Json[],
    parts: readonly SchemaNode[],
    rules: EffectiveRules | null,
  ): void {
    const { least, most } = lengthsOf(parts);
    const [from, to] = takenLengths(value, rules);
    const node = parts[0] ?? null;
    const witness = least < from ? least : most > to ? Math.min(most, to + 1) : null;
    if (witness === null) return;
    const count = witness === 0 ? "an empty array" : `${witness} item${witness === 1 ? "" : "s"}`;
    const message = `${label(here.path)}: the document allows ${count}, which the pact refuses (${rulesText(rules)})`;
    const items = Array.from({ length: Math.min(witness, 100) }, (_, index) => value[index % value.length] ?? null);
    findings.push({
      kind: "narrow",
      path: here.path,
      message,
      value: here.value,
      node,
      keyword: null,
      witness: { value: items },
    });
  }

  function visitMembers(
    here: Site,
    value: JsonObject,
    parts: readonly SchemaNode[],
    rules: EffectiveRules | null,
  ): void {
    const required = new Set(parts.flatMap(({ schema }) => namesOf(schema["required"])));
    // With these the names of the example are only examples.
    const isMap = here.cursor !== null && rules?.set.matchers.some(({ match }) => MAPS.has(match)) === true;
    const each = eachCursor(rules);
    for (const [name, member] of Object.entries(value)) {
      const path = joinPointer(here.path, name);
      const nodes = evaluator.memberNodes(parts, name);
      if (nodes.length === 0) {
        if (faulty.has(path) || !parts.some(isOpen)) continue;
        const node = parts.find(isOpen) ?? null;
        const message = `${label(path)}: the document does not know this field, though it allows any, so nothing promises it`;
        findings.push({ kind: "undocumented", path, message, value: member, node, keyword: "additionalProperties" });
        continue;
      }
      if (!required.has(name) && !isMap && !faulty.has(path)) {
        const message = `${label(path)}: the pact counts on this field, which the document says is optional`;
        findings.push({ kind: "optional", path, message, value: member, node: nodes[0] ?? null, keyword: null });
      }
      visit({
        value: member,
        nodes,
        cursor: each ?? here.cursor?.step(name) ?? null,
        path,
        samples: here.samples.flatMap((sample) =>
          isObject(sample) && Object.hasOwn(sample, name) ? [sample[name] as Json] : [],
        ),
      });
    }
  }
}

const MAPS: ReadonlySet<string> = new Set(["values", "eachKey", "eachValue"]);

/** The rules of `eachValue`, which stand in place of what the members have; null where there are none. */
function eachCursor(rules: EffectiveRules | null): RuleCursor | null {
  const matchers = rules?.set.matchers.flatMap((one) => (one.match === "eachValue" ? one.rules : [])) ?? [];
  return rules === null || matchers.length === 0 ? null : cursorOf({ ...rules.set, combine: "AND", matchers });
}

/** The items that `arrayContains` looks for; null where it does not stand. */
function variantsOf(rules: EffectiveRules | null): readonly ReadVariant[] | null {
  const found = rules?.set.matchers.flatMap((one) => (one.match === "arrayContains" ? [one.variants] : [])) ?? [];
  return found.length === 0 ? null : found.flat();
}

function lengthsOf(parts: readonly SchemaNode[]): { readonly least: number; readonly most: number } {
  const of = (keyword: string) =>
    parts.flatMap(({ schema }) => (typeof schema[keyword] === "number" ? [schema[keyword] as number] : []));
  return {
    least: Math.max(0, ...of("minItems")),
    most: Math.min(Number.POSITIVE_INFINITY, ...of("maxItems")),
  };
}

/** The least and the greatest length of an array that Pact takes for an example. */
function takenLengths(value: readonly Json[], rules: EffectiveRules | null): readonly [number, number] {
  const exactly = [value.length, value.length] as const;
  if (rules === null) return exactly;
  const { matchers } = rules.set;
  if (matchers.some(({ match }) => match === "equality")) return exactly;
  if (rules.set.combine === "OR" || rules.cascaded) return [0, Number.POSITIVE_INFINITY];
  const mins = matchers.flatMap((matcher) => (matcher.match === "type" && matcher.min !== null ? [matcher.min] : []));
  const maxs = matchers.flatMap((matcher) => (matcher.match === "type" && matcher.max !== null ? [matcher.max] : []));
  const isAsked = (one: ReadMatcher) =>
    one.match === "notEmpty" || (one.match === "arrayContains" && one.variants.length > 0);
  const notEmpty = matchers.some(isAsked) ? 1 : 0;
  return [Math.max(notEmpty, ...mins), Math.min(Number.POSITIVE_INFINITY, ...maxs)];
}

function label(path: string): string {
  return path === "" ? "the payload" : path;
}
