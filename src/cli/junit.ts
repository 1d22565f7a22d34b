/** One thing that was judged. */
export interface TestCase {
  readonly name: string;
  readonly className: string;
  /** What is wrong, one line each; none for a success. */
  readonly failures: readonly string[];
}

/** The XML that CI servers read test results from. */
export function junitXml(suite: string, cases: readonly TestCase[]): string {
  const failed = cases.filter(({ failures }) => failures.length > 0).length;
  const counts = `tests="${cases.length}" failures="${failed}" errors="0"`;
  const lines = cases.map(({ name, className, failures }) => {
    const open = `    <testcase name="${escapeXml(name)}" classname="${escapeXml(className)}"`;
    if (failures.length === 0) return `${open}/>\n`;
    const message = `<failure message="${escapeXml(failures[0] ?? "")}">${escapeXml(failures.join("\n"))}</failure>`;
    return `${open}>\n      ${message}\n    </testcase>\n`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites ${counts}>\n  <testsuite name="${escapeXml(suite)}" ${counts}>\n${lines.join("")}  </testsuite>\n</testsuites>\n`;
}

/** XML 1.0 cannot hold most control characters at all, not even escaped. */
function escapeXml(text: string): string {
  return text
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/"/g, "&quot;")
    .replace(/\n/g, "&#10;")
    .replace(/[^\u0009\u000a\u000d\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "\ufffd");
}
