import { contractId, documentsInFolder, isNamedDocument } from "../../config/index.ts";
import { quote } from "../../diagnostics/index.ts";
import { findFolder } from "../../pipeline.ts";
import { UsageError } from "../context.ts";

/** A document on one side of the comparison, as it is loaded. */
export interface SideDocument {
  /** A path, `REV:path` or URL. */
  readonly path: string;
  /** It was found in a folder, where files lie that are no descriptions. */
  readonly mayBeOther: boolean;
  /** The folder it was found in, which its references may not leave. */
  readonly folder: string | null;
}

/** Two revisions of one document, or a document that only one side has. */
export interface Pair {
  /** What the contract is called. */
  readonly id: string;
  readonly base: SideDocument | null;
  readonly revision: SideDocument | null;
}

/** The documents that two names stand for: two documents, or the documents of two folders. */
export async function pairsOf(base: string, revision: string, cwd: string): Promise<readonly Pair[]> {
  const [baseFolder, revisionFolder] = [await findFolder(base, { cwd }), await findFolder(revision, { cwd })];
  if (baseFolder === null && revisionFolder === null) {
    const [from, to] = [single(base), single(revision)];
    return [{ id: contractId(revision, cwd), base: from, revision: to }];
  }
  if (baseFolder === null || revisionFolder === null) {
    const [folder, other] = baseFolder === null ? [revision, base] : [base, revision];
    throw new UsageError(
      `${quote(folder)} is a folder, and ${quote(other)} is none.`,
      "compare two documents, or two folders of documents",
    );
  }
  return matchDocuments(inFolder(base, baseFolder, cwd), inFolder(revision, revisionFolder, cwd));
}

/** A document with what tells which one it is. */
export interface NamedDocument {
  /** Its path from where both sides begin. */
  readonly name: string;
  /** What its contract is called on both sides. */
  readonly key: string;
  /** What its contract is called. */
  readonly id: string;
  readonly document: SideDocument;
}

/** Pairs documents of one path, then those whose contracts are called the same; the others are on one side only. */
export function matchDocuments(base: readonly NamedDocument[], revision: readonly NamedDocument[]): readonly Pair[] {
  const partners = new Map<NamedDocument, NamedDocument>();
  const taken = new Set<NamedDocument>();
  for (const isSame of [
    (one: NamedDocument, other: NamedDocument) => one.name === other.name,
    (one: NamedDocument, other: NamedDocument) => one.key === other.key,
  ]) {
    for (const one of revision) {
      if (partners.has(one)) continue;
      const other = base.find((candidate) => !taken.has(candidate) && isSame(one, candidate));
      if (other === undefined) continue;
      partners.set(one, other);
      taken.add(other);
    }
  }
  const pairs = [
    ...revision.map((one) => ({
      ...idOf(one, revision),
      base: partners.get(one)?.document ?? null,
      revision: one.document,
    })),
    ...base.filter((one) => !taken.has(one)).map((one) => ({ ...idOf(one, base), base: one.document, revision: null })),
  ];
  return pairs.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}

/** The contract's name, or the document's path where several contracts of its side have that name. */
function idOf({ id, name }: NamedDocument, side: readonly NamedDocument[]): { readonly id: string } {
  return { id: side.filter((other) => other.id === id).length > 1 ? name : id };
}

function inFolder(
  name: string,
  { files, isCut, entryOf, path }: NonNullable<Awaited<ReturnType<typeof findFolder>>>,
  cwd: string,
): readonly NamedDocument[] {
  if (isCut)
    throw new UsageError(`${quote(name)} holds too many files to look for documents in it.`, "name the documents");
  const documents = documentsInFolder(files);
  if (documents.length === 0) {
    throw new UsageError(
      `There is no document in the folder ${quote(name)}.`,
      "looked for: *.yaml, *.yml and *.json in it; openapi.* and asyncapi.* in it and in the folders below",
    );
  }
  return documents.map((file) => ({
    name: file,
    // The two folders are called differently; what lies in them is not.
    key: !file.includes("/") && isNamedDocument(file) ? "." : contractId(file),
    id: contractId(entryOf(file), cwd),
    document: { path: entryOf(file), mayBeOther: !isNamedDocument(file), folder: path },
  }));
}

function single(path: string): SideDocument {
  return { path, mayBeOther: false, folder: null };
}
