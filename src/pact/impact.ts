import { parsePointer } from "../json/index.ts";
import type { Change } from "../model/index.ts";
import type { EventRead } from "./properties-read.ts";

/** What of a change says where it is. */
export type PlacedChange = Pick<Change, "level" | "webhook" | "in" | "pointer" | "also">;

/** Whom a change reaches, among the consumers of its event. */
export interface Impact<T extends PlacedChange = PlacedChange> {
  readonly change: T;
  readonly hits: readonly ConsumerHit[];
  /** Consumers of the event that do not read what changed, sorted. */
  readonly clear: readonly string[];
}

export interface ConsumerHit {
  readonly consumer: string;
  /** What it reads of what changed; empty where the whole event did. */
  readonly reads: readonly string[];
}

/** Which consumers each change reaches, by what their pacts say that they read. Pacts of any tool will do. */
export function impactOf<T extends PlacedChange>(
  changes: readonly T[],
  reads: readonly EventRead[],
): readonly Impact<T>[] {
  const byWebhook = new Map<string, EventRead[]>();
  for (const read of reads) byWebhook.set(read.webhook, [...(byWebhook.get(read.webhook) ?? []), read]);
  return changes.map((change) => {
    const consumers = byWebhook.get(change.webhook) ?? [];
    const judged = consumers.map((read) => ({ consumer: read.consumer, reads: readsOf(change, read) }));
    return {
      change,
      hits: judged.flatMap(({ consumer, reads: found }) => (found === null ? [] : [{ consumer, reads: found }])),
      clear: judged.flatMap(({ consumer, reads: found }) => (found === null ? [consumer] : [])).sort(),
    };
  });
}

/** What of an impact is said. */
export interface ImpactInWords extends Pick<Impact, "hits" | "clear"> {
  readonly change: Pick<Change, "level">;
}

/** One sentence for people: whom it breaks, and whom not. Empty where no pact is about the event. */
export function impactText({ change, hits, clear }: ImpactInWords): string {
  const verb = { breaking: "breaks", risky: "may reach", safe: "is seen by" }[change.level];
  const hit = hits.map(({ consumer, reads }) =>
    reads.length === 0 ? quoted(consumer) : `${quoted(consumer)} (reads ${shortened(reads)})`,
  );
  const rest =
    clear.length === 0 ? [] : [`${listed(clear.map(quoted))} ${clear.length === 1 ? "does" : "do"} not read it`];
  return [...(hit.length === 0 ? [] : [`${verb} ${listed(hit)}`]), ...rest].join("; ");
}

/** Null where the consumer does not read what changed. */
function readsOf({ in: part, pointer, also = [] }: PlacedChange, read: EventRead): readonly string[] | null {
  // Whoever handles an event answers it, and gets all of it.
  if (part === "webhook" || part === "reply") return [];
  const places = [pointer, ...also].map((place) => parsePointer(place) ?? []);
  if (part === "headers") {
    const names = new Set(places.map(([name]) => name));
    const found = read.headers.filter((name) => names.has(name) || names.has(undefined));
    return found.length === 0 ? null : found.map((name) => `the header ${name}`);
  }
  const leaves = new Set(read.leaves);
  const found = new Set<string>();
  for (const property of read.properties) {
    const tokens = parsePointer(property) ?? [];
    // What changed is read, or holds what is read; or it lies in what is read as a whole.
    const isReached = (place: readonly string[]) =>
      startsWith(tokens, place) || (leaves.has(property) && startsWith(place, tokens));
    if (places.some(isReached)) found.add(property);
  }
  if (found.size === 0) return places.some((place) => place.length === 0) ? [] : null;
  return outermost([...found]);
}

function startsWith(tokens: readonly string[], start: readonly string[]): boolean {
  return (
    start.length <= tokens.length &&
    start.every((token, index) => token === tokens[index] || token === "*" || tokens[index] === "*")
  );
}

/** Without what lies in another one of them. */
function outermost(pointers: readonly string[]): readonly string[] {
  return pointers.filter((pointer) => !pointers.some((other) => pointer.startsWith(`${other}/`))).sort();
}

const SHOWN_MAX = 3;

function shortened(reads: readonly string[]): string {
  const more = reads.length - SHOWN_MAX;
  return more > 0 ? `${reads.slice(0, SHOWN_MAX).join(", ")} and ${more} more` : reads.join(", ");
}

function quoted(name: string): string {
  return `\`${name}\``;
}

function listed(items: readonly string[]): string {
  if (items.length < 2) return items.join("");
  return `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}
