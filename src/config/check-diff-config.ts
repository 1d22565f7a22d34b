import { type Check, isFilledText, listOf, mapOf, settings, single } from "./config-fault.ts";
import type { AcceptedChange, DiffConfig, DiffLevel } from "./define-config.ts";

const LEVELS = { breaking: true, risky: true, safe: true, off: true } as const satisfies Record<DiffLevel, true>;

const ACCEPTED = {
  rule: single(isFilledText, "the id of a rule"),
  contract: single(isFilledText, "the id of a contract"),
  webhook: single(isFilledText, "the name of a webhook"),
  pointer: single((value) => value === "" || (typeof value === "string" && value.startsWith("/")), "a JSON pointer"),
  reason: single(isFilledText, "the reason why the change is accepted"),
  expires: single(isDate, 'a day as "2027-01-31", from which on the change counts again'),
} as const satisfies Record<keyof AcceptedChange, Check>;

const CHECKS = {
  levels: mapOf(
    single(
      (value) => typeof value === "string" && Object.hasOwn(LEVELS, value),
      '"breaking", "risky", "safe" or "off"',
    ),
    "an object from rules to levels",
  ),
  accepted: listOf(
    settings(ACCEPTED, "an object with rule, pointer, reason and expires", ["rule", "pointer", "reason", "expires"]),
    "a list of accepted changes",
  ),
} as const satisfies Record<keyof DiffConfig, Check>;

/** Checks the settings of `diff`, as far as that can be told without its rules. */
export const checkDiffConfig: Check = settings(CHECKS, "an object");

/** A day that is in the calendar. */
function isDate(value: unknown): boolean {
  if (typeof value !== "string" || !/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(value)) return false;
  const date = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value);
}
