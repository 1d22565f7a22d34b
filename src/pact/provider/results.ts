import { junitXml, nearest, visible } from "../../diagnostics/index.ts";
import type { Contract, Webhook } from "../../model/index.ts";

/** Where something stands: a file, and a JSON pointer into it. */
export interface Place {
  readonly file: string;
  readonly pointer: string;
}

/**
 * - `producer-missing`, `producer-failed`, `producer-hangs`: nothing was produced
 * - `another-event`: what was produced is another event than the pact is about
 * - `example-gone`: the published example that the pact was written with is no longer one of the event, and no other shows it
 * - `event-invalid`: what was produced breaks the contract
 * - `pact-mismatch`: what was produced is not what the consumer expects
 * - `event-unknown`: the pact is about an event that the contract does not have
 * - `pact-unsupported`: a pact of another version, an interaction that is no message, or a matcher that Pact does not have
 * - `pact-unreadable`: the file is no pact
 */
export type ProblemCode =
  | "producer-missing"
  | "producer-failed"
  | "producer-hangs"
  | "another-event"
  | "example-gone"
  | "event-invalid"
  | "pact-mismatch"
  | "event-unknown"
  | "pact-unsupported"
  | "pact-unreadable";

/** What is wrong with what was produced. */
export interface ProducedProblem {
  readonly code: ProblemCode;
  readonly message: string;
}

export interface VerificationProblem {
  readonly code: ProblemCode;
  readonly message: string;
  /** In the pact. */
  readonly pact: Place;
  /** In the description that the contract was made of: the event, the example that was shown, or the whole of it. */
  readonly contract: Place;
}

/** What became of one interaction. */
export interface InteractionVerification {
  readonly consumer: string;
  readonly description: string;
  /** Null where the contract has no such event. */
  readonly webhook: string | null;
  /** `unproven`: nothing that is published shows it, so that nobody can say. */
  readonly status: "passed" | "failed" | "unproven";
  /** Failed, but new to the provider, so that the whole is not failed by it. */
  readonly isPending: boolean;
  readonly problems: readonly VerificationProblem[];
  /** Why it is unproven, and what else there is to know. */
  readonly notes: readonly string[];
}

export interface ProviderVerification {
  /** Nothing failed that is not pending, and something was verified. */
  readonly ok: boolean;
  readonly provider: string;
  readonly results: readonly InteractionVerification[];
  readonly summary: {
    readonly passed: number;
    readonly failed: number;
    readonly pending: number;
    readonly unproven: number;
  };
}

/** Whose interaction a result is about. */
interface Subject {
  readonly consumer: string;
  readonly description: string;
  readonly isPending?: boolean;
}

export function passed(subject: Subject, webhook: Webhook | null): InteractionVerification {
  return resultOf(subject, webhook, "passed");
}

export function failed(
  subject: Subject,
  webhook: Webhook | null,
  problems: readonly VerificationProblem[],
): InteractionVerification {
  return { ...resultOf(subject, webhook, "failed"), problems };
}

export function unproven(subject: Subject, webhook: Webhook, reason: string): InteractionVerification {
  return { ...resultOf(subject, webhook, "unproven"), notes: [reason] };
}

function resultOf(
  { consumer, description, isPending = false }: Subject,
  webhook: Webhook | null,
  status: InteractionVerification["status"],
): InteractionVerification {
  return { consumer, description, webhook: webhook?.name ?? null, status, isPending, problems: [], notes: [] };
}

export function noSuchEvent(description: string, { id, webhooks }: Contract): ProducedProblem {
  const names = webhooks.map(({ name }) => name);
  const near = nearest(description.split(":")[0] ?? "", names);
  const hint = near === undefined ? "" : `; did you mean ${JSON.stringify(near)}?`;
  return { code: "event-unknown", message: `the contract ${JSON.stringify(id)} has no such event${hint}` };
}

export function verificationOf(provider: string, results: readonly InteractionVerification[]): ProviderVerification {
  const count = (is: (one: InteractionVerification) => boolean) => results.filter(is).length;
  const failed = count(({ status, isPending }) => status === "failed" && !isPending);
  const summary = {
    passed: count(({ status }) => status === "passed"),
    failed,
    pending: count(({ status, isPending }) => status === "failed" && isPending),
    unproven: count(({ status }) => status === "unproven"),
  };
  return { ok: failed === 0 && results.length > 0, provider, results, summary };
}

/** The XML that CI servers read test results from. */
export function verificationJunit({ provider, results }: ProviderVerification): string {
  const cases = results.map(({ consumer, description, status, isPending, problems }) => ({
    name: description,
    className: `${consumer} ← ${provider}`,
    failures: status === "failed" && !isPending ? problems.map(problemText) : [],
  }));
  return junitXml(`pacts with ${provider}`, cases);
}

/** One line for each problem, as a terminal shows them. */
export function verificationText({ provider, results, summary }: ProviderVerification): string {
  const lines = results.flatMap(({ consumer, description, status, isPending, problems, notes }) => {
    if (status === "passed") return [];
    const word = isPending ? "pending" : status;
    return [
      `${word}  ${consumer} ← ${provider}  ${description}`,
      ...[...problems.map(problemText), ...notes].map((one) => `    ${one}`),
    ];
  });
  const { passed, failed, pending, unproven } = summary;
  const counts = [
    `${passed} passed`,
    `${failed} failed`,
    `${unproven} unproven`,
    ...(pending > 0 ? [`${pending} pending`] : []),
  ];
  return [...lines, `${results.length} interactions with ${provider}: ${counts.join(", ")}`].join("\n");
}

function problemText({ code, message, pact, contract }: VerificationProblem): string {
  const [inPact, inContract] = [pact, contract].map(({ file, pointer }) => visible(`${file}#${pointer}`));
  return `${code}: ${visible(message)} (${inPact} and ${inContract})`;
}
