import { expect } from "vitest";

/** What a report counts, and what it holds. */
export interface Junit {
  readonly suites: readonly { readonly tests: number; readonly failures: number }[];
  readonly cases: number;
  readonly failures: number;
}

/** Reads JUnit's XML, of the elements and attributes that its common schema has; throws where it is not well-formed. */
export function readJunit(xml: string): Junit {
  // What XML 1.0 cannot hold, escaped or not.
  expect(xml).not.toMatch(/(?![\t\n\r\u0080-\u009f\u007f])[\p{Cc}\p{Cs}\ufffe\uffff]/u);
  const open: string[] = [];
  const suites: { tests: number; failures: number }[] = [];
  let [cases, failures] = [0, 0];
  const parents: Record<string, string | undefined> = {
    testsuites: undefined,
    testsuite: "testsuites",
    testcase: "testsuite",
    failure: "testcase",
  };
  let at = 0;
  for (const token of xml
    .replace(/^<\?xml [^>]*\?>\n/, "")
    .matchAll(/<(\/?)([a-z]+)((?: [a-z]+="[^"<]*")*)(\/?)>|([^<]+)/g)) {
    const [whole, close, name = "", attributes = "", empty, text] = token;
    expect(token.index).toBe(at);
    at += whole.length;
    for (const reference of (text ?? attributes).match(/&[^;]*;?/g) ?? [])
      expect(reference).toMatch(/^&(?:amp|lt|gt|quot|#10);$/);
    if (text !== undefined) continue;
    if (close === "/") {
      expect(open.pop()).toBe(name);
      continue;
    }
    expect(Object.keys(parents)).toContain(name);
    expect(open.at(-1)).toBe(parents[name]);
    const values = Object.fromEntries(
      [...attributes.matchAll(/([a-z]+)="([^"]*)"/g)].map(([, key = "", value = ""]) => [key, value]),
    );
    if (name === "testsuite") {
      suites.push({ tests: Number(values["tests"]), failures: Number(values["failures"]) });
      expect(Object.keys(values)).toEqual(["name", "tests", "failures", "errors"]);
    }
    if (name === "testcase") expect(Object.keys(values)).toEqual(["name", "classname"]);
    cases += name === "testcase" ? 1 : 0;
    failures += name === "failure" ? 1 : 0;
    if (empty !== "/") open.push(name);
  }
  expect(open).toEqual([]);
  expect(at).toBe(xml.replace(/^<\?xml [^>]*\?>\n/, "").length);
  return { suites, cases, failures };
}
