import type { DocumentReader, ObjectNode } from "./document-reader.ts";
import type { DocumentDraft } from "./draft.ts";

/** Title, version and description, which both families keep in their Info Object. */
export function readInfo(reader: DocumentReader): Pick<DocumentDraft, "title" | "version" | "description"> {
  const info = reader.object(reader.root, "info");
  if (info === undefined) return { title: "", version: "" };
  const description = reader.text(info, "description");
  return {
    title: textOrNumber(reader, info, "title"),
    version: textOrNumber(reader, info, "version"),
    ...(description === undefined ? {} : { description }),
  };
}

/** Without quotes, YAML reads the version 1.0 as a number. What is meant is plain, so it is taken. */
function textOrNumber(reader: DocumentReader, info: ObjectNode, field: string): string {
  const value = reader.child(info, field)?.value;
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}
