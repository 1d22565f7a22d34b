import { isArray, isObject, type JsonRecord, type JsonValue, own } from "./is.ts";

/** A batch of events is a list; what is not may be told from it by that alone. */
export type PayloadShape = "list" | "other";

const PREFIX = "#/schemas/";
/** Longer chains of references would end the stack, and say what a payload is to no reader either. */
const DEPTH_MAX = 200;
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
  // Each schema is judged once, however many ways lead to it, and may be either while it is being judged.
  const judged = new Map<JsonValue, readonly PayloadShape[]>();
  return visit(schema, 0);

  function visit(part: JsonValue | undefined, depth: number): readonly PayloadShape[] {
    if (!isObject(part) || depth > DEPTH_MAX) return BOTH;
    const known = judged.get(part);
    if (known !== undefined) return known;
    judged.set(part, BOTH);
    const shapes = shapesOf(part, (next) => visit(next, depth + 1));
    judged.set(part, shapes);
    return shapes;
  }

  function shapesOf(
    part: JsonRecord,
    visitPart: (next: JsonValue | undefined) => readonly PayloadShape[],
  ): readonly PayloadShape[] {
    const ref = own(part, "$ref");
    const target =
      typeof ref === "string" && ref.startsWith(PREFIX) ? own(schemas, ref.slice(PREFIX.length)) : undefined;
    const all = [ofType(own(part, "type")), visitPart(target), ...listOf(own(part, "allOf")).map(visitPart)];
    for (const word of ["anyOf", "oneOf"]) {
      const branches = listOf(own(part, word)).map(visitPart);
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
