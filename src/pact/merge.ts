import { stableStringify } from "../json/index.ts";
import type { Json } from "../model/index.ts";
import type { MessageInteraction, PactFile, PactInteraction } from "./pact-file.ts";

/** An interaction, and who wrote it. */
export interface WrittenInteraction {
  readonly interaction: MessageInteraction;
  /** The test file, or whatever tells one writer from another. */
  readonly origin: string;
}

/** Two tests expect different things of the same event in the same state. */
export class PactConflict extends Error {
  override readonly name = "PactConflict";
}

/** What makes an interaction one and the same to Pact. */
export function keyOf({
  description,
  providerStates = [],
}: Pick<PactInteraction, "description" | "providerStates">): string {
  return stableStringify([description, providerStates as unknown as Json], { indent: 0 });
}

/**
 * Joins what several writers of one run have written.
 * @throws PactConflict where two of them differ about the same interaction
 */
export function joinWritten(written: readonly WrittenInteraction[]): ReadonlyMap<string, MessageInteraction> {
  const joined = new Map<string, WrittenInteraction>();
  for (const one of written) {
    const key = keyOf(one.interaction);
    const other = joined.get(key);
    if (other !== undefined && other.origin !== one.origin && text(other.interaction) !== text(one.interaction)) {
      throw new PactConflict(
        `Two tests write the interaction ${JSON.stringify(one.interaction.description)} and expect different things: ` +
          `${other.origin} and ${one.origin}. Let one of them leave the event out, or give them consumers of their own.`,
      );
    }
    joined.set(key, one);
  }
  return new Map([...joined].map(([key, { interaction }]) => [key, interaction]));
}

export interface MergeOptions {
  readonly consumer: string;
  readonly provider: string;
  /** The pact as it was; null where there is none. */
  readonly before: PactFile | null;
  /** By key. */
  readonly written: ReadonlyMap<string, PactInteraction>;
  /** Keys of the interactions that the pact may have; all others are stale. */
  readonly expected: ReadonlySet<string>;
  /** Events that the consumer does not want, each with the reason. */
  readonly ignored: Readonly<Record<string, string>>;
}

/** A pact with what was written now, and what else of it still has its place: nothing stale, nothing of Pact's own versions. */
export function mergePact({ consumer, provider, before, written, expected, ignored }: MergeOptions): PactFile {
  const kept = (before?.interactions ?? []).filter((one) => expected.has(keyOf(one)) && !written.has(keyOf(one)));
  const fresh = [...written].flatMap(([key, one]) => (expected.has(key) ? [one] : []));
  const interactions = [...kept, ...fresh].map((one) => [keyOf(one), one] as const);
  return {
    consumer: { name: consumer },
    provider: { name: provider },
    interactions: interactions.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one),
    metadata: {
      ...(Object.keys(ignored).length === 0 ? {} : { hookbook: { ignored } }),
      pactSpecification: { version: "4.0" },
    },
  };
}

/** The bytes of a pact file. */
export function pactText(pact: PactFile): string {
  return stableStringify(pact as unknown as Json, { newline: true });
}

function text(interaction: PactInteraction): string {
  return stableStringify(interaction as unknown as Json, { indent: 0 });
}
