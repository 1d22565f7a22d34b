import { describe, expect, test } from "vitest";
import { findingsJunit } from "../../src/cli/formats/findings-junit.ts";
import { githubAnnotations } from "../../src/cli/formats/github.ts";
import { sarifLog } from "../../src/cli/formats/sarif.ts";
import type { DiagnosticJson } from "../../src/diagnostics/index.ts";
import { junitXml } from "../../src/diagnostics/junit.ts";
import { openapi, project, run } from "./helpers.ts";
import { readJunit } from "./read-junit.ts";
import { sarifErrors } from "./sarif-errors.ts";

function finding(
  parts: Partial<DiagnosticJson> & { readonly file?: string; readonly pointer?: string } = {},
): DiagnosticJson {
  const { file = "openapi.yaml", pointer = "/webhooks/a", ...rest } = parts;
  const location = { file, line: 2, column: 3, pointer };
  return { code: "webhook-without-example", severity: "warning", message: "No example.", location, ...rest };
}

/** Texts that mean something in one of the formats. */
const ODD = [
  "plain",
  "50% of a, b: c\r\nd",
  "::error file=x::y",
  "<a href='x'>&amp;\"]]></a>",
  "\u001b[31m\u0000\u0007",
  "half \ud83d, whole \u{1f600}",
  "\ufffe\uffff\u2028\u0085",
];

describe("sarif", () => {
  test("the official schema finds what is wrong", () => {
    const log = JSON.parse(sarifLog([finding()], { complete: true }));
    log.runs[0].results[0].level = "fatal";
    expect(sarifErrors(JSON.stringify(log))).not.toEqual([]);
  });

  test.each<[string, readonly DiagnosticJson[], boolean]>([
    ["nothing found", [], true],
    ["not all could be read", [finding({ code: "file-not-found", severity: "error" })], false],
    ["every severity", (["error", "warning", "info"] as const).map((severity) => finding({ severity })), true],
    ["the same twice", [finding(), finding()], true],
    [
      "odd texts",
      ODD.map((text) => finding({ message: text, hint: text, pointer: `/${text}`, file: `${text}.yaml` })),
      true,
    ],
    ["a file on another host", [finding({ file: "https://vendor.example.com/a b.yaml?x=ü" })], true],
  ])("%s is valid against the official schema", (_why, findings, complete) => {
    const text = sarifLog(findings, { complete });
    expect(sarifErrors(text)).toEqual([]);
    const [{ results, tool }] = JSON.parse(text).runs;
    for (const [index, { ruleId, ruleIndex }] of results.entries()) {
      expect(ruleId).toBe(findings[index]?.code);
      expect(tool.driver.rules[ruleIndex].id).toBe(ruleId);
    }
    const marks = results.map(({ partialFingerprints }: { partialFingerprints: object }) =>
      JSON.stringify(partialFingerprints),
    );
    expect(new Set(marks).size).toBe(findings.length);
  });

  test.each([
    ["specs/a b/ü.yaml", "specs/a%20b/%C3%BC.yaml"],
    ["a#b?c%d.yaml", "a%23b%3Fc%25d.yaml"],
    ["../up.yaml", "../up.yaml"],
    ["https://vendor.example.com/a b.yaml", "https://vendor.example.com/a%20b.yaml"],
    ["half\ud83d.yaml", "half%EF%BF%BD.yaml"],
    ["HEAD~1:specs/a.yaml", "HEAD~1%3Aspecs/a.yaml"],
  ])("the file %j has the URI %s", (file, uri) => {
    const [{ results }] = JSON.parse(sarifLog([finding({ file })], { complete: true })).runs;
    expect(results[0].locations[0].physicalLocation.artifactLocation.uri).toBe(uri);
    expect(new URL(uri, "file:///w/").href).toContain(uri.replace("../", ""));
  });

  test("of a whole run: columns count UTF-16 units from 1", async () => {
    const cwd = project({
      "a b.yaml": 'openapi: 3.1.0\ninfo: {title: T, version: "1"}\nwebhooks: {"😀ü": {post: {requestBody: {}}}}\n',
    });
    const { stdout } = await run(cwd, ["lint", "a b.yaml", "--format", "sarif"]);
    expect(sarifErrors(stdout)).toEqual([]);
    const [{ results, columnKind }] = JSON.parse(stdout).runs;
    expect(columnKind).toBe("utf16CodeUnits");
    const regions = results.map(
      ({
        locations: [{ physicalLocation }],
      }: {
        locations: [{ physicalLocation: { region: object; artifactLocation: object } }];
      }) => physicalLocation,
    );
    // The face counts for two.
    expect(regions).toContainEqual({
      artifactLocation: { uri: "a%20b.yaml", uriBaseId: "%SRCROOT%" },
      region: { startLine: 3, startColumn: 20 },
    });
  });
});

describe("junit", () => {
  test.each([
    [
      "findings",
      findingsJunit(
        ODD.map((text) => finding({ message: text, file: text })),
        () => true,
        ["clean.yaml"],
      ),
    ],
    [
      "payloads",
      junitXml(
        ODD.join(),
        ODD.map((text) => ({ name: text, className: text, failures: [text, text] })),
      ),
    ],
    ["nothing", junitXml("none", [])],
  ])("%s are well-formed, and count right", (_why, xml) => {
    const { suites, cases, failures } = readJunit(xml);
    expect(suites).toEqual([{ tests: cases, failures }]);
  });
});

describe("github", () => {
  test("values are escaped, and each finding is one line", () => {
    const findings = ODD.map((text) => finding({ message: text, hint: text, file: text }));
    const lines = githubAnnotations(findings).split("\n");
    expect(lines.pop()).toBe("");
    expect(lines).toHaveLength(ODD.length);
    for (const line of lines) {
      const [, properties = "", data = ""] = /^::warning ([^\r\n]*?)::([^\r\n]*)$/.exec(line) ?? [];
      expect(properties.split(",").map((property) => property.split("=")[0])).toEqual(["file", "line", "col", "title"]);
      expect(properties).not.toMatch(/[:\r\n]/);
      for (const code of `${properties}${data}`.match(/%.{0,2}/g) ?? []) expect(code).toMatch(/^%(?:25|0D|0A|3A|2C)$/);
    }
    expect(lines[1]).toContain("file=50%25 of a%2C b%3A c");
  });

  test("of a whole run", async () => {
    const cwd = project({ "a,b.json": openapi({ "50%:x": { type: "object" } }) });
    const { stdout } = await run(cwd, ["lint", "a,b.json", "--format", "github"]);
    expect(stdout).toContain("file=a%2Cb.json,");
    expect(stdout).toContain("50%25:x");
  });
});
