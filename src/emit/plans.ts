import { isArray, isJsonString, isObject, payloadShapes } from "../json/index.ts";
import type { Contract, Json, JsonObject, Schema, Webhook } from "../model/index.ts";
import { keyOfReference, leadsToJsonString } from "./decoded-schemas.ts";
import { type UnwrapPlan, UnwrapPlanner } from "./unwrap-plan.ts";

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
  const planner = new UnwrapPlanner(contract, differing);
  const unwrap = new Map<string, UnwrapPlan>();
  const coerce = new Map<string, readonly (readonly [string, CoercePlan])[]>();
  for (const webhook of contract.webhooks) {
    if (leadsToJsonString(webhook.payload, differing)) {
      unwrap.set(webhook.name, planner.plan(webhook.payload));
    }
    if (webhook.forms.some(({ encoding }) => encoding !== "json"))
      coerce.set(webhook.name, coercePlans(webhook, contract));
  }
  const { shared } = planner;
  for (const [name, plan] of unwrap) unwrap.set(name, inlined(plan, shared));
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
