import { observed } from "./observed.ts";
import type { Answer, ResponseLike } from "./types.ts";

export type HandlerEnd =
  /** `answer`: what a handler's `Response` says. */
  | { readonly name: "handled"; readonly answer: Answer | null }
  | { readonly name: "handler-failed"; readonly error: unknown };

/** A handler, whatever the types of its contract are. */
export type AnyHandler<Given> = (event: unknown, delivery: Given) => unknown;

const HANDLED: HandlerEnd = { name: "handled", answer: null };

/** Calls a handler, whatever it does. At once where the handler is done at once; never rejects. */
export function runHandler<Given extends { readonly event: unknown }>(
  handler: AnyHandler<Given>,
  given: Given,
): HandlerEnd | Promise<HandlerEnd> {
  try {
    const returned = observed(handler)(given.event, given);
    if (isThenable(returned)) return Promise.resolve(returned).then(endOf).catch(failed);
    return isResponse(returned) ? endOf(returned).catch(failed) : HANDLED;
  } catch (error) {
    return failed(error);
  }
}

function failed(error: unknown): HandlerEnd {
  return { name: "handler-failed", error };
}

async function endOf(returned: unknown): Promise<HandlerEnd> {
  if (!isResponse(returned)) return HANDLED;
  const { status } = returned;
  // `Response.error()` and its like are no answers.
  if (status < 200 || status > 599) throw new TypeError(`A handler returned a Response with the status ${status}.`);
  const headers = new Map<string, string | string[]>();
  returned.headers.forEach((value, name) => {
    const key = name.toLowerCase();
    const before = headers.get(key);
    // Of all headers that repeat, cookies alone cannot be joined (RFC 9110 §5.3).
    if (before === undefined) headers.set(key, value);
    else headers.set(key, key === "set-cookie" ? [before, value].flat() : `${before}, ${value}`);
  });
  const body = new Uint8Array(await returned.arrayBuffer());
  return { name: "handled", answer: { status, headers: Object.fromEntries(headers), body } };
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && typeof (value as { then?: unknown }).then === "function";
}

/** By its parts: each realm and each library has a class of its own. */
function isResponse(value: unknown): value is ResponseLike {
  if (typeof value !== "object" || value === null) return false;
  const { status, headers, arrayBuffer } = value as Partial<ResponseLike>;
  return typeof status === "number" && typeof arrayBuffer === "function" && typeof headers?.forEach === "function";
}
