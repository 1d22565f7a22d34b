import { errorCode } from "./error-reason.ts";
import { limits } from "./limits.ts";
import type { ReadFailure, ReadOutcome } from "./source-reader.ts";

/**
 * Fetches a document. Only allowed hosts are ever asked, after each redirect too; the request carries no credentials.
 */
export async function readUrlAddress(
  url: string,
  options: { readonly allowRemote: readonly string[]; readonly bytesMax: number },
): Promise<ReadOutcome> {
  const signal = AbortSignal.timeout(limits.requestMilliseconds);
  let target = new URL(url);
  try {
    for (let redirects = 0; redirects <= limits.redirectsMax; redirects++) {
      if (!isAllowed(target, options.allowRemote)) {
        return { failure: { kind: "host-not-allowed", host: target.host } };
      }
      if (target.username !== "" || target.password !== "") return remote("the address holds a user name or password");
      const response = await fetch(target.href, {
        redirect: "manual",
        credentials: "omit",
        signal,
        headers: { accept: "application/json, application/yaml, text/plain;q=0.9, */*;q=0.5" },
      });
      const location = response.headers.get("location");
      if (response.status >= 300 && response.status < 400 && location !== null) {
        await response.body?.cancel();
        if (!URL.canParse(location, target.href)) return remote("it redirects to no address");
        target = new URL(location, target.href);
        if (target.protocol !== "http:" && target.protocol !== "https:")
          return remote("it redirects to no web address");
        continue;
      }
      if (!response.ok) {
        await response.body?.cancel();
        return remote(`the server answers ${response.status}`);
      }
      return await readBody(response, options.bytesMax);
    }
    return remote(`it redirects more than ${limits.redirectsMax} times`);
  } catch (error) {
    if (signal.aborted) return remote(`no answer within ${limits.requestMilliseconds / 1000} seconds`);
    const cause = causeOf(error);
    return remote(REASONS.get(cause) ?? cause);
  }
}

/** `fetch` itself only says that it failed. */
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown reason";
  return errorCode(error.cause) ?? (error.cause instanceof Error ? error.cause.message : error.message);
}

/** What codes of the network mean to somebody who has never seen them. */
const REASONS: ReadonlyMap<string, string> = new Map([
  ["ECONNREFUSED", "nobody listens there"],
  ["ENOTFOUND", "there is no such host"],
  ["EAI_AGAIN", "the host's name cannot be looked up"],
  ["ECONNRESET", "the connection was closed"],
  ["UND_ERR_SOCKET", "the connection was closed"],
]);

/** A host without a port allows all its ports. */
function isAllowed(url: URL, allowRemote: readonly string[]): boolean {
  return allowRemote.some((allowed) => {
    const host = allowed.toLowerCase();
    return host === url.host || host === url.hostname;
  });
}

async function readBody(response: Response, bytesMax: number): Promise<ReadOutcome> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  // Counted as it comes: a length that the server claims binds nobody, and compressed bytes grow.
  for await (const chunk of response.body ?? []) {
    length += chunk.byteLength;
    if (length > bytesMax) return { failure: { kind: "too-large" } };
    chunks.push(chunk);
  }
  const contentType = response.headers.get("content-type");
  return { bytes: Buffer.concat(chunks), ...(contentType === null ? {} : { contentType }) };
}

function remote(reason: string): { failure: ReadFailure } {
  return { failure: { kind: "remote", reason } };
}
