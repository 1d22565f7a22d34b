import { eachSubschema, equal, isArray, isObject, mapSubschemas } from "../../json/index.ts";
import type { Contract, Json, JsonObject, Schema } from "../../model/index.ts";
import { keyOfReference, schemaOf } from "./schemas.ts";

/**
 * Whether two schemas of two contracts are the same but for how their named schemas are called: a reference is compared with
 * a reference, and what they lead to is compared once, so that recursion ends. `{}` is `true`, `{ "not": {} }` is `false`, and
 * the order of `required` and `type` does not count.
 */
export function sameSchema(
  left: Schema,
  right: Schema,
  of: { readonly left: Contract; readonly right: Contract },
): boolean {
  const assumed = new Set<string>();
  return same(left, right);

  function same(a: Schema, b: Schema): boolean {
    const x = asObject(a);
    const y = asObject(b);
    if (!sameTarget(x["$ref"], y["$ref"])) return false;
    if (!sameDiscriminator(x["discriminator"], y["discriminator"])) return false;
    if (!equal(ownPart(x), ownPart(y))) return false;
    const inner = subschemas(y);
    return [...subschemas(x)].every(([path, schema]) => {
      const other = inner.get(path);
      return other !== undefined && same(schema, other);
    });
  }

  function sameTarget(a: Json | undefined, b: Json | undefined): boolean {
    const [from, to] = [keyOfReference(a), keyOfReference(b)];
    if (from === null || to === null) return equal(a ?? null, b ?? null);
    const pair = JSON.stringify([from, to]);
    if (assumed.has(pair)) return true;
    assumed.add(pair);
    return same(schemaOf(of.left, from) ?? true, schemaOf(of.right, to) ?? true);
  }

  function sameDiscriminator(a: Json | undefined, b: Json | undefined): boolean {
    if (!isObject(a) || !isObject(b)) return equal(a ?? null, b ?? null);
    const { mapping: from = {}, ...own } = a;
    const { mapping: to = {}, ...other } = b;
    if (!equal(own, other) || !isObject(from) || !isObject(to)) return equal(a, b);
    const values = Object.keys(from);
    if (values.length !== Object.keys(to).length) return false;
    return values.every((value) => Object.hasOwn(to, value) && sameTarget(from[value], to[value]));
  }
}

function asObject(schema: Schema): JsonObject {
  if (isObject(schema)) return schema;
  return schema === true ? {} : { not: true };
}

/** All of a schema object but its references and what is in its subschemas. */
function ownPart(schema: JsonObject): JsonObject {
  const { $ref, discriminator, ...rest } = mapSubschemas(schema, () => true);
  const sorted = (value: Json | undefined): Json | undefined => (isArray(value) ? [...value].sort() : value);
  return {
    ...rest,
    ...(rest["required"] === undefined ? {} : { required: sorted(rest["required"]) as Json }),
    ...(rest["type"] === undefined ? {} : { type: sorted(rest["type"]) as Json }),
  };
}

function subschemas(schema: JsonObject): ReadonlyMap<string, Schema> {
  const found = new Map<string, Schema>();
  eachSubschema(schema, (subschema, path) => {
    found.set(JSON.stringify(path), subschema);
  });
  return found;
}
