import { isObject } from "../json/index.ts";
import type { Condition, JsonObject, Scalar, Schema } from "../model/index.ts";
import { type Constant, constantsOf } from "./constants.ts";
import { followReferences, hasOnlyAnnotations, keyOfReference, type Schemas } from "./schema-lookup.ts";

/** Unions within unions may double at every step; what is left then stays one event. */
const BRANCHES_MAX = 2_000;

/** One event of a payload that describes several. */
export interface Branch {
  readonly payload: Schema;
  /** The schema that the branch names, where it names one. */
  readonly schemaKey?: string;
  /** `x-webhook-name` on the branch. */
  readonly wantedName?: string;
  readonly title?: string;
  readonly description?: string;
  readonly deprecated?: boolean;
  readonly discriminator?: Condition;
}

/**
 * Splits a payload that is, through `$ref`, a `oneOf` or `anyOf` whose branches have a `discriminator` or carry different
 * constants at one pointer; branches that are such payloads themselves are split too. Null where the payload is one event.
 * @param schemas       without cycles in place, as `breakCycles` leaves them
 * @param documentName  the name a document gives a schema, by its key: what a discriminator without mapping compares with
 */
export function splitPayload(
  payload: Schema,
  schemas: Schemas,
  documentName: (key: string) => string,
): readonly Branch[] | null {
  return split(payload, schemas, documentName, { branchesLeft: BRANCHES_MAX });
}

function split(
  payload: Schema,
  schemas: Schemas,
  documentName: (key: string) => string,
  budget: { branchesLeft: number },
): readonly Branch[] | null {
  const object = followReferences(schemas, payload);
  if (object === null) return null;
  const keyword = (["oneOf", "anyOf"] as const).find((word) => Array.isArray(object[word]));
  if (keyword === undefined) return null;
  const alternatives = (object[keyword] as readonly Schema[]).filter((branch) => !isNullSchema(branch));
  if (alternatives.length < 2) return null;

  const byDiscriminator = readDiscriminator(object, alternatives, schemas, documentName);
  if (byDiscriminator === null && tellingPointer(alternatives, schemas) === null) return null;
  if (alternatives.length > budget.branchesLeft) return null;
  budget.branchesLeft -= alternatives.length;

  const siblings: Record<string, Schema> = Object.fromEntries(
    Object.entries(object).filter(([key]) => key !== keyword && key !== "discriminator"),
  ) as Record<string, Schema>;
  return alternatives.flatMap((alternative, index) => {
    const joined = hasOnlyAnnotations(siblings) ? alternative : { allOf: [siblings, alternative] };
    const deeper = split(alternative, schemas, documentName, budget);
    const discriminator = byDiscriminator?.[index] ?? undefined;
    if (deeper === null) return [describe(alternative, joined, schemas, discriminator)];
    return deeper.map((branch) => ({
      ...branch,
      payload: hasOnlyAnnotations(siblings) ? branch.payload : { allOf: [siblings, branch.payload] },
      // The inner discriminator tells more than the outer one, which cannot tell the inner branches apart.
      ...(branch.discriminator === undefined && discriminator !== undefined ? { discriminator } : {}),
    }));
  });
}

function describe(alternative: Schema, payload: Schema, schemas: Schemas, discriminator?: Condition): Branch {
  const own = isObject(alternative) ? alternative : {};
  const target = followReferences(schemas, alternative) ?? {};
  const text = (key: string) => [own[key], target[key]].find((value) => typeof value === "string");
  const ref = own["$ref"];
  const schemaKey = typeof ref === "string" ? keyOfReference(ref) : null;
  const wantedName = text("x-webhook-name");
  const title = text("title");
  const description = text("description");
  return {
    payload,
    ...(schemaKey === null ? {} : { schemaKey }),
    ...(wantedName === undefined ? {} : { wantedName }),
    ...(title === undefined ? {} : { title }),
    ...(description === undefined ? {} : { description }),
    ...(own["deprecated"] === true || target["deprecated"] === true ? { deprecated: true } : {}),
    ...(discriminator === undefined ? {} : { discriminator }),
  };
}

/** The condition of each branch; null where there is no discriminator or a branch has no value of its own. */
function readDiscriminator(
  object: JsonObject,
  branches: readonly Schema[],
  schemas: Schemas,
  documentName: (key: string) => string,
): readonly Condition[] | null {
  const discriminator = object["discriminator"];
  if (!isObject(discriminator) || typeof discriminator["propertyName"] !== "string") return null;
  const at = `/${discriminator["propertyName"].replaceAll("~", "~0").replaceAll("/", "~1")}`;
  const mapping = isObject(discriminator["mapping"]) ? Object.entries(discriminator["mapping"]) : [];
  const values = branches.map((branch): readonly Scalar[] => {
    const ref = isObject(branch) ? branch["$ref"] : undefined;
    const mapped = mapping.filter(([, target]) => target === ref).map(([value]) => value);
    if (mapped.length > 0) return mapped;
    const constant = constantsOf(branch, schemas).get(at);
    if (constant !== undefined) return constant.values;
    const key = typeof ref === "string" ? keyOfReference(ref) : null;
    return key === null ? [] : [documentName(key)];
  });
  if (values.some((list) => list.length === 0)) return null;
  return values.map((list) => ({ in: "body", at, value: list.length === 1 ? (list[0] as Scalar) : list }));
}

/** A pointer at which every branch has one value and no two the same. */
function tellingPointer(branches: readonly Schema[], schemas: Schemas): string | null {
  const constants = branches.map((branch) => constantsOf(branch, schemas));
  const [first] = constants;
  if (first === undefined) return null;
  for (const pointer of first.keys()) {
    const values = constants.map((map) => singleValue(map.get(pointer)));
    if (values.every((value) => value !== undefined) && new Set(values).size === values.length) return pointer;
  }
  return null;
}

function singleValue(constant: Constant | undefined): Scalar | undefined {
  return constant?.values.length === 1 ? constant.values[0] : undefined;
}

function isNullSchema(schema: Schema): boolean {
  return isObject(schema) && (schema["type"] === "null" || schema["const"] === null);
}
