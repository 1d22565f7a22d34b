import { isContainer, isObject, joinPointer } from "../json/index.ts";
import type { Diagnostic, DocumentSet, Json, JsonObject, Omission, SourceLocation } from "../model/index.ts";

/** A value of a source document together with its place. */
export interface Node<T extends Json = Json> {
  readonly value: T;
  readonly location: SourceLocation;
  /** Where members came from that were merged in from elsewhere (traits), by name. */
  readonly origins?: ReadonlyMap<string, SourceLocation>;
}

export type ObjectNode = Node<JsonObject>;

/**
 * Walks a document set from place to place, following references, and keeps the ledger of what was left out:
 * whatever a version's reader does not put into the contract, it reports here.
 */
export class DocumentReader {
  readonly set: DocumentSet;
  readonly #omissions = new Map<string, Omission>();
  readonly #diagnostics: Diagnostic[] = [];

  constructor(set: DocumentSet) {
    this.set = set;
  }

  get root(): ObjectNode {
    const { file, value } = this.set.entry;
    return { value: isObject(value) ? value : {}, location: { file, pointer: "" } };
  }

  get omissions(): readonly Omission[] {
    return [...this.#omissions.values()];
  }

  get diagnostics(): readonly Diagnostic[] {
    return this.#diagnostics;
  }

  omit(location: SourceLocation, reason: string): void {
    const id = `${location.file}#${location.pointer} ${reason}`;
    if (!this.#omissions.has(id)) this.#omissions.set(id, { pointer: location.pointer, reason, source: location });
  }

  report(diagnostic: Diagnostic): void {
    this.#diagnostics.push(diagnostic);
  }

  /** The member of an object or the item of an array, references not followed; undefined where there is none. */
  child(node: Node, token: string): Node | undefined {
    if (!isContainer(node.value) || !Object.hasOwn(node.value, token)) return undefined;
    const value = (node.value as JsonObject)[token];
    if (value === undefined) return undefined;
    const { file, pointer } = node.location;
    return { value, location: node.origins?.get(token) ?? { file, pointer: joinPointer(pointer, token) } };
  }

  /** As `child`, the references followed; undefined also where what is there is no object. */
  object(node: Node, token: string): ObjectNode | undefined {
    const child = this.child(node, token);
    return child === undefined ? undefined : this.asObject(child);
  }

  /** As `object`, for a value that is read as a whole elsewhere, so that nothing is reported here. */
  peek(node: Node, token: string): ObjectNode | undefined {
    const child = this.child(node, token);
    const target = child && this.#target(child, () => {});
    return target !== undefined && isObject(target.value) ? (target as ObjectNode) : undefined;
  }

  /** Follows references and returns the object at the end; anything else there is reported as an omission. */
  asObject(node: Node): ObjectNode | undefined {
    const target = this.follow(node);
    if (target === undefined) return undefined;
    if (isObject(target.value)) return target as ObjectNode;
    if (target.value !== null) this.omit(node.location, "is not an object, so it cannot be read");
    return undefined;
  }

  /**
   * Follows a Reference Object, and chains of them. `summary` and `description` beside the `$ref` win over the target's.
   * @see https://spec.openapis.org/oas/v3.1.1.html#reference-object
   */
  follow(node: Node): Node | undefined {
    return this.#target(node, (ref) => this.omit(node.location, `its reference ${JSON.stringify(ref)} leads nowhere`));
  }

  #target(node: Node, onMissing: (ref: string) => void): Node | undefined {
    let current = node;
    const overrides: Record<string, Json> = {};
    const seen = new Set<string>();
    while (isObject(current.value) && typeof current.value["$ref"] === "string") {
      const { $ref: ref, summary, description } = current.value;
      if (typeof summary === "string") overrides["summary"] ??= summary;
      if (typeof description === "string") overrides["description"] ??= description;
      const place = `${current.location.file}#${current.location.pointer}`;
      const target = seen.has(place) ? null : this.set.resolve(ref as string, current.location);
      seen.add(place);
      if (target === null) {
        onMissing(ref as string);
        return undefined;
      }
      current = target;
    }
    if (Object.keys(overrides).length === 0 || !isObject(current.value)) return current;
    return { value: { ...current.value, ...overrides }, location: current.location };
  }

  /** The members of an object node that are there, references not followed; extensions (`x-…`) left out where asked. */
  entries(node: Node | undefined, { extensions = false } = {}): readonly (readonly [string, Node])[] {
    if (node === undefined || !isObject(node.value)) return [];
    return Object.keys(node.value).flatMap((key) => {
      if (!extensions && key.startsWith("x-")) return [];
      const child = this.child(node, key);
      return child === undefined ? [] : [[key, child] as const];
    });
  }

  /** The items of an array node, references not followed. */
  items(node: Node | undefined): readonly Node[] {
    if (node === undefined || !Array.isArray(node.value)) return [];
    return node.value.flatMap((_: Json, index: number) => this.child(node, String(index)) ?? []);
  }

  /**
   * A text; also one that is kept in a file of its own, `description: { $ref: ./order.md }`, as documents that are bundled
   * before they are published have it.
   */
  text(node: Node, token: string): string | undefined {
    const child = this.child(node, token);
    if (typeof child?.value === "string") return child.value;
    const target = child && isObject(child.value) ? this.follow(child) : undefined;
    return typeof target?.value === "string" ? target.value.trimEnd() : undefined;
  }

  flag(node: Node, token: string): boolean | undefined {
    const value = this.child(node, token)?.value;
    return typeof value === "boolean" ? value : undefined;
  }

  /** Reports every member that the reader of this object does not know, so that nothing disappears in silence. */
  omitUnknown(node: ObjectNode, known: ReadonlySet<string>): void {
    for (const [key, child] of this.entries(node, { extensions: true })) {
      if (known.has(key)) continue;
      this.omit(child.location, key.startsWith("x-") ? "an extension that is not read" : "not read");
    }
  }
}
