/**
 * Are two JSON values the same, as `const`, `enum` and `uniqueItems` ask? Numbers by their value (`1` is `1.0`), arrays item
 * by item, objects whatever the order of their properties. Only own enumerable properties count, and any name may be one:
 * `__proto__`, `constructor` and `toString` too.
 *
 * For JSON values it equals ajv's `fast-deep-equal`, except under those names, where that compares prototypes or
 * throws. Arguments must be free of cycles; they may be nested as deep as `JSON.parse` makes them.
 *
 * @see https://json-schema.org/draft/2020-12/json-schema-core#section-4.2.2
 */
export function equal(a: unknown, b: unknown): boolean {
  if (!isContainer(a) || !isContainer(b)) return isSameScalar(a, b);
  // Pairs still to be compared, in place of recursion, which a payload of a million brackets would end.
  const pending: object[] = [];
  let left: object | undefined = a;
  let right: object | undefined = b;
  while (left !== undefined && right !== undefined) {
    if (left !== right && !hasEqualMembers(left, right, pending)) return false;
    right = pending.pop();
    left = pending.pop();
  }
  return true;
}

/** Compares the scalars among the members, and puts the pairs of containers on `pending`. */
function hasEqualMembers(a: object, b: object, pending: object[]): boolean {
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
    for (let index = 0; index < a.length; index++) {
      if (!isEqualMember(a[index], b[index], pending)) return false;
    }
    return true;
  }
  const names = Object.keys(a);
  if (names.length !== Object.keys(b).length) return false;
  for (const name of names) {
    // An own property shadows the accessor `__proto__`, so that once it is known to be own it can be read as any other.
    if (!Object.hasOwn(b, name)) return false;
    if (!isEqualMember((a as Record<string, unknown>)[name], (b as Record<string, unknown>)[name], pending))
      return false;
  }
  return true;
}

function isEqualMember(a: unknown, b: unknown, pending: object[]): boolean {
  if (!isContainer(a) || !isContainer(b)) return isSameScalar(a, b);
  pending.push(a, b);
  return true;
}

function isContainer(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

/** NaN is no JSON value, but is itself; 0 and -0 are one number. */
function isSameScalar(a: unknown, b: unknown): boolean {
  return a === b || (Number.isNaN(a) && Number.isNaN(b));
}
