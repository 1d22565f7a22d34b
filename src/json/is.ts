/** A JSON value; the same shape as the model's `Json`, said again here because this folder imports nothing. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonRecord;

/** A JSON object. Its keys are data: read them with `own`, never through a prototype. */
export interface JsonRecord {
  readonly [key: string]: JsonValue;
}

/** A JSON object: neither null nor an array. */
export function isObject(value: unknown): value is JsonRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A JSON array. `Array.isArray` alone would make the items of a readonly array `any`. */
export function isArray(value: unknown): value is readonly JsonValue[] {
  return Array.isArray(value);
}

/** An object or an array: a value that has members. */
export function isContainer(value: unknown): value is readonly JsonValue[] | JsonRecord {
  return typeof value === "object" && value !== null;
}

export function isString(value: unknown): value is string {
  return typeof value === "string";
}

/** A string, number, boolean or null. */
export function isScalar(value: unknown): value is string | number | boolean | null {
  return value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

/**
 * The member of an object that is its own. `constructor` or `toString` of a document that has no such key is
 * undefined, as it should be.
 */
export function own(object: JsonRecord, key: string): JsonValue | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/**
 * Sets a member so that it becomes an own property whatever its name; a plain assignment to `__proto__` would change
 * the prototype instead.
 */
export function setOwn<Value>(object: Record<string, Value>, key: string, value: Value): void {
  if (key === "__proto__") {
    Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
  } else {
    object[key] = value;
  }
}
