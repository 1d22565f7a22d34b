import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyBaseline, baselineOf, baselineText, mergeBaseline, parseBaseline } from "../../src/lint/baseline.ts";
import type { Diagnostic } from "../../src/model/index.ts";

const finding = (code: string, file: string, pointer: string, message = "m"): Diagnostic => ({
  code,
  severity: "warning",
  message,
  location: { file, pointer },
});
const everywhere = () => true;

test("findings of one code and place are one entry, in an order of its own", () => {
  const found = [finding("b", "z.yaml", "/1"), finding("b", "a.yaml", "/2"), finding("a", "a.yaml", "/2")];
  expect(baselineOf([...found, finding("b", "a.yaml", "/2", "another")])).toEqual([
    { code: "a", file: "a.yaml", pointer: "/2", count: 1 },
    { code: "b", file: "a.yaml", pointer: "/2", count: 2 },
    { code: "b", file: "z.yaml", pointer: "/1", count: 1 },
  ]);
});

test("its text is the same for the same findings, and reads back", () => {
  const found = [finding("b", "a.yaml", "/2"), finding("a", "a.yaml", "/x~1y")];
  const text = baselineText(baselineOf(found));
  expect(text).toBe(baselineText(baselineOf(found.toReversed())));
  expect(parseBaseline(text)).toEqual(baselineOf(found));
  expect(text).toMatch(/^\{\n {2}"version": 1,\n {2}"findings": \[\n[\s\S]*\]\n\}\n$/);
});

describe("applying it", () => {
  test("leaves out as many as it counts, whatever their message and severity", () => {
    const baseline = [{ code: "a", file: "f", pointer: "/p", count: 2 }];
    const found = ["1", "2", "3"].map((message) => finding("a", "f", "/p", message));
    const applied = applyBaseline(found, baseline, everywhere);
    expect(applied.found.map(({ message }) => message)).toEqual(["3"]);
    expect(applied.accepted).toBe(2);
    expect(applied.gone).toEqual([]);
  });

  test.each([finding("b", "f", "/p"), finding("a", "g", "/p"), finding("a", "f", "/q")])(
    "accepts nothing of another code, file or place",
    (other) => {
      const baseline = [{ code: "a", file: "f", pointer: "/p", count: 1 }];
      expect(applyBaseline([other], baseline, everywhere)).toEqual({ found: [other], accepted: 0, gone: baseline });
    },
  );

  test("says how many of an entry are gone, and nothing of files that were not looked at", () => {
    const baseline = [
      { code: "a", file: "f", pointer: "/p", count: 3 },
      { code: "a", file: "other", pointer: "/p", count: 1 },
    ];
    const { gone } = applyBaseline([finding("a", "f", "/p")], baseline, (file) => file === "f");
    expect(gone).toEqual([{ code: "a", file: "f", pointer: "/p", count: 2 }]);
  });
});

test("merging keeps what was accepted in other files", () => {
  const before = [
    { code: "a", file: "f", pointer: "", count: 1 },
    { code: "a", file: "z", pointer: "", count: 1 },
  ];
  const now = [{ code: "b", file: "f", pointer: "", count: 1 }];
  expect(mergeBaseline(before, now, (file) => file === "f")).toEqual([now[0], before[1]]);
});

test.each([
  "",
  "[]",
  "null",
  "{}",
  '{"version":2,"findings":[]}',
  '{"version":1,"findings":{}}',
  '{"version":1,"findings":[{"code":"a","file":"f","pointer":""}]}',
  '{"version":1,"findings":[{"code":"a","file":"f","pointer":"","count":0}]}',
  '{"version":1,"findings":[{"code":"a","file":1,"pointer":"","count":1}]}',
])("%s is no baseline", (text) => {
  expect(parseBaseline(text)).toBeNull();
});

test("a baseline of all findings accepts them all, and nothing of it is gone", () => {
  const name = fc.constantFrom("a", "b", "c");
  const any = fc.tuple(name, name, name).map(([code, file, pointer]) => finding(code, file, `/${pointer}`));
  fc.assert(
    fc.property(fc.array(any), (found) => {
      const applied = applyBaseline(found, baselineOf(found), everywhere);
      expect(applied).toEqual({ found: [], accepted: found.length, gone: [] });
    }),
  );
});
