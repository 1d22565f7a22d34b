import { isObject, parseJson } from "../../json/index.ts";
import type { Contract, Json, JsonObject, Webhook } from "../../model/index.ts";
import type { ProviderState } from "../pact-file.ts";
import type { ProblemCode } from "./results.ts";

/** What a producer is asked for. */
export interface ProduceRequest {
  /** As in the pact, such as `"hangup: minimal"`. */
  readonly description: string;
  readonly webhook: string;
  /** Of a pact that the kit wrote, which shape of the event it is about. */
  readonly variant: string | null;
  readonly providerStates: readonly ProviderState[];
}

/** Makes the body that the provider sends, JSON in strings as strings; with headers by `withHeaders`. */
export type Producer = (request: ProduceRequest) => unknown;

/**
 * Where events come from: functions by webhook name or one for all; the address of an endpoint that speaks Pact's protocol for
 * messages; or the examples that the document publishes.
 */
export type Producers = Readonly<Record<string, Producer>> | Producer | string | URL | { readonly examples: true };

/** A body and the headers that it is sent with. */
export class WithHeaders {
  readonly payload: unknown;
  readonly headers: Readonly<Record<string, string>>;

  constructor(payload: unknown, headers: Readonly<Record<string, string>>) {
    this.payload = payload;
    this.headers = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  }
}

/** What a producer returns where the headers of an event matter as well as its body. */
export function withHeaders(payload: unknown, headers: Readonly<Record<string, string>>): WithHeaders {
  return new WithHeaders(payload, headers);
}

export interface Produced {
  readonly payload: Json;
  /** Lower-case names; null where nothing is known of them. */
  readonly headers: JsonObject | null;
}

/** Nothing was produced, and why. */
export class NotProduced extends Error {
  readonly code: ProblemCode;

  constructor(code: NotProduced["code"], message: string) {
    super(message);
    this.code = code;
  }
}

/** Asks one producer, whatever kind it is. Rejects with NotProduced. */
export type Ask = (request: ProduceRequest, webhook: Webhook) => Promise<Produced>;

export function createAsk(produce: Exclude<Producers, { readonly examples: true }>, milliseconds: number): Ask {
  const isAddress = typeof produce === "string" || produce instanceof URL;
  return async (request, webhook) => {
    const name = JSON.stringify(request.webhook);
    const call = isAddress
      ? (one: ProduceRequest) => askEndpoint(produce, one, milliseconds)
      : producerOf(produce, webhook.name);
    if (call === undefined)
      throw new NotProduced("producer-missing", `there is no producer for ${name}; add one to "produce"`);
    const produced = await within(milliseconds, async () => call(request)).catch((error: unknown) => {
      if (error instanceof NotProduced) throw error;
      throw new NotProduced("producer-failed", `the producer of ${name} failed: ${textOf(error)}`);
    });
    if (produced === HANGS) {
      throw new NotProduced("producer-hangs", `the producer of ${name} gave nothing within ${milliseconds} ms`);
    }
    const { payload, headers } = produced instanceof WithHeaders ? produced : { payload: produced, headers: null };
    const json = parseJson(JSON.stringify(payload) ?? "");
    if (json === undefined)
      throw new NotProduced("producer-failed", `the producer of ${name} returned nothing that is JSON`);
    return { payload: json, headers };
  };
}

function producerOf(produce: Readonly<Record<string, Producer>> | Producer, name: string): Producer | undefined {
  if (typeof produce === "function") return produce;
  return Object.hasOwn(produce, name) ? produce[name] : undefined;
}

/**
 * Pact's own protocol for messages, in which producers of any language are written.
 * @see https://docs.pact.io/implementation_guides/rust/pact_verifier_cli#verifying-message-pacts
 */
async function askEndpoint(
  address: string | URL,
  { description, providerStates }: ProduceRequest,
  milliseconds: number,
): Promise<WithHeaders> {
  const response = await fetch(address, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ description, providerStates }),
    signal: AbortSignal.timeout(milliseconds + 1_000),
  });
  const text = await response.text();
  if (!response.ok) {
    throw new NotProduced(
      response.status === 404 ? "producer-missing" : "producer-failed",
      `${address} answered ${response.status} to ${JSON.stringify(description)}${text === "" ? "" : `: ${text.slice(0, 300)}`}`,
    );
  }
  const payload = parseJson(text);
  if (payload === undefined)
    throw new NotProduced("producer-failed", `${address} answered no JSON to ${JSON.stringify(description)}`);
  const metadata = response.headers.get("pact-message-metadata");
  const headers = metadata === null ? {} : parseJson(Buffer.from(metadata, "base64").toString());
  return new WithHeaders(payload, isObject(headers) ? (headers as Record<string, string>) : {});
}

const HANGS = Symbol("hangs");

async function within<T>(milliseconds: number, work: () => Promise<T>): Promise<T | typeof HANGS> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<typeof HANGS>((resolve) => {
    timer = setTimeout(resolve, milliseconds, HANGS);
  });
  return Promise.race([work(), late]).finally(() => clearTimeout(timer));
}

function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}

export function isExamples(produce: Producers): produce is { readonly examples: true } {
  return typeof produce === "object" && !(produce instanceof URL) && "examples" in produce && produce.examples === true;
}

/** The names that producers were given for, of events that the contract does not have. */
export function unknownProducers(produce: Producers, { webhooks }: Contract): readonly string[] {
  if (typeof produce !== "object" || produce instanceof URL || "examples" in produce) return [];
  return Object.keys(produce).filter((name) => !webhooks.some((webhook) => webhook.name === name));
}
