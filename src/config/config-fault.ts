import { nearest } from "../diagnostics/index.ts";

/** What is wrong with a configuration, and where. */
export type ConfigFault =
  | {
      readonly kind: "unknown-key";
      readonly path: readonly string[];
      readonly suggestion?: string;
      /** Every setting that there is in its place. */
      readonly keys: readonly string[];
    }
  | {
      readonly kind: "wrong-type";
      readonly path: readonly string[];
      readonly expected: string;
      readonly found: string;
    };

/** Looks at one setting; `path` is where it stands. */
export type Check = (value: unknown, path: readonly string[]) => readonly ConfigFault[];

/** An object of settings. Those of `required` must be there; one that is undefined is one that is left out. */
export function settings(
  checks: Readonly<Record<string, Check>>,
  expected: string,
  required: readonly string[] = [],
): Check {
  const keys = Object.keys(checks);
  return (value, path) => {
    if (!isPlainObject(value)) return [wrongType(path, expected, value)];
    const faults = Object.entries(value).flatMap(([key, setting]): readonly ConfigFault[] => {
      const check = Object.hasOwn(checks, key) ? checks[key] : undefined;
      if (check === undefined) {
        const suggestion = nearest(key, keys);
        return [
          { kind: "unknown-key", path: [...path, key], keys, ...(suggestion === undefined ? {} : { suggestion }) },
        ];
      }
      return setting === undefined && !required.includes(key) ? [] : check(setting, [...path, key]);
    });
    const missing = required.filter((key) => !Object.hasOwn(value, key));
    return [...faults, ...missing.flatMap((key) => checks[key]?.(undefined, [...path, key]) ?? [])];
  };
}

export function single(isRight: (value: unknown) => boolean, expected: string): Check {
  return (value, path) => (isRight(value) ? [] : [wrongType(path, expected, value)]);
}

/** A list whose items are each looked at. */
export function listOf(check: Check, expected: string): Check {
  return (value, path) => {
    if (!Array.isArray(value)) return [wrongType(path, expected, value)];
    const items: readonly unknown[] = value;
    return items.flatMap((item, index) => check(item, [...path, String(index)]));
  };
}

/** An object from names to values that are each looked at. */
export function mapOf(check: Check, expected: string): Check {
  return (value, path) => {
    if (!isPlainObject(value)) return [wrongType(path, expected, value)];
    return Object.entries(value).flatMap(([key, item]) => check(item, [...path, key]));
  };
}

export function isFilledText(value: unknown): boolean {
  return typeof value === "string" && value.trim() !== "";
}

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function wrongType(path: readonly string[], expected: string, value: unknown): ConfigFault {
  return { kind: "wrong-type", path, expected, found: describe(value) };
}

function describe(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return "a list";
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
