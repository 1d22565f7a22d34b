import { expect } from "vitest";
import { getAt, parsePointer } from "../../src/json/index.ts";

/** What is changed at a JSON pointer: another value, none, or another name. */
export type Edit =
  | readonly ["set", string, unknown]
  | readonly ["remove", string]
  | readonly ["rename", string, string];

/** A copy with one edit; what is to be changed must be there. */
export function edited(value: object, [kind, pointer, more]: Edit): object {
  const copy = structuredClone(value);
  const tokens = parsePointer(pointer) ?? [];
  const holder = getAt(copy as never, tokens.slice(0, -1)) as unknown as Record<string, unknown>;
  const key = tokens.at(-1) ?? "";
  expect(holder, `there is no ${pointer}`).toBeTypeOf("object");
  if (kind === "set") holder[key] = more;
  else {
    expect(holder).toHaveProperty([key]);
    if (kind === "rename") holder[more as string] = holder[key];
    delete holder[key];
  }
  return copy;
}
