import type { JsonObject } from "../model/index.ts";
import type { Dice } from "./dice.ts";
import { numberOfName } from "./likely-numbers.ts";
import { numbersOf } from "./numbers-of.ts";

export interface NumberPlace {
  readonly name: string;
  /** How many others there are already that this one should differ from. */
  readonly number: number;
  readonly isWhole: boolean;
  readonly dice: Dice | null;
}

/** Numbers that may keep to all of these schemas: the likeliest first, then those at their bounds. Not all do. */
export function* numberCandidates(parts: readonly JsonObject[], place: NumberPlace): Generator<number> {
  const { name, number, isWhole, dice } = place;
  const low = Math.max(
    ...numbersOf(parts, "minimum"),
    ...numbersOf(parts, "exclusiveMinimum"),
    Number.NEGATIVE_INFINITY,
  );
  const high = Math.min(
    ...numbersOf(parts, "maximum"),
    ...numbersOf(parts, "exclusiveMaximum"),
    Number.POSITIVE_INFINITY,
  );
  const steps = numbersOf(parts, "multipleOf").filter((step) => step > 0);
  const step = steps.length === 0 ? (isWhole ? 1 : 0) : commonMultiple(isWhole ? [...steps, 1] : steps);
  const likely = numberOfName(name, isWhole);
  const bounded = (value: number) => Math.min(Math.max(value, low), high);
  const starts = [
    ...(dice === null ? [] : [randomNumber(low, high, dice)]),
    bounded(likely + number),
    ...(step === 0 ? [] : [bounded(likely) + number * step]),
    low + number * (step || 1),
    high - number * (step || 1),
    (low + high) / 2,
    low + (high - low) / (3 + number),
    number,
    -number,
  ];
  const tried = new Set<number>();
  for (const start of starts) {
    for (const value of near(start, step)) {
      if (!Number.isFinite(value) || tried.has(value)) continue;
      tried.add(value);
      yield value;
    }
  }
}

/** A number itself, and the multiples of a step around it, written with no more digits than they need. */
function* near(value: number, step: number): Generator<number> {
  if (step === 0) {
    yield tidy(value);
    // Beside a bound that is itself excluded.
    yield tidy(value + 1);
    yield tidy(value - 1);
    return;
  }
  const count = value / step;
  for (const multiple of [
    Math.round(count),
    Math.ceil(count),
    Math.floor(count),
    Math.floor(count) + 1,
    Math.ceil(count) - 1,
  ]) {
    yield tidy(multiple * step);
  }
}

/** Without the digits that binary fractions add: 0.1 × 3 is 0.3; and 0 without a sign. */
function tidy(value: number): number {
  const short = Number(value.toPrecision(15));
  return short === 0 ? 0 : short;
}

/** The smallest number that is a multiple of all; the largest of them where that cannot be found in decimals. */
function commonMultiple(steps: readonly number[]): number {
  const power = 10 ** Math.max(...steps.map(decimalsOf));
  const whole = steps.map((step) => Math.round(step * power));
  const common = whole.reduce((a, b) => (a / greatestDivisor(a, b)) * b);
  return Number.isSafeInteger(common) ? common / power : Math.max(...steps);
}

function decimalsOf(value: number): number {
  for (let decimals = 0; decimals < 12; decimals++) {
    if (Number.isInteger(Number((value * 10 ** decimals).toPrecision(15)))) return decimals;
  }
  return 12;
}

function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b);
}

function randomNumber(low: number, high: number, dice: Dice): number {
  const from = Number.isFinite(low) ? low : Math.min(-1_000, high - 1_000);
  const to = Number.isFinite(high) ? high : Math.max(1_000, from + 1_000);
  return from + ((to - from) * dice.integer(0, 1_000)) / 1_000;
}
