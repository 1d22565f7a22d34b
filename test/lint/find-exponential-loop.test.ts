import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Budget } from "../../src/patterns/budget.ts";
import { findExponentialLoop } from "../../src/patterns/find-exponential-loop.ts";

const STEPS = 20_000_000;
const loopIn = (pattern: string, steps = STEPS) => findExponentialLoop(pattern, new Budget(steps));

describe("a loop that can read one text in several ways is found", () => {
  test.each([
    ["^(a+)+$", "(a+)+"],
    ["^(a|a)*$", "(a|a)*"],
    ["^(a|aa)+$", "(a|aa)+"],
    ["^(\\w+\\s?)*$", "(\\w+\\s?)*"],
    ["^(?:[a-z0-9]+-?)*$", "(?:[a-z0-9]+-?)*"],
    ["(x+x+)+y", "(x+x+)+"],
    ["^(?:(?:a|a)*b)+$", "(?:(?:a|a)*b)+"],
    ["^(([a-z])+.)+[A-Z]([a-z])+$", "(([a-z])+.)+"],
    ["^(?:[^a]|b)+$", "(?:[^a]|b)+"],
    ["^(?:\\p{L}|é)+$", "(?:\\p{L}|é)+"],
    ["^(?:\\D|[a-f])*!$", "(?:\\D|[a-f])*"],
    ["^(?:.|\\s)*!$", "(?:.|\\s)*"],
    ["^(?:[a-z]{1,30}){1,30}$", "(?:[a-z]{1,30}){1,30}"],
    ["^(?:a{2,5})+$", "(?:a{2,5})+"],
    ["^(?:(?:ab)?(?:ab)?c?)*$", "(?:(?:ab)?(?:ab)?c?)*"],
    ["^(?:a?){50}(?:b*?)*?$", "(?:b*?)*?"],
    ["^x(?=(?:a+)+b)", "(?:a+)+"],
    ["^(?<!(?:a+)+b)c", "(?:a+)+"],
    ["^(?:b(?:a|a)*){2}", "(?:a|a)*"],
  ])("%s", (pattern, loop) => {
    expect(loopIn(pattern)).toBe(loop);
  });
});

describe("what has one reading, or cannot fail, is left alone", () => {
  test.each([
    "^[0-9]+$",
    "^(?:ab|ac)*$",
    "^(?:[a-z0-9]+-)*[a-z0-9]+$",
    "^(?:\\p{Lu}|\\p{Ll})*$",
    "^(?:\\d|[^0-9])*x$",
    "^(?:\\w|\\W)*x$",
    "^(?:a{4})*$",
    "^(?:\\d{1,3}\\.){3}\\d{1,3}$",
    "^(?:.|\\n)*x$",
    "(a+)+",
    "^(?:a+)+b?",
    "^(?:a|[^])*$",
    "^(?:[\\s\\S]+)*$",
    "^(?:b(?:a|a)*){1,2}",
    // Powers of the length, which are another matter.
    "^\\s+|\\s+$",
    "^a*a*a*$",
    "^[^\\s@]+@[^\\s@]+\\.[^\\s@]+$",
    // Not judged.
    "^(?:\\b\\w+\\b\\W?)*$",
    "^(?:(a+)\\1?)*$",
    "^(?:a+(?!a))*$",
    // No regular expression.
    "(a+",
  ])("%s", (pattern) => {
    expect(loopIn(pattern)).toBeNull();
  });
});

describe("it ends soon, whatever the expression", () => {
  test.each([
    ["copies within copies", `^${"(?:".repeat(12)}${"){20}".repeat(12)}*$`],
    ["counts within counts", `^${"(?:".repeat(8)}a${"{0,9}){0,9}".repeat(8)}*$`],
    ["deep nesting", `${"(".repeat(5_000)}a${")*".repeat(5_000)}$`],
    ["many alternatives", `^(?:${Array.from({ length: 3_000 }, (_, index) => `v${index}`).join("|")})*$`],
    ["many loops", "(?:a|b)*".repeat(2_000)],
    ["many properties", `^(?:${["L", "Lu", "Ll", "N", "P", "S", "Z"].map((name) => `\\p{${name}}`).join("|")})*$`],
    ["dense followers", `^(?:${"a?b?c?".repeat(60)})*$`],
  ])("%s", (_, pattern) => {
    const start = performance.now();
    loopIn(pattern);
    expect(performance.now() - start).toBeLessThan(3_000);
  });

  test("and says nothing where its budget is used up", () => {
    expect(loopIn("^(?:ab|a|b)*$", 2)).toBeNull();
    expect(loopIn("^(?:ab|a|b)*$")).not.toBeNull();
  });

  test.each([
    ["making the automaton", `^(?:${"a?".repeat(300)})*$`, 70_000],
    ["going through its pairs", `^(?:${"a?b?c?".repeat(40)}(?:xy|xyx|y))*$`, 30_000],
  ])("%s costs steps", (_, pattern, steps) => {
    expect(loopIn(pattern, steps)).toBeNull();
    expect(loopIn(pattern)).not.toBeNull();
  });

  test("and nothing of an expression that is longer than any", () => {
    expect(loopIn(`^(?:a+)+${"b".repeat(15_000)}$`)).not.toBeNull();
    expect(loopIn(`^(?:a+)+${"b".repeat(25_000)}$`)).toBeNull();
  });
});

/** Expressions of `a`, `b` and `c` that nest. */
const { expression } = fc.letrec<{ expression: string }>((tie) => ({
  expression: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom("a", "b", "[ab]", "[^a]"),
    fc.tuple(tie("expression"), tie("expression")).map(([a, b]) => a + b),
    fc.tuple(tie("expression"), tie("expression")).map(([a, b]) => `(?:${a}|${b})`),
    fc.tuple(tie("expression"), fc.constantFrom("*", "+", "?", "{2}", "{1,3}")).map(([a, times]) => `(?:${a})${times}`),
  ),
}));

test("where nothing is found, texts have few readings", () => {
  // The reference is the engine itself: a text that fails at its end takes a time that grows with the number of readings.
  fc.assert(
    fc.property(expression, (body) => {
      const pattern = `^(?:${body})*$`;
      if (loopIn(pattern) !== null) return;
      const compiled = new RegExp(pattern, "u");
      for (const text of ["a".repeat(26), "b".repeat(26), "ab".repeat(13), "aab".repeat(9)]) {
        const start = performance.now();
        compiled.test(`${text}\u{1F600}a`);
        compiled.test(`${text}!`);
        expect(performance.now() - start, `${pattern} on ${text}`).toBeLessThan(500);
      }
    }),
    { numRuns: 300, seed: 7 },
  );
});
