import { essence } from "../../runtime/body.ts";
import { concatenate, utf8 } from "./bytes.ts";

/** One HTTP request as it came, byte for byte. */
export interface SignedRequest {
  readonly method: string;
  /** Whole, as the sender knows it. */
  readonly url: string;
  readonly body: Uint8Array;
  /** Whether the body is `application/x-www-form-urlencoded`. */
  readonly isForm: boolean;
  readonly timestamp: string;
  readonly id: string;
}

type Part = (request: SignedRequest) => Uint8Array;

const PLACEHOLDERS: Readonly<Record<string, Part>> = {
  "{body}": ({ body }) => body,
  "{timestamp}": ({ timestamp }) => utf8(timestamp),
  "{id}": ({ id }) => utf8(id),
  "{url}": ({ url }) => utf8(url),
  "{method}": ({ method }) => utf8(method.toUpperCase()),
  "{form}": ({ body, isForm }) => utf8(isForm ? sortedFields(body) : ""),
};

/** Compiles `signedContent` into a writer of the bytes that are signed. */
export function contentWriter(signedContent: string): (request: SignedRequest) => Uint8Array<ArrayBuffer> {
  const parts = signedContent
    .split(/(\{\w+\})/)
    .filter((text) => text !== "")
    .map((text): Part => {
      const part = PLACEHOLDERS[text];
      if (part !== undefined) return part;
      const literal = utf8(text);
      return () => literal;
    });
  const [only] = parts;
  // The bytes themselves, where they alone are signed: a copy of a large body would cost more than all the rest.
  if (parts.length === 1 && only === PLACEHOLDERS["{body}"]) return ({ body }) => body as Uint8Array<ArrayBuffer>;
  return (request) => concatenate(parts.map((part) => part(request)));
}

/** Twilio's way: each field's name and value run together, sorted by name, a value that repeats once. */
function sortedFields(body: Uint8Array): string {
  const byName = new Map<string, Set<string>>();
  for (const [name, value] of new URLSearchParams(new TextDecoder().decode(body))) {
    const values = byName.get(name);
    if (values === undefined) byName.set(name, new Set([value]));
    else values.add(value);
  }
  return [...byName]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, values]) =>
      [...values]
        .sort()
        .map((value) => name + value)
        .join(""),
    )
    .join("");
}

export function isFormType(contentType: string): boolean {
  return essence(contentType) === "application/x-www-form-urlencoded";
}

export function isPlaceholder(text: string): boolean {
  return Object.hasOwn(PLACEHOLDERS, text);
}
