import { isObject, setOwn } from "../json/index.ts";
import type { Json, JsonObject } from "../model/index.ts";
import type { DocumentReader, ObjectNode } from "./document-reader.ts";

/**
 * Merges the traits of an operation or message into it, by JSON Merge Patch, the object itself having the last word.
 * @see https://www.asyncapi.com/docs/reference/specification/v3.0.0#traits-merge-mechanism
 */
export function withTraits(reader: DocumentReader, node: ObjectNode): ObjectNode {
  const traits = reader.items(reader.child(node, "traits")).flatMap((item) => reader.asObject(item) ?? []);
  if (traits.length === 0) return node;
  const { traits: _, ...own } = node.value;
  const merged = [...traits.map(({ value }) => value), own].reduce<JsonObject>(mergePatch, {});
  // What a trait brings may refer to what stands beside it, in its own file.
  const origins = new Map(
    traits
      .flatMap((trait) => reader.entries(trait, { extensions: true }))
      .map(([key, { location }]) => [key, location]),
  );
  for (const key of Object.keys(own)) origins.delete(key);
  return { value: merged, location: node.location, origins };
}

/**
 * RFC 7396: `null` removes, objects merge, everything else replaces. What only the patch has stays as it is: there is nothing
 * that its `null`s (`const: null` in a schema) could remove.
 */
function mergePatch(target: JsonObject, patch: JsonObject): JsonObject {
  const merged: Record<string, Json> = { ...target };
  for (const [key, value] of Object.entries(patch)) {
    const before = Object.hasOwn(merged, key) ? merged[key] : undefined;
    if (value === null) delete merged[key];
    else if (isObject(value) && isObject(before)) setOwn(merged, key, mergePatch(before, value));
    else setOwn(merged, key, value);
  }
  return merged;
}
