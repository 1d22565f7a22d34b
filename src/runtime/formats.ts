/**
 * The `format` keyword at run time: one predicate per format, each accepting exactly what `ajv-formats` 3.0.1 accepts in
 * its `full` mode, and each linear in the length of the value, whatever the value is.
 *
 * Every predicate has its own export so that a bundler keeps only those that a validator calls; `formats` is for code
 * generators, which look up there what to import.
 *
 * @see https://json-schema.org/draft/2020-12/json-schema-validation#section-7
 */

export { isDate, isDateTime, isIsoDateTime, isIsoTime, isTime } from "./formats/date-time.ts";
export { isDuration } from "./formats/duration.ts";
export { isEmail } from "./formats/email.ts";
export { isHostname } from "./formats/hostname.ts";
export { isIpv4, isIpv6 } from "./formats/ip-address.ts";
export { isJsonPointer, isJsonPointerUriFragment, isRelativeJsonPointer } from "./formats/json-pointer.ts";
export { isBinary, isByte, isDouble, isFloat, isInt32, isInt64, isPassword } from "./formats/openapi.ts";
export { isRegex } from "./formats/regex.ts";
export { isUri, isUriReference } from "./formats/uri.ts";
export { isUriTemplate } from "./formats/uri-template.ts";
export { isUrl } from "./formats/url.ts";
export { isUuid } from "./formats/uuid.ts";

/** A format as a code generator needs it. */
export interface Format {
  /** The only type of instance that the format says anything about; instances of other types are valid (§7.1). */
  readonly type: "string" | "number";
  /** The export of this module that checks it. */
  readonly functionName: string;
}

/**
 * Every format, by the name that a schema gives it. Look a name up with `Object.hasOwn`: it comes from a document, and
 * may be `constructor`.
 */
export const formats = {
  binary: { type: "string", functionName: "isBinary" },
  byte: { type: "string", functionName: "isByte" },
  date: { type: "string", functionName: "isDate" },
  "date-time": { type: "string", functionName: "isDateTime" },
  double: { type: "number", functionName: "isDouble" },
  duration: { type: "string", functionName: "isDuration" },
  email: { type: "string", functionName: "isEmail" },
  float: { type: "number", functionName: "isFloat" },
  hostname: { type: "string", functionName: "isHostname" },
  int32: { type: "number", functionName: "isInt32" },
  int64: { type: "number", functionName: "isInt64" },
  ipv4: { type: "string", functionName: "isIpv4" },
  ipv6: { type: "string", functionName: "isIpv6" },
  "iso-date-time": { type: "string", functionName: "isIsoDateTime" },
  "iso-time": { type: "string", functionName: "isIsoTime" },
  "json-pointer": { type: "string", functionName: "isJsonPointer" },
  "json-pointer-uri-fragment": { type: "string", functionName: "isJsonPointerUriFragment" },
  password: { type: "string", functionName: "isPassword" },
  regex: { type: "string", functionName: "isRegex" },
  "relative-json-pointer": { type: "string", functionName: "isRelativeJsonPointer" },
  time: { type: "string", functionName: "isTime" },
  uri: { type: "string", functionName: "isUri" },
  "uri-reference": { type: "string", functionName: "isUriReference" },
  "uri-template": { type: "string", functionName: "isUriTemplate" },
  url: { type: "string", functionName: "isUrl" },
  uuid: { type: "string", functionName: "isUuid" },
} as const satisfies Readonly<Record<string, Format>>;
