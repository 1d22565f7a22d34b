import type { DocumentReader, ObjectNode } from "./document-reader.ts";
import { isJson } from "./media-type.ts";

/** Ways to write a list or object that are read: repeated names, and `name[member]`. */
const READ_STYLES: ReadonlySet<string> = new Set(["deepObject", "form"]);

/**
 * Goes through the Encoding Objects of a form. How a field is read follows from its schema: what is no text is JSON, or is
 * written as repeated names or `name[member]`; so an encoding that says the same is in the contract, and others are left out.
 * @see https://spec.openapis.org/oas/v3.1.1.html#encoding-object
 */
export function omitEncodings(reader: DocumentReader, media: ObjectNode): void {
  for (const [, entry] of reader.entries(reader.object(media, "encoding"), { extensions: true })) {
    const encoding = reader.asObject(entry);
    if (encoding === undefined) continue;
    const omit = (field: string, reason: string) => {
      const node = reader.child(encoding, field);
      if (node !== undefined) reader.omit(node.location, reason);
    };
    const contentType = reader.text(encoding, "contentType");
    if (contentType !== undefined && !isJson(contentType) && !contentType.startsWith("text/plain")) {
      omit("contentType", "the media type of a form's file is not checked");
    }
    omit("headers", "headers of a form's part are not read");
    const style = reader.text(encoding, "style");
    if (style !== undefined && !READ_STYLES.has(style)) {
      omit("style", `a field is not read in the style ${JSON.stringify(style)}`);
    } else if (reader.flag(encoding, "explode") === false) {
      omit("explode", "a list in one field is read as JSON, not as items with commas between them");
    }
  }
}
