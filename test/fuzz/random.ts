/**
 * Repeatable randomness: the same seed and index give the same numbers on every machine, so that a failing input can be
 * made again from two numbers.
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  constructor(seed: number, index: number) {
    this.#a = seed >>> 0;
    this.#b = index >>> 0;
    this.#c = Math.floor(index / 2 ** 32) >>> 0;
    // sfc32 needs some rounds until neighbouring seeds have nothing in common.
    for (let round = 0; round < 12; round++) this.#next();
  }

  /** sfc32 of PractRand: 32 random bits. */
  #next(): number {
    const sum = (this.#a + this.#b + this.#counter++) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  /** From 0 up to, but without, 1. */
  fraction(): number {
    return this.#next() / 2 ** 32;
  }

  /** An integer from `min` to `max`, both included. */
  integer(min: number, max: number): number {
    return min + Math.floor(this.fraction() * (max - min + 1));
  }

  chance(probability: number): boolean {
    return this.fraction() < probability;
  }

  pick<T>(choices: readonly T[]): T {
    return choices[Math.floor(this.fraction() * choices.length)] as T;
  }

  /** One of the choices, each as likely as its weight says. */
  weighted<T>(choices: readonly (readonly [weight: number, choice: T])[]): T {
    let left = this.fraction() * choices.reduce((sum, [weight]) => sum + weight, 0);
    for (const [weight, choice] of choices) {
      left -= weight;
      if (left < 0) return choice;
    }
    return (choices.at(-1) as readonly [number, T])[1];
  }

  list<T>(min: number, max: number, make: () => T): T[] {
    return Array.from({ length: this.integer(min, max) }, make);
  }

  /** Different ones of the choices. */
  some<T>(choices: readonly T[], max: number): T[] {
    const wanted = this.integer(0, Math.min(max, choices.length));
    const chosen = new Set<T>();
    for (let tries = 0; chosen.size < wanted && tries < 4 * wanted; tries++) chosen.add(this.pick(choices));
    return [...chosen];
  }
}
