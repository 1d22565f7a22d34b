import { resolve } from "node:path";
import { diagnose } from "../diagnostics/index.ts";
import {
  enclosingResource,
  type FoundReferences,
  findReferences,
  type ReferenceSite,
  resolveUri,
  schemaResources,
  schemeOf,
  splitReference,
} from "../json/index.ts";
import type { Diagnostic, DocumentFormat, Locate, Result, SourceDocument, SourceLocation } from "../model/index.ts";
import { type Address, formatAddress, resolveAddress } from "./address.ts";
import { detectFormat } from "./detect-format.ts";
import { entryAddress } from "./entry-address.ts";
import { failureDiagnostic } from "./failure-diagnostic.ts";

import { limits } from "./limits.ts";
import { createLocate } from "./locate.ts";
import { decodeText, parseDocument } from "./parse-document.ts";
import { createRoot, type Root } from "./root.ts";
import { createSourceReader, type SourceReader } from "./source-reader.ts";

export interface ReadOptions {
  /** The working folder: what paths are relative to and shown relative to. Default: that of the process. */
  readonly cwd?: string | undefined;
  /** Folder that references may not leave, relative to `cwd`. Default: `cwd` where the entry lies in it, else the entry's own. */
  readonly root?: string | undefined;
  /** Hosts that documents may be fetched from. Default: none. Without effect where `reader` is given. */
  readonly allowRemote?: readonly string[] | undefined;
  /** Default: file system, git and the allowed hosts. */
  readonly reader?: SourceReader | undefined;
}

/** A description as it was read: the entry and every document that a reference names. */
export interface ReadDocuments {
  readonly entry: SourceDocument;
  readonly format: DocumentFormat;
  /** By `SourceDocument.file`, in the order in which they were found; the entry is the first. */
  readonly documents: ReadonlyMap<string, SourceDocument>;
  /**
   * By referring file: which file an address (a reference up to its `#`, as written) names; null where it could not be
   * read, which was reported.
   */
  readonly addresses: ReadonlyMap<string, ReadonlyMap<string, string | null>>;
  /** By file: what it says about references. */
  readonly found: ReadonlyMap<string, FoundReferences>;
  readonly locate: Locate;
}

/** A description, and what is needed to show the diagnostics even where there is none. */
export interface ReadResult extends Result<ReadDocuments | null> {
  readonly locate: Locate;
  /** The text of a file that was read, broken ones included. */
  readonly sourceText: (file: string) => string | undefined;
}

/**
 * Reads a description and, one after the other, every document that its references name. References stay inside the root
 * folder, followed through symbolic links too; a description from a git revision stays in that revision; nothing is
 * fetched from a host that is not allowed.
 * @param entryPath  a path relative to `cwd`, `REV:path` of the git repository that holds `cwd`, or a URL of an allowed
 *                   host. A file that exists under the whole name is that file.
 * @returns null where no description could be read; what was wrong is in the diagnostics, at the `$ref` that led there.
 */
export async function readDocuments(entryPath: string, options: ReadOptions = {}): Promise<ReadResult> {
  const cwd = resolve(options.cwd ?? ".");
  const reader = options.reader ?? createSourceReader({ cwd, allowRemote: options.allowRemote ?? [] });
  const address = await entryAddress(entryPath, cwd, reader);
  const root = await createRoot({ entry: address, cwd, root: options.root, reader });
  const run = new ReadRun({ cwd, reader, root });
  const { documents, addresses, found, diagnostics, brokenTexts } = run;
  const locate = createLocate(documents);
  const sourceText = (file: string) => documents.get(file)?.text ?? brokenTexts.get(file);
  const nothing: ReadResult = { value: null, diagnostics, locate, sourceText };

  const entryFile = formatAddress(address, cwd);
  const entry = await run.read(address, { at: { file: entryFile, pointer: "" }, ref: entryPath });
  if (entry === null) return nothing;
  const format = detectFormat(entry.value, entry.file);
  diagnostics.push(...format.diagnostics);
  if (format.value === null) return nothing;

  await run.follow();
  const value = { entry, format: format.value, documents, addresses, found, locate };
  return { value, diagnostics, locate, sourceText };
}

/** A reference that waits to be followed. */
interface Waiting {
  readonly address: Address;
  readonly from: string;
  readonly reference: string;
  readonly why: Why;
  /** What the reference is where an `$id` counts; a schema of that name may turn up in a document yet to be read. */
  readonly uri: string | null;
}

/** What led to a document: where to report that it cannot be read. */
interface Why {
  readonly at: SourceLocation;
  /** As written. */
  readonly ref: string;
}

/** The state of one `readDocuments`. */
class ReadRun {
  readonly documents = new Map<string, SourceDocument>();
  readonly addresses = new Map<string, Map<string, string | null>>();
  readonly found = new Map<string, FoundReferences>();
  readonly diagnostics: Diagnostic[] = [];
  /** Of files that could not be parsed, for showing the place. */
  readonly brokenTexts = new Map<string, string>();
  readonly #cwd: string;
  readonly #reader: SourceReader;
  readonly #root: Root;
  readonly #local: Waiting[] = [];
  /** Followed last, since many an https: reference is the `$id` of a document that is there. */
  readonly #remote: Waiting[] = [];
  #localNext = 0;
  #remoteNext = 0;
  #hasTooMany = false;
  readonly #failed = new Set<string>();
  readonly #schemaUris = new Set<string>();
  #bytesLeft: number = limits.bytesMax;

  constructor({ cwd, reader, root }: { cwd: string; reader: SourceReader; root: Root }) {
    this.#cwd = cwd;
    this.#reader = reader;
    this.#root = root;
  }

  /** Reads one document and notes its references; null, with a diagnostic, where it cannot be. */
  async read(address: Address, why: Why): Promise<SourceDocument | null> {
    const file = formatAddress(address, this.#cwd);
    const outcome = await this.#reader.read(address, this.#bytesLeft);
    if ("failure" in outcome) {
      const context = { file, ref: why.ref, at: why.at, address, reader: this.#reader };
      this.diagnostics.push(await failureDiagnostic(outcome.failure, context));
      return null;
    }
    const { bytes, contentType } = outcome;
    this.#bytesLeft -= bytes.byteLength;
    const parsed = parseDocument(bytes, { file, ...(contentType === undefined ? {} : { contentType }) });
    this.diagnostics.push(...parsed.diagnostics);
    const document = parsed.value;
    if (document === null) {
      const text = decodeText(bytes);
      if (text !== null) this.brokenTexts.set(file, text);
      return null;
    }
    this.documents.set(file, document);
    this.#note(document, address);
    return document;
  }

  /** Reads what waits, and what that leads to. */
  async follow(): Promise<void> {
    for (let next = this.#next(); next !== undefined; next = this.#next()) {
      const { address, from, reference, why, uri } = next;
      if (uri !== null && this.#schemaUris.has(uri)) continue;
      const file = formatAddress(address, this.#cwd);
      const isNew = !this.documents.has(file) && !this.#failed.has(file);
      // Counting the failed ones too: each costs as much to look for.
      if (isNew && this.documents.size + this.#failed.size >= limits.documentsMax) {
        if (!this.#hasTooMany) {
          this.diagnostics.push(diagnose("too-many-documents", { documentsMax: limits.documentsMax }, why.at));
        }
        this.#hasTooMany = true;
      } else if (isNew) {
        const document = (await this.#root.allows(address))
          ? await this.read(address, why)
          : this.#refuse("reference-outside-root", why);
        if (document === null) this.#failed.add(file);
      }
      this.addresses.get(from)?.set(reference, this.documents.has(file) ? file : null);
    }
  }

  /** Files before hosts, each in the order in which they were met. */
  #next(): Waiting | undefined {
    if (this.#localNext < this.#local.length) return this.#local[this.#localNext++];
    return this.#remote[this.#remoteNext++];
  }

  #note(document: SourceDocument, address: Address): void {
    this.addresses.set(document.file, new Map());
    const found =
      document.kind === "text" ? { references: [], identifiers: [], anchors: [] } : findReferences(document.value);
    this.found.set(document.file, found);
    const resources = schemaResources(document.file, found.identifiers);
    for (const { pointer } of found.identifiers) this.#schemaUris.add(enclosingResource(resources, pointer).uri);
    const seen = new Set<string>();
    for (const site of found.references) {
      const reference = splitReference(site.ref).address;
      if (reference === "") continue;
      const counts = found.identifiers.length > 0 || schemeOf(reference) !== null;
      const uri = counts ? resolveUri(reference, enclosingResource(resources, site.pointer).uri) : null;
      const key = JSON.stringify([reference, uri]);
      if (seen.has(key)) continue;
      seen.add(key);
      this.#wait({ site, reference, uri, file: document.file, address });
    }
  }

  #wait(place: {
    readonly site: ReferenceSite;
    readonly reference: string;
    readonly uri: string | null;
    readonly file: string;
    readonly address: Address;
  }): void {
    const { site, reference, uri, file, address } = place;
    const why: Why = { at: { file, pointer: site.pointer }, ref: site.ref };
    const target = resolveAddress(reference, address);
    if (target !== null) {
      const waiting: Waiting = { address: target, from: file, reference, why, uri };
      (target.kind === "url" ? this.#remote : this.#local).push(waiting);
    } else if (!/^(?:urn|tag):/i.test(reference)) {
      // A urn: names a schema that is here or nowhere, which is not for the reader to say.
      this.addresses.get(file)?.set(reference, this.#refuse("reference-scheme-unsupported", why));
    }
  }

  #refuse(code: "reference-outside-root" | "reference-scheme-unsupported", why: Why): null {
    this.diagnostics.push(diagnose(code, { ref: why.ref, root: this.#root.name }, why.at));
    return null;
  }
}
