import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { catalog } from "../../src/diagnostics/index.ts";
import { rules } from "../../src/lint/index.ts";
import { findingsIn } from "./helpers.ts";

const folder = new URL("../fixtures/lint/", import.meta.url);

/** The lines of a fixture on which something must be found. */
function marked(text: string): readonly number[] {
  return text.split("\n").flatMap((line, index) => (line.endsWith("# <-") ? [index + 1] : []));
}

/** Each rule has a document in which it finds something, on the lines marked `# <-`, and one with near misses. */
describe.each(rules.map((rule) => ({ id: rule.id as string, rule })))("$id", ({ id, rule }) => {
  test.each(["found.yaml", "left-alone.yaml"])("%s", async (name) => {
    const text = readFileSync(new URL(`${id}/${name}`, folder), "utf8");
    const wanted = marked(text);
    expect(wanted.length > 0).toBe(name === "found.yaml");
    const findings = (await findingsIn({ "openapi.yaml": text })).filter(({ code }) => code === id);
    const found = findings.map(({ location }) => location.line).sort((a, b) => a - b);
    expect(found, findings.map(({ location, message }) => `${location.line}: ${message}`).join("\n")).toEqual(wanted);
    for (const { location, severity } of findings) {
      expect(location.file).toBe("openapi.yaml");
      expect(severity).toBe(rule.severity);
    }
  });

  test("has the severity of the catalogue", () => {
    expect(rule.severity).toBe(catalog[rule.id].severity);
  });
});

test("every fixture is of a rule", () => {
  expect(readdirSync(folder).sort()).toEqual(rules.map(({ id }) => id).sort());
});
