import { stableStringify } from "../json/index.ts";
import type { Json, Webhook } from "../model/index.ts";
import type { Choice } from "./conjunctions.ts";
import type { Place } from "./maker.ts";
import { branchName, knowledgeOf, makeSample, routePins, type SampledContract } from "./sample.ts";

/** A payload of a webhook that shows something of its own. */
export interface SampleVariant {
  /** Unique within the webhook and the same on every run: an example's name, `minimal`, `full`, `/pointer: branch`, `/pointer: null`. */
  readonly name: string;
  readonly kind: "example" | "minimal" | "full" | "branch" | "null";
  readonly payload: Json;
  /** Of an example that shows them. */
  readonly headers?: Readonly<Record<string, Json>>;
}

export interface VariantOptions {
  /** Asked of every payload, examples too: what it refuses is left out. Without it, our own reading of the schema decides. */
  readonly accepts?: (payload: Json) => boolean;
}

/** Alternatives within alternatives multiply in some documents; more variants than these nobody looks at. */
const VARIANTS_MAX = 200;

/**
 * Payloads that together show what a webhook may be: its published examples, the smallest and the fullest payload, one for
 * each branch of each `oneOf` and `anyOf` at any depth, and one with null at each place that allows it. Equal payloads are
 * given once, under the name that comes first.
 */
export function sampleVariants(
  contract: SampledContract,
  webhook: Webhook,
  { accepts = (payload) => knowledgeOf(contract).judge.accepts(webhook.payload, payload) }: VariantOptions = {},
): readonly SampleVariant[] {
  const variants: SampleVariant[] = [];
  const seen = new Set<string>();
  const names = new Set<string>();
  const add = (variant: SampleVariant) => {
    const text = stableStringify(variant.payload, { indent: 0 });
    if (seen.has(text) || !accepts(variant.payload)) return;
    seen.add(text);
    const name = uniqueName(variant.name, names);
    names.add(name);
    variants.push({ ...variant, name });
  };
  for (const { name, payload, headers } of webhook.examples) {
    add({ name, kind: "example", payload, ...(headers === undefined ? {} : { headers }) });
  }
  const pins = routePins(webhook);
  const minimal = makeSample(contract, webhook.payload, { mode: "minimal", pins });
  if (minimal.ok) add({ name: "minimal", kind: "minimal", payload: minimal.value });

  const forks = new Forks();
  const nullable = new Set<string>();
  const makeFull = (way: Way) =>
    makeSample(contract, webhook.payload, {
      mode: "full",
      pins,
      choose: (place, choice) => forks.choose(place, choice, way),
      onNullable: ({ pointer }) => nullable.add(pointer),
    });
  const full = makeFull([]);
  if (full.ok) add({ name: "full", kind: "full", payload: full.value });
  for (const way of forks) {
    if (variants.length >= VARIANTS_MAX) break;
    const made = makeFull(way);
    const [last] = way.slice(-1);
    if (!made.ok || last === undefined) continue;
    const { pointer, branch, index } = last;
    add({ name: `${pointer || "/"}: ${branchName(branch, index, contract)}`, kind: "branch", payload: made.value });
  }
  for (const pointer of nullable) {
    if (variants.length >= VARIANTS_MAX) break;
    const made = makeSample(contract, webhook.payload, { mode: "full", pins: new Map([...pins, [pointer, [null]]]) });
    if (made.ok) add({ name: `${pointer || "/"}: null`, kind: "null", payload: made.value });
  }
  return variants;
}

/** A branch that is to be taken at a place. */
interface Turn {
  readonly pointer: string;
  readonly schema: Choice["schema"];
  readonly keyword: Choice["keyword"];
  readonly index: number;
  readonly branch: Choice["branches"][number] | undefined;
}

/** The turns to take from the first choice to the last. */
type Way = readonly Turn[];

/** All choices that are met while samples are made, each branch once: iterating goes on while new ones are found. */
class Forks {
  readonly #met: { readonly turn: Turn; readonly way: Way }[] = [];

  choose({ pointer }: Place, { schema, keyword, branches }: Choice, way: Way): readonly number[] | null {
    const taken = way.find((turn) => turn.pointer === pointer && turn.schema === schema && turn.keyword === keyword);
    if (taken !== undefined) return [taken.index];
    const isKnown = this.#met.some(
      ({ turn }) => turn.pointer === pointer && turn.schema === schema && turn.keyword === keyword,
    );
    if (isKnown) return null;
    for (const [index, branch] of branches.entries()) {
      this.#met.push({ turn: { pointer, schema, keyword, index, branch }, way });
    }
    return null;
  }

  *[Symbol.iterator](): Generator<Way> {
    for (let at = 0; at < this.#met.length; at++) {
      const met = this.#met[at];
      if (met !== undefined) yield [...met.way, met.turn];
    }
  }
}

function uniqueName(name: string, taken: ReadonlySet<string>): string {
  for (let count = 2, unique = name; ; count++) {
    if (!taken.has(unique)) return unique;
    unique = `${name} (${count})`;
  }
}
