import type { AbortSignalLike, ResponseLike } from "./types.ts";

/** What a handler's `Response` says. */
export interface HandlerResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export type HandlerEnd =
  | { readonly name: "handled"; readonly response: HandlerResponse | null }
  | { readonly name: "handler-failed"; readonly error: unknown };

const HANDLED: HandlerEnd = { name: "handled", response: null };

/** Calls a handler, whatever it does. At once where the handler is done at once. */
export function runHandler(call: () => unknown): HandlerEnd | Promise<HandlerEnd> {
  try {
    const returned = call();
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
  const headers: Record<string, string> = {};
  returned.headers.forEach((value, name) => {
    headers[name.toLowerCase()] = value;
  });
  return { name: "handled", response: { status, headers, body: new Uint8Array(await returned.arrayBuffer()) } };
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

/** What ends a handler that takes too long, made when somebody asks for it: most handlers do not. */
export class Deadline {
  #controller: AbortController | undefined;
  #isOver = false;

  get signal(): AbortSignalLike {
    this.#controller ??= new AbortController();
    if (this.#isOver) this.#controller.abort();
    return this.#controller.signal as AbortSignalLike;
  }

  /** @returns what the work gives, or undefined after so many seconds, when the signal is aborted */
  within<T>(seconds: number, work: Promise<T>): Promise<T | undefined> {
    if (seconds === Number.POSITIVE_INFINITY) return work;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#isOver = true;
        this.#controller?.abort();
        resolve(undefined);
      }, seconds * 1_000);
      work.then(resolve, reject).finally(() => clearTimeout(timer));
    });
  }
}
