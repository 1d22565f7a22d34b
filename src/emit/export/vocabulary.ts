import type { Json, Webhook } from "../../model/index.ts";
import type { Explicit } from "./written.ts";

/**
 * `x-webhook-name` and `x-webhook-route` of a webhook, where they are needed.
 * @param named  Several parts of the document are this webhook, which their common name says: there has to be one.
 */
export function vocabularyOf(
  { name, key, route }: Webhook,
  index: number,
  { names, routes }: Explicit,
  { named = false } = {},
): { readonly [extension: string]: Json } {
  const [condition] = route;
  const wanted = named && name === "" ? key : name;
  return {
    ...((names.has(index) || named) && wanted !== "" ? { "x-webhook-name": wanted } : {}),
    ...(routes.has(index) && condition !== undefined
      ? { "x-webhook-route": (route.length === 1 ? condition : route) as unknown as Json }
      : {}),
  };
}
