/**
 * Writes fields as `multipart/form-data`: the same bytes for the same fields.
 * @see https://www.rfc-editor.org/rfc/rfc7578
 */
export function writeMultipart(fields: readonly (readonly [name: string, text: string])[]): {
  readonly contentType: string;
  readonly body: string;
} {
  const parts = fields.map(
    ([name, text]) => `Content-Disposition: form-data; name="${quoted(name)}"\r\n\r\n${text}\r\n`,
  );
  const boundary = boundaryFor(parts);
  const body = `${parts.map((part) => `--${boundary}\r\n${part}`).join("")}--${boundary}--\r\n`;
  return { contentType: `multipart/form-data; boundary=${boundary}`, body };
}

/** As browsers write it. */
function quoted(name: string): string {
  return name.replaceAll('"', "%22").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

/** The first that no field holds, be it by design; not as the beginning of a longer one either, where some readers stop. */
function boundaryFor(parts: readonly string[]): string {
  const taken = new Set<string>();
  for (const part of parts) {
    for (const [, digits = ""] of part.matchAll(/hookbook-(\d{1,9})/g)) {
      for (let length = 1; length <= digits.length; length++) taken.add(digits.slice(0, length));
    }
  }
  let count = 1;
  while (taken.has(String(count))) count++;
  return `hookbook-${count}`;
}
