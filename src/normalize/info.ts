import type { DocumentReader } from "./document-reader.ts";
import type { DocumentDraft } from "./draft.ts";

/** Title, version and description, which both families keep in their Info Object. */
export function readInfo(reader: DocumentReader): Pick<DocumentDraft, "title" | "version" | "description"> {
  const info = reader.object(reader.root, "info");
  if (info === undefined) return { title: "", version: "" };
  const description = reader.text(info, "description");
  return {
    title: reader.text(info, "title") ?? "",
    version: reader.text(info, "version") ?? "",
    ...(description === undefined ? {} : { description }),
  };
}
