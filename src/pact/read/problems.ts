import type { PactProblem } from "./expectation.ts";

/** Problems of one code from one file; the rest tells nothing new. */
const SAME_CODE_MAX = 100;

/** Collects problems, no more of one kind than anybody reads. */
export class Problems {
  readonly all: PactProblem[] = [];
  readonly #counts = new Map<string, number>();

  add(problem: PactProblem): void {
    const count = (this.#counts.get(problem.code) ?? 0) + 1;
    this.#counts.set(problem.code, count);
    if (count <= SAME_CODE_MAX) this.all.push(problem);
  }
}
