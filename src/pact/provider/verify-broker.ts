import { visible } from "../../diagnostics/index.ts";
import type { Contract, Example } from "../../model/index.ts";
import { webhookOfInteraction } from "../find-webhook.ts";
import type { VerifierReport } from "../native/run-verifier.ts";
import { BrokerFailure, type BrokerOptions, brokerSettings } from "./broker.ts";
import type { Answer, MessageRequest } from "./message-endpoint.ts";
import { type Ask, createAsk, isExamples, NotProduced, type Producers } from "./producers.ts";
import { candidatesOf } from "./published-examples.ts";
import {
  failed,
  type InteractionVerification,
  noSuchEvent,
  type ProviderVerification,
  passed,
  verificationOf,
} from "./results.ts";
import { createAnswerer, lowerCase, makeTrial, problemsOf, type Trial } from "./trial.ts";
import { PRODUCE_MILLISECONDS, type VerifierContext, verify } from "./verify-trials.ts";

export interface BrokerContext extends VerifierContext {
  readonly contract: Contract;
  readonly produce: Producers;
}

/** Nobody knows beforehand how many interactions a broker has. */
const INTERACTIONS_SUPPOSED = 1_000;

/** Pact fetches the pacts itself, and publishes what comes of them; so it gets them as they are. */
export async function verifyBroker(context: BrokerContext, broker: BrokerOptions): Promise<ProviderVerification> {
  const { contract, provider, produce, timeoutMilliseconds = PRODUCE_MILLISECONDS } = context;
  const settings = await brokerSettings(broker, process.env);
  const { answer, prepare } = createAnswerer(contract);
  const ask = isExamples(produce) ? askExamples(contract) : createAsk(produce, timeoutMilliseconds);
  const asked = new Map<string, Trial>();
  const answerBy = async ({ description, providerStates }: MessageRequest): Promise<Answer | null> => {
    const contents = { content: null };
    const interaction = { type: "Asynchronous/Messages", description, providerStates, contents } as const;
    const webhook = webhookOfInteraction(interaction, contract);
    if (webhook === null) return null;
    const named = providerStates[0]?.params?.["variant"];
    const variant = typeof named === "string" ? named : null;
    const request = { description, webhook: webhook.name, variant, providerStates };
    const trial = makeTrial(webhook, interaction, () => ask(request, webhook));
    asked.set(description, trial);
    const made = await answer(trial);
    // What breaks the contract must not be published as verified, though Pact has nothing against it.
    return trial.problems.length > 0 ? null : made;
  };
  const report = await verify({ options: settings, whileStarting: prepare }, answerBy, INTERACTIONS_SUPPOSED, context);
  if (report.interactionResults.length === 0) throw new BrokerFailure(nothingVerified(report, provider));
  const results = report.interactionResults.map((verified): InteractionVerification => {
    const { description, consumer = "unnamed", pending: isPending = false } = verified;
    const place = { file: `the pact of ${consumer}`, pointer: "" };
    const entry = { consumer, description, isPending };
    const trial = asked.get(description);
    if (trial === undefined) {
      const problem = { ...noSuchEvent(description, contract), pact: place, contract: contract.source };
      return failed(entry, null, [problem]);
    }
    const problems = problemsOf(trial, verified, place);
    return problems.length > 0 ? failed(entry, trial.webhook, problems) : passed(entry, trial.webhook);
  });
  return verificationOf(provider, results);
}

/** Pact's own reason names the broker. */
function nothingVerified({ errors }: VerifierReport, provider: string): string {
  const reason = errors.map(({ mismatch }) => mismatch.message ?? "").find((message) => message !== "");
  return `Nothing was verified: ${visible(reason ?? `the broker has no pact of ${JSON.stringify(provider)}`)}`;
}

/** What the pact expects is not known here: of bodies by other names, the one that says most is likeliest to hold it. */
function askExamples(contract: Contract): Ask {
  const length = ({ payload }: Example) => JSON.stringify(payload).length;
  return async ({ variant }, webhook) => {
    const candidates = candidatesOf(webhook, { variant, expected: undefined, contract });
    if ("code" in candidates) throw new NotProduced(candidates.code, candidates.message);
    if ("reason" in candidates) throw new NotProduced("producer-missing", candidates.reason);
    const bySize = [...candidates.examples].sort((a, b) => length(b) - length(a));
    const example = bySize.at(variant === "minimal" ? -1 : 0) as Example;
    return { payload: example.payload, headers: lowerCase(example.headers ?? {}) };
  };
}
