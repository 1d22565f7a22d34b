import { readFileSync } from "node:fs";
import { dirname, posix } from "node:path";
import { parse } from "yaml";

/** A value in a file as its author wrote it. */
export interface RawNode {
  readonly file: string;
  readonly pointer: string;
  readonly value: unknown;
}

export type RawObject = Readonly<Record<string, unknown>>;

/**
 * The files of a description, read with nothing of what Hookbook reads them with: what it overlooks must not be overlooked
 * here for the same reason.
 */
export class RawDocuments {
  readonly #folder: string;
  readonly #values = new Map<string, unknown>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  root(file: string): RawNode {
    return { file, pointer: "", value: this.#read(file) };
  }

  /** References not followed. */
  child({ file, pointer, value }: RawNode, key: string): RawNode | undefined {
    if (!isObject(value) && !Array.isArray(value)) return undefined;
    if (!Object.hasOwn(value, key)) return undefined;
    const token = key.replaceAll("~", "~0").replaceAll("/", "~1");
    return { file, pointer: `${pointer}/${token}`, value: (value as RawObject)[key] };
  }

  /** References followed; undefined where there is nothing. */
  get(node: RawNode | undefined, key: string): RawNode | undefined {
    const child = node && this.child(node, key);
    return child && this.follow(child);
  }

  members(node: RawNode | undefined): readonly (readonly [string, RawNode])[] {
    if (node === undefined || typeof node.value !== "object" || node.value === null) return [];
    return Object.keys(node.value).map((key) => [key, this.child(node, key) as RawNode] as const);
  }

  /** The value at the end of a chain of references; undefined where it leads nowhere. */
  follow(node: RawNode, depth = 0): RawNode | undefined {
    const ref = isObject(node.value) ? node.value["$ref"] : undefined;
    if (typeof ref !== "string") return node;
    const target = depth > 20 ? undefined : this.#target(ref.trim(), node.file);
    return target && this.follow(target, depth + 1);
  }

  #target(ref: string, from: string): RawNode | undefined {
    const [address = "", fragment = ""] = ref.split(/#(.*)/s);
    const file = address === "" ? from : posix.normalize(posix.join(dirname(from), decodeURIComponent(address)));
    let node: RawNode | undefined = this.root(file);
    for (const token of decodeURIComponent(fragment).split("/").slice(1)) {
      node = node && this.child(node, token.replaceAll("~1", "/").replaceAll("~0", "~"));
    }
    return node;
  }

  #read(file: string): unknown {
    if (!this.#values.has(file)) {
      const text = readFileSync(posix.join(this.#folder, file), "utf8").replace(/^\uFEFF/, "");
      const isJson = file.endsWith(".json");
      this.#values.set(file, isJson ? JSON.parse(text) : parse(text, { uniqueKeys: false, merge: true }));
    }
    return this.#values.get(file);
  }
}

export function isObject(value: unknown): value is RawObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
