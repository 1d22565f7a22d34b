import type { Severity } from "../model/index.ts";
import { visible } from "./visible.ts";

/** What a code says. `Params` is what whoever finds it must tell. */
export interface CatalogEntry<Params> {
  readonly severity: Severity;
  /** One or two sentences that end in a full stop. */
  readonly message: (params: Params) => string;
  /** What to do about it; undefined where nothing better than the message is known. */
  readonly hint?: (params: Params) => string | undefined;
}

/**
 * Every diagnostic there is. To add one: an entry here, its page `docs/diagnostics/<code>.md`, done; `diagnose` takes
 * its parameters' types from here. A code is never reused for something else.
 */
export const catalog = {
  // Reading files

  "file-not-found": define({
    severity: "error",
    message: (p: { file: string; similar?: string | undefined }) => `There is no file ${quote(p.file)}.`,
    hint: (p) => (p.similar === undefined ? undefined : `did you mean ${quote(p.similar)}?`),
  }),
  "file-is-folder": define({
    severity: "error",
    message: (p: { file: string }) => `${quote(p.file)} is a folder, not a document.`,
    hint: () => "name the document in it",
  }),
  "file-not-readable": define({
    severity: "error",
    message: (p: { file: string; reason: string }) => `${quote(p.file)} cannot be read: ${p.reason}.`,
  }),
  "file-too-large": define({
    severity: "error",
    message: (p: { file: string; bytesMax: number }) =>
      `${quote(p.file)} is too large: ${mebibytes(p.bytesMax)} are the most that is read for one description.`,
  }),
  "revision-not-found": define({
    severity: "error",
    message: (p: { file: string; reason: string; similar?: string | undefined }) =>
      `${quote(p.file)} cannot be read from git: ${p.reason}.`,
    hint: (p) =>
      p.similar === undefined
        ? "write REV:path, the path counted from the top of the repository; in CI the history may have to be fetched"
        : `did you mean ${quote(p.similar)}?`,
  }),
  "remote-not-readable": define({
    severity: "error",
    message: (p: { url: string; reason: string }) => `${quote(p.url)} cannot be fetched: ${p.reason}.`,
  }),
  "too-many-values": define({
    severity: "error",
    message: (p: { of: "values" | "YAML tokens"; countMax: number }) =>
      `The document is too large to be read: it has more than ${p.countMax} ${p.of}.`,
    hint: (p) => (p.of === "YAML tokens" ? "as JSON it would take far less time and memory to read" : undefined),
  }),
  "too-many-documents": define({
    severity: "error",
    message: (p: { documentsMax: number }) => `This description is spread over more than ${p.documentsMax} documents.`,
  }),

  // Reading text

  "not-utf-8": define({
    severity: "error",
    message: (p: { file: string }) => `${quote(p.file)} is not UTF-8 text.`,
    hint: () => "save the file as UTF-8",
  }),
  "broken-json": define({
    severity: "error",
    message: (p: { reason: string }) => `This is not JSON: ${p.reason}.`,
  }),
  "broken-yaml": define({
    severity: "error",
    message: (p: { reason: string }) => `This is not YAML: ${p.reason}.`,
  }),
  "duplicate-key": define({
    severity: "error",
    message: (p: { key: string; line: number; firstLine: number }) =>
      `The key ${quote(p.key)} is here (line ${p.line}) and already on line ${p.firstLine}; the last one is used.`,
    hint: () => "remove or rename one of them",
  }),
  "number-not-exact": define({
    severity: "warning",
    message: (p: { written: string; read: string }) =>
      `The integer ${shorten(p.written)} is too large to be kept exactly; it was read as ${p.read}.`,
    hint: () => "receivers in JavaScript lose the same digits; where each counts, send a string",
  }),
  "number-not-finite": define({
    severity: "error",
    message: (p: { written: string }) => `${quote(p.written)} is no number that JSON can hold; it was read as null.`,
  }),
  "several-yaml-documents": define({
    severity: "warning",
    message: () => "The file holds several YAML documents; only the first was read.",
    hint: () => "move what follows the second --- into a file of its own",
  }),
  "yaml-tag-ignored": define({
    severity: "warning",
    message: (p: { tag: string }) => `The YAML tag ${quote(p.tag)} means nothing in a description and was ignored.`,
  }),
  "yaml-alias-cycle": define({
    severity: "error",
    message: (p: { alias: string }) => `The YAML alias ${quote(`*${p.alias}`)} stands inside what it names.`,
    hint: () => "use a $ref for a schema that contains itself",
  }),
  "yaml-aliases-too-large": define({
    severity: "error",
    message: (p: { valuesMax: number }) =>
      `The YAML aliases of this document stand for more than ${p.valuesMax} values.`,
    hint: () => "use $ref instead of aliases",
  }),
  "nested-too-deep": define({
    severity: "error",
    message: (p: { depthMax: number }) => `The document is nested more than ${p.depthMax} levels deep.`,
  }),

  // What kind of document it is

  "not-a-description": define({
    severity: "error",
    message: (p: { file: string }) => `${quote(p.file)} is neither an AsyncAPI nor an OpenAPI document.`,
    hint: () => 'such a document begins with a line like "openapi: 3.1.1" or "asyncapi: 3.0.0"',
  }),
  "unsupported-version": define({
    severity: "error",
    message: (p: { specification: string; version: string; supported: string }) =>
      `${p.specification} ${shorten(p.version)} cannot be read; ${p.supported} can.`,
    hint: (p: { specification: string; version: string; supported: string; converter?: string | undefined }) =>
      p.converter === undefined ? undefined : `${p.converter} converts it`,
  }),
  "newer-version": define({
    severity: "warning",
    message: (p: { specification: string; version: string; known: string }) =>
      `${p.specification} ${shorten(p.version)} is newer than ${p.known}, the newest known here; what is new in it may be missed.`,
  }),

  // References

  "reference-not-found": define({
    severity: "error",
    message: (p: { ref: string; suggestion?: string | undefined }) => `${quote(p.ref)} does not exist.`,
    hint: (p) => (p.suggestion === undefined ? undefined : `did you mean ${quote(p.suggestion)}?`),
  }),
  "reference-cycle": define({
    severity: "error",
    message: (p: { refs: readonly string[] }) =>
      p.refs.length === 1
        ? `${quote(p.refs[0] ?? "")} refers to itself and so to nothing.`
        : `These references lead round in a circle and so to nothing: ${p.refs.slice(0, 10).map(quote).join(" → ")}.`,
    hint: () => "one of them has to name a value",
  }),
  "reference-outside-root": define({
    severity: "error",
    message: (p: { ref: string; root: string }) => `${quote(p.ref)} leads out of the folder ${quote(p.root)}.`,
    hint: () => "where that is meant, name a folder that holds all documents with --root DIR",
  }),
  "reference-not-allowed": define({
    severity: "error",
    message: (p: { ref: string; host: string }) =>
      `${quote(p.ref)} is on another host, and nothing is fetched unasked.`,
    hint: (p) => `where that is meant, use --allow-remote ${p.host}`,
  }),
  "reference-scheme-unsupported": define({
    severity: "error",
    message: (p: { ref: string }) => `${quote(p.ref)} is no kind of reference that is followed.`,
    hint: () => "use a relative path or an https: address",
  }),
  "pointer-not-escaped": define({
    severity: "warning",
    message: (p: { ref: string; escaped: string }) => `In ${quote(p.ref)}, a slash inside a key is not escaped.`,
    hint: (p) => `write ${quote(p.escaped)}`,
  }),

  // Webhooks

  "no-webhooks": define({
    severity: "warning",
    message: () => "The document describes no webhook.",
    hint: () =>
      "webhooks, callbacks of operations, and AsyncAPI operations are read; hookbook list shows what was left out",
  }),
  "role-guessed": define({
    severity: "info",
    message: (p: { role: string }) =>
      `All operations receive, so the document was taken to describe the ${p.role}: its messages are the webhooks.`,
    hint: () => "say which side the document describes with --role sender or --role receiver",
  }),
  "no-operation": define({
    severity: "info",
    message: (p: { channels: readonly string[] }) =>
      p.channels.length === 1
        ? `No operation says who sends the messages of the channel ${quote(p.channels[0] ?? "")}; they were taken for webhooks.`
        : `No operation says who sends the messages of these channels; they were taken for webhooks: ${listed(p.channels)}.`,
    hint: () => "describe operations with an action for each channel",
  }),
  "payload-in-response": define({
    severity: "warning",
    message: (p: { status: string }) =>
      `The webhook has no request body, but its response ${quote(p.status)} has content: is that the payload?`,
    hint: () => "a webhook's payload is its request body; the response is what the receiver answers",
  }),
  "route-ambiguous": define({
    severity: "warning",
    message: (p: { webhooks: readonly string[] }) =>
      `Nothing in a delivery tells these webhooks apart: ${listed(p.webhooks)}.`,
    hint: () => "give each a property with a value of its own, or say where it is with x-webhook-route",
  }),
  "route-inferred": define({
    severity: "info",
    message: (p: { in: string; at: string; values: readonly string[] }) =>
      `Only the names of these webhooks say that the ${p.in} ${quote(p.at)} of each is ${listed(p.values)}; they are recognised by it.`,
    hint: () => "give each a const there, or say where the event is with x-webhook-route",
  }),
  "route-value-missing": define({
    severity: "warning",
    message: (p: { webhook: string; in: string; at: string }) =>
      `x-webhook-route looks at the ${p.in} ${quote(p.at)}, for which ${quote(p.webhook)} has no fixed value.`,
    hint: () => "give it a const there, or write the value into x-webhook-route",
  }),
  "webhook-name-taken": define({
    severity: "warning",
    message: (p: { wanted: string; name: string }) =>
      `More than one webhook wants the name ${quote(p.wanted)}; this one is called ${quote(p.name)}.`,
    hint: () => "give each its own x-webhook-name",
  }),
  "schema-cycle": define({
    severity: "error",
    message: (p: { schema: string }) =>
      `The schema ${quote(p.schema)} refers back to itself without a step into the value; that reference was cut.`,
    hint: () => "let the recursion go through a property or an item",
  }),
  "schema-not-usable": define({
    severity: "error",
    message: (p: { webhook: string; reason: string }) =>
      `No validator can be made for ${quote(p.webhook)}: ${p.reason}.`,
  }),
  "keyword-not-usable": define({
    severity: "warning",
    message: (p: { keyword: string; owner: string; reason: string }) =>
      `The keyword ${quote(p.keyword)} in ${quote(p.owner)} is not checked: ${p.reason}.`,
  }),
  "example-invalid": define({
    severity: "warning",
    message: (p: { example: string; webhook: string; problem: string }) =>
      `The example ${quote(p.example)} of ${quote(p.webhook)} breaks its own schema: ${p.problem}.`,
    hint: () => "mend the example or the schema; it is left out of the generated examples",
  }),
  "example-misrouted": define({
    severity: "warning",
    message: (p: { example: string; webhook: string }) =>
      `The example ${quote(p.example)} of ${quote(p.webhook)} keeps to its schema, but would not be recognised as ${quote(p.webhook)}.`,
    hint: () => "hookbook list shows by what it is recognised; it is left out of the generated examples",
  }),

  // Exporting

  "export-loses": define({
    severity: "warning",
    message: (p: { webhook: string | null; what: string; format: "AsyncAPI 3.0" | "OpenAPI 3.1" }) =>
      `${p.webhook === null ? "The contract" : quote(p.webhook)} loses, as ${p.format}, ${visible(p.what)}.`,
  }),
  "export-not-read-back": define({
    severity: "warning",
    message: (p: { format: "AsyncAPI 3.0" | "OpenAPI 3.1" }) =>
      `The exported ${p.format} document could not be read again, so whether it says all of the contract is not known.`,
  }),

  // What lint finds

  "examples-not-checked": define({
    severity: "warning",
    message: (p: { webhook: string }) => `Checking the examples of ${quote(p.webhook)} took too long and was given up.`,
    hint: () => "make its examples or its schema smaller; a receiver would have been stopped by such a delivery",
  }),
  "webhook-without-example": define({
    severity: "warning",
    message: (p: { webhook: string }) => `No example shows ${quote(p.webhook)}.`,
    hint: () => "add one; receivers test with it, and the docs show it",
  }),
  "webhook-without-description": define({
    severity: "warning",
    message: (p: { webhook: string }) => `Nothing says what ${quote(p.webhook)} means or when it is sent.`,
    hint: () => "give it a summary or a description",
  }),
  "webhook-without-reply": define({
    severity: "info",
    message: (p: { webhooks: readonly string[] }) =>
      p.webhooks.length === 1
        ? `Nothing says what the receiver of ${quote(p.webhooks[0] ?? "")} should answer.`
        : `Nothing says what the receiver should answer, for any of these: ${listed(p.webhooks)}.`,
    hint: () => "describe the answers that count as received (OpenAPI: responses; AsyncAPI: the operation's reply)",
  }),
  "webhook-without-security": define({
    severity: "warning",
    message: (p: { webhooks: readonly string[] }) =>
      p.webhooks.length === 1
        ? `Nothing says how a receiver knows that ${quote(p.webhooks[0] ?? "")} comes from the sender.`
        : `Nothing says how a receiver knows that a delivery comes from the sender, for any of these: ${listed(p.webhooks)}.`,
    hint: () => "state its security; [{}] says that there is none",
  }),
  "property-without-description": define({
    severity: "info",
    message: (p: { property: string }) => `The property ${quote(p.property)} has no description.`,
  }),
  "enum-may-grow": define({
    severity: "warning",
    message: (p: { name: string; count: number }) =>
      `${quote(p.name)} is closed at its ${p.count} values, and a receiver will refuse every delivery with a new one.`,
    hint: () => "x-open-enum: true keeps the known values typed and lets others pass",
  }),
  "content-schema-missing": define({
    severity: "warning",
    message: (p: { name?: string | undefined }) =>
      `${p.name === undefined ? "A string" : quote(p.name)} holds JSON, and nothing says of what shape.`,
    hint: () => "add contentSchema; what it holds is then typed, decoded and validated",
  }),
  "json-string-undeclared": define({
    severity: "warning",
    message: (p: { name?: string | undefined }) =>
      `${p.name === undefined ? "A string" : quote(p.name)} holds JSON in every example, and its schema does not say so.`,
    hint: () => "add contentMediaType: application/json and contentSchema",
  }),
  "number-string-without-pattern": define({
    severity: "info",
    message: (p: { name: string }) =>
      `${quote(p.name)} looks like a number in a string, and nothing says how it is written.`,
    hint: () => 'add a pattern, such as "^-?[0-9]+(?:\\.[0-9]+)?$"',
  }),
  "date-string-without-format": define({
    severity: "info",
    message: (p: { name?: string | undefined; format: string }) =>
      `${p.name === undefined ? "A string" : quote(p.name)} looks like a ${p.format === "date" ? "date" : "date and time"} and has no format.`,
    hint: (p) => `add format: ${p.format}, or say in a pattern how it is written`,
  }),
  "required-property-undefined": define({
    severity: "warning",
    message: (p: { property: string }) => `${quote(p.property)} is required, and no schema says what it is.`,
    hint: () => "describe the property, or mend its name",
  }),
  "pattern-backtracks": define({
    severity: "warning",
    message: (p: { pattern: string; loop: string }) =>
      p.loop === p.pattern
        ? `The pattern ${quote(p.pattern)} can read one text in very many ways; a short text can keep it busy for hours.`
        : `In the pattern ${quote(p.pattern)}, ${quote(p.loop)} can read one text in very many ways; a short text can keep it busy for hours.`,
    hint: () => "let every round of the loop begin or end with what nothing else in it can read",
  }),
  "component-unused": define({
    severity: "warning",
    message: (p: { section: string; name: string }) =>
      `Nothing uses ${quote(p.name)} of ${quote(`components/${p.section}`)}.`,
    hint: () => "refer to it, or remove it",
  }),
  "schema-unsatisfiable": define({
    severity: "error",
    message: (p: { of: string; reason: string }) => `No ${p.of} can keep to this schema: ${p.reason}.`,
  }),
  "operation-id-duplicate": define({
    severity: "error",
    message: (p: { operationId: string; other: string }) =>
      `The operationId ${quote(p.operationId)} is taken by the operation at ${quote(p.other)}.`,
    hint: () => "give each operation its own",
  }),
  "name-unsafe": define({
    severity: "warning",
    message: (p: { of: string; name: string; problem: string }) =>
      `The name ${quote(p.name)} of a ${p.of} ${p.problem}.`,
  }),

  // Configuration and what it names

  "config-several-files": define({
    severity: "error",
    message: (p: { files: readonly string[] }) => `There is more than one configuration: ${listed(p.files)}.`,
    hint: () => "keep one of them",
  }),
  "config-not-loaded": define({
    severity: "error",
    message: (p: { file: string; reason: string }) => `${quote(p.file)} cannot be used: ${p.reason}.`,
  }),
  "config-unknown-key": define({
    severity: "error",
    message: (p: { key: string; suggestion?: string | undefined; keys: readonly string[] }) =>
      `There is no setting ${quote(p.key)}.`,
    hint: (p) =>
      p.suggestion === undefined ? `there are ${p.keys.join(", ")}` : `did you mean ${quote(p.suggestion)}?`,
  }),
  "config-wrong-type": define({
    severity: "error",
    message: (p: { key: string; expected: string; found: string }) =>
      `${p.key === "" ? "The configuration" : quote(p.key)} must be ${p.expected}, not ${p.found}.`,
  }),
  "guide-link-broken": define({
    severity: "warning",
    message: (p: { address: string }) => `The link to ${quote(p.address)} leads to no page of the site.`,
    hint: () => "its text is shown without a link",
  }),
  "documents-not-found": define({
    severity: "error",
    message: (p: { pattern: string }) => `The pattern ${quote(p.pattern)} in "documents" matches no file.`,
    hint: () => "patterns count from the working folder; node_modules is never looked into",
  }),
  "contract-id-reserved": define({
    severity: "error",
    message: (p: { file: string; id: string }) =>
      `The contract of ${quote(p.file)} would be called ${quote(p.id)}, a name that is kept for other things.`,
    hint: () => "rename the document or its folder",
  }),
  "contract-id-taken": define({
    severity: "error",
    message: (p: { file: string; other: string; id: string }) =>
      `The contracts of ${quote(p.other)} and ${quote(p.file)} would both be called ${quote(p.id)}.`,
    hint: () => "rename one of the documents or its folder",
  }),

  // What the specifications say

  "openapi-violation": define({
    severity: "error",
    message: (p: { sentence: string; hint?: string | undefined }) => p.sentence,
    hint: (p) => p.hint,
  }),
  "asyncapi-violation": define({
    severity: "error",
    message: (p: { sentence: string; rule: string }) => `${p.sentence} (${p.rule}).`,
  }),
  "asyncapi-advice": define({
    severity: "warning",
    message: (p: { sentence: string; rule: string }) => `${p.sentence} (${p.rule}).`,
  }),
  "avro-violation": define({
    severity: "error",
    message: (p: { problem: string }) => `This Avro schema cannot be read: ${p.problem}.`,
    hint: () => "mend the Avro schema; until then anything is allowed in its place",
  }),
  "vocabulary-violation": define({
    severity: "error",
    message: (p: { sentence: string; hint?: string | undefined }) => p.sentence,
    hint: (p) => p.hint,
  }),
  "more-violations": define({
    severity: "error",
    message: (p: { count: number; specification: string }) =>
      `${p.count === 1 ? "One more violation" : `${p.count} more violations`} of ${p.specification} ${p.count === 1 ? "was" : "were"} found and left out here.`,
    hint: () => "mend those above first; many have the same cause",
  }),
  "specification-not-checked": define({
    severity: "warning",
    message: (p: { specification: string; reason: string }) =>
      `Whether this document keeps to ${p.specification} could not be checked: ${p.reason}.`,
  }),
};

export type DiagnosticCode = keyof typeof catalog;

/** What `diagnose` must be told for a code. */
export type DiagnosticParams<Code extends DiagnosticCode> = Parameters<(typeof catalog)[Code]["message"]>[0];

/** Lets TypeScript infer each entry's parameters from its own message. */
function define<Params>(entry: CatalogEntry<Params>): CatalogEntry<Params> {
  return entry;
}

/** Text of a document inside a message: in quotes, of bounded length, so that its end is plain to see. */
export function quote(text: string): string {
  return `"${shorten(text)}"`;
}

/** Text of a document may be a megabyte long; a message shows its beginning and its end. */
function shorten(text: string): string {
  const short = text.length > 300 ? `${text.slice(0, 200)}…${text.slice(-80)}` : text;
  return visible(short);
}

/** At most ten names, since a message is read by a person. */
function listed(names: readonly string[]): string {
  const rest = names.length > 10 ? ` and ${names.length - 10} more` : "";
  return names.slice(0, 10).map(quote).join(", ") + rest;
}

function mebibytes(bytes: number): string {
  return `${Math.round(bytes / 1024 / 1024)} MiB`;
}
