import type { ExternalDocs } from "../model/index.ts";
import type { DocumentReader, Node } from "./document-reader.ts";

/** Reads the External Documentation Object that stands under `externalDocs`. */
export function readExternalDocs(reader: DocumentReader, owner: Node): ExternalDocs | undefined {
  const node = reader.object(owner, "externalDocs");
  const url = node && reader.text(node, "url");
  if (node === undefined || url === undefined) return undefined;
  const description = reader.text(node, "description");
  return { url, ...(description === undefined ? {} : { description }) };
}
