import type { NodeRequest } from "./adapter-types.ts";
import type { BodyLimits, RefusalName } from "./types.ts";

/** What it is. */
interface Emitter {
  on(event: "data", listener: (chunk: Uint8Array | string) => void): void;
  on(event: "end" | "close" | "error", listener: () => void): void;
}

export const ALREADY_READ =
  "Something in front of the receiver read the body, and its bytes are gone: mount the receiver before whatever parses bodies, or keep the bytes as request.rawBody.";

/**
 * The raw bytes of a request's body: those that a framework has kept, or what comes, up to the limits. What goes beyond them is
 * not kept.
 * @returns why there are none
 */
export function rawBodyOf(request: NodeRequest, limits: BodyLimits): Promise<Uint8Array | RefusalName> {
  const { body, rawBody, readableDidRead = false } = request;
  if (rawBody instanceof Uint8Array) return Promise.resolve(rawBody);
  if (body instanceof Uint8Array) return Promise.resolve(body);
  if (readableDidRead) return Promise.resolve("body-already-read");
  return readBody(request, limits);
}

const NO_BYTES = new Uint8Array(0);

function readBody(
  request: NodeRequest,
  { bodyBytesMax, bodySecondsMax }: BodyLimits,
): Promise<Uint8Array | RefusalName> {
  const events = request as unknown as Emitter;
  return new Promise((resolve) => {
    const chunks: Uint8Array[] = [];
    let length = 0;
    let hasEnded = false;
    const timer = Number.isFinite(bodySecondsMax)
      ? setTimeout(() => end("slow-body"), bodySecondsMax * 1_000)
      : undefined;
    // The listeners stay, since each removal takes time and the request is gone soon; the first end counts.
    const end = (result: Uint8Array | RefusalName) => {
      if (hasEnded) return;
      hasEnded = true;
      clearTimeout(timer);
      resolve(result);
    };
    // A sender that goes away closes the request before its end.
    const onBroken = () => end("incomplete-body");
    events.on("data", (chunk) => {
      if (hasEnded) return;
      const bytes = bytesOf(chunk);
      length += bytes.length;
      if (length > bodyBytesMax) end("too-large");
      else chunks.push(bytes);
    });
    events.on("end", () => end(joined(chunks, length)));
    events.on("close", onBroken);
    // A stream whose error nobody hears ends the process.
    events.on("error", onBroken);
  });
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
