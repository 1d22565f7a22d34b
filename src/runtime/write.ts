import type { WebhookDefinition } from "./decode.ts";
import { fieldsOf, writeFields } from "./fields.ts";
import type { SharedPlans } from "./plan.ts";
import type { EncodedDelivery, EncodeOptions } from "./types.ts";
import { wrap } from "./wrap.ts";
import { writeMultipart } from "./write-multipart.ts";

/**
 * Writes a valid event as a delivery in one of its webhook's forms.
 * @throws TypeError for a method by which the webhook is not delivered
 */
export function write(
  definition: WebhookDefinition,
  sharedPlans: SharedPlans,
  event: unknown,
  options: EncodeOptions,
): EncodedDelivery {
  const wanted = options.method?.toUpperCase();
  const form = definition.forms.find((one) => wanted === undefined || one.method === wanted);
  if (form === undefined) throw new TypeError(`${JSON.stringify(definition.name)} is not delivered by ${wanted}.`);
  const payload = definition.unwrap === null ? event : wrap(event, definition.unwrap, sharedPlans);
  const object = payload as Record<string, unknown>;
  const plans = definition.coerce ?? [];
  const { method, contentType, encoding } = form;
  const routed = { method, ...routeParts(definition, encoding) };
  switch (encoding) {
    case "json":
      return { ...withType(routed, contentType), body: JSON.stringify(payload) };
    case "form":
      return { ...withType(routed, contentType), body: writeFields(object, plans) };
    case "query":
      return { ...routed, body: "", query: writeFields(object, plans) };
    case "multipart": {
      const multipart = writeMultipart(fieldsOf(object, plans));
      return { ...withType(routed, multipart.contentType), body: multipart.body };
    }
  }
}

/** What tells a receiver which webhook it is and is not in the payload. Of several values that it may be, the first. */
function routeParts(
  { route }: WebhookDefinition,
  encoding: string,
): { readonly headers: Readonly<Record<string, string>>; readonly query: string } {
  const headers: Record<string, string> = {};
  const query = new URLSearchParams();
  for (const { in: place, at, value } of route) {
    const text = String([value].flat()[0]);
    if (place === "header") headers[at] = text;
    if (place === "query" && encoding !== "query") query.append(at, text);
  }
  return { headers, query: query.toString() };
}

function withType<T extends { readonly headers: Readonly<Record<string, string>> }>(delivery: T, type: string): T {
  return { ...delivery, headers: { "content-type": type, ...delivery.headers } };
}
