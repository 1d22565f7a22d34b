import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rootCertificates } from "node:tls";
import { runVerifier, type VerifiedInteraction, type VerifierReport } from "../native/run-verifier.ts";
import { type Answer, type MessageRequest, serveMessages } from "./message-endpoint.ts";
import type { Answerer, Trial } from "./trial.ts";

export const PRODUCE_MILLISECONDS = 5_000;
/** For each interaction, beside what its producer takes. */
const VERIFY_MILLISECONDS = 1_000;
const START_MILLISECONDS = 30_000;

export interface VerifierContext {
  readonly provider: string;
  readonly timeoutMilliseconds?: number;
  readonly onOutput?: (text: string) => void;
}

type VerifiedTrials = ReadonlyMap<Trial, VerifiedInteraction>;

/** Shows all trials to Pact's verifier at once, as one pact whose descriptions are numbers, so that each result finds its own. */
export async function verifyTrials(
  trials: readonly Trial[],
  { answer, prepare }: Answerer,
  context: VerifierContext,
): Promise<VerifiedTrials> {
  if (trials.length === 0) return new Map();
  const folder = mkdtempSync(join(tmpdir(), "hookbook-verify-"));
  const file = join(folder, "pact.json");
  const interactions = trials.map(({ decoded: { interaction } }, index) => ({
    ...interaction,
    description: String(index),
    key: undefined,
  }));
  const pact = {
    consumer: { name: "consumers" },
    provider: { name: context.provider },
    interactions,
    metadata: { pactSpecification: { version: "4.0" } },
  };
  writeFileSync(file, JSON.stringify(pact));
  const trialOf = (description: string) => trials[Number(description)];
  const answerBy = async ({ description }: MessageRequest) => {
    const trial = trialOf(description);
    return trial === undefined ? null : answer(trial);
  };
  try {
    const from = { options: { pactUrls: [file] }, env: fewCertificates(folder), whileStarting: prepare };
    const { interactionResults } = await verify(from, answerBy, trials.length, context);
    return new Map(
      interactionResults.flatMap((one) => {
        const trial = trialOf(one.description);
        return trial === undefined ? [] : [[trial, one] as const];
      }),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * For each message, Pact's verifier reads all certificates that the system trusts, which takes longer than all else. Here it
 * speaks to this process alone, without TLS, and still insists on having one.
 */
function fewCertificates(folder: string): Readonly<Record<string, string>> {
  const file = join(folder, "certificate.pem");
  writeFileSync(file, `${rootCertificates[0]}\n`);
  return { SSL_CERT_FILE: file, SSL_CERT_DIR: folder };
}

/** Where Pact's verifier has its pacts from, in its own words. */
export interface PactsFrom {
  readonly options: object;
  readonly env?: Readonly<Record<string, string>>;
  /** Work for this process until the verifier's is there. */
  readonly whileStarting?: () => void;
}

/**
 * Runs Pact's verifier against what answers.
 * @param count  of interactions, for the time that it may take
 */
export async function verify(
  { options, env = {}, whileStarting }: PactsFrom,
  answer: (request: MessageRequest) => Promise<Answer | null>,
  count: number,
  { provider, timeoutMilliseconds = PRODUCE_MILLISECONDS, onOutput }: VerifierContext,
): Promise<VerifierReport> {
  const endpoint = await serveMessages(answer);
  try {
    const running = runVerifier({
      options: {
        provider,
        providerBaseUrl: `http://127.0.0.1:${endpoint.port}`,
        transports: [{ protocol: "message", port: endpoint.port, path: "/" }],
        timeout: timeoutMilliseconds + 5_000,
        logLevel: "error",
        ...options,
      },
      env,
      timeoutMilliseconds: START_MILLISECONDS + count * (timeoutMilliseconds + VERIFY_MILLISECONDS),
      ...(onOutput === undefined ? {} : { onOutput }),
    });
    whileStarting?.();
    return await running;
  } finally {
    endpoint.close();
  }
}
