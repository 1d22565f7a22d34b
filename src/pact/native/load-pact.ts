import { createRequire } from "node:module";

/**
 * Of Pact's core library, what is used here. `@pact-foundation/pact` is a layer above it for tests that are written by
 * hand; it knows neither whole matching rules (`combine`) nor how to stay quiet.
 */
export interface PactCore {
  makeConsumerPact(consumer: string, provider: string, version: number, logLevel: string): ConsumerPact;
  readonly default: { verifyPacts(options: object): Promise<string> };
}

export interface ConsumerPact {
  newAsynchronousMessage(description: string): PactMessage;
}

export interface PactMessage {
  expectsToReceive(description: string): void;
  givenWithParams(state: string, json: string): void;
  addInteractionReference(group: string, name: string, value: string): void;
  setComment(key: string, json: string): void;
  withContents(json: string, contentType: string): void;
  withMetadata(name: string, json: string): void;
  withMatchingRules(json: string): void;
  reifyMessage(): string;
}

/** Pact is not installed, which is a peer of this package that only contract tests need; or it cannot be loaded here. */
export class PactMissingError extends Error {
  override readonly name = "PactMissingError";
}

const INSTALL =
  'Contract tests need Pact, which is not installed. Run "npm install --save-dev @pact-foundation/pact@17" and try again.';

let loaded: PactCore | undefined;

/**
 * Loads the library that `@pact-foundation/pact` brings, whatever way packages are laid out in.
 * @throws PactMissingError
 */
export function loadPact(): PactCore {
  // Pact sends usage statistics unless it is told not to; a test has nothing to report.
  process.env["PACT_DO_NOT_TRACK"] ??= "true";
  loaded ??= load();
  return loaded;
}

function load(): PactCore {
  const here = createRequire(import.meta.url);
  let pact: string;
  try {
    pact = here.resolve("@pact-foundation/pact");
  } catch {
    // Where it was looked for helps nobody.
    throw new PactMissingError(INSTALL);
  }
  try {
    return createRequire(pact)("@pact-foundation/pact-core") as PactCore;
  } catch (error) {
    const [reason = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
    throw new PactMissingError(
      `Pact is installed, and its native library cannot be loaded on this machine (${process.platform} ${process.arch}): ${reason}`,
      { cause: error },
    );
  }
}
