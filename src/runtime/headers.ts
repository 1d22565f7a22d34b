import type { Delivery, HeadersLike } from "./types.ts";

type DeliveryHeaders = NonNullable<Delivery["headers"]>;

/**
 * One header, whatever the case of its name; repeated ones are joined as RFC 9110 §5.3 says.
 * @param name  in lower case
 */
export function headerOf(headers: DeliveryHeaders, name: string): string | null {
  if (isHeadersLike(headers)) return headers.get(name);
  const value = Object.hasOwn(headers, name) ? headers[name] : findInAnyCase(headers, name);
  if (typeof value === "string") return value;
  return Array.isArray(value) ? value.join(", ") : null;
}

function isHeadersLike(headers: DeliveryHeaders): headers is HeadersLike {
  return typeof headers.get === "function";
}

function findInAnyCase(
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
  name: string,
): string | readonly string[] | undefined {
  for (const key in headers) {
    if (key.length === name.length && key.toLowerCase() === name && Object.hasOwn(headers, key)) return headers[key];
  }
  return undefined;
}

/** The named headers that came. */
export function pickHeaders(headers: Delivery["headers"], names: readonly string[]): Record<string, string> {
  const picked: Record<string, string> = {};
  if (headers === undefined) return picked;
  for (const name of names) {
    const value = headerOf(headers, name);
    if (value !== null) picked[name] = value;
  }
  return picked;
}
