import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Budget } from "../../src/patterns/budget.ts";
import { isIncluded } from "../../src/patterns/is-included.ts";

const included = (inner: string, outer: string) => isIncluded(inner, outer, new Budget(1_000_000));

describe("every text that matches the one matches the other", () => {
  test.each<[inner: string, outer: string, there: boolean | null, back: boolean | null]>([
    ["^a$", "^[ab]$", true, false],
    ["^(?:a|b)$", "^[ab]$", true, true],
    ["^\\d+$", "^[0-9]+$", true, true],
    ["^\\w$", "^[A-Za-z0-9_]$", true, true],
    ["^A-", "A", true, false],
    ["^(?:pay|refund)-\\d+$", "^[a-z]+-", true, false],
    ["^[A-Z]{3}$", "^[A-Z]{2,4}$", true, false],
    ["^[A-Z]{3}$", "^[A-Z][A-Z][A-Z]$", true, true],
    ["^x{0,40}$", "^x{0,400}$", true, false],
    ["^[ab]*$", "^(?:a*b*)*$", true, true],
    ["^a+$", "^aa*$", true, true],
    ["^\\+[1-9]\\d{1,14}$", "^\\+?\\d+$", true, false],
    ["^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$", "^[0-9a-fA-F-]{36}$", true, false],
    ["^[^@\\s]+@[^@\\s]+$", "@", true, false],
    ["^\\p{Lu}", "^\\p{L}", true, false],
    ["^[😀-😂]$", "^.$", true, false],
    ["", "^", true, true],
    ["^[^]*$", "", true, true],
    // A dot reads no line end.
    ["^.*$", "", true, false],
    // What matches nothing is in everything.
    ["a^", "b", true, false],
    ["^a|b$", "a|b", true, false],
    ["^a|b$", "^(?:a|b)$", false, true],
    ["^a$", "^b$", false, false],
    ["(?=a)a", "a", null, null],
    ["\\ba", "a", null, null],
    ["(a)\\1", "a", null, null],
    ["(?:a|b)*a(?:a|b){14}", "(?:a|b)*b(?:a|b){14}", null, null],
    ["(", "a", null, null],
    ["a{2000}b{2000}", "a", null, null],
  ])("%s in %s: %s, and back: %s", (inner, outer, there, back) => {
    expect([included(inner, outer), included(outer, inner)]).toEqual([there, back]);
  });
});

const atom = fc.constantFrom("a", "b", "c", "[ab]", "[^a]", ".", "\\w", "^", "$", "");
const { pattern } = fc.letrec<{ pattern: string; part: string }>((tie) => ({
  pattern: fc.array(tie("part"), { minLength: 1, maxLength: 3 }).map((parts) => parts.join("")),
  part: fc.oneof(
    { depthSize: "small", maxDepth: 3 },
    atom,
    fc
      .tuple(tie("pattern"), fc.constantFrom("*", "+", "?", "{2}", "{1,3}", ""))
      .map(([one, often]) => `(?:${one})${often}`),
    fc.tuple(tie("pattern"), tie("pattern")).map(([one, other]) => `(?:${one}|${other})`),
  ),
}));

/** Every text of up to four of the letters that the patterns tell apart, and a line end. */
const texts = ["a", "b", "c", "\n"].reduce<string[]>(
  (all) => [...new Set(["", ...all.flatMap((text) => ["a", "b", "c", "\n"].map((letter) => text + letter))])],
  [""],
);

test("no text contradicts what is said of two patterns", () => {
  let [decided, all, denied, shown] = [0, 0, 0, 0];
  fc.assert(
    fc.property(pattern, pattern, (inner, outer) => {
      const said = included(inner, outer);
      const [a, b] = [new RegExp(inner, "u"), new RegExp(outer, "u")];
      const against = texts.find((text) => a.test(text) && !b.test(text));
      all++;
      if (said !== null) decided++;
      if (said === true) expect(against).toBeUndefined();
      if (said === false) denied++;
      if (against !== undefined) shown++;
    }),
    { numRuns: 400 },
  );
  expect(decided / all).toBeGreaterThan(0.95);
  // What is denied has a text that shows it, and short patterns mostly a short one.
  expect(shown / denied).toBeGreaterThan(0.7);
});

test("a pattern that includes another takes its texts, as fast-check makes them", () => {
  const shapes = ["^[a-f]{2,5}-\\d+$", "^(?:ab|cd)+$", "x[yz]?", "^\\w+\\.(?:jpg|png)$"];
  const wider = ["^[a-z]{1,9}-[0-9]", "^[a-d]*$", "x", "\\.(?:jpg|png|gif)$"];
  shapes.forEach((inner, index) => {
    const outer = wider[index] ?? "";
    expect(included(inner, outer)).toBe(true);
    fc.assert(
      fc.property(fc.stringMatching(new RegExp(inner, "u")), (text) => new RegExp(outer, "u").test(text)),
      { numRuns: 200 },
    );
  });
});

test("the budget ends what would take long", () => {
  expect(isIncluded("^a+$", "^[ab]+$", new Budget(10))).toBeNull();
});
