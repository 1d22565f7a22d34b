import { isArray, isObject } from "../../../json/index.ts";
import type { Contract, Json, JsonObject, Schema } from "../../../model/index.ts";
import { keyOfReference } from "../../decoded-schemas.ts";

/** Everything that holds for a value at once: the schema, what it refers to, and the parts of its `allOf`. */
export interface Flat {
  /** Outermost first: what is said nearest to the field is said of the field. */
  readonly parts: readonly JsonObject[];
  /** Keys of the named schemas among them, in the order met. */
  readonly keys: readonly string[];
  /** The first of those that were to be left out; its parts are not among these. */
  readonly skipped: string | null;
  /** The schema allows nothing. */
  readonly never: boolean;
}

/** More parts than any document has that somebody wrote. */
const PARTS_MAX = 500;

/** @param skips  says of a key whether what it names is left out */
export function flatten(
  schema: Schema,
  contract: Pick<Contract, "schemas">,
  skips: (key: string) => boolean = () => false,
): Flat {
  const parts: JsonObject[] = [];
  const keys: string[] = [];
  const seen = new Set<string>();
  let never = false;
  let skipped: string | null = null;
  const queue: Schema[] = [schema];
  for (let next = queue.shift(); next !== undefined && parts.length < PARTS_MAX; next = queue.shift()) {
    if (next === false) never = true;
    if (!isObject(next)) continue;
    parts.push(next);
    const key = keyOfReference(next["$ref"]);
    if (key !== null && skips(key)) {
      skipped ??= key;
    } else if (key !== null && !seen.has(key)) {
      seen.add(key);
      keys.push(key);
      queue.push(contract.schemas[key] ?? true);
    }
    for (const part of schemasOf(next["allOf"])) queue.push(part);
  }
  return { parts, keys, skipped, never };
}

/** The nearest text that is said with a keyword. */
export function firstText({ parts }: Flat, keyword: string): string | undefined {
  for (const part of parts) {
    const value = part[keyword];
    if (typeof value === "string" && value.trim() !== "") return value;
  }
  return undefined;
}

export function firstOf({ parts }: Flat, keyword: string): Json | undefined {
  return parts.find((part) => part[keyword] !== undefined)?.[keyword];
}

/** Everything that is said with a keyword. */
export function allOf({ parts }: Flat, keyword: string): readonly Json[] {
  return parts.flatMap((part) => (part[keyword] === undefined ? [] : [part[keyword] as Json]));
}

export function schemasOf(value: Json | undefined): readonly Schema[] {
  return isArray(value) ? value.filter((one): one is Schema => typeof one === "boolean" || isObject(one)) : [];
}

export function schemaOf(value: Json | undefined): Schema | undefined {
  return typeof value === "boolean" || isObject(value) ? value : undefined;
}

/** One schema for several that all hold; of one, that itself. */
export function joined(schemas: readonly Schema[]): Schema {
  const [only] = schemas;
  return schemas.length === 1 && only !== undefined ? only : { allOf: [...schemas] };
}
