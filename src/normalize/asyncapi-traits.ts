import { isObject, setOwn } from "../json/index.ts";
import type { Json, JsonObject } from "../model/index.ts";
import type { DocumentReader, ObjectNode } from "./document-reader.ts";

/**
 * Merges the traits of an operation or message into it, by JSON Merge Patch, the object itself having the last word.
 * @see https://www.asyncapi.com/docs/reference/specification/v3.0.0#traits-merge-mechanism
 */
export function withTraits(reader: DocumentReader, node: ObjectNode): ObjectNode {
  const traits = reader.items(reader.child(node, "traits")).flatMap((item): JsonObject[] => {
    const trait = reader.asObject(item);
    return trait === undefined ? [] : [trait.value];
  });
  if (traits.length === 0) return node;
  const { traits: _, ...own } = node.value;
  const merged = [...traits, own].reduce<JsonObject>((target, patch) => mergePatch(target, patch), {});
  return { value: merged, location: node.location };
}

/** RFC 7396: `null` removes, objects merge, everything else replaces. */
function mergePatch(target: JsonObject, patch: JsonObject): JsonObject {
  const merged: Record<string, Json> = { ...target };
  for (const [key, value] of Object.entries(patch)) {
    const before = merged[key];
    if (value === null) delete merged[key];
    else if (isObject(value)) setOwn(merged, key, mergePatch(isObject(before) ? before : {}, value));
    else setOwn(merged, key, value);
  }
  return merged;
}
