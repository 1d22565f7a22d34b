/**
 * True where an integer literal can be read as a JavaScript number without anybody noticing: the number has that value,
 * or it prints as the same digits (66370120685499050 does, though its exact value ends in 48).
 * @param literal  decimal digits with an optional sign.
 */
export function isExactInteger(literal: string): boolean {
  const read = Number(literal);
  if (Number.isSafeInteger(read)) return true;
  if (!Number.isFinite(read)) return false;
  const written = BigInt(literal);
  return written === BigInt(read) || written === printedValue(read);
}

/** What the shortest digits that JavaScript prints for an integer stand for: `1.5e+21` is 15 and 20 zeros. */
function printedValue(integer: number): bigint {
  const [mantissa = "", exponent = "0"] = String(integer).split("e+");
  const [whole = "", fraction = ""] = mantissa.split(".");
  return BigInt(whole + fraction.padEnd(Number(exponent), "0"));
}
