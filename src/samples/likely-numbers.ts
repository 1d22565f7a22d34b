import { wordsOf } from "./words.ts";

/** 2026-01-15T09:30:00Z, in seconds. */
const EPOCH_SECONDS = 1_768_469_400;

/** What numbers of a name usually are, tried from the top; whole and with a fraction. */
const NAMES: readonly (readonly [words: RegExp, whole: number, fraction: number])[] = [
  [/\b(ms|millis|milliseconds)$/, 1_500, 1_500],
  [/(^| )(at|time ?stamp|created|updated|expires|epoch|unix)( time)?$/, EPOCH_SECONDS, EPOCH_SECONDS],
  [/\b(duration|seconds|secs|elapsed|time ?out|ttl)$/, 42, 42.5],
  [/\b(amount|price|total|subtotal|balance|cost|fee|tax)( cents)?$/, 1_999, 19.99],
  [/\b(lat|latitude)$/, 51, 51.5007],
  [/\b(lon|lng|long|longitude)$/, 0, -0.1246],
  [/\b(percent|percentage)$/, 25, 12.5],
  [/\b(rate|ratio|score|confidence|probability)$/, 1, 0.75],
  [/\b(status|status code|http status)$/, 200, 200],
  [/\byear$/, 2026, 2026],
  [/\bport$/, 8_080, 8_080],
  [/\b(width|height|x|y)$/, 640, 640],
  [/\b(size|bytes|length)$/, 1_024, 1_024],
  [/\bage$/, 36, 36],
  [/\b(count|quantity|qty|number of \w+|num \w+)$/, 3, 3],
  [/(^| )(id|number|no|code)$/, 1_001, 1_001],
  [/\bversion$/, 1, 1],
];

/** The number that a property of this name most likely holds. */
export function numberOfName(name: string, isWhole: boolean): number {
  const phrase = wordsOf(name).join(" ");
  const found = NAMES.find(([pattern]) => pattern.test(phrase));
  if (found === undefined) return isWhole ? 1 : 1.5;
  return isWhole ? found[1] : found[2];
}
