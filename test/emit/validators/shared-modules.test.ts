import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type SharedUnit, shareModules } from "../../../src/emit/validators/shared-modules.ts";

const unit = (name: string, size: number, ...users: readonly string[]): SharedUnit => ({
  name,
  size,
  users: new Set(users),
});
const sorted = (modules: readonly (readonly string[])[]) => modules.map((names) => [...names].sort()).sort();

describe("what webhooks share", () => {
  test.each([
    { why: "nothing", units: [], want: [] },
    { why: "little is one module", units: [unit("a", 9, "x", "y"), unit("b", 9, "y", "z")], want: [["a", "b"]] },
    {
      why: "units of the same users stay together",
      units: [unit("a", 90_000, "x", "y"), unit("b", 90_000, "x", "y"), unit("c", 90_000, "z", "w")],
      want: [["a", "b"], ["c"]],
    },
    {
      why: "what most need as well comes with it",
      units: [unit("a", 60_000, "u", "v", "w", "x", "y"), unit("b", 20_000, "u", "v", "w", "x", "y", "z")],
      want: [["a", "b"]],
    },
    {
      why: "what few of them need does not",
      units: [unit("a", 60_000, "u", "v", "w", "x", "y"), unit("b", 60_000, "u", "z")],
      want: [["a"], ["b"]],
    },
  ])("$why", ({ units, want }) => {
    expect(sorted(shareModules(units))).toEqual(want);
  });

  test("every unit is in one module, and none is put where joining costs its users more", () => {
    const users = fc.uniqueArray(fc.constantFrom(..."abcdefgh"), { minLength: 2 });
    const drawn = fc.array(fc.tuple(fc.integer({ min: 1, max: 90_000 }), users), { maxLength: 30 });
    fc.assert(
      fc.property(drawn, (given) => {
        const units = given.map(([size, of], index) => unit(`u${index}`, size, ...of));
        const modules = shareModules(units);
        expect(modules.flat().sort()).toEqual(units.map(({ name }) => name).sort());
        expect(shareModules(units)).toEqual(modules);
        if (modules.length > 1) expect(costOf(units, modules)).toBeLessThanOrEqual(costOf(units, apart(units)));
      }),
    );
  });

  /** Modules and characters that all users load, in characters. */
  function costOf(units: readonly SharedUnit[], modules: readonly (readonly string[])[]): number {
    return modules.reduce((sum, names) => {
      const of = units.filter(({ name }) => names.includes(name));
      const users = new Set(of.flatMap((one) => [...one.users]));
      return sum + users.size * (40_000 + of.reduce((size, one) => size + one.size, 0));
    }, 0);
  }

  function apart(units: readonly SharedUnit[]): readonly (readonly string[])[] {
    const byUsers = new Map<string, string[]>();
    for (const { name, users } of units) {
      const id = [...users].sort().join();
      byUsers.set(id, [...(byUsers.get(id) ?? []), name]);
    }
    return [...byUsers.values()];
  }
});
