import { parsePointer } from "../../../json/index.ts";

/** A call of the sender's API that makes it send events. */
export interface Subscription {
  readonly method: string;
  readonly path: string;
  /** Where the call gives the receiver's URL, in words; null where the document's expression says it otherwise. */
  readonly url: string | null;
}

/** The operations whose callbacks a contract's events are: OpenAPI writes a callback into the operation that asks for it. */
export function subscriptions(origins: readonly string[]): readonly Subscription[] {
  const found = new Map<string, Subscription>();
  for (const pointer of origins) {
    const tokens = parsePointer(pointer) ?? [];
    const [first, path, method, fourth, , expression] = tokens;
    if (first !== "paths" || fourth !== "callbacks" || path === undefined || method === undefined) continue;
    const url = urlText(expression ?? "");
    found.set(`${method} ${path}`, { method: method.toUpperCase(), path, url });
  }
  return [...found.values()];
}

/** @see https://spec.openapis.org/oas/v3.1.1.html#runtime-expressions */
function urlText(expression: string): string | null {
  const [, place, name] = /\{\$request\.(body#|query\.|header\.|path\.)([^}]*)\}/.exec(expression) ?? [];
  if (place === undefined || name === undefined) return null;
  if (place === "body#") return `the field ${(parsePointer(name) ?? [name]).join(".")} of the body`;
  return `the ${place === "query." ? "query parameter" : place.slice(0, -1)} ${name}`;
}
