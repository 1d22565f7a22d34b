import { isAlias, isMap, isScalar, isSeq, type ParsedNode, Scalar, type YAMLMap } from "yaml";
import { type DiagnosticCode, type DiagnosticParams, diagnose, quote } from "../diagnostics/index.ts";
import { isArray, isContainer, isObject, joinPointer, own, setOwn } from "../json/index.ts";
import type { Diagnostic, Json, JsonObject, Result } from "../model/index.ts";
import { isExactInteger } from "./exact-integer.ts";
import { limits } from "./limits.ts";
import type { LineIndex } from "./line-index.ts";
import type { OffsetIndex } from "./offset-index.ts";
import type { ParsedYaml } from "./parse-yaml.ts";

interface YamlSource {
  readonly file: string;
  readonly text: string;
  readonly lines: LineIndex;
}

/**
 * Makes plain JSON of a parsed YAML document. An alias shares the value that it names instead of copying it, and how many
 * values all aliases stand for is bounded, so that whoever walks the result is bounded too.
 * @param node  nested no deeper than `limits.depthMax`: this is recursive.
 */
export function convertYaml(node: ParsedNode | null, source: YamlSource): Result<ParsedYaml | null> {
  return new YamlConverter(source).convert(node);
}

/** A converted value, with what an alias to it must know. */
interface Converted {
  readonly value: Json;
  /** Values in it, itself included, aliases counted as what they stand for. */
  readonly size: number;
  /** Levels of objects and arrays in it; 0 for a scalar. */
  readonly depth: number;
}

/** Stops the conversion: the document as a whole cannot be read. Never leaves this file. */
class Unreadable {
  readonly diagnostic: Diagnostic;
  constructor(diagnostic: Diagnostic) {
    this.diagnostic = diagnostic;
  }
}

class YamlConverter {
  readonly #source: YamlSource;
  readonly #diagnostics: Diagnostic[] = [];
  readonly #counts = new Map<DiagnosticCode, number>();
  /** The last node of each name so far; null while it is still open. */
  readonly #anchors = new Map<string, Converted | null>();
  /** Offsets of the members of each object (by key) and array (by index). */
  readonly #offsets = new WeakMap<object, ReadonlyMap<string, number>>();
  #aliasValues = 0;

  constructor(source: YamlSource) {
    this.#source = source;
  }

  convert(node: ParsedNode | null): Result<ParsedYaml | null> {
    try {
      const { value } = this.#convert(node, "", 0);
      const start = node?.range[0] ?? 0;
      const index: OffsetIndex = { offsetOf: (tokens) => this.#offsetOf(value, tokens, start) };
      return { value: { value, index }, diagnostics: this.#diagnostics };
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      return { value: null, diagnostics: [...this.#diagnostics, error.diagnostic] };
    }
  }

  #convert(node: ParsedNode | null, pointer: string, level: number): Converted {
    if (node === null) return { value: null, size: 1, depth: 0 };
    if (isAlias(node)) return this.#convertAlias(node.source, node.range[0], pointer, level);
    const { anchor } = node;
    if (anchor !== undefined) this.#anchors.set(anchor, null);
    const converted = isMap<ParsedNode, ParsedNode | null>(node)
      ? this.#convertMap(node, pointer, level)
      : isSeq<ParsedNode>(node)
        ? this.#convertSequence(node.items, pointer, level)
        : this.#convertScalar(node, pointer);
    if (anchor !== undefined) this.#anchors.set(anchor, converted);
    return converted;
  }

  #convertSequence(items: readonly ParsedNode[], pointer: string, level: number): Converted {
    const value: Json[] = [];
    const offsets = new Map<string, number>();
    let size = 1;
    let depth = 0;
    for (const [index, item] of items.entries()) {
      const converted = this.#convert(item, `${pointer}/${index}`, level + 1);
      value.push(converted.value);
      offsets.set(String(index), item.range[0]);
      size += converted.size;
      depth = Math.max(depth, converted.depth);
    }
    this.#offsets.set(value, offsets);
    return { value, size, depth: depth + 1 };
  }

  #convertMap(map: YAMLMap<ParsedNode, ParsedNode | null>, pointer: string, level: number): Converted {
    const value: Record<string, Json> = {};
    const offsets = new Map<string, number>();
    /** Offsets of the keys written here, as opposed to merged ones, which they override wherever they stand. */
    const written = new Map<string, number>();
    let size = 1;
    let depth = 0;
    for (const pair of map.items) {
      const key = isScalar(pair.key) ? String(pair.key.value ?? "") : "";
      const offset = pair.key.range[0];
      const converted = this.#convert(pair.value, joinPointer(pointer, key), level + 1);
      if (isMergeKey(pair.key)) {
        size += this.#merge(converted, { into: value, offsets, pointer, offset });
        depth = Math.max(depth, converted.depth - 1);
        continue;
      }
      const firstOffset = written.get(key);
      if (firstOffset !== undefined) {
        const position = this.#source.lines.positionAt(offset);
        const firstLine = this.#source.lines.positionAt(firstOffset).line;
        this.#report("duplicate-key", { key, line: position.line, firstLine }, joinPointer(pointer, key), offset);
      }
      written.set(key, firstOffset ?? offset);
      setOwn(value, key, converted.value);
      offsets.set(key, offset);
      size += converted.size;
      depth = Math.max(depth, converted.depth);
    }
    this.#offsets.set(value, offsets);
    return { value, size, depth: depth + 1 };
  }

  /**
   * Adds the members of a merge key's map, or of each of its maps, that are not there yet.
   * @returns how many values were added.
   * @see https://yaml.org/type/merge.html
   */
  #merge(
    source: Converted,
    target: { into: Record<string, Json>; offsets: Map<string, number>; pointer: string; offset: number },
  ): number {
    const { into, offsets, pointer, offset } = target;
    const maps: readonly Json[] = isArray(source.value) ? source.value : [source.value];
    for (const map of maps) {
      if (!isObject(map)) {
        this.#fail("broken-yaml", { reason: "a merge key (<<) needs a map or a list of maps" }, pointer, offset);
      }
      // Copying keys takes time even where all of them are there already.
      this.#countAliasValues(Object.keys(map).length, pointer, offset);
      for (const [key, member] of Object.entries(map)) {
        if (own(into, key) !== undefined) continue;
        setOwn(into, key, member);
        offsets.set(key, this.#offsets.get(map)?.get(key) ?? offset);
      }
    }
    this.#countAliasValues(source.size, pointer, offset);
    return source.size;
  }

  #convertAlias(name: string, offset: number, pointer: string, level: number): Converted {
    const target = this.#anchors.get(name);
    if (target === null) this.#fail("yaml-alias-cycle", { alias: name }, pointer, offset);
    if (target === undefined) {
      this.#fail(
        "broken-yaml",
        { reason: `no anchor ${quote(`&${name}`)} stands before the alias ${quote(`*${name}`)}` },
        pointer,
        offset,
      );
    }
    if (level + target.depth > limits.depthMax) {
      this.#fail("nested-too-deep", { depthMax: limits.depthMax }, pointer, offset);
    }
    this.#countAliasValues(target.size, pointer, offset);
    return target;
  }

  #convertScalar(scalar: Scalar, pointer: string): Converted {
    const { value } = scalar;
    const range = scalar.range ?? [0, 0, 0];
    const written = () => this.#source.text.slice(range[0], range[1]);
    let converted: Json;
    if (typeof value === "bigint") {
      const read = Number(value);
      converted = Number.isFinite(read) ? read : null;
      if (converted === null) this.#report("number-not-finite", { written: written() }, pointer);
      else if (!isExactInteger(String(value))) {
        this.#report("number-not-exact", { written: written(), read: String(read) }, pointer);
      }
    } else if (typeof value === "number") {
      converted = Number.isFinite(value) ? value : null;
      if (converted === null) this.#report("number-not-finite", { written: written() }, pointer);
    } else if (typeof value === "string" || typeof value === "boolean") {
      converted = value;
    } else {
      converted = null;
    }
    return { value: converted, size: 1, depth: 0 };
  }

  #countAliasValues(count: number, pointer: string, offset: number): void {
    this.#aliasValues += count;
    if (this.#aliasValues > limits.aliasValuesMax) {
      this.#fail("yaml-aliases-too-large", { valuesMax: limits.aliasValuesMax }, pointer, offset);
    }
  }

  #offsetOf(root: Json, tokens: readonly string[], start: number): number {
    let current: Json | undefined = root;
    let offset = start;
    for (const token of tokens) {
      const next = isContainer(current) ? this.#offsets.get(current)?.get(token) : undefined;
      if (next === undefined) break;
      offset = next;
      current = (current as JsonObject)[token];
    }
    return offset;
  }

  #report<Code extends DiagnosticCode>(
    code: Code,
    params: DiagnosticParams<Code>,
    pointer: string,
    offset?: number,
  ): void {
    const count = (this.#counts.get(code) ?? 0) + 1;
    this.#counts.set(code, count);
    if (count <= limits.findingsMax) this.#diagnostics.push(this.#diagnostic(code, params, pointer, offset));
  }

  #fail<Code extends DiagnosticCode>(
    code: Code,
    params: DiagnosticParams<Code>,
    pointer: string,
    offset: number,
  ): never {
    throw new Unreadable(this.#diagnostic(code, params, pointer, offset));
  }

  /** The offset is given where the pointer does not say it: where the value that it names is not in the document. */
  #diagnostic<Code extends DiagnosticCode>(
    code: Code,
    params: DiagnosticParams<Code>,
    pointer: string,
    offset?: number,
  ): Diagnostic {
    const { file, lines } = this.#source;
    return diagnose(code, params, { file, pointer }, offset === undefined ? undefined : lines.positionAt(offset));
  }
}

/** Only when it is not quoted: `"<<"` is a key like any other. */
function isMergeKey(key: ParsedNode): boolean {
  return isScalar(key) && key.value === "<<" && key.type === Scalar.PLAIN;
}
