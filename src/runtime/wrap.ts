import { ownMember, setMember } from "./own.ts";
import type { SharedPlans, UnwrapPlan } from "./plan.ts";

/**
 * The way back: copies an event and writes JSON into strings again where the wire has it so.
 */
export function wrap(event: unknown, plan: UnwrapPlan, shared: SharedPlans): unknown {
  const resolved = plan.shared === undefined ? plan : (shared[plan.shared] ?? {});
  if (resolved.json !== undefined) {
    if (resolved.lenient === true && (event === null || typeof event === "string")) return event;
    return JSON.stringify(wrap(event, resolved.json, shared));
  }
  if (typeof event !== "object" || event === null) return event;
  if (Array.isArray(event)) {
    const { items } = resolved;
    return items === undefined ? event : event.map((item) => wrap(item, items, shared));
  }
  const { properties, others } = resolved;
  const copy: Record<string, unknown> = {};
  for (const name of Object.keys(event)) {
    const next = properties?.find(([known]) => known === name)?.[1] ?? others;
    const value = ownMember(event, name);
    setMember(copy, name, next === undefined || value === undefined ? value : wrap(value, next, shared));
  }
  return copy;
}
