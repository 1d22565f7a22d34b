import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { catalog, diagnose } from "../../src/diagnostics/index.ts";

const pages = new URL("../../docs/diagnostics/", import.meta.url);

describe.each(Object.entries(catalog))("%s", (code, entry) => {
  test("is kebab-case", () => {
    expect(code).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);
  });

  test("has a page with its name, severity, an example and a way to mend it", () => {
    const page = new URL(`${code}.md`, pages);
    expect(existsSync(page), `docs/diagnostics/${code}.md is missing`).toBe(true);
    const text = readFileSync(page, "utf8");
    expect(text).toMatch(new RegExp(`^# ${code}\n\nSeverity: ${entry.severity}\n`));
    expect(text).toContain("\n## Example\n");
    expect(text).toContain("\n## How to mend it\n");
    expect(text).toMatch(/\n```/);
    expect(text.split("\n").length).toBeGreaterThan(15);
  });
});

test("every page belongs to a code", () => {
  const codes = readdirSync(pages)
    .filter((file) => file.endsWith(".md") && file !== "README.md")
    .map((file) => file.replace(/\.md$/, ""));
  expect(codes.filter((code) => !Object.hasOwn(catalog, code))).toEqual([]);
});

describe("diagnose", () => {
  const location = { file: "a.yaml", pointer: "/x" };

  test("fills message and hint from the parameters", () => {
    expect(diagnose("reference-not-found", { ref: "#/a", suggestion: "#/b" }, location)).toEqual({
      code: "reference-not-found",
      severity: "error",
      message: '"#/a" does not exist.',
      location,
      hint: 'did you mean "#/b"?',
    });
  });

  test("leaves out a hint that there is none of", () => {
    expect(diagnose("reference-not-found", { ref: "#/a" }, location)).not.toHaveProperty("hint");
  });

  test("keeps a position", () => {
    const diagnostic = diagnose("broken-yaml", { reason: "r" }, location, { line: 3, column: 4 });
    expect(diagnostic.position).toEqual({ line: 3, column: 4 });
  });

  test("text of a document in a message is bounded and harmless", () => {
    const { message } = diagnose("reference-not-found", { ref: `\u001b[31m\u202e${"x".repeat(1_000_000)}` }, location);
    expect(message.length).toBeLessThan(400);
    expect(message).toMatch(/^"\\x1b\[31m\\u202ex+…x+" does not exist\.$/);
  });

  test("the type of the parameters comes from the catalogue", () => {
    // @ts-expect-error: this code wants `ref`.
    expect(() => diagnose("reference-outside-root", { root: "." }, location)).toThrow(TypeError);
    // @ts-expect-error: no such code.
    expect(() => diagnose("no-such-code", {}, location)).toThrow(TypeError);
  });
});
