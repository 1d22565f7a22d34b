import { isArray, isObject, type JsonValue, own } from "./is.ts";

/** A batch of events is a list; what is not may be told from it by that alone. */
export type PayloadShape = "list" | "other";

const PREFIX = "#/schemas/";
const BOTH: readonly PayloadShape[] = ["list", "other"];

/**
 * The shapes that values of a contract's schema may have, as far as `type` says: its own, and that of the parts that count
 * as well. Where nothing says otherwise, both.
 * @param schemas  the contract's, by key
 */
export function payloadShapes(
  schema: JsonValue | undefined,
  schemas: Readonly<Record<string, JsonValue>>,
): readonly PayloadShape[] {
  return visit(schema, new Set());

  /** @param above  the schemas on the way here, so that recursion in place ends */
  function visit(part: JsonValue | undefined, above: ReadonlySet<JsonValue>): readonly PayloadShape[] {
    if (!isObject(part) || above.has(part)) return BOTH;
    const path = new Set(above).add(part);
    const ref = own(part, "$ref");
    const target =
      typeof ref === "string" && ref.startsWith(PREFIX) ? own(schemas, ref.slice(PREFIX.length)) : undefined;
    const all = [ofType(own(part, "type")), visit(target, path)];
    for (const one of listOf(own(part, "allOf"))) all.push(visit(one, path));
    for (const word of ["anyOf", "oneOf"]) {
      const branches = listOf(own(part, word)).map((one) => visit(one, path));
      if (branches.length > 0) all.push(BOTH.filter((shape) => branches.some((branch) => branch.includes(shape))));
    }
    return BOTH.filter((shape) => all.every((shapes) => shapes.includes(shape)));
  }
}

function ofType(type: JsonValue | undefined): readonly PayloadShape[] {
  const types = isArray(type) ? type : [type ?? []].flat();
  if (types.length === 0) return BOTH;
  if (!types.includes("array")) return ["other"];
  return types.length === 1 ? ["list"] : BOTH;
}

function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  return isArray(value) ? value : [];
}
