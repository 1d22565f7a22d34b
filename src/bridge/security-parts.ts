import type { Contract, JsonObject } from "../model/index.ts";
import { completeSecurity } from "../receiver/credentials/complete-security.ts";
import { kindOf } from "../receiver/credentials/schemes.ts";

/** A contract's security schemes as a receiver takes them, and how each is checked. */
export function securityParts({ security }: Contract): {
  readonly definitions: JsonObject;
  readonly kinds: Readonly<Record<string, string | null>>;
} {
  const definitions = completeSecurity(security);
  const kinds = Object.fromEntries(Object.entries(definitions).map(([name, scheme]) => [name, kindOf(scheme)]));
  return { definitions: definitions as unknown as JsonObject, kinds };
}
