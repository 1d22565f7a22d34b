import fc from "fast-check";
import { expect, test } from "vitest";
import { isMultipleOf } from "../../src/runtime/multiple-of.ts";

test.each([
  [19.99, 0.01, true],
  [19.995, 0.01, false],
  [1e9 + 0.01, 0.01, true],
  [0.3, 0.1, true],
  [0.7, 0.1, true],
  [1.1, 0.1, true],
  [4.35, 0.01, true],
  [1e-8, 1e-8, true],
  [1.5e-8, 1e-8, false],
  [0.0075, 0.0001, true],
  [0.00751, 0.0001, false],
  [10, 3, false],
  [9, 3, true],
  [-9, 3, true],
  [9, -3, true],
  [0, 0.1, true],
  [-0, 7, true],
  [4.5, 1.5, true],
  [7, 0.5, true],
  [7.25, 0.5, false],
  [1, 0.3, false],
  [0.5, 1, false],
  [1e308, 0.5, true],
  [1e308, 0.123456789, false],
  [1e308, 1e-308, true],
  [1e308, 3e-308, false],
  [1.5e308, 3e-308, true],
  [Number.MAX_VALUE, Number.MIN_VALUE, true],
  [Number.MIN_VALUE, Number.MAX_VALUE, false],
  [12391239123, 1e-8, true],
  [2 ** 53, 2, true],
  [1e21, 1e20, true],
  // 2^60 is written 1152921504606847000, whatever its double holds.
  [2 ** 60, 1000, true],
  [1, 0, false],
  [0, 0, false],
  [0.5, 0, false],
  [Number.NaN, 1, false],
  [Number.POSITIVE_INFINITY, 1, false],
  [1, Number.POSITIVE_INFINITY, false],
  [1, Number.NaN, false],
])("%d is a multiple of %d: %s", (value, divisor, want) => {
  expect(isMultipleOf(value, divisor)).toBe(want);
});

/** The definition, on the decimals that String writes; slow and without any short cut. */
function isMultipleOfByDefinition(value: number, divisor: number): boolean {
  const read = (number: number): [bigint, number] => {
    const [, sign = "", integer = "", fraction = "", exponent = "0"] =
      /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(number)) ?? expect.fail(String(number));
    return [BigInt(sign + integer + fraction), Number(exponent) - fraction.length];
  };
  const [valueDigits, valueExponent] = read(value);
  const [divisorDigits, divisorExponent] = read(divisor);
  const exponent = Math.min(valueExponent, divisorExponent);
  const scaledValue = valueDigits * 10n ** BigInt(valueExponent - exponent);
  const scaledDivisor = divisorDigits * 10n ** BigInt(divisorExponent - exponent);
  return scaledValue % scaledDivisor === 0n;
}

test("equals the definition", () => {
  const decimal = fc
    .tuple(
      fc.oneof(fc.integer({ min: -1_000, max: 1_000 }), fc.integer(), fc.maxSafeInteger()),
      fc.oneof(fc.integer({ min: -12, max: 3 }), fc.integer({ min: -330, max: 300 })),
    )
    .map(([digits, exponent]) => Number(`${digits}e${exponent}`));
  const number = fc.oneof(decimal, fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer());
  const related = fc
    .tuple(
      fc.integer({ min: -100_000, max: 100_000 }),
      fc.integer({ min: 1, max: 1_000 }),
      fc.integer({ min: -20, max: 8 }),
    )
    .map(([factor, digits, exponent]): [number, number] => [
      Number(`${factor * digits}e${exponent}`),
      Number(`${digits}e${exponent}`),
    ]);
  let multiples = 0;
  fc.assert(
    fc.property(fc.oneof(related, fc.tuple(number, number)), ([value, divisor]) => {
      fc.pre(divisor !== 0 && Number.isFinite(value) && Number.isFinite(divisor));
      const want = isMultipleOfByDefinition(value, divisor);
      if (want) multiples++;
      expect(isMultipleOf(value, divisor)).toBe(want);
    }),
    { numRuns: 20_000 },
  );
  expect(multiples).toBeGreaterThan(5_000);
});

test("takes bounded time for the extremes", () => {
  // A shift by every power of ten between them would not end while somebody waits.
  for (let run = 0; run < 1_000; run++) isMultipleOf(1.7976931348623157e308, 4.9406564584124654e-324);
});
