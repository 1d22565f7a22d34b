import type { Json } from "../../src/model/index.ts";
import { partsOf, type Seed } from "./corpus.ts";
import { mutateBytes, mutateText, noise } from "./mutate-text.ts";
import { mutateValue } from "./mutate-value.ts";
import { unquoteRaw } from "./odd-values.ts";
import type { Mutable } from "./places.ts";
import { Random } from "./random.ts";
import { writeYaml } from "./write-yaml.ts";

/** Files in memory that a description is to be read from. */
export interface FuzzInput {
  readonly entry: string;
  readonly files: Readonly<Record<string, Uint8Array>>;
  readonly role?: "sender" | "receiver";
  /** The command and its options, the documents left out; where a whole command is tried. */
  readonly command?: readonly string[];
  /** What was done to which document, for people. */
  readonly how: string;
}

const encoder = new TextEncoder();

/** Makes the input of a number: the same for the same corpus, seed and index. */
export class InputMaker {
  readonly #seeds: readonly (readonly [number, Seed])[];
  readonly #parsed: readonly (readonly [number, Seed])[];
  readonly #donors: readonly Json[];
  readonly #seed: number;

  constructor(corpus: readonly Seed[], seed: number) {
    if (corpus.length === 0) throw new Error("there is no document to mutate");
    this.#seeds = corpus.map((document) => [document.weight, document] as const);
    this.#parsed = this.#seeds.filter(([, { json }]) => json !== null);
    this.#donors = partsOf(corpus);
    this.#seed = seed;
  }

  make(index: number): FuzzInput {
    const random = new Random(this.#seed, index);
    const role = random.pick([undefined, "sender", "receiver"] as const);
    const input = this.#make(random);
    return role === undefined ? input : { ...input, role };
  }

  #make(random: Random): FuzzInput {
    const kind = random.weighted([
      [58, "value as JSON"],
      [12, "value as YAML"],
      [15, "text"],
      [9, "JSON text"],
      [4, "bytes"],
      [2, "noise"],
    ] as const);
    if (kind === "text" || kind === "bytes" || kind === "noise") return this.#fromText(kind, random);
    const document = random.weighted(this.#parsed);
    const value = JSON.parse(document.json as string) as Mutable;
    const how = [`${kind} of ${document.entry}`, ...mutateValue(value, this.#donors, random)];
    const json = unquoteRaw(JSON.stringify(value, null, random.chance(0.1) ? 2 : 0));
    if (kind === "value as JSON") return withEntry(document, encoder.encode(json), how);
    if (kind === "value as YAML") {
      return withEntry(document, encoder.encode(unquoteRaw(writeYaml(value, random))), how, ".yaml");
    }
    const changed = mutateText(json, random);
    return withEntry(document, encoder.encode(changed.text), [...how, ...changed.how]);
  }

  #fromText(kind: "text" | "bytes" | "noise", random: Random): FuzzInput {
    const document = random.weighted(this.#seeds);
    if (kind === "noise") return withEntry(document, noise(random), [kind]);
    // Now and then it is a file that the entry refers to.
    const paths = Object.keys(document.files);
    const path = random.chance(0.7) ? document.entry : random.pick(paths);
    const text = document.files[path] ?? "";
    const changed = mutateText(text, random);
    const bytes = kind === "text" ? encoder.encode(changed.text) : mutateBytes(encoder.encode(text), random);
    const how = [`${kind} of ${path}`, ...(kind === "text" ? changed.how : [])];
    return { ...withEntry(document, bytes, how), files: { ...encoded(document), [path]: bytes } };
  }
}

function withEntry(document: Seed, bytes: Uint8Array, how: readonly string[], ending?: string): FuzzInput {
  const { [document.entry]: _, ...others } = encoded(document);
  const entry = ending === undefined ? document.entry : document.entry.replace(/\.\w+$/, ending);
  return { entry, files: { [entry]: bytes, ...others }, how: how.join(", ") };
}

function encoded({ files }: Seed): Record<string, Uint8Array> {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [path, encoder.encode(text)]));
}
