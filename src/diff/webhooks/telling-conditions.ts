import { parsePointer } from "../../json/index.ts";
import type { Condition, Webhook } from "../../model/index.ts";

/** What places of an event are called that say which event it is. */
const BODY_NAME = /^(?:event|message|webhook|notification)?(?:event|type|name|topic|action|kind)$/;
const HEADER_NAME = /(?:event|topic|type|action)$/;

/**
 * Tells which conditions of a contract's routes are about which event it is: those in which its webhooks differ, and those at
 * places that are called so. The only webhook of a document has a route as well, made of whatever has one value in it.
 */
export function tellingConditions(webhooks: readonly Webhook[]): (condition: Condition) => boolean {
  const values = new Map<string, Set<string>>();
  for (const condition of webhooks.flatMap(({ route }) => route)) {
    const known = values.get(placeOf(condition)) ?? new Set();
    values.set(placeOf(condition), known.add(JSON.stringify(condition.value)));
  }
  return (condition) =>
    condition.in !== "path" && ((values.get(placeOf(condition))?.size ?? 0) > 1 || isCalledSo(condition));
}

function placeOf({ in: place, at }: Condition): string {
  return `${place} ${at}`;
}

function isCalledSo({ in: place, at }: Condition): boolean {
  const name = place === "body" ? (parsePointer(at)?.at(-1) ?? "") : at;
  const letters = name.toLowerCase().replace(/[^a-z]/g, "");
  return (place === "header" ? HEADER_NAME : BODY_NAME).test(letters);
}
