import { dirname, isAbsolute, posix, relative, resolve, sep } from "node:path";
import { decodePath, schemeOf } from "../json/index.ts";

/** Where a document is read from. */
export type Address =
  /** A file; the path is absolute. */
  | { readonly kind: "path"; readonly path: string }
  /** A file in a git revision; the path counts from the top of the repository, with `/` separators. */
  | { readonly kind: "git"; readonly revision: string; readonly path: string }
  /** `http:` or `https:`, without fragment. */
  | { readonly kind: "url"; readonly url: string };

/** An address in the form of `SourceLocation.file`. */
export function formatAddress(address: Address, cwd: string): string {
  switch (address.kind) {
    case "path": {
      const path = relative(cwd, address.path);
      // On Windows, a file on another drive has no relative path.
      return (path === "" ? "." : path).split(sep).join("/");
    }
    case "git":
      return `${address.revision}:${address.path}`;
    case "url":
      return address.url;
    default:
      return address satisfies never;
  }
}

/**
 * Resolves the part of a `$ref` before its `#`, which is not empty.
 * @returns the address, or null where it is of a kind that is never followed: another scheme (`file:`, `data:`), a
 *          Windows drive, a network path (`//host/share`).
 * @see https://www.rfc-editor.org/rfc/rfc3986#section-5.2
 */
export function resolveAddress(reference: string, from: Address): Address | null {
  const scheme = schemeOf(reference);
  if (scheme === "http" || scheme === "https") return urlAddress(reference, undefined);
  if (scheme !== null || /^[A-Za-z]:/.test(reference)) return null;
  if (from.kind === "url") return urlAddress(reference, from.url);
  if (/^[\\/]{2}/.test(reference)) return null;
  const path = decodePath(reference);
  if (from.kind === "path") return { kind: "path", path: resolve(dirname(from.path), path) };
  // An absolute path is one of the machine, which is in no revision; the root check refuses it.
  const within = path.startsWith("/") ? path : posix.join(posix.dirname(from.path), path);
  return { kind: "git", revision: from.revision, path: posix.normalize(within) };
}

/** True where the path is the folder or lies in it. Both are absolute; symbolic links are not looked at. */
export function isInFolder(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function urlAddress(reference: string, base: string | undefined): Address | null {
  if (!URL.canParse(reference, base)) return null;
  const url = new URL(reference, base);
  if (url.protocol !== "http:" && url.protocol !== "https:") return null;
  url.hash = "";
  return { kind: "url", url: url.href.replace(/#$/, "") };
}
