/** What the schemas of a format are read as. */
export type SchemaLanguage = "json-schema" | "avro";

/**
 * JSON Schema in words this toolkit reads: AsyncAPI's own schemas, every draft, and OpenAPI's. The dialects are told apart by
 * their keywords (`toDraft2020`), as they are where no format is named, so OpenAPI's schemas take no other way here than in an
 * OpenAPI document.
 */
const JSON_SCHEMA = /^application\/(?:vnd\.aai\.asyncapi|vnd\.oai\.openapi|schema)(?:\+(?:json|yaml))?\s*(?:;|$)/i;
const AVRO = /^application\/(?:vnd\.apache\.)?avro(?:\+(?:json|yaml))?\s*(?:;|$)/i;

/** As a document would say it. */
export const AVRO_FORMAT = "application/vnd.apache.avro";

/** Names that people know of formats that are not read. */
const OTHERS: readonly (readonly [RegExp, string])[] = [
  [/protobuf/i, "Protobuf"],
  [/\braml\b/i, "RAML"],
  [/xsd|xml/i, "XML"],
];

/**
 * The language of a `schemaFormat`; null where it is not read.
 * @see https://www.asyncapi.com/docs/reference/specification/v3.0.0#multiFormatSchemaObject
 */
export function languageOf(format: string): SchemaLanguage | null {
  if (JSON_SCHEMA.test(format.trim())) return "json-schema";
  return AVRO.test(format.trim()) ? "avro" : null;
}

/** A format that is not read, as a reason to leave its schema out. */
export function notReadReason(format: string): string {
  const known = OTHERS.find(([pattern]) => pattern.test(format))?.[1];
  const what = known === undefined ? "a schema" : `a schema in ${known}`;
  return `${what} (schemaFormat ${JSON.stringify(format)}) is not read, so anything is allowed here`;
}
