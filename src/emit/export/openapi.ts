import { formatPointer, setOwn } from "../../json/index.ts";
import type { Contract, Json, JsonObject, Schema } from "../../model/index.ts";
import { componentKeys, Keys } from "./keys.ts";
import type { Loss } from "./loss.ts";
import { writePathItem } from "./openapi-path-item.ts";
import { planPathItems } from "./openapi-plan.ts";
import { writeOpenApiSecurity } from "./openapi-security.ts";
import { refTo, section } from "./references.ts";
import { copySchema, reachableSchemas, schemaNames, schemaOf, schemasOfWebhooks } from "./schemas.ts";
import { vocabularyOf } from "./vocabulary.ts";
import type { WriteOptions, Written } from "./written.ts";

/**
 * Writes a contract as an OpenAPI 3.1.1 document. What comes to an address that nobody but the receiver knows is one of the
 * `webhooks`, and what comes to a known one is a callback among the components, where the address is its key.
 * @see https://spec.openapis.org/oas/v3.1.1.html#oas-webhooks
 * @see https://spec.openapis.org/oas/v3.1.1.html#callback-object
 */
export function writeOpenApi(contract: Contract, { explicit }: WriteOptions): Written {
  const losses: Loss[] = [];
  const schemaKeys = reachableSchemas(contract, schemasOfWebhooks(contract));
  const names = schemaNames(schemaKeys);
  const schema = (of: Schema): Schema => copySchema(of, (key) => refTo("components", "schemas", names.get(key) ?? key));
  const security = writeOpenApiSecurity(contract);
  losses.push(...security.losses);
  const keys = componentKeys(contract.webhooks);
  const webhookKeys = new Keys();
  const operationIds = new Keys();
  const webhooks: Record<string, Json> = {};
  const callbacks: Record<string, Json> = {};
  const pathItems: Record<string, Json> = {};
  const pathItemKeys = new Keys();

  const places = contract.webhooks.map((webhook, index) => {
    const key = keys[index] ?? webhook.key;
    const plan = planPathItems(webhook);
    losses.push(...plan.losses);
    const extensions = vocabularyOf(webhook, index, explicit, { named: plan.operationCount > 1 });
    // What is one webhook in several places has one key there, and that of a callback is more than a name can always be.
    const isInSeveral = plan.items.length > 1 || plan.items.some(({ addresses }) => addresses.length > 1);
    const webhookKey = webhookKeys.take(isInSeveral || !isMapKey(webhook.name) ? key : webhook.name);
    const places: string[] = [];
    for (const [number, item] of plan.items.entries()) {
      const written = writePathItem(webhook, {
        contract,
        forms: item.forms,
        replies: item.replies,
        extensions,
        operationId: (method) =>
          operationIds.take(number === 0 && method === item.methods[0] ? webhook.key : `${webhook.key}_${method}`),
        schema,
        security: security.requirements[index] ?? [],
      });
      losses.push(...(number === 0 ? written.losses : []));
      let value: JsonObject = written.value;
      let at: readonly string[] | null = null;
      if (item.addresses.length > 1) {
        const shared = pathItemKeys.take(key);
        setOwn(pathItems, shared, value);
        value = { $ref: refTo("components", "pathItems", shared) };
        at = ["components", "pathItems", shared];
      }
      for (const address of item.addresses) {
        if (address === null) setOwn(webhooks, webhookKey, value);
        else setOwn(callbackOf(key), address, value);
        at ??= address === null ? ["webhooks", webhookKey] : ["components", "callbacks", key, address];
      }
      const [method] = item.methods;
      if (at !== null && method !== undefined) places.push(formatPointer([...at, method]));
    }
    return places;
  });

  const schemas: Record<string, Json> = {};
  for (const key of schemaKeys) setOwn(schemas, names.get(key) ?? key, schema(schemaOf(contract, key) ?? true));
  const components = {
    ...section("callbacks", callbacks),
    ...section("pathItems", pathItems),
    ...section("schemas", schemas),
    ...section("securitySchemes", security.schemes),
  };
  const { title, version, description } = contract;
  const value = {
    openapi: "3.1.1",
    info: { title, version, ...(description === undefined ? {} : { description }) },
    ...(Object.keys(webhooks).length > 0 || Object.keys(callbacks).length === 0 ? { webhooks } : {}),
    ...(Object.keys(components).length === 0 ? {} : { components }),
  };
  return { value, losses, places };

  function callbackOf(key: string): Record<string, Json> {
    const known = Object.hasOwn(callbacks, key) ? callbacks[key] : undefined;
    if (known !== undefined) return known as Record<string, Json>;
    const callback: Record<string, Json> = {};
    setOwn(callbacks, key, callback);
    return callback;
  }
}

/** Nothing is wrong with other keys, but tools written in JavaScript stumble over these. */
function isMapKey(name: string): boolean {
  return name !== "" && !(name in {});
}
