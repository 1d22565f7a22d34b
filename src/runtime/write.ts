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
  switch (encoding) {
    case "json":
      return { method, headers: { "content-type": contentType }, body: JSON.stringify(payload), query: "" };
    case "form":
      return { method, headers: { "content-type": contentType }, body: writeFields(object, plans), query: "" };
    case "query":
      return { method, headers: {}, body: "", query: writeFields(object, plans) };
    case "multipart": {
      const multipart = writeMultipart(fieldsOf(object, plans));
      return { method, headers: { "content-type": multipart.contentType }, body: multipart.body, query: "" };
    }
  }
}
