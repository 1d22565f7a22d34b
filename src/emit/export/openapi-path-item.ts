import { setOwn } from "../../json/index.ts";
import type { Contract, Form, Json, JsonObject, Reply, Schema, Webhook } from "../../model/index.ts";
import { listHeaders } from "./headers.ts";
import type { Loss } from "./loss.ts";
import { writeHeaderParameters, writeQueryParameters } from "./openapi-parameters.ts";
import { describedParameter, examplesOf } from "./openapi-parts.ts";
import { contentTypeOf } from "./openapi-plan.ts";

export interface PathItemOptions {
  readonly contract: Contract;
  readonly forms: readonly Form[];
  /** By method in lower case. */
  readonly replies: ReadonlyMap<string, readonly Reply[]>;
  /** Put on the path item: it is the webhook. */
  readonly extensions: JsonObject;
  readonly operationId: (method: string) => string;
  readonly schema: (of: Schema) => Schema;
  readonly security: readonly JsonObject[];
}

/**
 * Writes forms that have one address as a path item with an operation for each method. What is said once for several
 * operations stands at the path item.
 * @see https://spec.openapis.org/oas/v3.1.1.html#path-item-object
 */
export function writePathItem(
  webhook: Webhook,
  options: PathItemOptions,
): { readonly value: JsonObject; readonly losses: readonly Loss[] } {
  const { forms, extensions, schema, contract } = options;
  const { summary, description, tags, externalDocs, deprecated } = webhook;
  const headers = writeHeaderParameters(webhook, contract, schema);
  const texts = {
    ...(summary === undefined ? {} : { summary }),
    ...(description === undefined ? {} : { description }),
  };
  const methods = [...new Set(forms.map(({ method }) => method))];
  const isOne = methods.length === 1;
  const operations: Record<string, Json> = {};
  for (const method of methods) {
    const bodies = forms.filter((form) => form.method === method && form.encoding !== "query");
    const query = bodies.length > 0 ? [] : writeQueryParameters(webhook, schema);
    const parameters = [...(isOne ? headers.parameters : []), ...query];
    operations[method.toLowerCase()] = {
      ...(tags.length === 0 ? {} : { tags }),
      ...(isOne ? texts : {}),
      ...(externalDocs === undefined ? {} : { externalDocs: { ...externalDocs } }),
      operationId: options.operationId(method.toLowerCase()),
      ...(parameters.length === 0 ? {} : { parameters }),
      ...(bodies.length === 0 ? {} : { requestBody: requestBodyOf(webhook, bodies, schema) }),
      ...responsesOf(options.replies.get(method.toLowerCase()) ?? [], options),
      ...(deprecated === true ? { deprecated } : {}),
      ...(options.security.length === 0 ? {} : { security: options.security }),
    };
  }
  const value = {
    ...extensions,
    ...(isOne ? {} : texts),
    ...(isOne || headers.parameters.length === 0 ? {} : { parameters: headers.parameters }),
    ...operations,
  };
  return { value, losses: headers.losses };
}

function requestBodyOf(
  { payload, examples }: Webhook,
  bodies: readonly Form[],
  schema: (of: Schema) => Schema,
): JsonObject {
  const content: Record<string, Json> = {};
  for (const { contentType } of bodies) {
    setOwn(content, contentType, { schema: schema(payload), ...examplesOf(examples) });
  }
  return { required: true, content };
}

/** @see https://spec.openapis.org/oas/v3.1.1.html#response-object */
function responsesOf(replies: readonly Reply[], { contract, schema }: PathItemOptions): JsonObject {
  if (replies.length === 0) return {};
  const responses: Record<string, Json> = {};
  for (const { status, description, headers } of replies) {
    if (Object.hasOwn(responses, status)) continue;
    const content: Record<string, Json> = {};
    for (const reply of replies.filter((other) => other.status === status)) {
      const contentType = contentTypeOf(reply);
      if (contentType === null) continue;
      setOwn(content, contentType, reply.payload === undefined ? {} : { schema: schema(reply.payload) });
    }
    setOwn(responses, status, {
      description: description ?? "",
      ...responseHeaders(headers, contract, schema),
      ...(Object.keys(content).length === 0 ? {} : { content }),
    });
  }
  return { responses };
}

function responseHeaders(headers: Schema | undefined, contract: Contract, schema: (of: Schema) => Schema): JsonObject {
  const list = listHeaders(headers, contract).headers;
  if (list.length === 0) return {};
  const map: Record<string, Json> = {};
  for (const header of list) {
    setOwn(map, header.name, {
      ...describedParameter(schema(header.schema)),
      ...(header.required ? { required: true } : {}),
    });
  }
  return { headers: map };
}
