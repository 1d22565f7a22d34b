import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nearest, visible } from "../../diagnostics/index.ts";
import type { Contract, Example, Json, Webhook } from "../../model/index.ts";
import { variantOfInteraction, webhookOfInteraction } from "../find-webhook.ts";
import { type ContractSource, contractOf } from "../kit/load-contract-file.ts";
import { loadPact } from "../native/load-pact.ts";
import {
  runVerifier,
  type VerifiedInteraction,
  type VerifierMismatch,
  type VerifierReport,
} from "../native/run-verifier.ts";
import type { MessageInteraction } from "../pact-file.ts";
import { BrokerFailure, type BrokerOptions, brokerSettings } from "./broker.ts";
import { type DecodedInteraction, decodeInteraction } from "./decode-interaction.ts";
import { createProducedJudge, type ProducedProblem } from "./judge-produced.ts";
import { type Answer, type MessageRequest, serveMessages } from "./message-endpoint.ts";
import { type Ask, createAsk, NotProduced, type Produced, type Producers, unknownProducers } from "./producers.ts";
import { candidatesOf } from "./published-examples.ts";
import { type PactEntry, readPacts } from "./read-pacts.ts";
import {
  type InteractionVerification,
  type Place,
  type ProviderVerification,
  type VerificationProblem,
  verificationOf,
} from "./results.ts";

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

const PRODUCE_MILLISECONDS = 5_000;
/** For each interaction, beside what its producer takes. */
const VERIFY_MILLISECONDS = 1_000;
const START_MILLISECONDS = 30_000;

/** One thing to be shown to the verifier. */
interface Trial {
  readonly webhook: Webhook;
  readonly decoded: DecodedInteraction;
  readonly produce: () => Promise<Produced>;
  produced: Produced | null;
  problems: readonly ProducedProblem[];
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
  const { produce, provider = contract.id } = options;
  checkOptions(options, contract);
  // Said before anything else is done.
  loadPact();
  if (options.broker !== undefined) return verifyBroker(contract, provider, options, options.broker);
  const entries = readPacts([options.pacts ?? []].flat(), provider);
  const planned = entries.map((entry) => ({ entry, ...plan(entry, contract, options) }));
  const trials = planned.flatMap(({ trials: own }) => own);
  const report = trials.length === 0 ? null : await verifyTrials(trials, { contract, provider, options });
  const results = planned.map(({ entry, trials: own, result }) => result ?? resultOf(entry, own, trials, report));
  return verificationOf(provider, results);

  function plan(
    entry: PactEntry,
    { webhooks }: Contract,
    { timeoutMilliseconds = PRODUCE_MILLISECONDS }: VerifyProviderOptions,
  ) {
    const { interaction, description, consumer, place } = entry;
    const given = (code: VerificationProblem["code"], message: string) =>
      ({ trials: [], result: failed(entry, null, [{ code, message, pact: place, contract: null }]) }) as const;
    if (interaction === null) return given("pact-unsupported", entry.problem);
    const webhook = webhookOfInteraction(interaction, contract);
    if (webhook === null) {
      const near = nearest(
        description.split(":")[0] ?? "",
        webhooks.map(({ name }) => name),
      );
      return given(
        "event-unknown",
        `the contract ${JSON.stringify(contract.id)} has no such event${near === undefined ? "" : `; did you mean ${JSON.stringify(near)}?`}`,
      );
    }
    const variant = variantOfInteraction(interaction);
    const request = { description, webhook: webhook.name, variant, providerStates: interaction.providerStates ?? [] };
    if (!isExamples(produce)) {
      const ask = createAsk(produce, timeoutMilliseconds);
      return { trials: [trial(webhook, interaction, () => ask(request, webhook))], result: null };
    }
    const candidates = candidatesOf(webhook, variant, interaction.contents.content);
    if ("reason" in candidates) {
      const unproven = {
        consumer,
        description,
        webhook: webhook.name,
        status: "unproven",
        isPending: false,
        problems: [],
        notes: [candidates.reason],
      } as const;
      return { trials: [], result: unproven };
    }
    const own = candidates.examples.map(({ payload, headers = null }) => {
      // Few documents show headers; where one does not, they are left out of what is asked.
      const asked = headers === null ? withoutMetadata(interaction) : interaction;
      return trial(webhook, asked, async () => ({ payload, headers: headers === null ? null : lowerCase(headers) }));
    });
    return { trials: own, result: null };
  }
}

function trial(webhook: Webhook, interaction: MessageInteraction, produce: () => Promise<Produced>): Trial {
  return { webhook, decoded: decodeInteraction(interaction), produce, produced: null, problems: [] };
}

function withoutMetadata({ metadata: _, ...interaction }: MessageInteraction): MessageInteraction {
  return { ...interaction, matchingRules: { body: interaction.matchingRules?.body ?? {} } };
}

function lowerCase(headers: Readonly<Record<string, Json>>): Readonly<Record<string, Json>> {
  const text = (value: Json) => (typeof value === "string" ? value : JSON.stringify(value));
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), text(value)]));
}

function isExamples(produce: Producers): produce is { readonly examples: true } {
  return typeof produce === "object" && !(produce instanceof URL) && "examples" in produce && produce.examples === true;
}

interface Context {
  readonly contract: Contract;
  readonly provider: string;
  readonly options: VerifyProviderOptions;
}

/** All at once, as one pact whose descriptions are numbers, so that each result finds its interaction. */
async function verifyTrials(
  trials: readonly Trial[],
  { contract, provider, options }: Context,
): Promise<VerifierReport> {
  const judge = createProducedJudge(contract);
  const folder = mkdtempSync(join(tmpdir(), "hookbook-verify-"));
  const file = join(folder, "pact.json");
  const interactions = trials.map(({ decoded: { interaction } }, index) => ({
    ...interaction,
    description: String(index),
    key: undefined,
  }));
  const pact = {
    consumer: { name: "consumers" },
    provider: { name: provider },
    interactions,
    metadata: { pactSpecification: { version: "4.0" } },
  };
  writeFileSync(file, JSON.stringify(pact));
  const answer = ({ description }: MessageRequest) => answerFor(trials[Number(description)], judge);
  try {
    return await verify({ pactUrls: [file] }, answer, trials.length, { contract, provider, options });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function verify(
  from: object,
  answer: (request: MessageRequest) => Promise<Answer | null>,
  count: number,
  { provider, options }: Context,
): Promise<VerifierReport> {
  const endpoint = await serveMessages(answer);
  const { timeoutMilliseconds = PRODUCE_MILLISECONDS, onOutput } = options;
  try {
    return await runVerifier({
      options: {
        provider,
        providerBaseUrl: `http://127.0.0.1:${endpoint.port}`,
        transports: [{ protocol: "message", port: endpoint.port, path: "/" }],
        timeout: timeoutMilliseconds + 5_000,
        logLevel: "error",
        ...from,
      },
      timeoutMilliseconds: START_MILLISECONDS + count * (timeoutMilliseconds + VERIFY_MILLISECONDS),
      ...(onOutput === undefined ? {} : { onOutput }),
    });
  } finally {
    endpoint.close();
  }
}

async function answerFor(
  asked: Trial | undefined,
  judge: ReturnType<typeof createProducedJudge>,
): Promise<Answer | null> {
  if (asked === undefined) return null;
  try {
    const produced = await asked.produce();
    asked.produced = produced;
    asked.problems = judge(asked.webhook, produced.payload);
    return { payload: asked.decoded.decode(produced.payload), headers: produced.headers ?? {} };
  } catch (error) {
    if (!(error instanceof NotProduced)) throw error;
    asked.problems = [{ code: error.code, message: error.message }];
    return null;
  }
}

/** An interaction holds where one of its trials does: of several published bodies one is enough. */
function resultOf(
  entry: PactEntry,
  own: readonly Trial[],
  all: readonly Trial[],
  report: VerifierReport | null,
): InteractionVerification {
  const judged = own.map((one) => {
    const verified = report?.interactionResults.find(({ description }) => description === String(all.indexOf(one)));
    return problemsOf(one, verified, entry.place);
  });
  const best = judged.sort((a, b) => a.length - b.length)[0] ?? [];
  const webhook = own[0]?.webhook.name ?? null;
  if (best.length > 0) return failed(entry, webhook, best);
  return {
    consumer: entry.consumer,
    description: entry.description,
    webhook,
    status: "passed",
    isPending: false,
    problems: [],
    notes: [],
  };
}

function problemsOf(
  { webhook, problems, produced }: Trial,
  verified: VerifiedInteraction | undefined,
  place: Place,
): readonly VerificationProblem[] {
  const contract = { file: webhook.source.file, pointer: webhook.source.pointer };
  const found = problems.map(({ code, message }) => ({ code, message, pact: place, contract }));
  const isOther = problems.some(({ code }) => code === "another-event");
  // Of what was not produced, or is another event, Pact only says that nothing fits.
  if (produced === null || isOther || verified?.result === "OK")
    return found.length > 0 || produced !== null ? found : [nothing(place, contract)];
  const mismatches = verified?.mismatch?.mismatches ?? [];
  const said =
    mismatches.length > 0
      ? mismatches.map((one) => mismatchOf(one, place, contract))
      : [nothing(place, contract, verified?.mismatch?.message)];
  return [...found, ...said];
}

function nothing(pact: Place, contract: Place, message = "Pact's verifier gave no result for it"): VerificationProblem {
  return { code: "pact-mismatch", message, pact, contract };
}

function mismatchOf(
  { path, key, mismatch, expected, actual }: VerifierMismatch,
  place: Place,
  contract: Place,
): VerificationProblem {
  const at = path ?? (key === undefined ? "" : `header ${key}`);
  const message = `${at}: ${mismatch ?? `expected ${JSON.stringify(expected)}, and ${JSON.stringify(actual)} came`}`;
  const pointer =
    path === undefined ? `${place.pointer}/metadata` : `${place.pointer}/contents/content${pointerOf(path)}`;
  return { code: "pact-mismatch", message, pact: { file: place.file, pointer }, contract };
}

/** `$.a[0]['b/c']` as a JSON pointer. */
function pointerOf(path: string): string {
  const steps = [...path.matchAll(/\.([^.['\]]+)|\['([^']*)'\]|\[(\d+)\]/g)].map(
    ([, name, quoted, index]) => name ?? quoted ?? index ?? "",
  );
  return steps.map((step) => `/${step.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

function failed(
  { consumer, description }: PactEntry,
  webhook: string | null,
  problems: readonly VerificationProblem[],
): InteractionVerification {
  return { consumer, description, webhook, status: "failed", isPending: false, problems, notes: [] };
}

/** Pact fetches the pacts itself, and publishes what comes of them; so it gets them as they are. */
async function verifyBroker(
  contract: Contract,
  provider: string,
  options: VerifyProviderOptions,
  broker: BrokerOptions,
): Promise<ProviderVerification> {
  const settings = await brokerSettings(broker, process.env);
  const { produce, timeoutMilliseconds = PRODUCE_MILLISECONDS } = options;
  const judge = createProducedJudge(contract);
  const ask: Ask = isExamples(produce) ? askExamples : createAsk(produce, timeoutMilliseconds);
  const asked = new Map<string, Trial>();
  const answer = async ({ description, providerStates }: MessageRequest): Promise<Answer | null> => {
    const interaction = {
      type: "Asynchronous/Messages",
      description,
      providerStates,
      contents: { content: null },
    } as const;
    const webhook = webhookOfInteraction(interaction, contract);
    if (webhook === null) return null;
    const variant = providerStates[0]?.params?.["variant"];
    const request = {
      description,
      webhook: webhook.name,
      variant: typeof variant === "string" ? variant : null,
      providerStates,
    };
    const one = trial(webhook, interaction, () => ask(request, webhook));
    asked.set(description, one);
    const made = await answerFor(one, judge);
    // What breaks the contract must not be published as verified, though Pact has nothing against it.
    return one.problems.length > 0 ? null : made;
  };
  const report = await verify(settings, answer, 1_000, { contract, provider, options });
  if (report.interactionResults.length === 0) throw new BrokerFailure(nothingVerified(report, provider));
  const results = report.interactionResults.map((verified): InteractionVerification => {
    const { description, consumer = "unnamed", pending = false } = verified;
    const place = { file: `the pact of ${consumer}`, pointer: "" };
    const entry: PactEntry = { consumer, description, place, interaction: null, problem: "" };
    const one = asked.get(description);
    if (one === undefined) {
      const problem: VerificationProblem = {
        code: "event-unknown",
        message: "the contract has no such event",
        pact: place,
        contract: null,
      };
      return { ...failed(entry, null, [problem]), isPending: pending };
    }
    const problems = problemsOf(one, verified, place);
    if (problems.length > 0) return { ...failed(entry, one.webhook.name, problems), isPending: pending };
    return {
      consumer,
      description,
      webhook: one.webhook.name,
      status: "passed",
      isPending: pending,
      problems: [],
      notes: [],
    };
  });
  return verificationOf(provider, results);
}

/** Pact's own reason names the broker. */
function nothingVerified({ errors }: VerifierReport, provider: string): string {
  const reason = errors.map(({ mismatch }) => mismatch.message ?? "").find((message) => message !== "");
  return `Nothing was verified: ${visible(reason ?? `the broker has no pact of ${JSON.stringify(provider)}`)}`;
}

const askExamples: Ask = async ({ variant, webhook: name }, { examples }) => {
  // What the pact expects is not known here: of bodies by other names, the one that says most is likeliest to hold it.
  const length = ({ payload }: Example) => JSON.stringify(payload).length;
  const bySize = [...examples].sort((a, b) => length(b) - length(a));
  const example = examples.find((one) => one.name === variant) ?? bySize.at(variant === "minimal" ? -1 : 0);
  if (example === undefined)
    throw new NotProduced("producer-missing", `no body of ${JSON.stringify(name)} is published`);
  return { payload: example.payload, headers: lowerCase(example.headers ?? {}) };
};

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
