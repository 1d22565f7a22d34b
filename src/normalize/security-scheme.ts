import { isObject } from "../json/index.ts";
import type { Json, SecurityScheme } from "../model/index.ts";
import type { DocumentReader, ObjectNode } from "./document-reader.ts";

const TEXT_FIELDS = ["description", "scheme", "bearerFormat", "in", "name"] as const;
/** What is read into fields; an AsyncAPI scheme's `scopes` are those that are needed, and so part of the requirement. */
const READ: ReadonlySet<string> = new Set(["type", "scopes", "x-webhook-signature", ...TEXT_FIELDS]);

/**
 * Reads a Security Scheme Object of either family.
 * @see https://spec.openapis.org/oas/v3.1.1.html#security-scheme-object
 * @see https://www.asyncapi.com/docs/reference/specification/v3.0.0#securitySchemeObject
 */
export function readSecurityScheme(reader: DocumentReader, node: ObjectNode): SecurityScheme {
  const type = reader.text(node, "type") ?? "unknown";
  const texts = Object.fromEntries(
    TEXT_FIELDS.flatMap((field) => {
      const value = reader.text(node, field);
      return value === undefined ? [] : [[field, field === "scheme" ? value.toLowerCase() : value]];
    }),
  ) as Partial<Record<(typeof TEXT_FIELDS)[number], string>>;
  const signature = reader.child(node, "x-webhook-signature")?.value;
  const details = Object.fromEntries(
    Object.entries(node.value).flatMap(([key, value]) =>
      READ.has(key) ? [] : [[key, key === "flows" ? withScopes(value) : value]],
    ),
  ) as Record<string, Json>;
  return {
    type: type === "httpApiKey" ? "apiKey" : type,
    ...texts,
    ...(signature === undefined ? {} : { signature }),
    ...(Object.keys(details).length === 0 ? {} : { details }),
  };
}

/**
 * AsyncAPI calls the scopes of an OAuth Flow Object `availableScopes`; the model says OpenAPI's `scopes`.
 * @see https://www.asyncapi.com/docs/reference/specification/v3.0.0#oauthFlowObject
 */
function withScopes(flows: Json): Json {
  if (!isObject(flows)) return flows;
  return Object.fromEntries(
    Object.entries(flows).map(([name, flow]) => {
      if (!isObject(flow) || flow["availableScopes"] === undefined) return [name, flow];
      const { availableScopes, ...rest } = flow;
      return [name, { ...rest, scopes: availableScopes }];
    }),
  );
}
