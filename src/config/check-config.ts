import { checkDiffConfig } from "./check-diff-config.ts";
import { checkDocsConfig } from "./check-docs-config.ts";
import { type Check, type ConfigFault, isFilledText, listOf, mapOf, settings, single } from "./config-fault.ts";
import type { Config, RuleLevel } from "./define-config.ts";

const RULE_LEVELS = { error: true, warning: true, info: true, off: true } as const satisfies Record<RuleLevel, true>;

const text = single(isFilledText, "a text that is not empty");
const host = single(isHost, "a host name, with a port at most");
const ruleLevel = single(
  (value) => typeof value === "string" && Object.hasOwn(RULE_LEVELS, value),
  '"error", "warning", "info" or "off"',
);

const CHECKS = {
  documents: listOf(text, "a list of paths and patterns"),
  out: single(isFilledText, "the path of a folder"),
  closed: single((value) => value === "ignore", '"ignore"'),
  runtime: single((value) => value === "import", '"import"'),
  root: single(isFilledText, "the path of a folder"),
  allowRemote: listOf(host, "a list of host names"),
  role: single((value) => value === "sender" || value === "receiver", '"sender" or "receiver"'),
  rules: mapOf(ruleLevel, "an object from codes to levels"),
  diff: checkDiffConfig,
  docs: checkDocsConfig,
} as const satisfies Record<keyof Config, Check>;

const check = settings(CHECKS, "an object");

/** Checks a value that somebody exported as a configuration; without faults it is a `Config`. */
export function checkConfig(value: unknown): readonly ConfigFault[] {
  return check(value, []);
}

function isHost(value: unknown): boolean {
  return typeof value === "string" && /^(?:[^\s/:@?#[\]]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]+)?$/.test(value);
}
