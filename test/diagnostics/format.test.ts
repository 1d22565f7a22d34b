import { stripVTControlCharacters } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  codeFrame,
  countSeverities,
  formatDiagnostic,
  formatDiagnostics,
  sortDiagnostics,
  toJson,
  uniqueDiagnostics,
  visible,
} from "../../src/diagnostics/index.ts";
import type { Diagnostic, Locate } from "../../src/model/index.ts";

const locate: Locate = ({ pointer }) => ({ line: pointer.length, column: 13 });

function diagnostic(parts: Partial<Diagnostic> = {}): Diagnostic {
  return {
    code: "reference-not-found",
    severity: "error",
    message: '"#/components/messages/OrderPayed" does not exist.',
    location: { file: "specs/orders/asyncapi.yaml", pointer: "/channels/orders/messages/paid/$ref" },
    hint: 'did you mean "#/components/messages/OrderPaid"?',
    ...parts,
  };
}

describe("formatDiagnostic", () => {
  test("place, severity, code, message; pointer and hint below", () => {
    expect(formatDiagnostic(diagnostic(), { locate })).toBe(
      [
        'specs/orders/asyncapi.yaml:35:13  error  reference-not-found  "#/components/messages/OrderPayed" does not exist.',
        '  at /channels/orders/messages/paid/$ref      hint: did you mean "#/components/messages/OrderPaid"?',
      ].join("\n"),
    );
  });

  test("without pointer and hint it is one line", () => {
    const { hint: _, ...rest } = diagnostic({ location: { file: "a", pointer: "" }, position: { line: 2, column: 3 } });
    expect(formatDiagnostic({ ...rest, message: "m." }, { locate })).toBe("a:2:3  error  reference-not-found  m.");
  });

  test("a hint without pointer, and a link", () => {
    const given = diagnostic({ location: { file: "a", pointer: "" }, message: "m.", hint: "h", url: "https://u" });
    expect(formatDiagnostic(given, { locate })).toBe(
      "a:0:13  error  reference-not-found  m.\n  hint: h\n  see https://u",
    );
  });

  test("colours only when asked, and nothing but colours", () => {
    const plain = formatDiagnostic(diagnostic(), { locate });
    const painted = formatDiagnostic(diagnostic(), { locate, colors: true });
    expect(plain).not.toContain("\u001b");
    expect(painted).toContain("\u001b[31merror\u001b[39m");
    expect(stripVTControlCharacters(painted)).toBe(plain);
  });

  test("a code frame where the text is known", () => {
    const given = diagnostic({ position: { line: 3, column: 3 }, message: "m." });
    const sourceText = () => "one\ntwo\n  three\nfour\nfive\nsix";
    expect(formatDiagnostic(given, { locate, sourceText }).split("\n").slice(2)).toEqual([
      "    1 | one",
      "    2 | two",
      "  > 3 |   three",
      "      |   ^",
      "    4 | four",
      "    5 | five",
    ]);
    expect(formatDiagnostic(given, { locate, sourceText: () => undefined }).split("\n")).toHaveLength(2);
  });

  test("no control character of a document reaches the terminal", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const rendered = formatDiagnostic(
          diagnostic({ message: text, hint: text, location: { file: text, pointer: `/${text}` } }),
          { locate: () => ({ line: 1, column: 1 }), sourceText: () => text },
        );
        // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there.
        expect(rendered).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u2028\u2029]/);
      }),
    );
  });
});

test("formatDiagnostics keeps the order; none is an empty text", () => {
  expect(formatDiagnostics([], { locate })).toBe("");
  const two = formatDiagnostics([diagnostic({ message: "first." }), diagnostic({ message: "second." })], { locate });
  expect(two.indexOf("first.")).toBeLessThan(two.indexOf("second."));
});

describe("visible", () => {
  test.each([
    { given: "\u001b]8;;https://evil\u0007", want: "\\x1b]8;;https://evil\\x07" },
    { given: "a\u202eb\u2066", want: "a\\u202eb\\u2066" },
    { given: "a\r\n\tb", want: "a\\r\\n\\tb" },
    { given: "\u009b31m", want: "\\x9b31m" },
    { given: "\ud83d", want: "\\ud83d" },
    { given: "zero\u200bwidth\ufeff", want: "zero\\u200bwidth\\ufeff" },
    { given: "Zażółć 日本語 👩‍👩‍👧 می‌خواهم", want: "Zażółć 日本語 👩‍👩‍👧 می‌خواهم" },
  ])("$want", ({ given, want }) => {
    expect(visible(given)).toBe(want);
  });
});

describe("codeFrame", () => {
  test("a line of megabytes is shown in part, with the caret under its column", () => {
    const frame = codeFrame(`${"x".repeat(1_000_000)}HERE${"y".repeat(1_000_000)}`, { line: 1, column: 1_000_001 });
    const [line, caret] = frame.split("\n");
    expect(frame.length).toBeLessThan(400);
    expect(line?.slice(caret?.indexOf("^"))).toMatch(/^HERE/);
  });

  test("the caret stays below its character after tabs and characters made visible", () => {
    const [line, caret] = codeFrame("\t\u001bx", { line: 1, column: 3 }).split("\n");
    expect(line?.charAt(caret?.indexOf("^") ?? -1)).toBe("x");
  });

  test("line ends of Windows are not shown", () => {
    expect(codeFrame("a\r\nb\r\n", { line: 2, column: 1 })).toBe("  1 | a\n> 2 | b\n    | ^\n  3 |");
  });

  test("a line that is not there has no frame", () => {
    expect(codeFrame("a", { line: 7, column: 1 })).toBe("");
  });
});

describe("lists", () => {
  const at = (file: string, line: number, column: number, code = "c", message = "m"): Diagnostic =>
    diagnostic({ code, message, location: { file, pointer: "" }, position: { line, column } });

  test("sort by file, line, column, code", () => {
    const want = [at("a", 1, 2), at("a", 2, 1), at("a", 2, 3, "b"), at("a", 2, 3, "c"), at("a", 10, 1), at("b", 1, 1)];
    expect(sortDiagnostics([...want].reverse(), locate)).toEqual(want);
  });

  test("drop what is said twice of one line and column", () => {
    const first = { ...at("a", 1, 1), location: { file: "a", pointer: "/x" } };
    const again = { ...at("a", 1, 1), location: { file: "a", pointer: "/y" } };
    const other = at("a", 1, 1, "c", "another message");
    expect(uniqueDiagnostics([first, again, other], locate)).toEqual([first, other]);
  });

  test("count severities", () => {
    const given = [diagnostic(), diagnostic({ severity: "warning" }), diagnostic({ severity: "info" }), diagnostic()];
    expect(countSeverities(given)).toEqual({ errors: 2, warnings: 1, infos: 1 });
  });
});

test("toJson looks line and column up", () => {
  expect(toJson(diagnostic({ message: "m.", location: { file: "a", pointer: "/xy" } }), locate)).toEqual({
    code: "reference-not-found",
    severity: "error",
    message: "m.",
    location: { file: "a", line: 3, column: 13, pointer: "/xy" },
    hint: 'did you mean "#/components/messages/OrderPaid"?',
  });
});
