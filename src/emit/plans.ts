import { isArray, isObject, payloadShapes } from "../json/index.ts";
import type { Contract, Json, JsonObject, Schema, Webhook } from "../model/index.ts";
import { allowsOtherThanString, isJsonString, keyOfReference, leadsToJsonString } from "./decoded-schemas.ts";

/** The shape of `src/runtime/plan.ts`, said here again since the stages do not import the runtime. */
export interface UnwrapPlan {
  readonly properties?: readonly (readonly [string, UnwrapPlan])[];
  readonly items?: UnwrapPlan;
  readonly others?: UnwrapPlan;
  readonly json?: UnwrapPlan;
  readonly lenient?: boolean;
  readonly shared?: string;
}

export interface CoercePlan {
  readonly types: readonly string[];
  readonly items?: CoercePlan;
  readonly bracketed?: boolean;
  readonly properties?: readonly (readonly [string, CoercePlan])[];
}

export interface Plans {
  /** By webhook name; only where a payload holds JSON in a string. */
  readonly unwrap: ReadonlyMap<string, UnwrapPlan>;
  /** By webhook name; only where a webhook has a query or form-encoded form. */
  readonly coerce: ReadonlyMap<string, readonly (readonly [string, CoercePlan])[]>;
  /** Plans of named schemas, which the others name. */
  readonly shared: Readonly<Record<string, UnwrapPlan>>;
  /** Webhooks without a route that are told from the others by being a list. */
  readonly lists: ReadonlySet<string>;
  /** The body pointer that the most webhooks' routes look at. */
  readonly routedBy: string | null;
}

/** What decoding a contract's payloads takes beside their validators: where JSON stands in strings, how text is typed. */
export function makePlans(contract: Contract, differing: ReadonlySet<string>): Plans {
  const shared: Record<string, UnwrapPlan> = {};
  for (const key of [...differing].sort()) shared[key] = unwrapPlan(contract.schemas[key] ?? true, contract, differing);
  const unwrap = new Map<string, UnwrapPlan>();
  const coerce = new Map<string, readonly (readonly [string, CoercePlan])[]>();
  for (const webhook of contract.webhooks) {
    if (leadsToJsonString(webhook.payload, differing)) {
      unwrap.set(webhook.name, inlined(unwrapPlan(webhook.payload, contract, differing), shared));
    }
    if (webhook.forms.some(({ encoding }) => encoding !== "json"))
      coerce.set(webhook.name, coercePlans(webhook, contract));
  }
  return {
    unwrap,
    coerce,
    shared: onlyUsed(shared, [...unwrap.values()]),
    lists: routelessLists(contract),
    routedBy: commonPointer(contract.webhooks),
  };
}

/** The only webhook of a contract is recognised whatever comes, so that what is wrong with it is said. */
function routelessLists({ webhooks, schemas }: Contract): ReadonlySet<string> {
  const isList = (payload: Schema) => payloadShapes(payload, schemas).join() === "list";
  const lists = webhooks.filter(({ route, payload }) => route.length === 0 && isList(payload));
  return new Set(webhooks.length > 1 ? lists.map(({ name }) => name) : []);
}

/** Found here and not when a receiver starts, which would cost its first delivery a tenth of a millisecond. */
function commonPointer(webhooks: readonly Webhook[]): string | null {
  const counts = new Map<string, number>();
  for (const { route } of webhooks) {
    for (const { in: place, at } of route) if (place === "body") counts.set(at, (counts.get(at) ?? 0) + 1);
  }
  const most = Math.max(...counts.values());
  for (const [pointer, count] of counts) if (count === most) return pointer;
  return null;
}

/** A plan that is only a name is replaced by the plan it names, which saves a step for each delivery. */
function inlined(plan: UnwrapPlan, shared: Readonly<Record<string, UnwrapPlan>>): UnwrapPlan {
  const target = plan.shared === undefined ? undefined : shared[plan.shared];
  return target === undefined || target.shared !== undefined ? plan : target;
}

function onlyUsed(
  shared: Readonly<Record<string, UnwrapPlan>>,
  roots: readonly UnwrapPlan[],
): Record<string, UnwrapPlan> {
  const used: Record<string, UnwrapPlan> = {};
  roots.forEach(visit);
  return Object.fromEntries(Object.entries(used).sort(([a], [b]) => (a < b ? -1 : 1)));

  function visit(plan: UnwrapPlan): void {
    const target = plan.shared === undefined ? undefined : shared[plan.shared];
    if (plan.shared !== undefined && target !== undefined && !Object.hasOwn(used, plan.shared)) {
      used[plan.shared] = target;
      visit(target);
    }
    for (const [, next] of plan.properties ?? []) visit(next);
    for (const next of [plan.items, plan.others, plan.json]) if (next !== undefined) visit(next);
  }
}

function unwrapPlan(schema: Schema, contract: Contract, differing: ReadonlySet<string>): UnwrapPlan {
  return plan(schema, false, new Set());

  function plan(current: Schema, lenient: boolean, above: ReadonlySet<Schema>): UnwrapPlan {
    if (!isObject(current) || above.has(current)) return {};
    const path = new Set(above).add(current);
    if (isJsonString(current)) {
      const json = plan(current["contentSchema"] as Schema, false, new Set());
      return lenient || allowsOtherThanString(current) ? { json, lenient: true } : { json };
    }
    const key = keyOfReference(current["$ref"]);
    let result: UnwrapPlan = key !== null && differing.has(key) ? { shared: key } : {};
    const add = (part: UnwrapPlan) => {
      result = merge(result, part, (name) => plan(contract.schemas[name] ?? true, lenient, path));
    };
    const here = (part: Json | undefined, loose: boolean) => {
      if (part !== undefined) add(plan(part as Schema, lenient || loose, path));
    };
    const inner = (part: Json | undefined, loose: boolean) =>
      plan((part ?? true) as Schema, lenient || loose, new Set());
    for (const part of listOf(current["allOf"])) here(part, false);
    for (const part of [...listOf(current["anyOf"]), ...listOf(current["oneOf"])]) here(part, true);
    for (const word of ["then", "else"]) here(current[word] as Json | undefined, true);
    const properties = isObject(current["properties"]) ? Object.entries(current["properties"] as JsonObject) : [];
    const leading = properties
      .map(([name, part]) => [name, inner(part, false)] as const)
      .filter(([, next]) => !isEmpty(next));
    if (leading.length > 0) add({ properties: leading });
    for (const part of listOf(current["prefixItems"])) add(wrapped("items", inner(part, true)));
    add(wrapped("items", inner(current["items"], current["prefixItems"] !== undefined)));
    add(wrapped("others", inner(current["additionalProperties"], current["patternProperties"] !== undefined)));
    if (isObject(current["patternProperties"])) {
      for (const part of Object.values(current["patternProperties"])) {
        add(wrapped("others", inner(part as Json, true)));
      }
    }
    return result;
  }
}

function wrapped(word: "items" | "others", plan: UnwrapPlan): UnwrapPlan {
  return isEmpty(plan) ? {} : { [word]: plan };
}

function isEmpty(plan: UnwrapPlan): boolean {
  return Object.keys(plan).length === 0;
}

/** Joins two plans for one place. A shared plan that meets another is opened, since it cannot be changed for this place. */
function merge(a: UnwrapPlan, b: UnwrapPlan, open: (shared: string) => UnwrapPlan): UnwrapPlan {
  if (isEmpty(a)) return b;
  if (isEmpty(b)) return a;
  if (a.shared !== undefined && a.shared === b.shared) return a;
  const left = a.shared === undefined ? a : open(a.shared);
  const right = b.shared === undefined ? b : open(b.shared);
  const names = new Set([...(left.properties ?? []), ...(right.properties ?? [])].map(([name]) => name));
  const both = (x: UnwrapPlan | undefined, y: UnwrapPlan | undefined) => merge(x ?? {}, y ?? {}, open);
  const planOf = (plan: UnwrapPlan, name: string) => plan.properties?.find(([other]) => other === name)?.[1];
  const lenient =
    left.lenient === true || right.lenient === true || (left.json === undefined) !== (right.json === undefined);
  return {
    ...(names.size === 0
      ? {}
      : { properties: [...names].map((name) => [name, both(planOf(left, name), planOf(right, name))] as const) }),
    ...wrapped("items", both(left.items, right.items)),
    ...wrapped("others", both(left.others, right.others)),
    ...(left.json === undefined && right.json === undefined ? {} : { json: both(left.json, right.json) }),
    ...(lenient && (left.json ?? right.json) !== undefined ? { lenient: true } : {}),
  };
}

function coercePlans(webhook: Webhook, contract: Contract): readonly (readonly [string, CoercePlan])[] {
  const found = new Map<string, CoercePlan>();
  visit(webhook.payload, new Set());
  return [...found].filter(([, { types }]) => types.some((type) => type !== "string"));

  function visit(schema: Schema | undefined, above: ReadonlySet<Schema>): void {
    if (!isObject(schema) || above.has(schema)) return;
    const path = new Set(above).add(schema);
    const key = keyOfReference(schema["$ref"]);
    if (key !== null) visit(contract.schemas[key], path);
    for (const word of ["allOf", "anyOf", "oneOf"])
      for (const part of listOf(schema[word])) visit(part as Schema, path);
    for (const word of ["then", "else"]) visit(schema[word] as Schema | undefined, path);
    if (!isObject(schema["properties"])) return;
    for (const [name, property] of Object.entries(schema["properties"])) {
      const plan = coercePlan(property as Schema, contract, new Set());
      const known = found.get(name);
      found.set(name, known === undefined ? plan : joined(known, plan));
    }
  }
}

function joined(a: CoercePlan, b: CoercePlan): CoercePlan {
  const items = a.items ?? b.items;
  const properties = joinedProperties(a.properties ?? [], b.properties ?? []);
  return {
    types: [...new Set([...a.types, ...b.types])],
    ...(items === undefined ? {} : { items }),
    ...(a.bracketed === true || b.bracketed === true ? { bracketed: true } : {}),
    ...(properties.length === 0 ? {} : { properties }),
  };
}

type CoercePlans = readonly (readonly [string, CoercePlan])[];

function joinedProperties(a: CoercePlans, b: CoercePlans): CoercePlans {
  const plans = new Map(a);
  for (const [name, plan] of b) plans.set(name, joined(plans.get(name) ?? { types: [] }, plan));
  return [...plans];
}

/** Types come from `type`, from constants, and from keywords that only one type has. */
function coercePlan(schema: Schema, contract: Contract, above: ReadonlySet<Schema>): CoercePlan {
  if (!isObject(schema) || above.has(schema)) return { types: [] };
  const path = new Set(above).add(schema);
  const key = keyOfReference(schema["$ref"]);
  const parts = [
    ...(key === null ? [] : [contract.schemas[key] ?? true]),
    ...listOf(schema["allOf"]),
    ...listOf(schema["anyOf"]),
    ...listOf(schema["oneOf"]),
  ].map((part) => coercePlan(part as Schema, contract, path));
  // JSON in a string stays text here; it is replaced with all others afterwards.
  const own = isJsonString(schema) ? ["string"] : typesOf(schema);
  const items = isObject(schema["items"]) ? coercePlan(schema["items"], contract, path) : undefined;
  const plan: CoercePlan = {
    types: own,
    ...(items === undefined ? {} : { items }),
    ...(schema["x-query-array"] === "bracketed" ? { bracketed: true } : {}),
    ...memberPlans(schema, contract, path),
  };
  return parts.reduce(joined, plan);
}

/** Members that text would not do for; a form writes them `name[member]=…`. */
function memberPlans(
  schema: JsonObject,
  contract: Contract,
  path: ReadonlySet<Schema>,
): Pick<CoercePlan, "properties"> {
  if (!isObject(schema["properties"]) || path.size > NESTED_MAX) return {};
  const plans = Object.entries(schema["properties"])
    .map(([name, property]) => [name, coercePlan(property as Schema, contract, path)] as const)
    .filter(([, { types }]) => types.some((type) => type !== "string"));
  return plans.length === 0 ? {} : { properties: plans };
}

/** Schemas above one that still gets plans for its members: nobody nests a form deeper, and a recursive schema ends. */
const NESTED_MAX = 8;

function typesOf(schema: JsonObject): readonly string[] {
  const type = schema["type"];
  if (typeof type === "string") return [type];
  if (isArray(type)) return type.filter((item): item is string => typeof item === "string");
  if (schema["const"] !== undefined) return [typeOf(schema["const"])];
  if (isArray(schema["enum"])) return [...new Set((schema["enum"] as readonly Json[]).map(typeOf))];
  if (schema["properties"] !== undefined || schema["additionalProperties"] !== undefined) return ["object"];
  if (schema["items"] !== undefined || schema["prefixItems"] !== undefined) return ["array"];
  return [];
}

function typeOf(value: Json): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return typeof value;
}

function listOf(value: Json | undefined): readonly Json[] {
  return isArray(value) ? value : [];
}
