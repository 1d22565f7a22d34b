import { basename, resolve } from "node:path";
import { diagnose } from "../diagnostics/index.ts";
import type { Diagnostic, Result } from "../model/index.ts";

/** A document and the id of its contract. */
export interface IdentifiedDocument {
  /** A path, `REV:path` or URL, as given. */
  readonly document: string;
  readonly id: string;
}

/** Folders of the output that are no contract's. */
const RESERVED: ReadonlySet<string> = new Set(["runtime", "pacts", "docs"]);
/** Names that Windows keeps for devices, with any extension. */
const WINDOWS_DEVICE = /^(?:aux|con|nul|prn|com[0-9]|lpt[0-9])(?:\.|$)/i;
/** File systems take 255 bytes a name, and an id gets endings. */
const ID_LENGTH_MAX = 80;

/**
 * The id of a document's contract: the folder's name for `openapi.*` and `asyncapi.*`, else the file's stem, made safe as
 * a folder's name on every system. `A-Z a-z 0-9 . _ -` stay, anything else becomes `-`.
 * @param document  a path, `REV:path` or URL.
 * @param cwd       the folder that gives its name where the path has no folder.
 */
export function contractId(document: string, cwd: string = process.cwd()): string {
  const segments = pathOf(document)
    .split(/[\\/]/)
    .filter((segment) => segment !== "" && segment !== ".");
  const file = segments.at(-1) ?? "";
  const stem = file.replace(/(?<=.)\.(?:json|ya?ml)$/i, "");
  if (!/^(?:openapi|asyncapi)$/i.test(stem)) return safeId(stem);
  const folder = segments.at(-2);
  return safeId(folder === undefined || folder === ".." ? basename(resolve(cwd, folderOf(document))) || stem : folder);
}

/**
 * Gives each document its id. Two with one id (without regard to case: their folders are one on many systems) and ids that
 * are kept for other folders are reported.
 * @returns the documents that keep their id, in the order given.
 */
export function assignContractIds(
  documents: readonly string[],
  cwd: string = process.cwd(),
): Result<readonly IdentifiedDocument[]> {
  const value: IdentifiedDocument[] = [];
  const diagnostics: Diagnostic[] = [];
  const taken = new Map<string, string>();
  for (const document of new Set(documents)) {
    const id = contractId(document, cwd);
    const other = taken.get(id.toLowerCase());
    const location = { file: document, pointer: "" };
    if (RESERVED.has(id.toLowerCase())) {
      diagnostics.push(diagnose("contract-id-reserved", { file: document, id }, location, { line: 1, column: 1 }));
    } else if (other !== undefined) {
      diagnostics.push(diagnose("contract-id-taken", { file: document, other, id }, location, { line: 1, column: 1 }));
    } else {
      taken.set(id.toLowerCase(), document);
      value.push({ document, id });
    }
  }
  return { value, diagnostics };
}

/** The path within whatever the document is in; that of a URL begins with its host, in case there is nothing else. */
function pathOf(document: string): string {
  if (/^https?:\/\//i.test(document) && URL.canParse(document)) {
    const { host, pathname } = new URL(document);
    return decode(`${host}${pathname}`);
  }
  return document.replace(REVISION, "");
}

/** The folder part of a path as far as it only leads upwards: `../openapi.yaml`. */
function folderOf(document: string): string {
  const path = pathOf(document);
  return /^(?:\.{1,2}[\\/])+/.exec(path)?.[0] ?? ".";
}

/** `REV:`; one letter is a Windows drive. */
const REVISION = /^[^:]{2,}:(?![\\/]{2})/;

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function safeId(name: string): string {
  // A trailing dot is cut off by Windows; a leading one hides a folder; a leading dash looks like an option.
  const safe = name
    .replace(/[^A-Za-z0-9._-]+/g, "-")
    .replace(/^[.-]+/, "")
    .replace(/\.+$/, "");
  if (safe === "") return "contract";
  const named = WINDOWS_DEVICE.test(safe) ? `contract-${safe}` : safe;
  return named.length > ID_LENGTH_MAX ? `${named.slice(0, ID_LENGTH_MAX - 9)}-${hash(name)}` : named;
}

/** FNV-1a, 32 bits: tells apart long names that share their beginning; no secret depends on it. */
function hash(text: string): string {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193) >>> 0;
  }
  return value.toString(16).padStart(8, "0");
}
