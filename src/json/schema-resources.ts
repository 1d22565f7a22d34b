import type { SchemaName } from "./find-references.ts";
import { parentPointer } from "./pointer.ts";
import { schemeOf } from "./reference.ts";

/** A schema with an `$id`, or a whole document. */
export interface SchemaResource {
  /** Absolute URI without fragment. */
  readonly uri: string;
  /** Pointer of the schema in its document; `""` is the document. */
  readonly pointer: string;
}

/** The resources of one document by their pointer; the document itself is always there. */
export type SchemaResources = ReadonlyMap<string, SchemaResource>;

/**
 * The resources of a document: the document itself first, then each schema with an `$id`.
 * @param file         as in `SourceLocation.file`.
 * @param identifiers  every `$id` in document order, so that outer ones come before those in them.
 * @see https://json-schema.org/draft/2020-12/json-schema-core#section-8.2.1
 */
export function schemaResources(file: string, identifiers: readonly SchemaName[]): SchemaResources {
  const resources = new Map<string, SchemaResource>([["", { uri: documentUri(file), pointer: "" }]]);
  for (const { pointer, name } of identifiers) {
    const uri = resolveUri(name, enclosingResource(resources, pointer).uri);
    if (uri !== null) resources.set(pointer, { uri, pointer });
  }
  return resources;
}

/** The innermost resource that holds the place. */
export function enclosingResource(resources: SchemaResources, pointer: string): SchemaResource {
  if (resources.size > 1) {
    for (let outer = pointer; outer !== ""; outer = parentPointer(outer)) {
      const resource = resources.get(outer);
      if (resource !== undefined) return resource;
    }
  }
  return resources.get("") as SchemaResource;
}

/**
 * Resolves a URI reference; the fragment is dropped.
 * @returns null where the result is no URI.
 * @see https://www.rfc-editor.org/rfc/rfc3986#section-5.2
 */
export function resolveUri(ref: string, base: string): string | null {
  if (!URL.canParse(ref, base)) return null;
  const url = new URL(ref, base);
  url.hash = "";
  return url.href.replace(/#$/, "");
}

/** A file has no URI that all machines share, so it gets one of our own: it only has to differ from every other. */
function documentUri(file: string): string {
  const scheme = schemeOf(file);
  if (scheme === "http" || scheme === "https") return file;
  return `hookbook:/${file.split("/").map(encodeURIComponent).join("/")}`;
}
