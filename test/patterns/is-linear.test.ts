import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Budget } from "../../src/patterns/budget.ts";
import { expressionPart } from "../../src/patterns/expression-part.ts";
import { isLinear } from "../../src/patterns/is-linear.ts";
import { linearExpression } from "../../src/runtime/linear-expression.ts";
import { runs } from "../limits.ts";

const STEPS = 20_000_000;

/** What becomes of a pattern: the engine's own expression, ours, or none. */
function judged(pattern: string): "native" | "linear" | "refused" {
  if (isLinear(pattern, new Budget(STEPS))) return "native";
  return expressionPart(pattern) === null ? "refused" : "linear";
}

/** Patterns as documents of real senders have them. */
const USUAL: readonly (readonly [pattern: string, want: "native" | "linear"])[] = [
  // Addresses of mail: the first can share out a row of dots, the third can begin anywhere.
  ["^[^\\s@]+@[^\\s@]+\\.[^\\s@]+$", "linear"],
  ["^\\S+@\\S+$", "linear"],
  ["[a-z0-9._%+-]+@[a-z0-9.-]+\\.[a-z]{2,4}", "linear"],
  ["^[a-zA-Z0-9._%+-]+@[a-zA-Z0-9.-]+\\.[a-zA-Z]{2,}$", "native"],
  ["^[A-Z0-9._%+-]{1,64}@(?:[A-Z0-9-]{1,63}\\.){1,125}[A-Z]{2,63}$", "native"],
  // Hosts and URLs
  ["^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]{2,}$", "native"],
  ["^(?=.{1,253}$)(?:[a-z0-9-]+\\.)*[a-z0-9-]+$", "native"],
  ["^(?!-)[A-Za-z0-9-]{1,63}(?<!-)$", "native"],
  ["^https?://", "native"],
  ["^https?://.+$", "native"],
  ["https?://\\S+", "native"],
  ["^https://[^\\s/$.?#].[^\\s]*$", "native"],
  [
    "^https?:\\/\\/(?:www\\.)?[-a-zA-Z0-9@:%._+~#=]{1,256}\\.[a-zA-Z0-9()]{1,6}\\b(?:[-a-zA-Z0-9()@:%_+.~#?&/=]*)$",
    "linear",
  ],
  ["^data:image/[a-z]+;base64,", "native"],
  ["^/(?:[^/]+/)*[^/]*$", "native"],
  ["^(/[a-z0-9-]+)+$", "native"],
  ["^refs/(heads|tags)/.+$", "native"],
  ["\\.(?:jpg|jpeg|png|gif)$", "native"],
  ["^.*\\.(jpg|png)$", "native"],
  // Telephone numbers
  ["^\\+[1-9]\\d{1,14}$", "native"],
  ["^\\+?[0-9 ()-]{7,20}$", "native"],
  ["^(\\+\\d{1,2}\\s)?\\(?\\d{3}\\)?[\\s.-]\\d{3}[\\s.-]\\d{4}$", "native"],
  ["^\\d{3}-\\d{3}-\\d{4}$", "native"],
  // Dates and times
  ["^\\d{4}-\\d{2}-\\d{2}$", "native"],
  ["^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$", "native"],
  ["^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(([+-]\\d\\d:\\d\\d)|Z)?$", "native"],
  ["^([01]\\d|2[0-3]):[0-5]\\d(:[0-5]\\d)?$", "native"],
  ["^P(?!$)(\\d+Y)?(\\d+M)?(\\d+W)?(\\d+D)?(T(?=\\d)(\\d+H)?(\\d+M)?(\\d+S)?)?$", "native"],
  // Ids and codes
  ["^[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$", "native"],
  ["^[0-9a-fA-F]{40}$", "native"],
  ["^[0-9a-f]+$", "native"],
  ["[0-9]+", "native"],
  ["^#?([a-f0-9]{6}|[a-f0-9]{3})$", "native"],
  ["^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$", "native"],
  ["^[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]*$", "native"],
  [
    "^(0|[1-9]\\d*)\\.(0|[1-9]\\d*)\\.(0|[1-9]\\d*)(?:-((?:0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*)(?:\\.(?:0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*))*))?(?:\\+([0-9a-zA-Z-]+(?:\\.[0-9a-zA-Z-]+)*))?$",
    "native",
  ],
  ["^v?\\d+\\.\\d+\\.\\d+", "native"],
  ["^(cus|sub|in)_[A-Za-z0-9]{14,}$", "native"],
  ["^evt_[a-zA-Z0-9]+$", "native"],
  ["^arn:aws:[a-z0-9-]+:[a-z0-9-]*:\\d{12}:.+$", "native"],
  ["^([0-9A-Fa-f]{2}[:-]){5}([0-9A-Fa-f]{2})$", "native"],
  ["^(?:(?:25[0-5]|2[0-4][0-9]|[01]?[0-9][0-9]?)\\.){3}(?:25[0-5]|2[0-4][0-9]|[01]?[0-9][0-9]?)$", "native"],
  ["^((25[0-5]|(2[0-4]|1\\d|[1-9]|)\\d)\\.?\\b){4}$", "linear"],
  ["^[A-Z]{2}\\d{2}[A-Z0-9]{11,30}$", "native"],
  ["^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?$", "native"],
  ["^4[0-9]{12}(?:[0-9]{3})?$", "native"],
  ["^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*$", "native"],
  ["^\\d{5}(?:-\\d{4})?$", "native"],
  ["^([A-Z]{1,2}\\d[A-Z\\d]? ?\\d[A-Z]{2}|GIR ?0A{2})$", "native"],
  // Numbers
  ["^-?\\d+(\\.\\d+)?$", "native"],
  ["^[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d+)?$", "native"],
  ["^\\$?\\d{1,3}(,\\d{3})*(\\.\\d{2})?$", "native"],
  ["^(-?[1-8]?\\d(\\.\\d+)?|90(\\.0+)?)$", "native"],
  // Names and texts
  ["^[a-z0-9]+(?:[._-][a-z0-9]+)*$", "native"],
  ["^[a-z]+\\.[a-z_]+(\\.[a-z_]+)?$", "native"],
  ["^[a-z][a-z0-9_]{0,62}$", "native"],
  ["^(?!.*--)[a-z0-9-]+$", "native"],
  ["^(?=.*[a-z])(?=.*[A-Z])(?=.*\\d)[a-zA-Z\\d]{8,}$", "native"],
  ["^[\\w.-]+\\/[\\w.-]+(?:\\s*;\\s*[\\w-]+=[\\w-]+)*$", "native"],
  ["^\\w+(\\s+\\w+)*$", "native"],
  ["^[\\p{L}\\p{M}' .-]+$", "native"],
  ["^(?!\\s*$).+", "native"],
  ["^\\S(.*\\S)?$", "native"],
  ["^.{1,255}$", "native"],
  ["\\bfoo\\b", "native"],
  ["^(?:(?!foo).)*$", "native"],
  ["^([^=&]+=[^&]*)(&[^=&]+=[^&]*)*$", "native"],
  ['^(?:"[^"]*"|[^",]*)(?:,(?:"[^"]*"|[^",]*))*$', "native"],
];

test.each(USUAL)("%s is checked: %s", (pattern, want) => {
  expect(judged(pattern)).toBe(want);
});

test.each([
  "^\\s+|\\s+$",
  "^(\\w+\\s?)*$",
  "(a*)*b",
  "^(a+)+$",
  "^a*a*a*b",
  "a+$",
  "x*^a",
  "\\b\\d+\\b",
  "^(?:a|a)(?:a|a)(?:a|a)(?:a|a)(?:a|a)(?:a|a)(?:a|a)(?:a|a)(?:a|a)(?:a|a)(?:a|a)b",
  "^[a-z]{1,50}[a-z0-9]{1,50}!",
  "^(?:ab|a|b)*$",
])("%s takes more than a time in proportion, and is matched in another way", (pattern) => {
  expect(judged(pattern)).toBe("linear");
});

test.each([
  ["a back-reference", "^(['\"]).*\\1$"],
  ["a look-ahead from anywhere", "(?=.*x)y"],
  ["a look-behind with a loop", "(?<=\\d+)x"],
  ["a look-ahead with a loop of loops", "^(?=(a+)+b)c"],
  ["a look-ahead in a loop", "^(?:.*(?=.*x))*y"],
  ["counts within counts", `^${"(?:".repeat(9)}a?${"){1,9}".repeat(9)}b`],
  ["very deep nesting", `${"(".repeat(5_000)}a${")*".repeat(5_000)}b`],
])("%s cannot be matched in another way", (_, pattern) => {
  expect(judged(pattern)).toBe("refused");
});

describe("what is matched in another way", () => {
  const linear = (pattern: string) => linearExpression(expressionPart(pattern) ?? "never");

  test.each([
    ["^[^\\s@]+@[^\\s@]+\\.[^\\s@]+$", `a@${".".repeat(1_000_000)}@`],
    ["^\\s+|\\s+$", `x${" ".repeat(1_000_000)}x`],
    ["(a*)*b", "a".repeat(1_000_000)],
    ["a*a*a*a*b", "a".repeat(1_000_000)],
    ["^(\\w+\\s?)*$", `${"a".repeat(1_000_000)}!`],
    // Ever new states, and ever new characters
    [
      "^(?:a|b)*a(?:a|b){100}$",
      Array.from({ length: 200_000 }, (_, at) => ((at * at * 7) % 11 < 5 ? "a" : "b")).join(""),
    ],
    [
      "^(?:\\p{L}|\\p{N})*\\p{L}*!",
      Array.from({ length: 300_000 }, (_, at) => String.fromCodePoint(0x3400 + (at % 90_000))).join(""),
    ],
  ])("%s ends soon on a megabyte", (pattern, text) => {
    const start = performance.now();
    linear(pattern).test(text);
    expect(performance.now() - start).toBeLessThan(10_000);
  });

  const { expression } = fc.letrec<{ expression: string }>((tie) => ({
    expression: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      fc.constantFrom(
        "a",
        "b",
        "[ab]",
        "[^a]",
        ".",
        "\\w",
        "^",
        "$",
        "\\b",
        "\\B",
        "(?:)",
        "\\u{1F600}",
        "\\n",
        "\\ud83d",
      ),
      fc.tuple(tie("expression"), tie("expression")).map(([a, b]) => a + b),
      fc.tuple(tie("expression"), tie("expression")).map(([a, b]) => `(${a}|${b})`),
      fc
        .tuple(tie("expression"), fc.constantFrom("*", "+", "?", "*?", "{2}", "{1,3}", "{2,}", "{0}"))
        .map(([a, times]) => `(?:${a})${times}`),
    ),
  }));
  const texts = fc.array(fc.constantFrom("a", "b", "c", "!", "\n", "\u{1F600}", "\ud83d", "\u2028"), { maxLength: 8 });

  test("is judged as the engine judges it", () => {
    fc.assert(
      fc.property(expression, fc.array(texts, { minLength: 5, maxLength: 20 }), (pattern, all) => {
        const part = expressionPart(pattern);
        if (part === null) return;
        const ours = linearExpression(part);
        const native = new RegExp(pattern, "u");
        for (const pieces of all) {
          const text = pieces.join("");
          // V8 looks for \B between the halves of a surrogate pair too, where ECMA-262 does not look.
          if (pattern.includes("\\B") && text.includes("\u{1F600}")) continue;
          expect(ours.test(text), `${pattern} on ${JSON.stringify(text)}`).toBe(native.test(text));
        }
      }),
      { numRuns: runs(3_000), seed: 3 },
    );
  });

  test("and what is left to the engine has few readings", () => {
    // The reference is the engine itself: a text that fails at its end takes a time that grows with the number of readings.
    fc.assert(
      fc.property(expression, (pattern) => {
        if (judged(pattern) !== "native") return;
        const compiled = new RegExp(pattern, "u");
        for (const piece of ["a", "b", "ab", "aab", "!a", "a\n"]) {
          const text = piece.repeat(60_000 / piece.length);
          const start = performance.now();
          for (const end of ["", "!", "\n", "\u{1F600}a"]) compiled.test(text + end);
          expect(performance.now() - start, `${pattern} on ${piece}`).toBeLessThan(1_000);
        }
      }),
      { numRuns: runs(1_000), seed: 7 },
    );
  });
});
