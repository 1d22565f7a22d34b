import { nearest } from "../diagnostics/index.ts";
import type { Config, RuleLevel } from "./define-config.ts";

/** What is wrong with a configuration, and where. */
export type ConfigFault =
  | { readonly kind: "unknown-key"; readonly path: readonly string[]; readonly suggestion?: string }
  | {
      readonly kind: "wrong-type";
      readonly path: readonly string[];
      readonly expected: string;
      readonly found: string;
    };

/** Looks at one setting; `path` is where it stands. */
type Check = (value: unknown, path: readonly string[]) => readonly ConfigFault[];

const RULE_LEVELS = { error: true, warning: true, info: true, off: true } as const satisfies Record<RuleLevel, true>;

const CHECKS = {
  documents: listOf(isFilledText, "a list of paths and patterns"),
  out: single(isFilledText, "the path of a folder"),
  closed: single((value) => value === "ignore", '"ignore"'),
  runtime: single((value) => value === "import", '"import"'),
  root: single(isFilledText, "the path of a folder"),
  allowRemote: listOf(isHost, "a list of host names"),
  role: single((value) => value === "sender" || value === "receiver", '"sender" or "receiver"'),
  rules: checkRules,
} as const satisfies Record<keyof Config, Check>;

/** Every setting there is. */
export const CONFIG_KEYS: readonly string[] = Object.keys(CHECKS);

/** Checks a value that somebody exported as a configuration; without faults it is a `Config`. */
export function checkConfig(value: unknown): readonly ConfigFault[] {
  if (!isPlainObject(value)) return [wrongType([], "an object", value)];
  return Object.entries(value).flatMap(([key, setting]): readonly ConfigFault[] => {
    if (!Object.hasOwn(CHECKS, key)) {
      const suggestion = nearest(key, CONFIG_KEYS);
      return [{ kind: "unknown-key", path: [key], ...(suggestion === undefined ? {} : { suggestion }) }];
    }
    // A setting that is undefined is one that is left out.
    return setting === undefined ? [] : CHECKS[key as keyof Config](setting, [key]);
  });
}

function checkRules(value: unknown, path: readonly string[]): readonly ConfigFault[] {
  if (!isPlainObject(value)) return [wrongType(path, "an object from codes to levels", value)];
  return Object.entries(value).flatMap(([code, level]) =>
    typeof level === "string" && Object.hasOwn(RULE_LEVELS, level)
      ? []
      : [wrongType([...path, code], '"error", "warning", "info" or "off"', level)],
  );
}

function single(isRight: (value: unknown) => boolean, expected: string): Check {
  return (value, path) => (isRight(value) ? [] : [wrongType(path, expected, value)]);
}

function listOf(isRight: (value: unknown) => boolean, expected: string): Check {
  return (value, path) => {
    if (!Array.isArray(value)) return [wrongType(path, expected, value)];
    const items: readonly unknown[] = value;
    const wanted = isRight === isHost ? "a host name, with a port at most" : "a text that is not empty";
    return items.flatMap((item, index) => (isRight(item) ? [] : [wrongType([...path, String(index)], wanted, item)]));
  };
}

function isFilledText(value: unknown): boolean {
  return typeof value === "string" && value !== "";
}

function isHost(value: unknown): boolean {
  return typeof value === "string" && /^(?:[^\s/:@?#[\]]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]+)?$/.test(value);
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
