import type { SourceDocument } from "../model/index.ts";

/**
 * What a document is to be read as, before its text is known to be right. `guess`: its name does not say.
 * @param name         file path or URL; what follows `?` is not part of it.
 * @param contentType  as a server says it.
 */
export function kindOf(name: string, contentType?: string): SourceDocument["kind"] | "guess" {
  const extension = /\.([A-Za-z0-9]+)(?:\?.*)?$/.exec(name)?.[1]?.toLowerCase();
  if (extension === "json") return "json";
  if (extension === "yaml" || extension === "yml") return "yaml";
  if (extension !== undefined && TEXT_EXTENSIONS.has(extension)) return "text";
  const mediaType = contentType?.split(";", 1)[0]?.trim().toLowerCase() ?? "";
  if (/[/+]json$/.test(mediaType)) return "json";
  if (/[/+](?:x-)?yaml$/.test(mediaType)) return "yaml";
  return "guess";
}

const TEXT_EXTENSIONS = new Set([
  "adoc",
  "csv",
  "graphql",
  "htm",
  "html",
  "md",
  "markdown",
  "proto",
  "rst",
  "svg",
  "txt",
  "xml",
  "xsd",
]);
