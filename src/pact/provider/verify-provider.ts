import { nearest } from "../../diagnostics/index.ts";
import type { Contract, Json, Webhook } from "../../model/index.ts";
import { variantOfInteraction, webhookOfInteraction } from "../find-webhook.ts";
import { type ContractSource, contractOf } from "../kit/load-contract-file.ts";
import { loadPact } from "../native/load-pact.ts";
import type { BrokerOptions } from "./broker.ts";
import { createAsk, isExamples, type Producers, unknownProducers } from "./producers.ts";
import { candidatesOf } from "./published-examples.ts";
import { type PactEntry, readPacts } from "./read-pacts.ts";
import {
  failed,
  type InteractionVerification,
  noSuchEvent,
  type Place,
  type ProducedProblem,
  type ProviderVerification,
  passed,
  unproven,
  type VerificationProblem,
  verificationOf,
} from "./results.ts";
import { type Answerer, createAnswerer, exampleTrial, makeTrial, problemsOf, type Trial } from "./trial.ts";
import { verifyBroker } from "./verify-broker.ts";
import { PRODUCE_MILLISECONDS, verifyTrials } from "./verify-trials.ts";

export interface VerifyProviderOptions {
  /** Pact files, or folders of them. */
  readonly pacts?: string | readonly string[];
  /** A Pact Broker, in the place of `pacts`. */
  readonly broker?: BrokerOptions;
  readonly produce: Producers;
  /** The provider's name in its pacts. Default: the contract's id. */
  readonly provider?: string;
  /** How long one producer may take; 5,000. */
  readonly timeoutMilliseconds?: number;
  /** Gets what Pact's verifier prints, which is held back otherwise. */
  readonly onOutput?: (text: string) => void;
}

/**
 * Verifies that a provider still sends what its consumers expect: Pact's own verifier compares each produced event with each
 * pact, and the contract's validators judge what Pact cannot.
 * @throws Error with a sentence where nothing could be verified
 */
export async function verifyProvider(
  source: ContractSource,
  options: VerifyProviderOptions,
): Promise<ProviderVerification> {
  const contract = contractOf(source);
  const { provider = contract.id, broker, pacts = [] } = options;
  checkOptions(options, contract);
  // Said before anything else is done.
  loadPact();
  const context = { ...options, contract, provider };
  if (broker !== undefined) return verifyBroker(context, broker);
  const entries = readPacts([pacts].flat(), provider);
  const plans = entries.map((entry) => ({ entry, plan: planOf(entry, contract, options) }));
  const answerer = createAnswerer(contract);
  const shown = new Map<Trial, readonly VerificationProblem[]>();
  const show = async (of: (trials: readonly Trial[]) => readonly Trial[]) => {
    const trials = plans.flatMap(({ entry, plan }) => of(plan.trials).map((trial) => ({ trial, place: entry.place })));
    const verified = await verifyTrials(
      trials.map(({ trial }) => trial),
      answerer,
      context,
    );
    for (const { trial, place } of trials) shown.set(trial, problemsOf(trial, verified.get(trial), place));
  };
  await show((trials) => trials.slice(0, 1));
  // An interaction holds where one of its trials does: others are only shown where the likeliest did not do.
  await show(([first, ...others]) => (first !== undefined && shown.get(first)?.length !== 0 ? others : []));
  const results = plans.map(({ entry, plan }) => plan.result ?? resultOf(entry, plan.trials, shown));
  if (!isExamples(options.produce)) return verificationOf(provider, results);
  return verificationOf(provider, await withUnseenExamples(plans, results, answerer));
}

/** What is to be shown for an interaction, or what is known of it at once. */
interface Plan {
  readonly webhook: Webhook | null;
  readonly trials: readonly Trial[];
  readonly result: InteractionVerification | null;
}

function planOf(entry: PactEntry, contract: Contract, options: VerifyProviderOptions): Plan {
  const { interaction, description, place } = entry;
  const { produce, timeoutMilliseconds = PRODUCE_MILLISECONDS } = options;
  const fail = (webhook: Webhook | null, problem: ProducedProblem, at: Place): Plan => ({
    webhook,
    trials: [],
    result: failed(entry, webhook, [{ ...problem, pact: place, contract: at }]),
  });
  if (interaction === null) {
    const unread = { code: "pact-unsupported", message: "it cannot be read" } as const;
    return fail(null, entry.problem ?? unread, contract.source);
  }
  const webhook = webhookOfInteraction(interaction, contract);
  if (webhook === null) return fail(null, noSuchEvent(description, contract), contract.source);
  const variant = variantOfInteraction(interaction);
  if (!isExamples(produce)) {
    const ask = createAsk(produce, timeoutMilliseconds);
    const request = { description, webhook: webhook.name, variant, providerStates: interaction.providerStates ?? [] };
    return { webhook, trials: [makeTrial(webhook, interaction, () => ask(request, webhook))], result: null };
  }
  const candidates = candidatesOf(webhook, { variant, expected: interaction.contents.content as Json, contract });
  if ("code" in candidates) return fail(webhook, candidates, candidates.contract);
  if ("reason" in candidates) return { webhook, trials: [], result: unproven(entry, webhook, candidates.reason) };
  const trials = candidates.examples.map((example) => exampleTrial(webhook, interaction, example));
  return { webhook, trials, result: null };
}

/** What the best of the trials came to. */
function resultOf(
  entry: PactEntry,
  trials: readonly Trial[],
  shown: ReadonlyMap<Trial, readonly VerificationProblem[]>,
): InteractionVerification {
  const [best = []] = trials.map((one) => shown.get(one) ?? []).sort((a, b) => a.length - b.length);
  const webhook = trials[0]?.webhook ?? null;
  return best.length > 0 ? failed(entry, webhook, best) : passed(entry, webhook);
}

/**
 * Published bodies are all that there is of the provider, so each body of an event that a consumer handles has to keep to the
 * contract, also where another one shows what the pact expects. What is wrong and was not said is said of the event's first
 * interaction.
 */
async function withUnseenExamples(
  plans: readonly { readonly entry: PactEntry; readonly plan: Plan }[],
  results: readonly InteractionVerification[],
  { answer }: Answerer,
): Promise<readonly InteractionVerification[]> {
  const keyOf = ({ file, pointer }: Place) => `${file}#${pointer}`;
  const said = new Set(results.flatMap(({ problems }) => problems.map(({ contract }) => keyOf(contract))));
  const seen = new Set<Webhook>();
  const complete: InteractionVerification[] = [];
  for (const [index, { entry, plan }] of plans.entries()) {
    const result = results[index];
    if (result === undefined) continue;
    const { webhook } = plan;
    const unseen: VerificationProblem[] = [];
    if (webhook !== null && entry.interaction !== null && !seen.has(webhook)) {
      seen.add(webhook);
      for (const example of webhook.examples) {
        if (said.has(keyOf(example.source))) continue;
        const shown = exampleTrial(webhook, entry.interaction, example);
        await answer(shown);
        unseen.push(...shown.problems.map((one) => ({ ...one, pact: entry.place, contract: shown.contract })));
      }
    }
    complete.push(unseen.length === 0 ? result : failed(entry, webhook, [...result.problems, ...unseen]));
  }
  return complete;
}

function checkOptions(options: VerifyProviderOptions, contract: Contract): void {
  if (options.pacts !== undefined && options.broker !== undefined)
    throw new TypeError("Give pacts or broker, and not both.");
  if (options.pacts === undefined && options.broker === undefined)
    throw new TypeError("pacts: which pact files or folders? Or give broker.");
  if (options.produce === undefined) throw new TypeError("produce: where do events come from?");
  const [unknown] = unknownProducers(options.produce, contract);
  if (unknown === undefined) return;
  const near = nearest(
    unknown,
    contract.webhooks.map(({ name }) => name),
  );
  throw new TypeError(
    `produce: the contract ${JSON.stringify(contract.id)} has no event ${JSON.stringify(unknown)}${near === undefined ? "" : `; did you mean ${JSON.stringify(near)}?`}`,
  );
}
