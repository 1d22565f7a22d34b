/** Whether a media type is of JSON: `application/json`, `text/json` or one that ends in `+json`. */
export function isJsonMediaType(mediaType: unknown): boolean {
  return typeof mediaType === "string" && /^\s*(?:application|text)\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(mediaType);
}
