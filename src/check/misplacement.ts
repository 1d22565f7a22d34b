import { isArray, isObject, type JsonRecord, joinPointer, own } from "../json/index.ts";
import type { Violation } from "./violation.ts";

/** Types of security schemes of AsyncAPI and OpenAPI; none of them is a type of JSON Schema. */
const SECURITY_TYPES: ReadonlySet<unknown> = new Set(
  (
    "apiKey http mutualTLS oauth2 openIdConnect httpApiKey userPassword X509 symmetricEncryption asymmetricEncryption plain " +
    "scramSha256 scramSha512 gssapi"
  ).split(" "),
);

/** Says where an extension stands that has no meaning there; null where it may stand. */
export function misplacement(extension: string, holder: JsonRecord, holderPointer: string): Violation | null {
  const pointer = joinPointer(holderPointer, extension);
  switch (extension) {
    case "x-webhook-name":
      return holderPointer === ""
        ? violation(
            pointer,
            "The document has many webhooks, so x-webhook-name cannot name one.",
            "put it at a webhook, an operation, a message or a branch of oneOf",
          )
        : null;
    case "x-webhook-signature":
      return SECURITY_TYPES.has(own(holder, "type")) || own(holder, "$ref") !== undefined
        ? null
        : violation(pointer, "x-webhook-signature has no meaning here.", "put it at a security scheme");
    case "x-open-enum":
      return openEnumMisplacement(holder, pointer);
    case "x-query-array":
      return hasType(holder, "array") || isObject(own(holder, "items"))
        ? null
        : violation(pointer, "x-query-array has no meaning here.", 'put it at a schema with "type: array"');
    default:
      return null;
  }
}

function openEnumMisplacement(holder: JsonRecord, pointer: string): Violation | null {
  const values = own(holder, "enum");
  if (!isArray(values)) {
    return violation(pointer, "There is no enum beside x-open-enum, so nothing is open.", "put it where the enum is");
  }
  const type = own(holder, "type");
  if ((type !== undefined && !hasType(holder, "string")) || !values.some((value) => typeof value === "string")) {
    return violation(
      pointer,
      "x-open-enum opens an enum of strings, and this is another.",
      "leave out enum, and tell the known values in the description",
    );
  }
  return null;
}

function hasType(schema: JsonRecord, wanted: string): boolean {
  const type = own(schema, "type");
  return isArray(type) ? type.includes(wanted) : type === wanted;
}

function violation(pointer: string, sentence: string, hint: string): Violation {
  return { pointer, sentence, hint };
}
