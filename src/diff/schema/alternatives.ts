import { isArray, isObject, isSchema, own } from "../../json/index.ts";
import type { JsonObject, Schema } from "../../model/index.ts";
import { EVERY_TYPE, NO_TYPE, type TypeSet, typesOf } from "./types.ts";

/** A schema object all of whose own keywords hold, and the schemas around it whose `unevaluated…` looks into it. */
export interface Part {
  readonly schema: JsonObject;
  readonly within: ReadonlySet<JsonObject>;
}

/** A `oneOf` or `anyOf` that is left as it is, since writing out all combinations would take too many. */
export interface Union {
  readonly keyword: "oneOf" | "anyOf";
  readonly holder: JsonObject;
  readonly branches: readonly Schema[];
}

/** One way to keep to a schema: a conjunction without `$ref`, `allOf`, `oneOf` and `anyOf`. */
export interface Alternative {
  readonly parts: readonly Part[];
  readonly types: TypeSet;
  readonly unions: readonly Union[];
  /** What the branch that was chosen last is called: its title, or the schema that it names. */
  readonly title?: string;
  readonly reference?: string;
  /** Chosen among at least two branches that are not merely null. */
  readonly isVariant: boolean;
  /** By a `oneOf`. */
  readonly isExclusive: boolean;
}

/** More combinations than this are not written out. */
const ALTERNATIVES_MAX = 128;
/** A single union may have more branches. */
const BRANCHES_MAX = 1_000;

interface State {
  readonly parts: Map<JsonObject, ReadonlySet<JsonObject>>;
  todo: readonly { readonly schema: Schema; readonly within: ReadonlySet<JsonObject> }[];
  pending: readonly (Union & { readonly within: ReadonlySet<JsonObject> })[];
  kept: readonly Union[];
  types: TypeSet;
  title?: string;
  reference?: string;
  isVariant: boolean;
  isExclusive: boolean;
}

/**
 * All ways to keep to several schemas at once. Those that no type allows are left out.
 * @param lookUp  finds what a `$ref` names
 */
export function alternativesOf(
  schemas: readonly Schema[],
  lookUp: (ref: unknown) => Schema | undefined,
): readonly Alternative[] {
  const nothing: ReadonlySet<JsonObject> = new Set();
  const open: State[] = [
    {
      parts: new Map(),
      todo: schemas.map((schema) => ({ schema, within: nothing })),
      pending: [],
      kept: [],
      types: EVERY_TYPE,
      isVariant: false,
      isExclusive: false,
    },
  ];
  const done: Alternative[] = [];
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    settle(state, lookUp);
    if (state.types === NO_TYPE) continue;
    const [union, ...rest] = state.pending;
    if (union === undefined) {
      const { parts, kept, types, title, reference, isVariant, isExclusive } = state;
      done.push({
        parts: [...parts].map(([schema, within]) => ({ schema, within })),
        unions: kept,
        types,
        isVariant,
        isExclusive,
        ...(title === undefined ? {} : { title }),
        ...(reference === undefined ? {} : { reference }),
      });
      continue;
    }
    const width = done.length + open.length;
    const isTooMany = width + union.branches.length > (width === 0 ? BRANCHES_MAX : ALTERNATIVES_MAX);
    if (isTooMany) open.push({ ...state, pending: rest, kept: [...state.kept, union] });
    else open.push(...branchesOf(state, union, rest, lookUp).reverse());
  }
  return done;
}

function branchesOf(
  state: State,
  union: State["pending"][number],
  rest: State["pending"],
  lookUp: (ref: unknown) => Schema | undefined,
): State[] {
  const isChoice = union.branches.filter((branch) => !isNull(branch, lookUp)).length > 1;
  return union.branches.map((branch): State => {
    const copy = {
      ...state,
      parts: new Map(state.parts),
      pending: rest,
      todo: [{ schema: branch, within: union.within }],
    };
    if (!isChoice || isNull(branch, lookUp)) return copy;
    const { title, reference } = nameOf(branch, lookUp);
    return {
      ...copy,
      ...(title === undefined ? {} : { title }),
      ...(reference === undefined ? {} : { reference }),
      isVariant: true,
      isExclusive: state.isExclusive || union.keyword === "oneOf",
    };
  });
}

function nameOf(branch: Schema, lookUp: (ref: unknown) => Schema | undefined): { title?: string; reference?: string } {
  if (!isObject(branch)) return {};
  const ref = own(branch, "$ref");
  const target = lookUp(ref);
  const titles = [own(branch, "title"), isObject(target) ? own(target, "title") : undefined];
  const title = titles.find((one) => typeof one === "string");
  return {
    ...(typeof title === "string" ? { title } : {}),
    ...(typeof ref === "string" ? { reference: ref.slice(ref.lastIndexOf("/") + 1) } : {}),
  };
}

function isNull(branch: Schema, lookUp: (ref: unknown) => Schema | undefined): boolean {
  if (!isObject(branch)) return false;
  const target = lookUp(own(branch, "$ref"));
  const types = typesOf(branch) & (isObject(target) ? typesOf(target) : EVERY_TYPE);
  return types === typesOf({ type: "null" });
}

/** Takes up everything that holds without a choice: references, the parts of `allOf`, unions of one. */
function settle(state: State, lookUp: (ref: unknown) => Schema | undefined): void {
  const todo = [...state.todo].reverse();
  state.todo = [];
  const pending = [...state.pending];
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    const { schema } = next;
    if (typeof schema === "boolean") {
      if (!schema) state.types = NO_TYPE;
      continue;
    }
    const known = state.parts.get(schema);
    const isUnevaluated = Object.hasOwn(schema, "unevaluatedProperties") || Object.hasOwn(schema, "unevaluatedItems");
    const within = isUnevaluated ? new Set([...next.within, schema]) : next.within;
    if (known !== undefined && [...within].every((one) => known.has(one))) continue;
    state.parts.set(schema, known === undefined ? within : new Set([...known, ...within]));
    if (known === undefined) state.types &= typesOf(schema);
    const inPlace: Schema[] = [];
    const target = lookUp(own(schema, "$ref"));
    if (target !== undefined) inPlace.push(target);
    inPlace.push(...schemasIn(schema, "allOf"));
    for (const keyword of ["oneOf", "anyOf"] as const) {
      const branches = schemasIn(schema, keyword);
      if (branches.length === 1) inPlace.push(branches[0] as Schema);
      else if (branches.length > 1 && known === undefined) pending.push({ keyword, holder: schema, branches, within });
    }
    for (const inner of inPlace.reverse()) todo.push({ schema: inner, within });
  }
  state.pending = pending;
}

function schemasIn(schema: JsonObject, keyword: string): Schema[] {
  const list = own(schema, keyword);
  return isArray(list) ? (list.filter(isSchema) as Schema[]) : [];
}
