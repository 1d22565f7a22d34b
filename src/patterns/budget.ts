/** Steps that analyses may take together, so that they end whatever they are given; no clock decides what is found. */
export class Budget {
  readonly #all: number;
  #left: number;

  constructor(steps: number) {
    this.#all = steps;
    this.#left = steps;
  }

  /** How many were taken, those that were too many among them. */
  get spent(): number {
    return this.#all - this.#left;
  }

  /** Takes steps; throws where there are no more. */
  spend(steps: number): void {
    this.#left -= steps;
    if (this.#left < 0) throw new BudgetSpent();
  }
}

export class BudgetSpent extends Error {
  override readonly name = "BudgetSpent";
}
