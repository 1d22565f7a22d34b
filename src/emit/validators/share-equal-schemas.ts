import { isObject, mapSubschemas } from "../../json/index.ts";
import type { JsonObject, Schema } from "../../model/index.ts";
import { keyOfReference } from "../decoded-schemas.ts";
import type { InlinedSchemas } from "./inline-references.ts";

/** A function of its own, with its call, is worth it from about so many keywords. */
const KEYWORDS_MIN = 12;

/**
 * Gives schemas that stand in several places, equal to the letter, one name: documents that are generated from programs
 * repeat whole objects instead of referring to them, and a validator for each copy would be many times larger.
 * @returns the same schemas, the repeated ones replaced by references to new entries.
 */
export function shareEqualSchemas({ schemas, payloads }: InlinedSchemas): InlinedSchemas {
  /** One number for each distinct schema; two schemas with one number accept the same for the same reasons. */
  const numbers = new Map<string, number>();
  const numberOf = new Map<Schema, number>();
  const uses = new Map<number, number>();
  const sizes = new Map<number, number>();
  for (const schema of [...Object.values(schemas), ...payloads]) count(schema);

  const shared: Record<string, Schema> = {};
  const keys = new Map<number, string>();
  const rebuilt: Record<string, Schema> = {};
  // A named schema keeps its name, and serves every other place where the same stands.
  for (const [key, schema] of Object.entries(schemas)) {
    const number = numberOf.get(schema);
    if (isObject(schema) && number !== undefined && isWorthSharing(number) && !keys.has(number)) keys.set(number, key);
  }
  for (const [key, schema] of Object.entries(schemas)) rebuilt[key] = rebuildNamed(key, schema);
  const rebuiltPayloads = payloads.map((schema) => rebuild(schema));
  return { schemas: { ...rebuilt, ...shared }, payloads: rebuiltPayloads };

  function count(schema: Schema): number {
    const known = numberOf.get(schema);
    if (known !== undefined && isObject(schema)) {
      uses.set(known, (uses.get(known) ?? 0) + 1);
      return known;
    }
    let size = isObject(schema) ? Object.keys(schema).length : 0;
    const text = isObject(schema)
      ? JSON.stringify(
          mapSubschemas(schema, (part) => {
            const number = count(part);
            size += sizes.get(number) ?? 0;
            return { "#": number };
          }),
        )
      : String(schema);
    const number = numbers.get(text) ?? numbers.size;
    numbers.set(text, number);
    numberOf.set(schema, number);
    sizes.set(number, size);
    uses.set(number, (uses.get(number) ?? 0) + 1);
    return number;
  }

  function isWorthSharing(number: number): boolean {
    return (uses.get(number) ?? 0) > 1 && (sizes.get(number) ?? 0) >= KEYWORDS_MIN;
  }

  /** A named schema that equals another named one becomes a reference to it. */
  function rebuildNamed(key: string, schema: Schema): Schema {
    const number = numberOf.get(schema);
    const owner = number === undefined ? undefined : keys.get(number);
    if (owner !== undefined && owner !== key && isObject(schema)) return { $ref: `#/schemas/${owner}` };
    return rebuildParts(schema);
  }

  function rebuildParts(schema: Schema): Schema {
    return isObject(schema) ? mapSubschemas(schema, (part) => rebuild(part)) : schema;
  }

  function rebuild(schema: Schema): JsonObject | boolean {
    const number = numberOf.get(schema);
    if (!isObject(schema) || number === undefined || !isWorthSharing(number)) return rebuildParts(schema);
    // What is only a reference already needs no second name.
    if (Object.keys(schema).length === 1 && keyOfReference(schema["$ref"]) !== null) return schema;
    let key = keys.get(number);
    if (key === undefined) {
      key = `-${keys.size}`;
      keys.set(number, key);
      shared[key] = rebuildParts(schema);
    }
    return { $ref: `#/schemas/${key}` };
  }
}
