import { editDistance } from "../../diagnostics/index.ts";
import type { Webhook } from "../../model/index.ts";

/** Of the webhooks that are gone what they may be now, and of those that are new what they may have been; the likeliest first. */
export interface Kin {
  readonly successors: ReadonlyMap<Webhook, readonly Webhook[]>;
  readonly predecessors: ReadonlyMap<Webhook, readonly Webhook[]>;
}

export interface KinQuestions {
  /** The share of properties that both have, of all that they have. */
  readonly likeness: (base: Webhook, revision: Webhook) => number;
  /** Whether the payload of one webhook, of either side, leaves open what the other is recognised by. */
  readonly isGeneral: (whole: Webhook, part: Webhook) => boolean;
}

/** Pairs of webhooks without a common name that are compared to find out whether they are one. */
export const QUESTIONS_MAX = 2_500;
const RENAME_MIN = 0.65;
/** What several events have in common is less than what one has. */
const PART_MIN = 0.4;

/** Finds webhooks that were renamed, one that became several, and several that became one. Guesses: they are named as such. */
export function kinOf(gone: readonly Webhook[], added: readonly Webhook[], questions: KinQuestions): Kin {
  const successors = new Map<Webhook, readonly Webhook[]>();
  const predecessors = new Map<Webhook, readonly Webhook[]>();
  if (gone.length * added.length > QUESTIONS_MAX) return { successors, predecessors };
  const relate = (bases: readonly Webhook[], revisions: readonly Webhook[]) => {
    for (const base of bases) successors.set(base, revisions);
    for (const revision of revisions) predecessors.set(revision, bases);
  };
  const isFree = (webhook: Webhook) => !successors.has(webhook) && !predecessors.has(webhook);
  for (const base of gone) {
    const parts = added.filter((one) => isFree(one) && isPart(base, one, questions.likeness(base, one), questions));
    if (parts.length > 1) relate([base], parts);
  }
  for (const revision of added.filter(isFree)) {
    const parts = gone.filter(
      (one) => isFree(one) && isPart(revision, one, questions.likeness(one, revision), questions),
    );
    if (parts.length > 1) relate(parts, [revision]);
  }
  for (const [base, revision] of renamesOf(gone.filter(isFree), added.filter(isFree), questions))
    relate([base], [revision]);
  return { successors, predecessors };
}

/** By its name, or since what it is recognised by is one of the values that the whole may have. */
function isPart(whole: Webhook, part: Webhook, likeness: number, { isGeneral }: KinQuestions): boolean {
  if (likeness < PART_MIN) return false;
  const words = new Set(wordsOf(part.name));
  const common = wordsOf(whole.name);
  const isNamedAfter = common.length > 0 && common.length < words.size && common.every((word) => words.has(word));
  return isNamedAfter || isGeneral(whole, part);
}

function renamesOf(
  gone: readonly Webhook[],
  added: readonly Webhook[],
  { likeness }: KinQuestions,
): ReadonlyMap<Webhook, Webhook> {
  const renames = new Map<Webhook, Webhook>();
  const isAlone = gone.length === 1 && added.length === 1;
  const candidates = gone.flatMap((base) =>
    added.map((revision) => {
      const payload = likeness(base, revision);
      const score = isAlone
        ? Math.max(payload, (payload + nameLikeness(base, revision)) / 2)
        : (payload + nameLikeness(base, revision)) / 2;
      return { base, revision, score };
    }),
  );
  const taken = new Set<Webhook>();
  for (const { base, revision, score } of candidates.sort((a, b) => b.score - a.score)) {
    if (score < RENAME_MIN) break;
    if (renames.has(base) || taken.has(revision)) continue;
    renames.set(base, revision);
    taken.add(revision);
  }
  return renames;
}

const NAME_LENGTH_MAX = 100;

/** From 0 to 1: by letters or by words, whichever finds more. */
function nameLikeness({ name }: Webhook, { name: other }: Webhook): number {
  if (name.length > NAME_LENGTH_MAX || other.length > NAME_LENGTH_MAX) return 0;
  const [letters, others] = [lettersOf(name) ?? "", lettersOf(other) ?? ""];
  const byLetters = 1 - editDistance(letters, others) / Math.max(letters.length, others.length, 1);
  const words = new Set(wordsOf(name));
  const otherWords = new Set(wordsOf(other));
  const shared = [...words].filter((word) => otherWords.has(word)).length;
  return Math.max(byLetters, shared / Math.max(1, words.size + otherWords.size - shared));
}

/** `order.paid`, `orderPaid` and `order_paid` are one name. */
export function lettersOf(name: string): string | null {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "") || null;
}

function wordsOf(name: string): readonly string[] {
  return name
    .replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, "$1 $2")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
}
