/** A JSON value as `JSON.parse` returns it. Objects may hold any own key, `__proto__` included. */
export type Json = string | number | boolean | null | JsonArray | JsonObject;
export type JsonArray = readonly Json[];
export interface JsonObject {
  readonly [key: string]: Json;
}

/** A value that a route condition or an enum can hold. */
export type Scalar = string | number | boolean | null;
