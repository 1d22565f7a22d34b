import { isArray, isObject, setOwn } from "../../json/index.ts";
import type { Contract, Json, JsonObject, Schema, Webhook } from "../../model/index.ts";
import { componentKeys } from "./keys.ts";
import { refTo } from "./references.ts";
import { copySchema, reachableSchemas, schemaNames, schemaOf } from "./schemas.ts";

/**
 * Writes the payloads of a contract, as they are on the wire, as one JSON Schema: `$defs` has an entry for each webhook, with
 * its examples, and those for the schemas that they share; the schema itself takes any of the webhooks' payloads.
 * How payloads are delivered (forms, headers, routes, security, replies) is no matter of JSON Schema.
 * @see https://json-schema.org/draft/2020-12/json-schema-core
 */
export function writeJsonSchema(contract: Contract): JsonObject {
  const keys = componentKeys(contract.webhooks);
  const schemaKeys = reachableSchemas(
    contract,
    contract.webhooks.map(({ payload }) => payload),
  );
  const names = schemaNames(schemaKeys, keys);
  const schema = (of: Schema): Schema => copySchema(of, (key) => refTo("$defs", names.get(key) ?? key), openEnum);
  const definitions: Record<string, Json> = {};
  contract.webhooks.forEach((webhook, index) => {
    setOwn(definitions, keys[index] ?? webhook.key, webhookSchema(webhook, schema(webhook.payload)));
  });
  for (const key of schemaKeys) setOwn(definitions, names.get(key) ?? key, schema(schemaOf(contract, key) ?? true));
  const { title, version, description } = contract;
  const comment = [title, version].filter((part) => part !== "").join(" ");
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    ...(comment === "" ? {} : { title: comment }),
    ...(description === undefined ? {} : { description }),
    ...(keys.length === 0 ? {} : { anyOf: keys.map((key) => ({ $ref: refTo("$defs", key) })) }),
    $defs: definitions,
  };
}

/** The payload with what is known of the webhook; where it says one of that itself, it keeps it, in an `allOf`. */
function webhookSchema({ name, summary, description, deprecated, examples }: Webhook, payload: Schema): Schema {
  const notes = {
    ...(name === "" ? {} : { title: name }),
    ...notesText(summary, description),
    ...(deprecated === true ? { deprecated } : {}),
    ...(examples.length === 0 ? {} : { examples: examples.map((example) => example.payload) }),
  };
  if (payload === true) return notes;
  if (payload === false) return { ...notes, not: true };
  const isFree = Object.keys(notes).every((keyword) => !Object.hasOwn(payload, keyword));
  return isFree ? { ...notes, ...payload } : { ...notes, allOf: [payload] };
}

function notesText(summary: string | undefined, description: string | undefined): JsonObject {
  const text = [summary, description].filter((part) => part !== undefined && part !== "").join("\n\n");
  return text === "" ? {} : { description: text };
}

/** To JSON Schema, an enum is closed: what `x-open-enum` means is said by an alternative to it. */
function openEnum(schema: JsonObject): Schema {
  const { "x-open-enum": isOpen, enum: values, ...rest } = schema;
  if (isOpen !== true || !isArray(values)) return schema;
  const alternatives = [{ enum: values }, { type: "string" }];
  return isObject(rest) && !Object.hasOwn(rest, "anyOf")
    ? { ...rest, anyOf: alternatives }
    : { ...rest, allOf: [...(isArray(rest["allOf"]) ? rest["allOf"] : []), { anyOf: alternatives }] };
}
