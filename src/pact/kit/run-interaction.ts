import { randomUUID } from "node:crypto";
import { fileURLToPath } from "node:url";
import { nearest, quote, visible } from "../../diagnostics/index.ts";
import type { Contract, Json, Reply, Webhook } from "../../model/index.ts";
import type { Schemes, Secrets } from "../../receiver/index.ts";
import { reify } from "../native/reify.ts";
import type { MessageInteraction } from "../pact-file.ts";
import type { PlannedInteraction } from "../plan-interactions.ts";
import { documentedNames } from "../recording/documented.ts";
import type { NamedRead, Recording } from "../recording/recorder.ts";
import { markRead, readPointers } from "../recording/usage.ts";
import { type DeliveryUsage, writeInteraction } from "../write-interaction.ts";
import { createDeliverer, type DeliveryReply } from "./deliver.ts";
import { type Observation, observe, stopObserving } from "./observe.ts";
import { type FetchHandler, serve } from "./server.ts";

/** What came of delivering an event to the receiver. */
export interface InteractionResult {
  readonly reply: DeliveryReply;
  /** What was delivered, as on the wire. */
  readonly payload: Json;
  /** JSON pointers of what the handler read, as decoded; null where nobody could see. */
  readonly read: readonly string[] | null;
  /** As it goes into the pact. */
  readonly interaction: MessageInteraction;
}

/** An event that the receiver does not handle as it should. The message names the event, and the line where there is one. */
export class InteractionFailure extends Error {
  override readonly name = "InteractionFailure";
}

export interface RunnerOptions {
  readonly contract: Contract;
  readonly consumer: string;
  readonly provider: string;
  readonly receiver: FetchHandler | string | URL;
  readonly secrets?: Secrets;
  readonly schemes?: Schemes;
  readonly mode: "used" | "full";
  readonly undocumented?: "refuse" | "allow";
  readonly timeoutMilliseconds?: number;
  readonly put: (interaction: MessageInteraction) => void;
}

export interface Runner {
  run(planned: PlannedInteraction, check?: (result: InteractionResult) => unknown): Promise<InteractionResult>;
  /** @throws InteractionFailure where some events came to a handler and others did not */
  checkAllHandled(): void;
}

const TIMEOUT_MILLISECONDS = 4_000;

export function createRunner(options: RunnerOptions): Runner {
  const { contract, consumer, provider, receiver, mode, timeoutMilliseconds = TIMEOUT_MILLISECONDS } = options;
  const deliver = createDeliverer(contract, { secrets: options.secrets, schemes: options.schemes });
  let origin: Promise<string> | undefined;
  const handled = new Set<string>();
  const unseen = new Set<Webhook>();

  return {
    async run(planned, check) {
      const { webhook, description } = planned;
      const fail = (problem: string, cause?: unknown): never => {
        throw failure(`${visible(description)}: ${problem}`, cause);
      };
      const whole = writeInteraction(contract, planned, null);
      // The message that Pact hands back is what is delivered: properties that it cannot expect are in it all the same.
      const content = planned.variant.payload;
      const message = reify(
        { ...whole, contents: { ...whole.contents, content }, matchingRules: {} },
        { consumer, provider },
      );
      origin ??= typeof receiver === "function" ? serve(receiver) : Promise.resolve(String(receiver));
      const { reply, observation } = await deliverWatched(planned, message, await origin).catch((error: unknown) =>
        fail(undelivered(error, timeoutMilliseconds), error),
      );
      const error = await observation?.done;
      if (observation !== null && error !== undefined) {
        const failed = `its handler failed: ${visible(error instanceof Error ? error.message : String(error))}`;
        // Most that fail on a property that is not there have misspelt it.
        checkReads(observation.event, planned, (read) => fail(`${read}, and ${failed}`, error));
        fail(failed, error);
      }
      checkReply(reply, webhook, fail);
      if (observation === null) {
        unseen.add(webhook);
        if (mode === "used") fail(notHandled(webhook));
      } else {
        handled.add(webhook.name);
        if (observation.webhook !== webhook.name) {
          fail(`the receiver took it for ${quote(observation.webhook)}.`);
        }
        checkReads(observation.event, planned, fail);
      }
      const usage = mode === "used" && observation !== null ? usageOf(observation, webhook) : null;
      const interaction = reify(usage === null ? whole : writeInteraction(contract, planned, usage), {
        consumer,
        provider,
      });
      const read = observation === null ? null : readPointers(observation.event.usage, observation.event.plain);
      const result = { reply, payload: message.contents.content, read, interaction };
      await check?.(result);
      options.put(interaction);
      return result;
    },

    checkAllHandled() {
      // Where no handler was ever seen, the receiver is not one of ours, and its reply is all there is to know.
      const [lost] = handled.size === 0 ? [] : [...unseen].filter(({ name }) => !handled.has(name));
      if (lost !== undefined) throw failure(`${visible(lost.name)}: ${notHandled(lost)}`);
    },
  };

  async function deliverWatched({ webhook, headers }: PlannedInteraction, message: MessageInteraction, to: string) {
    const id = randomUUID();
    const signal = AbortSignal.timeout(timeoutMilliseconds);
    let onObserved: (observation: Observation) => void = () => {};
    const observed = new Promise<Observation>((resolve) => {
      onObserved = resolve;
    });
    observe(id, onObserved);
    try {
      const reply = await deliver({ webhook, payload: message.contents.content, headers, id }, to, signal);
      // A receiver that acknowledges first comes to its handler a little later.
      const observation = await Promise.race([
        observed,
        later(typeof receiver === "function" ? AFTER_REPLY_MILLISECONDS : 0),
      ]);
      if (observation !== null) await Promise.race([observation.done, aborted(signal)]);
      return { reply, observation };
    } finally {
      stopObserving(id);
    }
  }

  function checkReads(
    { missed, named }: Recording,
    { webhook }: PlannedInteraction,
    fail: (problem: string) => never,
  ): void {
    if (options.undocumented === "allow") return;
    const namesOf = ({ payload }: Webhook, path: readonly string[]) => documentedNames(payload, path, contract.schemas);
    const isUnknown = ({ path, name }: NamedRead) => {
      const names = namesOf(webhook, path);
      // One handler may serve several events, of which others have it.
      return names !== null && !names.has(name) && !contract.webhooks.some((one) => namesOf(one, path)?.has(name));
    };
    for (const read of [...missed, ...named].filter(isUnknown)) {
      const { path, name, stack } = read;
      const near = nearest(name, [...(namesOf(webhook, path) ?? [])]);
      const isThere = named.includes(read);
      const hint = isThere ? ", though this body has it" : near === undefined ? "" : `; did you mean ${quote(near)}?`;
      const where = `/${visible([...path, name].join("/"))}`;
      fail(`its handler reads ${where}, which the contract does not know${hint}${placeOf(stack)}`);
    }
  }
}

const AFTER_REPLY_MILLISECONDS = 100;

/** Without the lines of the kit's own code: what is wrong lies elsewhere. */
function failure(message: string, cause?: unknown): InteractionFailure {
  const made = new InteractionFailure(message, { cause });
  const lines = (made.stack ?? "").split("\n");
  made.stack = lines.filter((line) => !/^\s+at /.test(line) || !line.includes(OWN_FOLDER)).join("\n");
  return made;
}

function notHandled({ name, source }: Webhook): string {
  return (
    `no handler of the receiver got it, and the document has it (${visible(`${source.file}#${source.pointer}`)}). Add one to "on" of createReceiver, or say why it is not wanted: ` +
    `ignore: { ${JSON.stringify(name)}: "…" }. (A receiver that is not made by createReceiver has nothing that could be watched: mode: "full".)`
  );
}

function undelivered(error: unknown, timeout: number): string {
  if (error instanceof Error && (error.name === "TimeoutError" || error.name === "AbortError")) {
    return `no answer within ${timeout} ms: its handler hangs, or takes longer (timeoutMilliseconds).`;
  }
  const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : "";
  return `it could not be delivered: ${visible((error instanceof Error ? error.message : String(error)) + cause)}`;
}

function checkReply({ status, body }: DeliveryReply, { replies }: Webhook, fail: (problem: string) => never): void {
  const successes = replies.filter(({ status: one }) => /^2/.test(one));
  const isRight = successes.length === 0 ? status >= 200 && status < 300 : successes.some((one) => covers(one, status));
  if (isRight) return;
  const wanted = successes.length === 0 ? "2xx" : successes.map((one) => one.status).join(" or ");
  const said = body.trim() === "" ? "" : `: ${visible(body.trim().slice(0, 300))}`;
  fail(`the receiver answered ${status}, and the contract says ${wanted}${said}`);
}

function covers({ status }: Reply, actual: number): boolean {
  return /^\dXX$/i.test(status) ? status[0] === String(actual)[0] : status === String(actual);
}

/** What a receiver recognises an event by is read as well. */
function usageOf({ event, headers }: Observation, { route }: Webhook): DeliveryUsage {
  const read = new Set(headers);
  for (const { in: place, at } of route) {
    if (place === "body") markRead(event.usage, at);
    if (place === "header") read.add(at);
  }
  return { event: event.usage, headers: read };
}

/** Where this package's own code is. */
const OWN_FOLDER = fileURLToPath(new URL("../..", import.meta.url));

/** The user's own line: the first that is neither ours nor a package's. */
function placeOf(stack: string): string {
  const lines = stack.split("\n").slice(1);
  const line = lines.find((one) => !one.includes(OWN_FOLDER) && !/node_modules|node:internal|<anonymous>/.test(one));
  const place = /((?:file:\/\/)?[^() ]+:\d+:\d+)\)?$/.exec(line ?? "")?.[1];
  return place === undefined ? "" : ` (${visible(place)})`;
}

function later(milliseconds: number): Promise<null> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds, null));
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
}
