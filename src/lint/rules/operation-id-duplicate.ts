import { diagnose } from "../../diagnostics/index.ts";
import { isObject, joinPointer, own } from "../../json/index.ts";
import type { Diagnostic, Json, JsonObject } from "../../model/index.ts";
import type { LintRule } from "../rule.ts";

const METHODS = ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"] as const;

/**
 * Two operations of an OpenAPI document with one `operationId`, those of callbacks and webhooks included.
 * @see https://spec.openapis.org/oas/v3.1.1.html#operation-object
 */
export const operationIdDuplicate: LintRule = {
  id: "operation-id-duplicate",
  severity: "error",
  check({ format }, { set }) {
    // In AsyncAPI 2 the specification's own rules say so, and version 3 has no operationId.
    if (!format.startsWith("openapi")) return [];
    const { file, value } = set.entry;
    const first = new Map<string, string>();
    const found: Diagnostic[] = [];
    for (const { pointer, operation } of operationsOf(value)) {
      const operationId = own(operation, "operationId");
      if (typeof operationId !== "string") continue;
      const other = first.get(operationId);
      if (other === undefined) first.set(operationId, pointer);
      else {
        const place = { file, pointer: joinPointer(pointer, "operationId") };
        found.push(diagnose("operation-id-duplicate", { operationId, other }, place));
      }
    }
    return found;
  },
};

interface Operation {
  readonly pointer: string;
  readonly operation: JsonObject;
}

/** Every operation that is written in a document; one that is referred to is found where it stands. */
function operationsOf(document: Json): readonly Operation[] {
  const found: Operation[] = [];
  for (const field of ["paths", "webhooks", "x-webhooks"]) readPathItems(document, "", field);
  const components = isObject(document) ? own(document, "components") : undefined;
  readPathItems(components, "/components", "pathItems");
  readCallbacks(components, "/components");
  return found;

  function readPathItems(owner: Json | undefined, pointer: string, field: string): void {
    for (const [item, place] of members(owner, pointer, field)) readPathItem(item, place);
  }

  function readCallbacks(owner: Json | undefined, pointer: string): void {
    for (const [callback, place] of members(owner, pointer, "callbacks")) {
      for (const expression of Object.keys(callback)) {
        const item = own(callback, expression);
        if (isObject(item)) readPathItem(item, joinPointer(place, expression));
      }
    }
  }

  function readPathItem(item: JsonObject, pointer: string): void {
    for (const method of METHODS) {
      const operation = own(item, method);
      if (!isObject(operation)) continue;
      const place = joinPointer(pointer, method);
      found.push({ pointer: place, operation });
      readCallbacks(operation, place);
    }
  }
}

/** The objects in a map that is a member of an object, with their pointers. */
function members(owner: Json | undefined, pointer: string, field: string): readonly (readonly [JsonObject, string])[] {
  const map = isObject(owner) ? own(owner, field) : undefined;
  if (!isObject(map)) return [];
  return Object.entries(map).flatMap(([name, value]) =>
    isObject(value) ? [[value, joinPointer(pointer, field, name)] as const] : [],
  );
}
