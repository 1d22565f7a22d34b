/** What a matcher takes, as `accepts` reads it, is what Pact's own verifier takes: every pair of a matcher and a value. */
import { expect, test } from "vitest";
import { createValueTests } from "../../../src/bridge/value-tests.ts";
import type { Json, JsonObject } from "../../../src/model/index.ts";
import { accepts } from "../../../src/pact/check/accepts.ts";
import type { MatchingRules } from "../../../src/pact/pact-file.ts";
import { readPact } from "../../../src/pact/read/read-pact.ts";
import { refusedByPact, type Trial } from "../helpers.ts";

const and = (...matchers: readonly JsonObject[]): JsonObject => ({ combine: "AND", matchers });
const or = (...matchers: readonly JsonObject[]): JsonObject => ({ combine: "OR", matchers });

/** A rule, and an example that it is written for; null: no rule at all. */
const rules: readonly (readonly [JsonObject | null, Json])[] = [
  [null, "a"],
  [null, 1],
  [null, null],
  [null, true],
  [and({ match: "type" }), "a"],
  [and({ match: "type" }), 1],
  [and({ match: "type" }), true],
  [and({ match: "type" }), null],
  [and({ match: "type" }), ["a"]],
  [and({ match: "type", min: 1 }), ["a"]],
  [and({ match: "type", max: 1 }), ["a"]],
  [and({ match: "equality" }), "a"],
  [and({ match: "number" }), 1],
  [and({ match: "integer" }), 1],
  [and({ match: "decimal" }), 1.5],
  [and({ match: "boolean" }), true],
  [and({ match: "null" }), null],
  [and({ match: "notEmpty" }), "a"],
  [and({ match: "semver" }), "1.0.0"],
  [and({ match: "include", value: "a" }), "a"],
  [and({ match: "regex", regex: "^[a-c]$" }), "a"],
  [and({ match: "regex", regex: "\\A(?:a|1|null)\\z" }), "a"],
  [and({ match: "regex", regex: "(?i)[A-C]+" }), "a"],
  [and({ match: "regex", regex: "[[:alpha:]]\\h?" }), "a"],
  [and({ match: "regex", regex: "\\d{4}-\\d{2}-\\d{2}" }), "2024-02-29"],
  [and({ match: "date", format: "yyyy-MM-dd" }), "2024-02-29"],
  [and({ match: "time", format: "HH:mm:ss" }), "12:30:00"],
  [and({ match: "datetime", format: "yyyy-MM-dd'T'HH:mm:ssXXX" }), "2024-02-29T12:30:00Z"],
  [and({ match: "datetime", format: "yyyy-MM-dd'T'HH:mm:ss.SSSX" }), "2024-02-29T12:30:00.000Z"],
  [and({ match: "type" }, { match: "notEmpty" }), "a"],
  [or({ match: "integer" }, { match: "null" }), 1],
  [or({ match: "type" }, { match: "null" }), "a"],
];

const values: readonly Json[] = [
  "a",
  "b",
  "B",
  "",
  "ab",
  "a\nb",
  "1",
  "true",
  "null",
  "1.0.0",
  "1.2",
  "2024-02-29",
  "1999-12-31",
  "12:30:00",
  "24:30:00",
  "2024-02-29T12:30:00Z",
  "2024-02-29T12:30:00+02:00",
  "2024-02-29T12:30:00.000Z",
  1,
  0,
  -1,
  1.5,
  true,
  false,
  null,
  [],
  ["a"],
  ["b", "c"],
  {},
];

test("accepts says what Pact says", async () => {
  const tests = createValueTests();
  const trials: (Trial & { readonly verdict: boolean })[] = [];
  for (const [rule, example] of rules) {
    for (const value of values) {
      const verdict = accepts(effectiveOf(rule, example), example, value, tests);
      if (verdict === null) continue;
      const name = JSON.stringify([rule, example, value]);
      const written = rule === null ? {} : { $: rule as unknown as MatchingRules };
      trials.push({ name, content: example, rules: written, actual: JSON.stringify(value), verdict });
    }
  }
  const refused = await refusedByPact(trials);
  const wrong = trials.filter(({ name, verdict }) => refused.has(name) === verdict);
  expect(wrong.map(({ name, verdict }) => `${name}: we say ${verdict ? "taken" : "refused"}`)).toEqual([]);
  expect(trials.length).toBeGreaterThan(800);
}, 30_000);

function effectiveOf(rule: JsonObject | null, content: Json) {
  const matchingRules = rule === null ? {} : { body: { $: rule } };
  const interaction = { type: "Asynchronous/Messages", description: "x", contents: { content }, matchingRules };
  const { pact } = readPact(JSON.stringify({ interactions: [interaction] }), "pact.json");
  const body = pact?.expectations[0]?.delivery.body;
  if (!body) throw new Error("the pact has no body");
  return body.rules.cursor().effective();
}
