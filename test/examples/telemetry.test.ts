import { expect, test } from "vitest";
import { recordOutcomes } from "../../examples/telemetry/telemetry.ts";
import type { Outcome } from "../../generated/runtime/index.js";

test("an outcome is counted, and each of its steps is timed in seconds", () => {
  const recorded: unknown[] = [];
  const instrument = (name: string) => ({
    add: (value: number, attributes: unknown) => recorded.push([name, value, attributes]),
    record: (value: number, attributes: unknown) => recorded.push([name, value, attributes]),
  });
  const record = recordOutcomes({ createCounter: instrument, createHistogram: instrument });
  const outcome: Outcome = {
    name: "not-authentic",
    status: 401,
    webhook: null,
    id: null,
    problems: [],
    timings: { authenticate: 2, decode: 0, handle: 0, total: 3 },
  };
  record(outcome);
  const about = { "webhook.name": "unknown", "webhook.outcome": "not-authentic" };
  expect(recorded).toEqual([
    ["webhook.deliveries", 1, { ...about, "http.response.status_code": 401 }],
    ["webhook.step.duration", 0.002, { ...about, "webhook.step": "authenticate" }],
  ]);
});
