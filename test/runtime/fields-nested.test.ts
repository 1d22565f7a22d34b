import { describe, expect, test } from "vitest";
import { coerceFields } from "../../src/runtime/fields.ts";
import type { CoercePlans } from "../../src/runtime/plan.ts";

const integer = { types: ["integer"] };
const plans: CoercePlans = [
  ["data", { types: ["object"], properties: [["id", integer]] }],
  ["tags", { types: ["array"], items: integer }],
  ["lines", { types: ["array"], items: { types: ["object"], properties: [["quantity", integer]] } }],
  ["odd[name]", integer],
];

describe("names that nest", () => {
  test.each([
    { given: "data[id]=7&data[note]=x", want: { data: { id: 7, note: "x" } } },
    { given: "tags[]=1&tags[]=2", want: { tags: [1, 2] } },
    { given: "tags[]=1", want: { tags: [1] } },
    { given: "lines[1][quantity]=2&lines[0][quantity]=1", want: { lines: [{ quantity: 1 }, { quantity: 2 }] } },
    { given: "odd[name]=3", want: { "odd[name]": 3 } },
    { given: "other[a]=1", want: { "other[a]": "1" } },
    { given: "data=1&data[id]=2", want: { data: "1", "data[id]": "2" } },
    { given: "data[id]=2&data=1", want: { data: { id: 2, "": "1" } } },
    { given: "data[a][b][c][d][e][f][g][h][i][j]=1", want: { "data[a][b][c][d][e][f][g][h][i][j]": "1" } },
  ])("$given", ({ given, want }) => {
    expect(coerceFields(new URLSearchParams(given), plans)).toEqual(want);
  });

  test("without plans every such name nests, and values stay text", () => {
    expect(coerceFields(new URLSearchParams("data[type]=x&n=1"))).toEqual({ data: { type: "x" }, n: "1" });
  });

  test("a member called __proto__ is a member", () => {
    const object = coerceFields(new URLSearchParams("data[__proto__][polluted]=1"), plans);
    expect(Object.hasOwn(object["data"] as object, "__proto__")).toBe(true);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });
});
