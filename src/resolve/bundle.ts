import {
  findReferences,
  formatFragment,
  formatPointer,
  getAt,
  getMember,
  isArray,
  isContainer,
  isObject,
  joinPointer,
  own,
  parseFragment,
  parsePointer,
  setOwn,
} from "../json/index.ts";
import type { DocumentSet, Json, JsonObject, SourceDocument, SourceLocation } from "../model/index.ts";
import { findCycles } from "./find-cycles.ts";

/** A description as one value that refers to nothing outside of itself. */
export interface Bundle {
  readonly value: JsonObject;
  /**
   * Where a place of `value` was written. A pointer that leads through a `$ref`, as tools that have resolved references
   * give it, is followed; one that leads nowhere gives the nearest place that exists.
   */
  readonly sourceOf: (pointer: string) => SourceLocation;
}

/** Where other documents are put, by number. */
const BUNDLED = "x-hookbook-bundled";
/** Among them, what references that name nothing name: the tool reports what else there is, we have reported those. */
const MISSING = "missing";
const MISSING_REF = `#/${BUNDLED}/${MISSING}`;
/** What a `$ref` key in data becomes: tools that resolve every `$ref` they see would follow it. */
const DATA_REF = "x-hookbook-data-$ref";

/**
 * Makes one plain JSON value of a description and all documents it refers to, for tools that must not read files or
 * hosts themselves. Other documents are put under `#/x-hookbook-bundled/<n>`, a text as a string, and all references
 * are rewritten to local ones; those that name nothing or only each other name an empty object. A `$ref` key in data
 * (examples) is renamed. The documents themselves are not changed.
 */
export function bundleForParser(set: DocumentSet): Bundle {
  const others = [...set.documents.values()].filter((document) => document.file !== set.entry.file);
  const prefixes = new Map([[set.entry.file, ""]]);
  for (const [index, { file }] of others.entries()) prefixes.set(file, formatPointer([BUNDLED, index]));

  const rewrite = rewriterOf(set, prefixes);
  const value: Record<string, Json> = {};
  const entry = rewrite(set.entry);
  if (isObject(entry)) for (const [key, member] of Object.entries(entry)) setOwn(value, key, member);
  const bundled: Record<string, Json> = { [MISSING]: {} };
  for (const [index, document] of others.entries()) bundled[String(index)] = rewrite(document);
  value[BUNDLED] = bundled;
  return { value, sourceOf: (pointer) => sourceOf(pointer, { value, entry: set.entry, others }) };
}

/** The same for tools that show what they are given: where nothing had to be added to the description, nothing is. */
export function bundleDocument(set: DocumentSet): JsonObject {
  const { [BUNDLED]: added, ...rest } = bundleForParser(set).value;
  const isNeeded =
    set.documents.size > 1 || findReferences(rest).references.some(({ ref }) => ref.startsWith(MISSING_REF));
  return isNeeded && added !== undefined ? { ...rest, [BUNDLED]: added } : rest;
}

/** Makes the function that copies a document with all its references made local. */
function rewriterOf(set: DocumentSet, prefixes: ReadonlyMap<string, string>): (document: SourceDocument) => Json {
  const sites = [...set.documents.values()].flatMap(({ file, kind, value }) =>
    kind === "text" ? [] : findReferences(value).references.map((site) => ({ ...site, file })),
  );
  const held = sites
    .filter(({ kind }) => kind === "$ref")
    .map(({ ref, file, holder }) => ({ ref, holder: { file, pointer: holder } }));
  const inCircles = new Set(
    findCycles(held, set.resolve)
      .flat()
      .map(({ holder }) => placeKey(holder)),
  );

  const localRefs = new Map<string, string>();
  for (const { kind, ref, file, holder, pointer } of sites) {
    if (kind === "externalValue") continue;
    const from = { file, pointer: holder };
    const target = inCircles.has(placeKey(from)) ? null : set.resolve(ref, from);
    localRefs.set(placeKey({ file, pointer }), localRef(target?.location ?? null, { ref, prefixes }));
  }
  return (document) => copy(document.value, "", { file: document.file, localRefs });
}

function localRef(
  target: SourceLocation | null,
  { ref, prefixes }: { readonly ref: string; readonly prefixes: ReadonlyMap<string, string> },
): string {
  const prefix = target === null ? undefined : prefixes.get(target.file);
  if (target === null || prefix === undefined) return MISSING_REF;
  const local = prefix + target.pointer;
  // Where it says that already, it stays as it was written: tools quote it in their messages.
  const isThere = ref.startsWith("#") && formatPointer(parseFragment(ref.slice(1)) ?? [ref]) === local;
  return isThere ? ref : `#${formatFragment(local)}`;
}

/** Copies with new references. Recursive: documents that were read are no deeper than the reader allows. */
function copy(
  value: Json,
  pointer: string,
  context: { readonly file: string; readonly localRefs: ReadonlyMap<string, string> },
): Json {
  if (!isContainer(value)) return value;
  if (isArray(value)) return value.map((item, index) => copy(item, `${pointer}/${index}`, context));
  const result: Record<string, Json> = {};
  for (const [key, member] of Object.entries(value)) {
    const at = joinPointer(pointer, key);
    if (typeof member !== "string") {
      setOwn(result, key, copy(member, at, context));
      continue;
    }
    const ref = context.localRefs.get(placeKey({ file: context.file, pointer: at }));
    if (ref !== undefined) setOwn(result, key, ref);
    else setOwn(result, key === "$ref" ? DATA_REF : key, member);
  }
  return result;
}

function sourceOf(
  pointer: string,
  bundle: { readonly value: Json; readonly entry: SourceDocument; readonly others: readonly SourceDocument[] },
): SourceLocation {
  let tokens: readonly string[] = [];
  let current: Json = bundle.value;
  let jumps = 0;
  for (const token of parsePointer(pointer) ?? []) {
    let next = getMember(current, token);
    while (next === undefined && jumps++ < 100) {
      const target = localTarget(current);
      const reached = target === null ? undefined : getAt(bundle.value, target);
      if (target === null || reached === undefined) break;
      tokens = target;
      current = reached;
      next = getMember(current, token);
    }
    if (next === undefined) break;
    tokens = [...tokens, token];
    current = next;
  }
  return sourceOfTokens(tokens, bundle);
}

/** Where the local `$ref` of an object leads; not to what stands in for something missing, which nobody wrote. */
function localTarget(value: Json): readonly string[] | null {
  const ref = isObject(value) ? own(value, "$ref") : undefined;
  return typeof ref === "string" && ref !== MISSING_REF ? parseFragment(ref.slice(1)) : null;
}

function sourceOfTokens(
  tokens: readonly string[],
  { entry, others }: { readonly entry: SourceDocument; readonly others: readonly SourceDocument[] },
): SourceLocation {
  const written = tokens.map((token) => (token === DATA_REF ? "$ref" : token));
  if (written[0] !== BUNDLED) return { file: entry.file, pointer: formatPointer(written) };
  const document = others[Number(written[1])];
  if (document === undefined) return { file: entry.file, pointer: "" };
  return { file: document.file, pointer: formatPointer(written.slice(2)) };
}

function placeKey({ file, pointer }: SourceLocation): string {
  return `${file}\n${pointer}`;
}
