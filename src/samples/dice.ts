/** Repeatable choices: the same numbers give the same samples. */
export class Dice {
  readonly #fraction: () => number;

  /** @param fraction  from 0 up to, but without, 1, as `Math.random` */
  constructor(fraction: () => number) {
    this.#fraction = fraction;
  }

  /** From `min` to `max`, both included. */
  integer(min: number, max: number): number {
    return min + Math.floor(this.#fraction() * (max - min + 1));
  }

  chance(probability: number): boolean {
    return this.#fraction() < probability;
  }

  pick<T>(choices: readonly T[]): T {
    return choices[this.integer(0, choices.length - 1)] as T;
  }

  shuffled<T>(items: readonly T[]): readonly T[] {
    const left = [...items];
    const taken: T[] = [];
    while (left.length > 0) taken.push(...left.splice(this.integer(0, left.length - 1), 1));
    return taken;
  }
}
