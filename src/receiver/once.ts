import type { Claim, DuplicateStore } from "./types.ts";
import { when } from "./when.ts";

/** How handling a delivery ended, as far as its id is concerned. */
export interface Handling<T> {
  readonly result: T;
  /** Whether the event was handled, so that its id is done; a promise where it was answered before that is known. */
  readonly done: boolean | Promise<boolean>;
}

export type OnceResult<T> =
  /** `isDone`: it is known to be handled. */
  | { readonly state: "ran"; readonly result: T; readonly isDone: boolean }
  | { readonly state: "handled" | "in-progress" }
  | { readonly state: "store-failed"; readonly error: unknown };

export interface OnceOptions {
  readonly leaseSeconds: number;
  /** Whether a delivery that comes while the same one is handled waits for its end. */
  readonly waits: boolean;
}

type Handle<T> = () => Handling<T> | Promise<Handling<T>>;

/**
 * Runs the handling of each id once. The same delivery that comes meanwhile waits until the first is answered; where that
 * failed, it is handled itself. With a store and a handler that are done at once, so is this.
 */
export function createOnce<T>(
  store: DuplicateStore,
  { leaseSeconds, waits }: OnceOptions,
): (id: string, handle: Handle<T>) => OnceResult<T> | Promise<OnceResult<T>> {
  /** Whether each that is being answered was handled then. */
  const answering = new Map<string, Promise<boolean>>();

  return function once(id, handle) {
    const first = answering.get(id);
    if (first === undefined) return begin(id, handle);
    if (!waits) return { state: "in-progress" };
    return first.then((isHandled) => {
      if (isHandled) return { state: "handled" };
      // Several have waited: one of them goes on, and the others are told to come again.
      return answering.has(id) ? { state: "in-progress" } : begin(id, handle);
    });
  };

  function begin(id: string, handle: Handle<T>): OnceResult<T> | Promise<OnceResult<T>> {
    const end = attempt(id, handle);
    if (!(end instanceof Promise)) return end;
    const answer = end.finally(() => answering.delete(id));
    const isHandled = answer.then(
      (known) => known.state === "handled" || (known.state === "ran" && known.isDone),
      () => false,
    );
    answering.set(id, isHandled);
    return answer;
  }

  function attempt(id: string, handle: Handle<T>): OnceResult<T> | Promise<OnceResult<T>> {
    let claim: Claim | PromiseLike<Claim>;
    try {
      claim = store.claim(id, leaseSeconds);
    } catch (error) {
      return { state: "store-failed", error };
    }
    if (typeof claim === "string") return claimed(claim, id, handle);
    return Promise.resolve(claim).then(
      (known) => claimed(known, id, handle),
      (error: unknown) => ({ state: "store-failed", error }),
    );
  }

  function claimed(claim: Claim, id: string, handle: Handle<T>): OnceResult<T> | Promise<OnceResult<T>> {
    if (claim === "handled" || claim === "in-progress") return { state: claim };
    if (claim !== "new") {
      return { state: "store-failed", error: new TypeError("A store's claim says new, in-progress or handled.") };
    }
    const release = (error: unknown) =>
      when(settle(id, false), () => {
        throw error;
      });
    let handling: Handling<T> | Promise<Handling<T>>;
    try {
      handling = handle();
    } catch (error) {
      return release(error);
    }
    return handling instanceof Promise ? handling.then((known) => settled(id, known), release) : settled(id, handling);
  }

  function settled(id: string, { result, done }: Handling<T>): OnceResult<T> | Promise<OnceResult<T>> {
    if (typeof done === "boolean") return when(settle(id, done), () => ({ state: "ran", result, isDone: done }));
    void done.then((isDone) => settle(id, isDone));
    return { state: "ran", result, isDone: false };
  }

  /** What was handled stays handled, even where the store does not take it in: its lease ends by itself. */
  function settle(id: string, isDone: boolean): undefined | Promise<undefined> {
    try {
      const settling = isDone ? store.complete(id) : store.release(id);
      return isThenable(settling) ? Promise.resolve(settling).then(nothing, nothing) : undefined;
    } catch {
      return undefined;
    }
  }
}

function nothing(): undefined {
  return undefined;
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === "function";
}
