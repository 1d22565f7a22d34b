import type { CheckContext, CheckReport } from "./check/check-pacts.ts";
import { documentedProperties, type EventRead, propertiesRead } from "./properties-read.ts";

/** How far the pacts of consumers reach into a document. */
export interface Coverage {
  readonly events: readonly EventCoverage[];
  readonly summary: CoverageSummary;
}

export interface EventCoverage {
  readonly webhook: string;
  /** A consumer is tested with it, and expects nothing that the document does not promise. */
  readonly handled: boolean;
  /** The files with an interaction about it. */
  readonly pacts: readonly string[];
  readonly consumers: readonly string[];
  /** Consumers that do not want it, each with the reason. */
  readonly optedOut: readonly { readonly consumer: string; readonly reason: string }[];
  readonly properties: {
    readonly documented: number;
    /** How many of those any consumer reads. */
    readonly read: number;
    readonly unread: readonly string[];
  };
}

export interface CoverageSummary {
  readonly documented: number;
  readonly handled: number;
  readonly inPact: number;
  /** Not handled, and some consumer says why it does not want it. */
  readonly optedOut: number;
  /** Of the documented events without those that are opted out, how many are handled, rounded down to a tenth. */
  readonly percent: number;
  readonly properties: { readonly documented: number; readonly read: number; readonly percent: number };
}

/** Which events, and which of their properties, the pacts that were checked cover. */
export function coverageOf({ matches, optOuts }: CheckReport, context: CheckContext): Coverage {
  const reads = new Map<string, EventRead[]>();
  for (const read of propertiesRead(matches, context))
    reads.set(read.webhook, [...(reads.get(read.webhook) ?? []), read]);
  const handled = new Set(matches.flatMap(({ isClean, webhook }) => (isClean ? [webhook.name] : [])));
  const events = context.contract.webhooks.map((webhook): EventCoverage => {
    const found = reads.get(webhook.name) ?? [];
    const documented = documentedProperties(webhook, context);
    const read = new Set(found.flatMap(({ properties }) => properties));
    const unread = documented.filter((pointer) => !read.has(pointer));
    return {
      webhook: webhook.name,
      handled: handled.has(webhook.name),
      pacts: [...new Set(found.flatMap(({ files }) => files))].sort(),
      consumers: found.map(({ consumer }) => consumer),
      optedOut: optOuts
        .filter((one) => one.webhook === webhook.name)
        .map(({ consumer, reason }) => ({ consumer, reason })),
      properties: { documented: documented.length, read: documented.length - unread.length, unread },
    };
  });
  const count = (of: (event: EventCoverage) => number) => events.reduce((sum, event) => sum + of(event), 0);
  const documented = count(({ properties }) => properties.documented);
  const read = count(({ properties }) => properties.read);
  const optedOut = events.filter(
    (event) => !event.handled && event.pacts.length === 0 && event.optedOut.length > 0,
  ).length;
  return {
    events,
    summary: {
      documented: events.length,
      handled: handled.size,
      inPact: events.filter(({ pacts }) => pacts.length > 0).length,
      optedOut,
      percent: percentOf(handled.size, events.length - optedOut),
      properties: { documented, read, percent: percentOf(read, documented) },
    },
  };
}

function percentOf(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.floor((part / whole) * 1000) / 10;
}
