import type { NodeRequest } from "./adapter-types.ts";
import { createTimeLimit, Limited, type TimeLimit } from "./time-limit.ts";
import type { BodyLimits, RefusalName } from "./types.ts";

/** What it is. */
interface Emitter {
  on(event: "data", listener: (chunk: Uint8Array | string) => void): void;
  on(event: "end" | "close" | "error", listener: () => void): void;
}

export const ALREADY_READ =
  "Something in front of the receiver read the body, and its bytes are gone: mount the receiver before whatever parses bodies, or keep the bytes as request.rawBody.";

/** Gives the bytes, or why there are none. */
type OnBody = (body: Uint8Array | RefusalName) => void;

/**
 * Makes what reads the raw bytes of requests' bodies: those that a framework has kept, or what comes, up to the limits. What
 * goes beyond them is not kept.
 */
export function createBodyReader({
  bodyBytesMax,
  bodySecondsMax,
}: BodyLimits): (request: NodeRequest, onBody: OnBody) => void {
  const limit = createTimeLimit(bodySecondsMax);

  return function readBody(request, onBody) {
    const { body, rawBody, readableDidRead = false } = request;
    if (rawBody instanceof Uint8Array) return onBody(rawBody);
    if (body instanceof Uint8Array) return onBody(body);
    if (readableDidRead) return onBody("body-already-read");
    const reading = new Reading(bodyBytesMax, limit, onBody);
    // The listeners stay, since each removal takes time and the request is gone soon; the first end counts.
    const events = request as unknown as Emitter;
    events.on("data", (chunk) => reading.take(chunk));
    events.on("end", () => reading.complete());
    // A sender that goes away closes the request before its end.
    const onBroken = () => reading.finish("incomplete-body");
    events.on("close", onBroken);
    // A stream whose error nobody hears ends the process.
    events.on("error", onBroken);
  };
}

const NO_BYTES = new Uint8Array(0);

/** A body that is being read. */
class Reading extends Limited {
  #chunks: Uint8Array[] = [];
  #length = 0;
  #hasEnded = false;
  readonly #bytesMax: number;
  readonly #limit: TimeLimit;
  readonly #onBody: OnBody;

  constructor(bytesMax: number, limit: TimeLimit, onBody: OnBody) {
    super();
    this.#bytesMax = bytesMax;
    this.#limit = limit;
    this.#onBody = onBody;
    limit.begin(this);
  }

  take(chunk: Uint8Array | string): void {
    if (this.#hasEnded) return;
    const bytes = bytesOf(chunk);
    this.#length += bytes.length;
    if (this.#length > this.#bytesMax) this.finish("too-large");
    else this.#chunks.push(bytes);
  }

  complete(): void {
    if (!this.#hasEnded) this.finish(joined(this.#chunks, this.#length));
  }

  override end(): void {
    this.finish("slow-body");
  }

  finish(result: Uint8Array | RefusalName): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#limit.done(this);
    this.#onBody(result);
  }
}

/** Text is what comes where something in front has called `setEncoding`: of UTF-8, the same bytes. */
function bytesOf(chunk: Uint8Array | string): Uint8Array {
  return typeof chunk === "string" ? new TextEncoder().encode(chunk) : chunk;
}

function joined(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const [only = NO_BYTES] = chunks;
  if (chunks.length < 2) return only;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

/** How much of a refused body is still read, so that its sender comes to read the answer; then the connection is cut. */
const DISCARDED_BYTES_MAX = 1_048_576;
const DISCARDED_MILLISECONDS_MAX = 500;

/** Reads on for a little while without keeping anything. */
export function discardRest(request: NodeRequest): void {
  const events = request as unknown as Emitter;
  let length = 0;
  const cut = () => {
    clearTimeout(timer);
    request.destroy();
  };
  const timer = setTimeout(cut, DISCARDED_MILLISECONDS_MAX);
  events.on("data", (chunk) => {
    length += chunk.length;
    if (length > DISCARDED_BYTES_MAX) cut();
  });
  events.on("end", () => clearTimeout(timer));
  events.on("close", () => clearTimeout(timer));
  events.on("error", cut);
  request.resume();
}
