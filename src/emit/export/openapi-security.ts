import { setOwn } from "../../json/index.ts";
import type { Contract, Json, JsonObject } from "../../model/index.ts";
import { Keys, toComponentKey } from "./keys.ts";
import { type Loss, quoted } from "./loss.ts";
import { writeSecurityScheme } from "./security-scheme.ts";

export interface OpenApiSecurity {
  readonly schemes: JsonObject;
  /** For each webhook, by index, the `security` of its operations. */
  readonly requirements: readonly (readonly JsonObject[])[];
  readonly losses: readonly Loss[];
}

/**
 * Writes the security schemes, and who asks for them. An alternative with a scheme that OpenAPI does not have is left out:
 * without that scheme it would promise less than the contract does.
 * @see https://spec.openapis.org/oas/v3.1.1.html#security-requirement-object
 */
export function writeOpenApiSecurity({ webhooks, security }: Contract): OpenApiSecurity {
  const losses: Loss[] = [];
  const schemes: Record<string, Json> = {};
  const keys = new Keys();
  const keyOf = new Map<string, string>();
  const unsayable = new Set<string>();
  for (const [name, scheme] of Object.entries(security).sort(([a], [b]) => (a < b ? -1 : 1))) {
    const { value, lost } = writeSecurityScheme(scheme, "openapi");
    if (lost !== null) losses.push(ofScheme(name, lost));
    if (value === null) {
      unsayable.add(name);
      continue;
    }
    const key = keys.take(toComponentKey(name));
    if (key !== name) losses.push(ofScheme(name, "its name, which no component can have"));
    setOwn(schemes, key, value);
    keyOf.set(name, key);
  }
  const requirements = webhooks.map((webhook) =>
    webhook.security.flatMap((requirement): JsonObject[] => {
      const names = Object.keys(requirement);
      const missing = names.filter((name) => unsayable.has(name));
      if (missing.length > 0) {
        const what = `the security requirement ${names.map(quoted).join(" with ")}`;
        losses.push({ webhook, part: "security", what });
        return [];
      }
      const written: Record<string, Json> = {};
      for (const [name, scopes] of Object.entries(requirement)) setOwn(written, keyOf.get(name) ?? name, scopes);
      return [written];
    }),
  );
  return { schemes, requirements, losses };
}

function ofScheme(name: string, what: string): Loss {
  return { webhook: null, part: "security", what: `of its security scheme ${quoted(name)} ${what}` };
}
