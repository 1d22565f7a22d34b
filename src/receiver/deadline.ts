import type { AbortSignalLike } from "./types.ts";

/** What ends a handler that takes too long; its signal is made when somebody asks for it, which most handlers do not. */
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
      const end = () => clearTimeout(timer);
      work.then(resolve, reject).then(end, end);
    });
  }
}
