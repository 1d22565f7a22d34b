import type { DirectCore } from "./receive.ts";
import type { Answer, BodyLimits, RefusalName, RequestLike } from "./types.ts";

type Bytes = Uint8Array<ArrayBuffer>;

interface Chunks {
  readonly getReader: () => {
    read(): Promise<{ readonly done: boolean; readonly value?: unknown }>;
    cancel(): Promise<unknown>;
  };
}

/** The form of servers that speak the Fetch standard: Deno, Bun, Workers, Hono, and many more. */
export function webForm(core: DirectCore, limits: BodyLimits): (request: RequestLike) => Promise<Response> {
  return async function receive(request) {
    const { method, url, headers, bodyUsed } = request;
    const refused = core.admit({ method, url, headers });
    if (refused !== null) return toResponse(refused);
    if (bodyUsed) return toResponse(core.refuse("body-already-read", ALREADY_READ));
    const body = await readChunks(request.body as Chunks | null | undefined, limits);
    if (typeof body === "string") return toResponse(core.refuse(body));
    return toResponse(await core.deliver({ method, url, headers, body }));
  };
}

const ALREADY_READ =
  "Something in front of the receiver read the body: give it the request as it came, or a clone of it.";

/** Statuses whose responses have no body, which `Response` insists on. */
const WITHOUT_BODY = new Set([101, 204, 205, 304]);

function toResponse({ status, headers, body }: Answer): Response {
  const content = WITHOUT_BODY.has(status) || body.length === 0 ? null : (body as string | Bytes);
  const all = Object.entries(headers).flatMap(([name, values]) => [values].flat().map((value) => [name, value]));
  return new Response(content, { status, headers: all as [string, string][] });
}

const NO_BYTES: Bytes = new Uint8Array(0);

/** Reads a body up to the receiver's limits; what goes beyond them is not waited for. */
async function readChunks(
  stream: Chunks | null | undefined,
  { bodyBytesMax, bodySecondsMax }: BodyLimits,
): Promise<Bytes | RefusalName> {
  if (stream === null || stream === undefined) return NO_BYTES;
  const reader = stream.getReader();
  const chunks: Bytes[] = [];
  let length = 0;
  let ended: RefusalName | null = null;
  const end = (why: RefusalName) => {
    ended = why;
    reader.cancel().catch(() => {});
  };
  const timer = Number.isFinite(bodySecondsMax)
    ? setTimeout(() => end("slow-body"), bodySecondsMax * 1_000)
    : undefined;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (ended !== null) return ended;
      if (done) return joined(chunks, length);
      const chunk = value as Bytes;
      length += chunk.length;
      if (length > bodyBytesMax) {
        end("too-large");
        return "too-large";
      }
      chunks.push(chunk);
    }
  } catch {
    return ended ?? "incomplete-body";
  } finally {
    clearTimeout(timer);
  }
}

function joined(chunks: readonly Bytes[], length: number): Bytes {
  const [only] = chunks;
  if (chunks.length === 1 && only !== undefined) return only;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
