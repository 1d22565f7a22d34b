import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import type { OutgoingRequest } from "../../send/index.ts";
import { deliveryProblem } from "./delivery-problem.ts";

/** What the receiver answered. */
export interface ReceivedReply {
  readonly status: number;
  readonly statusText: string;
  /** In the order in which they came. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Its beginning, where it is longer than is kept. */
  readonly body: Uint8Array;
  /** Why the body is not whole; null where it is. */
  readonly cut: "too-long" | "time-out" | "broken-off" | null;
  readonly milliseconds: number;
}

/** Why nothing was answered: a sentence, and what to do about it. */
export interface Undelivered {
  readonly problem: string;
  readonly hint?: string;
}

export interface DeliverOptions {
  /** For the whole of it. */
  readonly secondsMax: number;
  readonly bodyBytesMax: number;
  readonly signal: AbortSignal;
}

/**
 * Sends one request to where it says and nowhere else: no redirect is followed, no proxy asked. As soon as more of the reply has
 * come than is kept, or the time is over, the connection is closed.
 */
export function deliver(outgoing: OutgoingRequest, options: DeliverOptions): Promise<ReceivedReply | Undelivered> {
  const { method, url, headers, body } = outgoing;
  const isTls = url.startsWith("https:");
  const begun = performance.now();
  return new Promise((resolve) => {
    const sent = (isTls ? httpsRequest : httpRequest)(url, {
      method,
      headers: wireHeaders(headers),
      // An agent of its own: the environment may give the common one a proxy.
      agent: isTls ? new HttpsAgent({ keepAlive: false }) : new HttpAgent({ keepAlive: false }),
      setDefaultHeaders: false,
      insecureHTTPParser: false,
    });
    let reply: { readonly message: IncomingMessage; readonly chunks: Buffer[] } | null = null;
    const end = (result: ReceivedReply | Undelivered) => {
      clearTimeout(timer);
      options.signal.removeEventListener("abort", onAbort);
      resolve(result);
      sent.destroy();
    };
    const endReply = (cut: ReceivedReply["cut"]) => {
      if (reply !== null)
        end(received(reply.message, reply.chunks, { cut, begun, bodyBytesMax: options.bodyBytesMax }));
    };
    const timer = setTimeout(() => {
      if (reply !== null) endReply("time-out");
      else {
        const seconds = options.secondsMax === 1 ? "1 second" : `${options.secondsMax} seconds`;
        end({ problem: `No reply came within ${seconds}.`, hint: "--timeout SECONDS waits longer" });
      }
    }, options.secondsMax * 1_000);
    const onAbort = () => end({ problem: "It was interrupted before a reply came." });
    options.signal.addEventListener("abort", onAbort);
    sent.on("error", (error) => {
      if (reply !== null) endReply("broken-off");
      else end(deliveryProblem(error, new URL(url)));
    });
    sent.on("response", (message) => {
      reply = { message, chunks: [] };
      const { chunks } = reply;
      let length = 0;
      message.on("data", (chunk: Buffer) => {
        chunks.push(chunk);
        length += chunk.length;
        if (length > options.bodyBytesMax) endReply("too-long");
      });
      message.on("end", () => endReply(null));
      message.on("aborted", () => endReply("broken-off"));
      message.on("error", () => endReply("broken-off"));
    });
    // A server may ask to speak another protocol: that is no reply to a webhook, but it is one.
    sent.on("upgrade", (message, socket) => {
      reply = { message, chunks: [] };
      socket.destroy();
      endReply(null);
    });
    // Together with a text, Node would write the headers in the text's encoding.
    sent.end(Buffer.from(body));
  });
}

function received(
  message: IncomingMessage,
  chunks: readonly Buffer[],
  { cut, begun, bodyBytesMax }: { cut: ReceivedReply["cut"]; begun: number; bodyBytesMax: number },
): ReceivedReply {
  const { statusCode = 0, statusMessage = "", rawHeaders } = message;
  const headers = rawHeaders.flatMap((name, index) =>
    index % 2 === 0 ? [[name.toLowerCase(), rawHeaders[index + 1] ?? ""] as const] : [],
  );
  const body = Buffer.concat(chunks).subarray(0, bodyBytesMax);
  return { status: statusCode, statusText: statusMessage, headers, body, cut, milliseconds: performance.now() - begun };
}

/** Node writes each UTF-16 code unit as one byte: so that UTF-8 comes out, its bytes are given as such. */
function wireHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Buffer.from(value, "utf8").toString("latin1")]),
  );
}
