import type { DuplicateStore } from "./types.ts";

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

/**
 * Runs the handling of each id once. The same delivery that comes meanwhile waits until the first is answered; where that
 * failed, it is handled itself.
 */
export function createOnce<T>(
  store: DuplicateStore,
  { leaseSeconds, waits }: OnceOptions,
): (id: string, handle: () => Promise<Handling<T>>) => Promise<OnceResult<T>> {
  /** Whether each that is being answered was handled then. */
  const answering = new Map<string, Promise<boolean>>();

  return async function once(id, handle) {
    const first = answering.get(id);
    if (first !== undefined) {
      if (!waits) return { state: "in-progress" };
      if (await first) return { state: "handled" };
      // Several have waited: one of them goes on, and the others are told to come again.
      if (answering.has(id)) return { state: "in-progress" };
    }
    const answer = attempt(id, handle).finally(() => answering.delete(id));
    const isHandled = answer.then(
      (end) => end.state === "handled" || (end.state === "ran" && end.isDone),
      () => false,
    );
    answering.set(id, isHandled);
    return answer;
  };

  async function attempt(id: string, handle: () => Promise<Handling<T>>): Promise<OnceResult<T>> {
    try {
      const claim = await store.claim(id, leaseSeconds);
      if (claim !== "new") return { state: claim };
    } catch (error) {
      return { state: "store-failed", error };
    }
    let handling: Handling<T>;
    try {
      handling = await handle();
    } catch (error) {
      await settle(id, false);
      throw error;
    }
    const { result, done } = handling;
    if (typeof done === "boolean") await settle(id, done);
    else void done.then((isDone) => settle(id, isDone));
    return { state: "ran", result, isDone: done === true };
  }

  /** What was handled stays handled, even where the store does not take it in. */
  async function settle(id: string, isDone: boolean): Promise<void> {
    try {
      await (isDone ? store.complete(id) : store.release(id));
    } catch {
      // Its lease ends by itself.
    }
  }
}
