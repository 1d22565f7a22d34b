import { isObject } from "../../json/index.ts";
import type { JsonObject, Schema } from "../../model/index.ts";

/** @see https://github.com/asyncapi/bindings/blob/master/http/README.md */
export const HTTP_BINDING_VERSION = "0.3.0";

/** The official parser takes `true` and `false` inside schemas only. */
export function asObject(schema: Schema): JsonObject {
  if (isObject(schema)) return schema;
  return schema === true ? {} : { not: {} };
}
