/**
 * The status of a reply as the model has it: a code, a range such as `4XX`, or `default`, however its letters are written.
 * @returns null where it is none of these.
 * @see https://spec.openapis.org/oas/v3.1.1.html#responses-object
 */
export function replyStatus(written: string): string | null {
  if (/^default$/i.test(written)) return "default";
  return /^(?:[1-9]\d\d|[1-5]XX)$/i.test(written) ? written.toUpperCase() : null;
}
