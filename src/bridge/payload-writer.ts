import { decodedSchemas, makePlans } from "../emit/index.ts";
import type { Contract, Form, Json, Webhook } from "../model/index.ts";
import type { EncodedDelivery } from "../runtime/types.ts";
import { write } from "../runtime/write.ts";

/** Writes a payload, as it is on the wire and whether it is valid or not, in one of the webhook's forms. */
export type PayloadWriter = (payload: Json, form: Form) => EncodedDelivery;

export function createPayloadWriter(contract: Contract, webhook: Webhook): PayloadWriter {
  const alone = { ...contract, webhooks: [webhook] };
  const coerce = makePlans(alone, decodedSchemas(contract).differing).coerce.get(webhook.name) ?? null;
  const { name, route } = webhook;
  const definition = {
    name,
    route,
    coerce,
    headers: [],
    load: () => Promise.reject(new Error("nothing is validated")),
  };
  // JSON is in its strings already.
  return (payload, form) => write({ ...definition, forms: [form], unwrap: null }, {}, payload, {});
}
