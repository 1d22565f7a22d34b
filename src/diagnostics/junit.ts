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

/** What XML 1.0 cannot hold at all, not even escaped: most control characters, and half of a surrogate pair. */
const NOT_XML = /(?![\t\n\r])\p{Cc}(?<![\u0080-\u009f])|\p{Cs}|[\ufffe\uffff]/gu;

function escapeXml(text: string): string {
  return text
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/"/g, "&quot;")
    .replace(/\n/g, "&#10;")
    .replace(NOT_XML, "\ufffd");
}
