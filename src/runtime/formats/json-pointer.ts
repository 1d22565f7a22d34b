/** Not one of the escapes `~0` and `~1`. */
const MALFORMED_ESCAPE = /~(?![01])/;
const RELATIVE_JSON_POINTER = /^(?:0|[1-9]\d*)(?:#|(?:\/.*)?)$/s;
const JSON_POINTER_URI_FRAGMENT = /^#(?:\/[a-z0-9_\-.!$&'()*+,;:=@/%~]*)?$/i;
const MALFORMED_FRAGMENT_ESCAPE = /~(?![01])|%(?![0-9a-f]{2})/i;

/** `json-pointer`: RFC 6901 §3, as in a JSON string (§5). Equals `ajv-formats` full. */
export function isJsonPointer(value: string): boolean {
  return value === "" || (value.startsWith("/") && !MALFORMED_ESCAPE.test(value));
}

/** `json-pointer-uri-fragment`: RFC 6901 §6, with its `#`. Equals `ajv-formats` full. */
export function isJsonPointerUriFragment(value: string): boolean {
  return JSON_POINTER_URI_FRAGMENT.test(value) && !MALFORMED_FRAGMENT_ESCAPE.test(value);
}

/**
 * `relative-json-pointer`: draft-handrews-relative-json-pointer-01 §3, without index manipulation (`0+1`). Equals
 * `ajv-formats` full.
 */
export function isRelativeJsonPointer(value: string): boolean {
  return RELATIVE_JSON_POINTER.test(value) && !MALFORMED_ESCAPE.test(value);
}
