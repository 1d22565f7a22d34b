/**
 * The formats that OpenAPI adds to those of JSON Schema.
 * @see https://spec.openapis.org/oas/v3.0.4.html#data-types
 */

const INT32_MIN = -(2 ** 31);
const INT32_MAX = 2 ** 31 - 1;
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;
const LINE_TERMINATOR = /[\n\r\u2028\u2029]/;

/**
 * `byte`: base64 of RFC 4648 §4, padded; the empty string too. Of a value with several lines it is enough that one line is
 * base64, be it an empty one. Equals `ajv-formats` full.
 */
export function isByte(value: string): boolean {
  return isBase64(value) || (LINE_TERMINATOR.test(value) && value.split(LINE_TERMINATOR).some(isBase64));
}

/** With at most two signs of padding, the length alone says that the padding is right. */
function isBase64(value: string): boolean {
  return value.length % 4 === 0 && BASE64.test(value);
}

/** `int32`: an integer of 32 bits, signed; `1.0` is one. Equals `ajv-formats` full. */
export function isInt32(value: number): boolean {
  return Number.isInteger(value) && value >= INT32_MIN && value <= INT32_MAX;
}

/**
 * `int64`: an integer. Its size is not checked, since a JSON number beyond 2^53 has lost its last digits before it comes
 * here. Equals `ajv-formats` full.
 */
export function isInt64(value: number): boolean {
  return Number.isInteger(value);
}

/** `float`: every number. Equals `ajv-formats` full. */
export function isFloat(_value: number): boolean {
  return true;
}

/** `double`: every number. Equals `ajv-formats` full. */
export function isDouble(_value: number): boolean {
  return true;
}

/** `password`: every string; a hint to user interfaces. Equals `ajv-formats` full. */
export function isPassword(_value: string): boolean {
  return true;
}

/** `binary`: every string. Equals `ajv-formats` full. */
export function isBinary(_value: string): boolean {
  return true;
}
