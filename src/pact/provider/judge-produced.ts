import { createPayloadCheck } from "../../bridge/check-payload.ts";
import type { Contract, Json, Webhook } from "../../model/index.ts";
import { createRecogniser } from "../../runtime/recognise.ts";
import type { ProblemCode } from "./results.ts";

export interface ProducedProblem {
  readonly code: ProblemCode;
  readonly message: string;
}

/** More problems of one event nobody reads. */
const PROBLEMS_MAX = 10;

/** Says what the contract has against a produced event, which Pact cannot: closed objects, formats, bounds, JSON in strings. */
export function createProducedJudge(
  contract: Contract,
): (webhook: Webhook, payload: Json) => readonly ProducedProblem[] {
  const check = createPayloadCheck(contract);
  const bodyRoutes = contract.webhooks.map((webhook) => ({
    ...webhook,
    route: webhook.route.filter(({ in: place }) => place === "body"),
  }));
  const recognise = createRecogniser(bodyRoutes, null);
  return (webhook, payload) => {
    const found = recognise(payload, {}).map(({ name }) => name);
    if (found.length > 0 && !found.includes(webhook.name)) {
      return [
        {
          code: "another-event",
          message: `the event is ${JSON.stringify(found[0])}, and ${JSON.stringify(webhook.name)} was asked for`,
        },
      ];
    }
    return check(webhook, payload)
      .slice(0, PROBLEMS_MAX)
      .map(({ instancePath, message }) => ({
        code: "event-invalid",
        message: `${instancePath === "" ? "the event" : instancePath} ${message}`,
      }));
  };
}
