import type { Contract, Example, Json, Webhook } from "../../model/index.ts";
import type { VerifiedInteraction, VerifierMismatch } from "../native/run-verifier.ts";
import type { MessageInteraction } from "../pact-file.ts";
import { type DecodedInteraction, decodeInteraction } from "./decode-interaction.ts";
import { createProducedJudge } from "./judge-produced.ts";
import type { Answer } from "./message-endpoint.ts";
import { NotProduced, type Produced } from "./producers.ts";
import type { Place, ProducedProblem, VerificationProblem } from "./results.ts";

/** One thing to be shown to Pact's verifier, and what came of it. */
export interface Trial {
  readonly webhook: Webhook;
  readonly decoded: DecodedInteraction;
  readonly produce: () => Promise<Produced>;
  /** Where in the document what is shown is described: the event, or the example that is shown. */
  readonly contract: Place;
  produced: Produced | null;
  problems: readonly ProducedProblem[];
}

export function makeTrial(
  webhook: Webhook,
  interaction: MessageInteraction,
  produce: () => Promise<Produced>,
  contract: Place = webhook.source,
): Trial {
  return { webhook, decoded: decodeInteraction(interaction), produce, contract, produced: null, problems: [] };
}

/** Shows a published example. Few documents show headers; where one does not, they are left out of what is asked. */
export function exampleTrial(webhook: Webhook, interaction: MessageInteraction, example: Example): Trial {
  const { payload, headers = null, source } = example;
  const asked = headers === null ? withoutMetadata(interaction) : interaction;
  return makeTrial(webhook, asked, async () => ({ payload, headers: headers && lowerCase(headers) }), source);
}

function withoutMetadata({ metadata: _, ...interaction }: MessageInteraction): MessageInteraction {
  return { ...interaction, matchingRules: { body: interaction.matchingRules?.body ?? {} } };
}

export function lowerCase(headers: Readonly<Record<string, Json>>): Readonly<Record<string, Json>> {
  const text = (value: Json) => (typeof value === "string" ? value : JSON.stringify(value));
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), text(value)]));
}

export interface Answerer {
  /** Has a trial produce what Pact's verifier asks for, and keeps what the contract has against it. */
  readonly answer: (trial: Trial) => Promise<Answer | null>;
  /** Compiles the contract's validators, which the first answer does otherwise. */
  readonly prepare: () => void;
}

export function createAnswerer(contract: Contract): Answerer {
  let judge: ReturnType<typeof createProducedJudge> | undefined;
  const judgeOf = () => {
    judge ??= createProducedJudge(contract);
    return judge;
  };
  const answer = async (trial: Trial): Promise<Answer | null> => {
    try {
      const produced = await trial.produce();
      trial.produced = produced;
      trial.problems = judgeOf()(trial.webhook, produced);
      return { payload: trial.decoded.decode(produced.payload), headers: produced.headers ?? {} };
    } catch (error) {
      if (!(error instanceof NotProduced)) throw error;
      trial.problems = [{ code: error.code, message: error.message }];
      return null;
    }
  };
  return { answer, prepare: judgeOf };
}

/** What the contract has against what a trial produced, and what Pact's verifier has. */
export function problemsOf(
  { contract, problems, produced }: Trial,
  verified: VerifiedInteraction | undefined,
  pact: Place,
): readonly VerificationProblem[] {
  const found = problems.map(({ code, message }) => ({ code, message, pact, contract }));
  const nothing = (message = "Pact's verifier gave no result for it") =>
    ({ code: "pact-mismatch", message, pact, contract }) as const;
  const isOther = problems.some(({ code }) => code === "another-event");
  // Of what was not produced, or is another event, Pact only says that nothing fits.
  if (produced === null || isOther || verified?.result === "OK")
    return found.length > 0 || produced !== null ? found : [nothing()];
  const mismatches = verified?.mismatch?.mismatches ?? [];
  const said =
    mismatches.length > 0
      ? mismatches.map((one) => mismatchOf(one, pact, contract))
      : [nothing(verified?.mismatch?.message)];
  return [...found, ...said];
}

function mismatchOf(
  { path, key, mismatch, expected, actual }: VerifierMismatch,
  { file, pointer: start }: Place,
  contract: Place,
): VerificationProblem {
  const at = path ?? (key === undefined ? "" : `header ${key}`);
  const message = `${at}: ${mismatch ?? `expected ${JSON.stringify(expected)}, and ${JSON.stringify(actual)} came`}`;
  const pointer = path === undefined ? `${start}/metadata` : `${start}/contents/content${pointerOf(path)}`;
  return { code: "pact-mismatch", message, pact: { file, pointer }, contract };
}

/** `$.a[0]['b/c']` as a JSON pointer. */
function pointerOf(path: string): string {
  const steps = [...path.matchAll(/\.([^.['\]]+)|\['([^']*)'\]|\[(\d+)\]/g)].map(
    ([, name, quoted, index]) => name ?? quoted ?? index ?? "",
  );
  return steps.map((step) => `/${step.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}
