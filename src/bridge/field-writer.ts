import { decodedSchemas, makePlans } from "../emit/index.ts";
import type { Contract, Json, Webhook } from "../model/index.ts";
import { fieldsOf } from "../runtime/fields.ts";
import type { CoercePlans } from "../runtime/plan.ts";

/** Writes a payload as the names and texts of a query or form, as generated code does. */
export type FieldWriter = (webhook: Webhook, payload: Json) => readonly (readonly [name: string, text: string])[];

export function createFieldWriter(contract: Contract): FieldWriter {
  const known = new Map<Webhook, CoercePlans>();
  const plansOf = (webhook: Webhook): CoercePlans => {
    const alone = { ...contract, webhooks: [webhook] };
    const plans =
      known.get(webhook) ?? makePlans(alone, decodedSchemas(contract).differing).coerce.get(webhook.name) ?? [];
    known.set(webhook, plans);
    return plans;
  };
  return (webhook, payload) => {
    if (typeof payload !== "object" || payload === null || Array.isArray(payload)) return [];
    return fieldsOf(payload as Readonly<Record<string, Json>>, plansOf(webhook));
  };
}
