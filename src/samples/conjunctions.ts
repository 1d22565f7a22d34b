import { equal, isArray, isObject, isSchema } from "../json/index.ts";
import type { Json, JsonObject, Schema } from "../model/index.ts";
import { isOfType, type Judge, schemasOf } from "./judge.ts";
import { negations } from "./negations.ts";

/** An `anyOf` or `oneOf`, of which one branch is taken. */
export interface Choice {
  readonly schema: JsonObject;
  readonly keyword: "anyOf" | "oneOf";
  readonly branches: readonly Schema[];
}

export interface ConjunctionOptions {
  readonly judge: Judge;
  /** The branches that are tried, in this order, by index. */
  readonly order: (choice: Choice) => readonly number[];
  /** Whether what is optional is wanted. */
  readonly wantsMore: boolean;
}

/** Sets of schemas to add, one of which has to be. */
type Decision = readonly (readonly Schema[])[];

const TYPES = ["object", "array", "string", "integer", "number", "boolean", "null"] as const;
export type TypeName = (typeof TYPES)[number];

/**
 * Takes schemas that must all hold apart into schema objects that have to hold side by side: through references and `allOf`,
 * with one branch of each alternative. Each way to choose gives one set; what cannot hold together for its types or constants
 * is left out. Whatever a set does not say – that no other branch of a `oneOf` holds, that a `not` does not – is left to the judge.
 */
export function* conjunctions(
  schemas: readonly Schema[],
  options: ConjunctionOptions,
): Generator<readonly JsonObject[]> {
  yield* expand(schemas, new Set(), [], options);
}

function* expand(
  added: readonly Schema[],
  before: ReadonlySet<JsonObject>,
  left: readonly Decision[],
  options: ConjunctionOptions,
): Generator<readonly JsonObject[]> {
  const parts = new Set(before);
  const decisions = [...left];
  const pending = [...added].reverse();
  for (let schema = pending.pop(); schema !== undefined; schema = pending.pop()) {
    if (schema === false) return;
    if (!isObject(schema) || parts.has(schema)) continue;
    parts.add(schema);
    decisions.push(...decisionsOf(schema, options));
    const target = options.judge.lookUp(schema["$ref"]);
    pending.push(...schemasOf(schema["allOf"]).toReversed());
    if (target !== undefined) pending.push(target);
  }
  if (isImpossible([...parts])) return;
  const [decision, ...others] = decisions;
  if (decision === undefined) {
    yield [...parts];
    return;
  }
  for (const chosen of decision) yield* expand(chosen, parts, others, options);
}

function decisionsOf(schema: JsonObject, options: ConjunctionOptions): readonly Decision[] {
  const { judge, wantsMore } = options;
  const decisions: Decision[] = [];
  for (const keyword of ["oneOf", "anyOf"] as const) {
    const branches = schemasOf(schema[keyword]);
    if (branches.length > 0) decisions.push(branchDecision({ schema, keyword, branches }, options));
  }
  const { if: condition, then, else: otherwise, not, dependentSchemas } = schema;
  if (isSchema(condition) && (isSchema(then) || isSchema(otherwise))) {
    const met = [condition as Schema, ...(isSchema(then) ? [then as Schema] : [])];
    const rest = isSchema(otherwise) ? [otherwise as Schema] : [];
    const unmet = negations(condition as Schema, judge).map((negation) => [...negation, ...rest]);
    decisions.push(wantsMore ? [met, ...unmet] : [...unmet, met]);
  }
  if (isSchema(not)) decisions.push(negations(not as Schema, judge));
  if (isObject(dependentSchemas)) {
    for (const [name, dependent] of Object.entries(dependentSchemas)) {
      if (!isSchema(dependent)) continue;
      const present = [{ required: [name] }, dependent as Schema];
      const absent = [{ properties: { [name]: false } }];
      decisions.push(wantsMore ? [present, absent] : [absent, present]);
    }
  }
  return decisions;
}

function branchDecision(choice: Choice, { order, judge }: ConjunctionOptions): Decision {
  const { branches, keyword, schema } = choice;
  const indexes = order(choice);
  const plain = indexes.map((index) => [branches[index] as Schema, ...discriminatorHint(schema, branches[index])]);
  if (keyword === "anyOf" || branches.length > NEGATED_MAX) return plain;
  // Branches that hold together have to be told apart by what all but one refuse.
  const told = indexes.map((index) => [
    branches[index] as Schema,
    ...branches.flatMap((other, at) => (at === index ? [] : (negations(other, judge)[0] ?? [false]))),
  ]);
  return [...plain, ...told];
}

const NEGATED_MAX = 20;

/** The value of a discriminator that stands for a branch, where the branch itself does not say it. */
function discriminatorHint(schema: JsonObject, branch: Schema | undefined): readonly Schema[] {
  const { discriminator } = schema;
  const ref = isObject(branch) ? branch["$ref"] : undefined;
  if (!isObject(discriminator) || typeof ref !== "string") return [];
  const { propertyName, mapping } = discriminator;
  if (typeof propertyName !== "string") return [];
  const key = ref.slice(ref.lastIndexOf("/") + 1);
  const mapped = isObject(mapping) ? Object.entries(mapping) : [];
  const value = mapped.find(([, to]) => typeof to === "string" && (to === key || to.endsWith(`/${key}`)))?.[0] ?? key;
  return [{ properties: { [propertyName]: { examples: [value] } } }];
}

/** Whether types or constants alone say that nothing can keep to all of these. */
function isImpossible(parts: readonly JsonObject[]): boolean {
  const values = constantsOf(parts);
  if (values === null) return typesOf(parts).length === 0;
  return !values.some((value) => parts.every((part) => isOfPartType(part, value)));
}

function isOfPartType({ type }: JsonObject, value: Json): boolean {
  const types = typeNames(type);
  return types.length === 0 || types.some((one) => isOfType(value, one));
}

function typeNames(type: Json | undefined): readonly string[] {
  return [type ?? []].flat().filter((one): one is string => typeof one === "string");
}

/** The types that all of these allow, in the order of the first that says any. */
export function typesOf(parts: readonly JsonObject[]): readonly TypeName[] {
  let allowed: readonly TypeName[] | null = null;
  for (const { type } of parts) {
    const names = typeNames(type).filter((name) => (TYPES as readonly string[]).includes(name)) as readonly TypeName[];
    if (names.length === 0) continue;
    allowed = allowed === null ? names : both(allowed, names);
  }
  return allowed ?? TYPES.filter((type) => type !== "integer");
}

function both(a: readonly TypeName[], b: readonly TypeName[]): readonly TypeName[] {
  return a.flatMap((type): readonly TypeName[] => {
    if (b.includes(type)) return [type];
    if (type === "integer" && b.includes("number")) return [type];
    return type === "number" && b.includes("integer") ? ["integer"] : [];
  });
}

/** The values that every `const` and closed `enum` of these leaves; null where there is neither. */
export function constantsOf(parts: readonly JsonObject[]): readonly Json[] | null {
  let values: readonly Json[] | null = null;
  for (const part of parts) {
    const lists: (Json | undefined)[] = [Object.hasOwn(part, "const") ? [part["const"] as Json] : undefined];
    if (part["x-open-enum"] !== true) lists.push(part["enum"]);
    for (const list of lists) {
      if (!isArray(list) || list.length === 0) continue;
      const allowed: readonly Json[] = list;
      values = values === null ? allowed : values.filter((value) => allowed.some((one) => equal(one, value)));
    }
  }
  return values;
}
