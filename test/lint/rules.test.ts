import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { catalog, type DiagnosticCode } from "../../src/diagnostics/index.ts";
import { rules } from "../../src/lint/index.ts";
import { project, run } from "../cli/helpers.ts";
import { allFindingsIn } from "./helpers.ts";

const folder = new URL("../fixtures/lint/", import.meta.url);

/** The lines of a fixture on which something must be found. */
function marked(text: string): readonly number[] {
  return text.split("\n").flatMap((line, index) => (line.endsWith("# <-") ? [index + 1] : []));
}

/** What other stages find, and `lint` reports with its own: its level is set as a rule's is. */
const OTHERS = ["example-invalid", "example-misrouted", "route-ambiguous", "route-inferred"] as const;

const codes: readonly DiagnosticCode[] = [...rules.map(({ id }) => id), ...OTHERS];

/** Each has a document in which it is found, on the lines marked `# <-`, and one with near misses. */
describe.each(codes)("%s", (code) => {
  test.each(["found.yaml", "left-alone.yaml"])("%s", async (name) => {
    const text = readFileSync(new URL(`${code}/${name}`, folder), "utf8");
    const wanted = marked(text);
    expect(wanted.length > 0).toBe(name === "found.yaml");
    const findings = (await allFindingsIn({ "openapi.yaml": text })).filter((finding) => finding.code === code);
    const found = findings.map(({ location }) => location.line).sort((a, b) => a - b);
    expect(found, findings.map(({ location, message }) => `${location.line}: ${message}`).join("\n")).toEqual(wanted);
    for (const { location, severity } of findings) {
      expect(location.file).toBe("openapi.yaml");
      expect(severity).toBe(catalog[code].severity);
    }
  });

  test.each(["error", "warning", "off"] as const)("%s, as the configuration says", async (level) => {
    const given = { "openapi.yaml": readFileSync(new URL(`${code}/found.yaml`, folder), "utf8") };
    const cwd = project({ ...given, "hookbook.config.json": { rules: { [code]: level } } });
    const { stdout } = await run(cwd, ["lint", "openapi.yaml", "--format", "json"]);
    const { diagnostics } = JSON.parse(stdout) as { diagnostics: readonly { code: string; severity: string }[] };
    const severities = diagnostics.filter((one) => one.code === code).map(({ severity }) => severity);
    expect([...new Set(severities)]).toEqual(level === "off" ? [] : [level]);
  });
});

test("a rule has the severity of the catalogue", () => {
  for (const { id, severity } of rules) expect(severity).toBe(catalog[id].severity);
});

test("every fixture is of one of them", () => {
  expect(readdirSync(folder).sort()).toEqual([...codes].sort());
});
