import { createPayloadCheck } from "../../bridge/check-payload.ts";
import type { Contract, JsonObject, Webhook } from "../../model/index.ts";
import { createRecogniser } from "../../runtime/recognise.ts";
import type { Produced } from "./producers.ts";
import type { ProducedProblem } from "./results.ts";

/** More problems of one event nobody reads. */
const PROBLEMS_MAX = 10;

/** Says what the contract has against a produced event, which Pact cannot: closed objects, formats, bounds, JSON in strings. */
export function createProducedJudge(
  contract: Contract,
): (webhook: Webhook, produced: Produced) => readonly ProducedProblem[] {
  const check = createPayloadCheck(contract);
  const { recognise } = createRecogniser(contract.webhooks, null);
  return (webhook, { payload, headers }) => {
    const known = headers === null ? {} : headersFor(contract, headers);
    const found = recognise(payload, known).map(({ name }) => name);
    if (found.length > 0 && !found.includes(webhook.name)) {
      const message = `the event is ${JSON.stringify(found[0])}, and ${JSON.stringify(webhook.name)} was asked for`;
      return [{ code: "another-event", message }];
    }
    return check(webhook, payload)
      .slice(0, PROBLEMS_MAX)
      .map(({ instancePath, message }) => ({
        code: "event-invalid",
        message: `${instancePath === "" ? "the event" : instancePath} ${message}`,
      }));
  };
}

/** The headers of a delivery, where they are enough to recognise an event by. */
function headersFor({ webhooks }: Contract, headers: JsonObject): { readonly headers?: Record<string, string> } {
  const conditions = webhooks.flatMap(({ route }) => route.filter(({ in: place }) => place === "header"));
  if (conditions.length === 0 || !conditions.every(({ at }) => Object.hasOwn(headers, at))) return {};
  return { headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])) };
}
