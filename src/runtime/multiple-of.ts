/** Decimals of up to fifteen digits come back unchanged from a double, so that scaling them by a power of ten is exact. */
const EXACT_DECIMAL_MAX = 1e15;
const POWER_MAX = 1e15;

/**
 * Judges `multipleOf` on the decimals that stand in the JSON text, not on the doubles nearest to them: 19.99 is a multiple of
 * 0.01. Of a number with more digits than a double keeps, the digits that `String(value)` shows count.
 *
 * @returns `false` if either number is not finite or `divisor` is 0; the sign of neither matters.
 * @see https://json-schema.org/draft/2020-12/json-schema-validation#section-6.2.1
 */
export function isMultipleOf(value: number, divisor: number): boolean {
  if (Number.isSafeInteger(value) && Number.isSafeInteger(divisor)) return value % divisor === 0;
  if (!Number.isFinite(value) || !Number.isFinite(divisor) || divisor === 0) return false;
  // As a rule a divisor has few decimals, and so has every multiple of it: scale both to integers by the power that makes
  // the divisor one. `integer / power` rounds correctly, so it gives the value back only if these are its decimals.
  for (let power = 1; power <= POWER_MAX; power *= 10) {
    if (Math.abs(divisor) * power > EXACT_DECIMAL_MAX || Math.abs(value) * power > EXACT_DECIMAL_MAX) break;
    const scaledDivisor = Math.round(divisor * power);
    if (scaledDivisor / power !== divisor) continue;
    const scaledValue = Math.round(value * power);
    return scaledValue / power === value && scaledValue % scaledDivisor === 0;
  }
  return isMultipleOfExactly(toDecimal(value), toDecimal(divisor));
}

/** `digits` × 10^`exponent`, `digits` without zeros at its end but for 0 itself. */
interface Decimal {
  readonly digits: bigint;
  readonly exponent: number;
}

/** A double has at most 17 digits and an exponent between -324 and 308: so the power below has at most 650 zeros. */
function isMultipleOfExactly(value: Decimal, divisor: Decimal): boolean {
  const exponent = value.exponent - divisor.exponent;
  if (exponent >= 0) return (value.digits * 10n ** BigInt(exponent)) % divisor.digits === 0n;
  // More decimals than the divisor, the last of them not zero.
  return value.digits === 0n;
}

function toDecimal(value: number): Decimal {
  // toExponential without an argument gives as many digits as it takes to tell the double from all others, as String does.
  const [significand = "", exponent] = value.toExponential().split("e");
  const [integer = "", fraction = ""] = significand.split(".");
  return { digits: BigInt(integer + fraction), exponent: Number(exponent) - fraction.length };
}
