/**
 * Outcomes as OpenTelemetry metrics: how many deliveries ended in which way, and how long each step took.
 *
 *     createReceiver({ onOutcome: recordOutcomes(metrics.getMeter("webhooks")), … });       // metrics from "@opentelemetry/api"
 */
import type { Outcome } from "../../generated/runtime/index.js";

/** The part of an OpenTelemetry `Meter` that is used. */
export interface MeterLike {
  createCounter(name: string, options: { description: string }): { add(value: number, attributes: Attributes): void };
  createHistogram(
    name: string,
    options: { description: string; unit: string },
  ): { record(value: number, attributes: Attributes): void };
}

interface Attributes {
  [name: string]: string | number;
}

export function recordOutcomes(meter: MeterLike): (outcome: Outcome) => void {
  const deliveries = meter.createCounter("webhook.deliveries", { description: "Deliveries by their outcome" });
  const duration = meter.createHistogram("webhook.step.duration", { description: "Time of each step", unit: "s" });
  return ({ name, status, webhook, timings }) => {
    // Names come from the contract and from a fixed list, never from the payload, so there are only so many of them.
    const about = { "webhook.name": webhook ?? "unknown", "webhook.outcome": name };
    deliveries.add(1, { ...about, "http.response.status_code": status });
    for (const step of ["authenticate", "decode", "handle"] as const) {
      if (timings[step] > 0) duration.record(timings[step] / 1_000, { ...about, "webhook.step": step });
    }
  };
}
