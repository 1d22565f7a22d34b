import { isObject, setOwn } from "../../json/index.ts";
import type { Example, Json, JsonObject, Schema } from "../../model/index.ts";

/** @see https://spec.openapis.org/oas/v3.1.1.html#example-object */
export function examplesOf(examples: readonly Example[]): JsonObject {
  if (examples.length === 0) return {};
  const map: Record<string, Json> = {};
  for (const { name, summary, description, payload } of examples) {
    setOwn(map, name, {
      ...(summary === undefined ? {} : { summary }),
      ...(description === undefined ? {} : { description }),
      value: payload,
    });
  }
  return { examples: map };
}

/** Description and deprecation of a schema stand at the parameter or header itself, where readers look for them. */
export function describedParameter(schema: Schema): JsonObject {
  if (!isObject(schema)) return { schema };
  const { description, deprecated, ...rest } = schema;
  return {
    ...(typeof description === "string" ? { description } : {}),
    ...(deprecated === true ? { deprecated } : {}),
    schema: {
      ...rest,
      ...(description === undefined || typeof description === "string" ? {} : { description }),
      ...(deprecated === undefined || deprecated === true ? {} : { deprecated }),
    },
  };
}
