import { type DiagnosticJson, junitXml, type TestCase, visible } from "../../diagnostics/index.ts";

/**
 * Findings as test results: for each file and code that fails, a test case with its findings; for a file without any, one that
 * passes.
 * @param fails  whether a finding makes the command fail; what does not is left out, since a test passes or fails
 * @param files  every file that was looked at
 */
export function findingsJunit(
  findings: readonly DiagnosticJson[],
  fails: (finding: DiagnosticJson) => boolean,
  files: readonly string[],
): string {
  const failing = findings.filter(fails);
  const cases = new Map<string, TestCase>();
  for (const { code, message, location } of failing) {
    const id = JSON.stringify([location.file, code]);
    const failure = `${location.line}:${location.column} ${visible(message)}`;
    const failures = [...(cases.get(id)?.failures ?? []), failure];
    cases.set(id, { name: code, className: visible(location.file), failures });
  }
  const clean = files.filter((file) => failing.every(({ location }) => location.file !== file));
  const passed = clean.map((file): TestCase => ({ name: "lint", className: visible(file), failures: [] }));
  return junitXml("hookbook lint", [...cases.values(), ...passed]);
}
