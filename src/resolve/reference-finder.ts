import {
  decodePercent,
  enclosingResource,
  type FoundReferences,
  formatFragment,
  formatPointer,
  getAt,
  getMember,
  isObject,
  joinPointer,
  own,
  parseFragment,
  parsePointer,
  resolveUri,
  type SchemaResources,
  schemaResources,
  schemeOf,
  splitReference,
} from "../json/index.ts";
import type { Json, ReferenceTarget, SourceDocument, SourceLocation } from "../model/index.ts";

/** What the finder looks in. */
export interface ReferenceSources {
  readonly documents: ReadonlyMap<string, SourceDocument>;
  /** By referring file: which file an address (a reference up to its `#`, as written) names; null: reported already. */
  readonly addresses: ReadonlyMap<string, ReadonlyMap<string, string | null>>;
  /** By file: what it says about references. */
  readonly found: ReadonlyMap<string, FoundReferences>;
}

export type FindOutcome =
  | {
      readonly kind: "found";
      readonly target: ReferenceTarget;
      /** The reference as it should be written, where a slash in it was not escaped. */
      readonly escaped?: string;
    }
  /** Somebody reported it: the file could not be read. */
  | { readonly kind: "reported" }
  /** `near` is where the way ended, if it began at all. */
  | { readonly kind: "missing"; readonly near?: DeadEnd };

/** Where a pointer leads nowhere. */
export interface DeadEnd {
  /** What was reached. */
  readonly value: Json;
  readonly tokens: readonly string[];
  /** The one of `tokens` that `value` has no member for. */
  readonly index: number;
}

/** Finds what a reference names, among documents that are all there. */
export class ReferenceFinder {
  readonly #sources: ReferenceSources;
  readonly #resources = new Map<string, SchemaResources>();
  /** Every `$id`, by absolute URI. */
  readonly #schemas = new Map<string, SourceLocation>();
  /** By file and anchor: the pointers that have it. */
  readonly #anchors = new Map<string, Map<string, string[]>>();

  constructor(sources: ReferenceSources) {
    this.#sources = sources;
    for (const [file, { identifiers, anchors }] of sources.found) {
      const resources = schemaResources(file, identifiers);
      this.#resources.set(file, resources);
      for (const { pointer } of identifiers) {
        const { uri } = enclosingResource(resources, pointer);
        // The first one counts, so that a later document cannot take a name over.
        if (!this.#schemas.has(uri)) this.#schemas.set(uri, { file, pointer });
      }
      const byName = new Map<string, string[]>();
      for (const { pointer, name } of anchors) byName.set(name, [...(byName.get(name) ?? []), pointer]);
      this.#anchors.set(file, byName);
    }
  }

  /**
   * Finds the target of a reference, one step: where that is a `$ref` itself, it is not followed. A pointer that leads
   * through a `$ref` on its way is.
   * @param from  the object that holds the reference.
   */
  find(ref: string, from: SourceLocation): FindOutcome {
    return this.#find(ref, from, { left: JUMPS_MAX });
  }

  #find(ref: string, from: SourceLocation, jumps: { left: number }): FindOutcome {
    const { address, fragment } = splitReference(ref);
    const base = this.#base(address, from);
    if (base === "reported") return { kind: "reported" };
    if (base === null) return { kind: "missing" };
    const start = this.#target(base);
    if (start === null) return { kind: "missing" };
    if (fragment === null || fragment === "") return { kind: "found", target: start };

    const tokens = parseFragment(fragment);
    if (tokens === null) return this.#findAnchor(decodePercent(fragment), base);
    const outcome = this.#walk(start, tokens, jumps);
    if (outcome.kind === "missing" && base.pointer !== "") {
      // Within a schema with an `$id`, `#` is that schema. Many documents mean the file nevertheless.
      const whole = this.#target({ file: base.file, pointer: "" });
      const second = whole === null ? outcome : this.#walk(whole, tokens, jumps);
      if (second.kind !== "missing") return withAddress(second, address);
    }
    return withAddress(outcome, address);
  }

  /** The document or schema that a reference counts from. */
  #base(address: string, from: SourceLocation): SourceLocation | "reported" | null {
    const resources = this.#resources.get(from.file);
    if (resources === undefined) return null;
    const resource = enclosingResource(resources, from.pointer);
    if (address === "") return { file: from.file, pointer: resource.pointer };
    const isUri =
      this.#schemas.size > 0 && (resource.pointer !== "" || schemeOf(address) !== null || this.#hasId(from.file));
    const uri = isUri ? resolveUri(address, resource.uri) : null;
    const schema = uri === null ? undefined : this.#schemas.get(uri);
    if (schema !== undefined) return schema;
    const file = this.#sources.addresses.get(from.file)?.get(address);
    if (file === null) return "reported";
    return file === undefined ? null : { file, pointer: "" };
  }

  #hasId(file: string): boolean {
    return (this.#sources.found.get(file)?.identifiers.length ?? 0) > 0;
  }

  #target(location: SourceLocation): ReferenceTarget | null {
    const document = this.#sources.documents.get(location.file);
    if (document === undefined) return null;
    const value = getAt(document.value, parsePointer(location.pointer) ?? []);
    return value === undefined ? null : { location, value };
  }

  #findAnchor(name: string, base: SourceLocation): FindOutcome {
    const pointers = this.#anchors.get(base.file)?.get(name) ?? [];
    const resources = this.#resources.get(base.file);
    const own =
      resources === undefined
        ? undefined
        : pointers.find((pointer) => enclosingResource(resources, pointer).pointer === base.pointer);
    const pointer = own ?? pointers[0];
    const target = pointer === undefined ? null : this.#target({ file: base.file, pointer });
    return target === null ? { kind: "missing" } : { kind: "found", target };
  }

  #walk(start: ReferenceTarget, tokens: readonly string[], jumps: { left: number }): FindOutcome {
    let current = start;
    let index = 0;
    const written: string[] = [];
    while (index < tokens.length) {
      const taken = takeMember(current.value, tokens, index);
      if (taken !== null) {
        const { file, pointer } = current.location;
        current = { location: { file, pointer: joinPointer(pointer, taken.key) }, value: taken.value };
        written.push(taken.key);
        index += taken.count;
        continue;
      }
      const ref = isObject(current.value) ? own(current.value, "$ref") : undefined;
      if (typeof ref !== "string" || jumps.left-- <= 0) {
        return { kind: "missing", near: { value: current.value, tokens, index } };
      }
      const next = this.#find(ref, current.location, jumps);
      // What is wrong with that reference is reported where it stands; this one cannot be found either way.
      if (next.kind !== "found") return next.kind === "reported" ? next : { kind: "missing" };
      current = next.target;
    }
    const found = { kind: "found", target: current } as const;
    return written.length === tokens.length
      ? found
      : { ...found, escaped: `#${formatFragment(formatPointer(written))}` };
  }
}

/** References that one pointer may lead through. More are a circle. */
const JUMPS_MAX = 100;

/** Tokens tried as one key whose slashes were not escaped; a path of a URL has about as many segments. */
const UNESCAPED_TOKENS_MAX = 20;

/** The member for the next token, or for the next few as one key with slashes in it. */
function takeMember(
  value: Json,
  tokens: readonly string[],
  index: number,
): { readonly key: string; readonly value: Json; readonly count: number } | null {
  let key = tokens[index] as string;
  for (let count = 1; ; count++) {
    const member = getMember(value, key);
    if (member !== undefined) return { key, value: member, count };
    const next = tokens[index + count];
    if (next === undefined || count >= UNESCAPED_TOKENS_MAX || !isObject(value)) return null;
    key += `/${next}`;
  }
}

function withAddress(outcome: FindOutcome, address: string): FindOutcome {
  if (outcome.kind !== "found" || outcome.escaped === undefined) return outcome;
  return { ...outcome, escaped: address + outcome.escaped };
}
