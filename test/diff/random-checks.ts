import { ruleInfos, verdictOf } from "../../src/diff/index.ts";
import type { Change } from "../../src/model/index.ts";
import { type RandomPair, randomPairs } from "./random-pairs.ts";

export interface RandomReport {
  readonly pairs: number;
  readonly payloads: number;
  /** Pairs with a payload that the base rejects. */
  readonly rejected: number;
  /** What the base rejects and nothing is told of. */
  readonly problems: readonly string[];
  /** Pairs of which one way tells what the other has no mirror of. */
  readonly unmirrored: readonly string[];
}

const mirrors = new Map(
  ruleInfos.map(({ id, mirror }) => [id, new Set("rules" in mirror ? mirror.rules : [])] as const),
);
const waived = new Set(ruleInfos.flatMap(({ id, mirror }) => ("waiver" in mirror ? [id] : [])));

/**
 * What must hold of random pairs of schemas, whatever they are: what the base rejects is reported, and both ways tell the same.
 * @param payloadsOf  how many payloads a pair is tried with, by its verdict
 */
export async function checkRandomPairs(
  seed: number,
  rounds: readonly number[],
  payloadsOf: (verdict: ReturnType<typeof verdictOf>) => number,
): Promise<RandomReport> {
  const report = { pairs: 0, payloads: 0, rejected: 0, problems: [] as string[], unmirrored: [] as string[] };
  for (const round of rounds) {
    for (const pair of await randomPairs(seed, round, { payloads: payloadsOf })) {
      report.pairs++;
      report.payloads += pair.payloads.length;
      const rejected = pair.payloads.find(({ isAllowed }) => !isAllowed);
      if (rejected !== undefined) report.rejected++;
      const verdict = verdictOf(pair.changes);
      const isTold = verdict === "breaking" || verdict === "risky";
      if (rejected !== undefined && !isTold)
        report.problems.push(`${shown(pair, round)}\nis ${verdict}, and ${JSON.stringify(rejected.value)} is rejected`);
      if (rejected !== undefined) {
        for (const { place, changes } of pair.elsewhere) {
          const there = verdictOf(changes);
          // A header that no value fits is one that is not there, and receivers get headers that nobody describes.
          const isNew = changes.some(({ rule }) => rule === "header-added");
          if (there === "breaking" || there === "risky" || isNew) continue;
          report.problems.push(
            `${shown(pair, round)}\nis ${there} in ${place}, and ${JSON.stringify(rejected.value)} is rejected`,
          );
        }
      }
      const lost = withoutMirror(pair.changes, pair.backward);
      if (lost.length > 0) report.unmirrored.push(`${shown(pair, round)}\ntells ${lost.join(", ")} one way only`);
    }
  }
  return report;
}

/** Changes of which the other direction tells none that is their mirror. */
export function withoutMirror(changes: readonly Change[], backward: readonly Change[]): readonly string[] {
  const told = new Set(backward.map(({ rule }) => rule));
  return changes.flatMap(({ rule }) => {
    // Where neither way can be proven, what is said may be about another keyword, but something is said.
    const isLoose = rule === "schema-changed" || told.has("schema-changed");
    const isMirrored =
      waived.has(rule) || (isLoose ? told.size > 0 : [...(mirrors.get(rule) ?? [])].some((id) => told.has(id)));
    return isMirrored ? [] : [rule];
  });
}

function shown({ base, revision, named }: RandomPair, round: number): string {
  return `round ${round}: ${JSON.stringify({ base, revision, named })}`;
}
