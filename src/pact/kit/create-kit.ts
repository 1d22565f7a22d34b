import { fileURLToPath } from "node:url";
import { nearest, quote } from "../../diagnostics/index.ts";
import type { Contract, Json } from "../../model/index.ts";
import type { Schemes, Secrets } from "../../receiver/index.ts";
import { keyOf } from "../merge.ts";
import { type PlannedInteraction, planInteractions } from "../plan-interactions.ts";
import { PactStore } from "../store/pact-store.ts";
import { type ContractSource, contractOf } from "./load-contract-file.ts";
import { createRunner, type InteractionResult } from "./run-interaction.ts";
import type { FetchHandler } from "./server.ts";

export interface PactKitOptions {
  /** The `contract.json` that `hookbook generate` writes: what is in it, or its path. */
  readonly contract: ContractSource;
  /** What the receiver is called in the pact, such as `billing`. */
  readonly consumer: string;
  /** What the sender is called there. Default: the contract's id. */
  readonly provider?: string;
  /** The receiver itself: its fetch handler, which the kit serves, or the address at which it listens. */
  readonly receiver: FetchHandler | string | URL;
  /** The secrets by which deliveries are signed, as `createReceiver` takes them. */
  readonly secrets?: Secrets;
  /** Security schemes that the document lacks, as `createReceiver` takes them. */
  readonly schemes?: Schemes;
  /**
   * `used`: the pact expects what the handlers read, for receivers made by `createReceiver` in this process (the default for
   * fetch handlers). `full`: it expects every documented property (the default for addresses).
   */
  readonly mode?: "used" | "full";
  /** The folder of the pact file, `<consumer>-<provider>.json`. Default: `pacts`. */
  readonly dir?: string;
  /** Events that the receiver does not want, each with the reason. */
  readonly ignore?: Readonly<Record<string, string>>;
  /** Reading a property that the contract does not know fails (`refuse`, the default), since most are misspelt. */
  readonly undocumented?: "refuse" | "allow";
  /** How long a delivery may take; 4,000. Less than the test runner's own limit, which says nothing about the reason. */
  readonly timeoutMilliseconds?: number;
  /** `check` compares with the pact file and fails where it is stale. Default: `HOOKBOOK_PACTS` of the environment, or `write`. */
  readonly write?: "write" | "check";
}

/** One event in one shape, as a test. */
export interface PactTest {
  /** `"<webhook>: <variant>"`. */
  readonly description: string;
  readonly webhook: string;
  readonly variant: string;
  /** As on the wire. */
  readonly payload: Json;
  /**
   * Delivers the event to the receiver and puts what it read into the pact.
   * @param check  what the test asserts beyond the reply; a test that throws leaves nothing in the pact
   * @throws InteractionFailure
   */
  run(check?: (result: InteractionResult) => unknown): Promise<InteractionResult>;
}

export interface PactKit {
  /** Tests for all events that are not ignored, or for these. When the last of them has run, the pact is written. */
  interactions(webhooks?: readonly string[]): readonly PactTest[];
  /** Writes the pact with what has run so far, for suites of which only a part runs. */
  finish(): Promise<void>;
  /** Of the pact. */
  readonly file: string;
}

/**
 * Contract tests of a receiver: every event of the contract in every shape, delivered over HTTP as its sender would, and a
 * pact of what the receiver needs of them.
 * @throws TypeError for options that cannot be used
 */
export function createPactKit(options: PactKitOptions): PactKit {
  const contract = contractOf(options.contract);
  const { consumer, provider = contract.id, dir = "pacts", ignore = {} } = options;
  const mode = options.mode ?? (typeof options.receiver === "function" ? "used" : "full");
  checkOptions(options, contract, mode);
  const file = `${dir}/${fileName(consumer)}-${fileName(provider)}.json`;
  const store = new PactStore({ file, consumer, provider, origin: callerFile(), ignored: ignore });
  const planned = planInteractions(contract).filter(({ webhook }) => !Object.hasOwn(ignore, webhook.name));
  const expected = new Set(planned.map(keyOf));
  const runner = createRunner({ ...options, contract, consumer, provider, mode, put: (one) => store.put(one) });
  /** By description; null once it has run. */
  const left = new Set<string>();
  const handedOut = new Map<string, PactTest>();

  async function finish(): Promise<void> {
    runner.checkAllHandled();
    if ((options.write ?? process.env["HOOKBOOK_PACTS"]) !== "check") return store.merge(expected);
    const { changed, missing, stale, isIgnoredRight } = store.compare(expected);
    const problems = [
      ...lines("differs", changed),
      ...lines("is missing", missing),
      ...lines("is stale", stale),
      ...(isIgnoredRight ? [] : ["  the events that are ignored, or the reasons, differ"]),
    ];
    if (problems.length === 0) return;
    throw new Error(
      `${file} is not what the tests would write:\n${problems.join("\n")}\nRun them without HOOKBOOK_PACTS=check, and commit the file.`,
    );
  }

  function testOf(one: PlannedInteraction): PactTest {
    const { description, webhook, variant } = one;
    const known = handedOut.get(description);
    if (known !== undefined) return known;
    const made: PactTest = {
      description,
      webhook: webhook.name,
      variant: variant.name,
      payload: variant.payload,
      async run(check) {
        const result = await runner.run(one, check).finally(() => left.delete(description));
        if (left.size === 0) await finish();
        return result;
      },
    };
    handedOut.set(description, made);
    left.add(description);
    return made;
  }

  return {
    file,
    finish,
    interactions(webhooks) {
      for (const name of webhooks ?? []) checkName(name, contract, "interactions()");
      const wanted = planned.filter(({ webhook }) => webhooks === undefined || webhooks.includes(webhook.name));
      if (wanted.length === 0) throw new TypeError("There is no event to test: all are ignored, or none has a sample.");
      return wanted.map(testOf);
    },
  };
}

function lines(what: string, descriptions: readonly string[]): readonly string[] {
  return descriptions.map((description) => `  ${quote(description)} ${what}`);
}

function checkOptions(
  { consumer, receiver, ignore = {}, undocumented }: PactKitOptions,
  contract: Contract,
  mode: string,
): void {
  if (typeof consumer !== "string" || consumer.trim() === "")
    throw new TypeError("consumer: give the receiver a name.");
  if (mode !== "used" && mode !== "full") throw new TypeError(`mode: ${quote(mode)} is neither "used" nor "full".`);
  if (undocumented !== undefined && undocumented !== "refuse" && undocumented !== "allow") {
    throw new TypeError(`undocumented: ${quote(String(undocumented))} is neither "refuse" nor "allow".`);
  }
  if (typeof receiver !== "function") {
    const url = URL.parse(String(receiver));
    if (url === null || !/^https?:$/.test(url.protocol)) {
      throw new TypeError(
        "receiver: give a fetch handler, (request: Request) => Promise<Response>, or an address that starts with http://.",
      );
    }
    if (mode === "used") {
      throw new TypeError(
        'mode: "used" needs the receiver in this process, as a fetch handler: nobody sees from outside what a handler reads.',
      );
    }
  }
  for (const [name, reason] of Object.entries(ignore)) {
    checkName(name, contract, "ignore");
    if (typeof reason !== "string" || reason.trim() === "")
      throw new TypeError(`ignore: say why ${quote(name)} is not wanted.`);
  }
}

function checkName(name: string, { id, webhooks }: Contract, option: string): void {
  const names = webhooks.map((webhook) => webhook.name);
  if (names.includes(name)) return;
  const near = nearest(name, names);
  throw new TypeError(
    `${option}: the contract ${quote(id)} has no event ${quote(name)}${near === undefined ? "" : `; did you mean ${quote(near)}?`}`,
  );
}

/** Names of participants are free text, and a file's are not. */
function fileName(name: string): string {
  return (
    name
      .trim()
      .replace(/[^\p{L}\p{N}._-]+/gu, "-")
      .replace(/^[.-]+/, "") || "pact"
  );
}

/** The file that creates the kit: what tells the writers of one pact apart. */
function callerFile(): string {
  const stack = new Error().stack ?? "";
  const here = import.meta.url.replace(/create-kit\.[jt]s$/, "");
  const line = stack
    .split("\n")
    .slice(1)
    .find((one) => !one.includes(here) && !one.includes(fileURLToPath(here)));
  return /(?:\(|at )(?:async )?((?:file:\/\/)?[^()]+?):\d+:\d+\)?$/.exec(line ?? "")?.[1] ?? "unknown";
}
