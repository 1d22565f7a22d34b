import { LEVELS } from "../../diff/index.ts";
import type { ReportedChange } from "./report.ts";

/** What is needed of a change to fold it. */
type Foldable = Pick<ReportedChange, "rule" | "level" | "webhook" | "in" | "pointer" | "message" | "cause"> & {
  readonly base: object | null;
  readonly revision: object | null;
  readonly also?: readonly string[];
  readonly contract?: string;
  readonly consumers?: ReportedChange["consumers"];
};

/** One edit of a document and every webhook that it reaches. */
export interface Folded<T = ReportedChange> {
  /** The first of its changes; the others differ in webhook and pointer. */
  readonly change: T;
  /** Each once, in the order in which they were found. */
  readonly webhooks: readonly string[];
  /** Where in those webhooks, each once. */
  readonly pointers: readonly string[];
  /** How often it is written beside the places of the first. */
  readonly repeats: number;
}

/** What one webhook, or the same webhooks, get to feel. */
export interface Section {
  readonly contract: string;
  readonly webhooks: readonly string[];
  /** From the worst to the mildest. */
  readonly folded: readonly Folded[];
}

/** So many webhooks whose payloads changed alike, each at a place of its own, were changed by one edit. */
const ALIKE_MIN = 4;

/**
 * Folds the changes that have one cause, and those that several webhooks repeat: headers, replies and security are often written
 * out for each.
 */
export function foldChanges<T extends Foldable>(changes: readonly T[]): readonly Folded<T>[] {
  const groups = grouped(changes, ({ contract, cause, rule, level }) => [contract, cause, rule, level]);
  const alike = grouped(groups, (group) => {
    const [{ contract, rule, level, in: part, pointer, message }] = group;
    return [contract, rule, level, part, pointer, message];
  });
  const isOne = (part: Foldable["in"], members: readonly (readonly T[])[]) =>
    part !== "payload" || new Set(members.flat().map(({ webhook }) => webhook)).size >= ALIKE_MIN;
  return alike
    .flatMap((members): readonly (readonly [T, ...T[]])[] =>
      isOne(members[0][0].in, members) ? [members.flat() as [T, ...T[]]] : members,
    )
    .map((group) => ({
      change: withConsumers(group),
      webhooks: [...new Set(group.map(({ webhook }) => webhook))],
      pointers: [...new Set(group.flatMap(({ pointer, also = [] }) => [pointer, ...also]))],
      repeats: Math.min(...placesOf(group), group.length) - 1,
    }));
}

/** At how many places it is written on each side that has it: what is added to a shared trait is one, wherever it was not before. */
function placesOf(group: readonly Foldable[]): readonly number[] {
  const places = [group.map(({ base }) => base), group.map(({ revision }) => revision)];
  return places
    .filter((side) => !side.includes(null))
    .map((side) => new Set(side.map((place) => JSON.stringify(place))).size);
}

/** Those of one key together, in the order in which the first of each came. */
function grouped<T>(items: readonly T[], keyOf: (item: T) => unknown): readonly (readonly [T, ...T[]])[] {
  const groups = new Map<string, [T, ...T[]]>();
  for (const item of items) {
    const key = JSON.stringify(keyOf(item));
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return [...groups.values()];
}

/** The first of a group, with the consumers of all. */
function withConsumers<T extends Foldable>(group: readonly T[]): T {
  const [first] = group as readonly [T, ...T[]];
  if (group.length === 1 || first.consumers === undefined) return first;
  const reads = new Map<string, Set<string>>();
  for (const { consumers } of group) {
    for (const hit of consumers?.hits ?? []) {
      reads.set(hit.consumer, new Set([...(reads.get(hit.consumer) ?? []), ...hit.reads]));
    }
  }
  const clear = new Set(group.flatMap(({ consumers }) => consumers?.clear ?? []));
  const hits = [...reads].map(([consumer, places]) => ({ consumer, reads: [...places] }));
  return { ...first, consumers: { hits, clear: [...clear].filter((name) => !reads.has(name)) } };
}

/** Puts together what concerns the same webhooks: the worst first, and of those what reaches the most. */
export function sectionsOf(changes: readonly ReportedChange[]): readonly Section[] {
  const sections = new Map<string, Folded[]>();
  for (const folded of foldChanges(changes)) {
    const key = JSON.stringify([folded.change.contract, folded.webhooks]);
    sections.set(key, [...(sections.get(key) ?? []), folded]);
  }
  return [...sections.values()]
    .map((folded) => {
      const sorted = LEVELS.flatMap((level) => folded.filter(({ change }) => change.level === level));
      const [{ change, webhooks }] = sorted as [Folded, ...Folded[]];
      return { contract: change.contract, webhooks, folded: sorted };
    })
    .sort((a, b) => levelOf(a) - levelOf(b) || b.webhooks.length - a.webhooks.length);
}

/** Some of many names, in words. */
export function nameSome(names: readonly string[], show: (name: string) => string, shownMax = 3): string {
  const shown = names.length > shownMax + 1 ? names.slice(0, shownMax) : names;
  const rest = names.length - shown.length;
  return `${shown.map(show).join(", ")}${rest === 0 ? "" : ` and ${rest} more`}`;
}

function levelOf({ folded }: Section): number {
  const [{ change }] = folded as [Folded, ...Folded[]];
  return LEVELS.indexOf(change.level);
}
