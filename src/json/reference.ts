import { decodePercent } from "./pointer.ts";

/** A URI reference split at its `#`, both parts as written, but for space around them. */
export interface SplitReference {
  /** `""` means the same document. */
  readonly address: string;
  /** Without `#`; null where there is none, which means the whole document, as `""` does. */
  readonly fragment: string | null;
}

/**
 * Space around a reference is no part of it: a YAML block scalar (`$ref: |`) ends with a line break.
 * @see https://www.rfc-editor.org/rfc/rfc3986#section-4.1
 * @see https://www.rfc-editor.org/rfc/rfc3986#appendix-C
 */
export function splitReference(written: string): SplitReference {
  const ref = written.trim();
  const hash = ref.indexOf("#");
  return hash < 0 ? { address: ref, fragment: null } : { address: ref.slice(0, hash), fragment: ref.slice(hash + 1) };
}

/** The scheme of an absolute URI in lower case, or null. One letter is a Windows drive, not a scheme. */
export function schemeOf(address: string): string | null {
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]+):/.exec(address)?.[1];
  return scheme === undefined ? null : scheme.toLowerCase();
}

/** The file path that a relative address names: without its query, percent-decoded. */
export function decodePath(address: string): string {
  const query = address.indexOf("?");
  return decodePercent(query < 0 ? address : address.slice(0, query));
}
