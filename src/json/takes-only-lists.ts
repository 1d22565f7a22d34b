import { isArray, isObject, type JsonValue, own } from "./is.ts";

const PREFIX = "#/schemas/";

/**
 * Whether every value that a schema of a contract takes is a list, as far as its own `type` says or that of a part that
 * counts as well: a batch of events, as a payload.
 * @param schemas  the contract's, by key
 */
export function takesOnlyLists(schema: JsonValue | undefined, schemas: Readonly<Record<string, JsonValue>>): boolean {
  return visit(schema, new Set());

  function visit(part: JsonValue | undefined, seen: Set<JsonValue>): boolean {
    if (!isObject(part) || seen.has(part)) return false;
    seen.add(part);
    const type = own(part, "type");
    if (type === "array" || (isArray(type) && type.length === 1 && type[0] === "array")) return true;
    const ref = own(part, "$ref");
    if (typeof ref === "string" && ref.startsWith(PREFIX) && visit(own(schemas, ref.slice(PREFIX.length)), seen)) {
      return true;
    }
    const parts = own(part, "allOf");
    return isArray(parts) && parts.some((one) => visit(one, seen));
  }
}
