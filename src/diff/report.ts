import type { Change, SourceLocation } from "../model/index.ts";
import type { Pair } from "./compare/pair.ts";
import type { Difference, PlacedDifference } from "./difference.ts";
import { judge } from "./judge.ts";
import type { DifferencePlace } from "./rule.ts";

/** What the two schemas of one thing are of. */
export interface ReportTarget extends Omit<DifferencePlace, "isHeader"> {
  readonly webhook: string;
  /** Before every pointer: empty but for replies. */
  readonly prefix: string;
  /** The schemas are objects of headers. */
  readonly areHeaders: boolean;
  /** Where the two things are described, for schemas that were put together when they were read. */
  readonly base: SourceLocation;
  readonly revision: SourceLocation;
}

/** Places at which one change is named. */
const PLACES_MAX = 20;
/** Ways by which one pair of schemas is looked at for one webhook: the first ones are the shortest. */
const VISITS_MAX = PLACES_MAX + 1;
/** Pairs looked at for one webhook in all. */
const STEPS_MAX = 50_000;

interface Visit {
  readonly pair: Pair;
  readonly pointer: string;
  readonly above: Visit | null;
  readonly base: SourceLocation;
  readonly revision: SourceLocation;
}

/** The changes of one webhook, each once: what one edit does at several places is one change. */
export class ChangeList {
  readonly #changes = new Map<string, Change & { also?: string[] }>();

  get changes(): readonly Change[] {
    return [...this.#changes.values()];
  }

  /** Notes a change of the webhook itself. */
  add(
    difference: Difference,
    place: Omit<DifferencePlace, "isHeader"> & Pick<Change, "webhook" | "pointer" | "base" | "revision">,
    /** What tells the cause from others, where the place does not: what several webhooks share has one. */
    cause?: string,
  ): void {
    const { webhook, pointer, base, revision, part } = place;
    const judged = judge(difference, { ...place, isHeader: false });
    if (judged === null) return;
    const { rule, level, message, keyword } = judged;
    const id = [rule.id, part, cause ?? `${placeText(base)} ${placeText(revision)}`, message].join("\n");
    this.#note(id, {
      rule: rule.id,
      level,
      webhook,
      in: part,
      pointer,
      message,
      ...(keyword === undefined ? {} : { keyword }),
      cause: id,
      base,
      revision,
    });
  }

  /**
   * Notes how two schemas differ and everything in them.
   * @param leads  the pairs that differ or lead to one that does
   */
  addSchemas(start: Pair, target: ReportTarget, leads: ReadonlySet<Pair>): void {
    const visits = new Map<Pair, number>();
    const queue: Visit[] = leads.has(start)
      ? [{ pair: start, pointer: target.prefix, above: null, base: target.base, revision: target.revision }]
      : [];
    for (let index = 0; index < queue.length && index < STEPS_MAX; index++) {
      const visit = queue[index] as Visit;
      const isRoot = visit.above === null;
      for (const difference of visit.pair.differences) {
        if (!(isRoot && target.areHeaders && isOfNoHeader(difference))) this.#addDifference(difference, visit, target);
      }
      for (const { at, pair } of visit.pair.edges) {
        const times = visits.get(pair) ?? 0;
        if (!leads.has(pair) || times >= VISITS_MAX || isAbove(pair, visit)) continue;
        // Requests bring headers that nobody describes.
        if (isRoot && target.areHeaders && at === "/*") continue;
        visits.set(pair, times + 1);
        const { base, revision } = placesOf(visit);
        queue.push({ pair, pointer: visit.pointer + at, above: visit, base, revision });
      }
    }
  }

  #addDifference(difference: PlacedDifference, visit: Visit, target: ReportTarget): void {
    const isHeader = target.areHeaders && visit.above === null;
    const judged = judge(difference, { part: target.part, producer: target.producer, isHeader });
    if (judged === null) return;
    const { rule, level, message, keyword } = judged;
    const base = difference.base ?? visit.base;
    const revision = difference.revision ?? visit.revision;
    // Where a property is on one side only, what the other side says at that place has nothing to do with it.
    const places = [
      difference.kind === "property-new" ? "" : placeText(base),
      difference.kind === "property-gone" ? "" : placeText(revision),
    ];
    const cause = [rule.id, target.part, ...places, message].join("\n");
    this.#note(cause, {
      rule: rule.id,
      level,
      webhook: target.webhook,
      in: target.part,
      pointer: visit.pointer + difference.at,
      message,
      ...(keyword === undefined ? {} : { keyword }),
      cause,
      base,
      revision,
    });
  }

  #note(id: string, change: Change): void {
    const known = this.#changes.get(id);
    if (known === undefined) {
      this.#changes.set(id, { ...change } as Change & { also?: string[] });
      return;
    }
    const also = known.also ?? [];
    const isNew = known.pointer !== change.pointer && !also.includes(change.pointer);
    if (isNew && also.length < PLACES_MAX) known.also = [...also, change.pointer];
  }
}

/** The nearest places that are known: a schema that was put together has none of its own. */
function placesOf({ pair, base, revision }: Visit): {
  readonly base: SourceLocation;
  readonly revision: SourceLocation;
} {
  const [first] = pair.differences;
  return { base: first?.base ?? base, revision: first?.revision ?? revision };
}

function isAbove(pair: Pair, visit: Visit): boolean {
  for (let above: Visit | null = visit; above !== null; above = above.above) if (above.pair === pair) return true;
  return false;
}

/** The object that headers are written as is none on the wire. */
function isOfNoHeader({ kind }: PlacedDifference): boolean {
  return kind === "types" || kind === "object";
}

function placeText(place: SourceLocation | null): string {
  return place === null ? "-" : `${place.file}#${place.pointer}`;
}
