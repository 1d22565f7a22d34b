import type { DocumentReader, ObjectNode } from "./document-reader.ts";

/** In a map from free names, one that begins with `x-` is a name like any other. */
const NAMES = { extensions: true };

/** The fields of the root, in all versions of AsyncAPI. */
const ROOT_FIELDS: ReadonlySet<string> = new Set([
  "asyncapi",
  "channels",
  "components",
  "defaultContentType",
  "externalDocs",
  "id",
  "info",
  "operations",
  "servers",
  "tags",
  "x-webhook-route",
]);

/** Fields that may hold bindings, each a map from protocols. */
interface KnownBindings {
  /** Of the HTTP binding: what is read of it, and what says nothing. */
  readonly http: readonly string[];
}

/** Reports what of a document's root is not read. */
export function omitUnknownOfRoot(reader: DocumentReader): void {
  reader.omitUnknown(reader.root, ROOT_FIELDS);
}

/**
 * Reports components that look like webhooks and that nothing has read: other documents may refer to them, and this one
 * does not say that they are delivered.
 * @param read  places, as `placeOf` writes them
 */
export function omitUnusedComponents(
  reader: DocumentReader,
  sections: readonly ("channels" | "messages" | "operations")[],
  read: ReadonlySet<string>,
): void {
  const components = reader.object(reader.root, "components");
  for (const section of sections) {
    for (const [, node] of reader.entries(components && reader.object(components, section), NAMES)) {
      const target = reader.asObject(node);
      if (target === undefined || read.has(placeOf(target))) continue;
      const reason = "nothing refers to it, so nothing says whether it is delivered";
      reader.omit(node.location, section === "messages" ? "no operation delivers this message" : reason);
    }
  }
}

/** Reports what the bindings of an object say beyond what is read of them. An empty binding says nothing. */
export function omitBindings(reader: DocumentReader, node: ObjectNode, { http }: KnownBindings): void {
  const known: ReadonlySet<string> = new Set(["bindingVersion", ...http]);
  for (const [protocol, entry] of reader.entries(reader.object(node, "bindings"), NAMES)) {
    const binding = reader.asObject(entry);
    if (binding === undefined || Object.keys(binding.value).length === 0) continue;
    if (protocol === "http" || protocol === "https") reader.omitUnknown(binding, known);
    else reader.omit(entry.location, "webhooks are delivered by HTTP; a binding of another protocol is not read");
  }
}

/** Reports the parameters of a channel's address. */
export function omitParameters(reader: DocumentReader, channel: ObjectNode): void {
  for (const [, parameter] of reader.entries(reader.object(channel, "parameters"), NAMES)) {
    reader.omit(parameter.location, "a parameter of the address is chosen by the receiver");
  }
}

/** File and pointer of an object, by which it is known again. */
export function placeOf({ location }: ObjectNode): string {
  return `${location.file}#${location.pointer}`;
}
