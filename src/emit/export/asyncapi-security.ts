import { equal, setOwn } from "../../json/index.ts";
import type { Contract, Json, JsonObject, Webhook } from "../../model/index.ts";
import { Keys, toComponentKey } from "./keys.ts";
import { enumerated, type Loss, quoted } from "./loss.ts";
import { refTo } from "./references.ts";
import { writeSecurityScheme } from "./security-scheme.ts";

export interface AsyncApiSecurity {
  readonly schemes: JsonObject;
  /** For each webhook, by index, the `security` of its operations. */
  readonly requirements: readonly (readonly JsonObject[])[];
  readonly losses: readonly Loss[];
}

/** Types of schemes that have a list of the scopes that are needed. */
const WITH_SCOPES: ReadonlySet<string> = new Set(["oauth2", "openIdConnect"]);

/**
 * Writes the security schemes, and who asks for them. Each entry of `security` is one scheme and an alternative to the
 * others; the scopes that are needed are said at the scheme, and so are the same for all.
 * @see https://www.asyncapi.com/docs/reference/specification/v3.0.0#operationObject
 */
export function writeAsyncApiSecurity({ webhooks, security }: Contract): AsyncApiSecurity {
  const losses: Loss[] = [];
  const schemes: Record<string, Json> = {};
  const keys = new Keys();
  const keyOf = new Map<string, string>();
  const scopesOf = new Map<string, readonly string[]>();
  for (const requirement of webhooks.flatMap((webhook) => webhook.security)) {
    for (const [name, scopes] of Object.entries(requirement)) if (!scopesOf.has(name)) scopesOf.set(name, scopes);
  }
  for (const [name, scheme] of Object.entries(security).sort(([a], [b]) => (a < b ? -1 : 1))) {
    const { value, lost } = writeSecurityScheme(scheme, "asyncapi");
    if (lost !== null) losses.push(ofScheme(name, lost));
    if (value === null) continue;
    const key = keys.take(toComponentKey(name));
    if (key !== name) losses.push(ofScheme(name, "its name, which no component can have"));
    const scopes = scopesOf.get(name) ?? [];
    const needed = scopes.length > 0 && WITH_SCOPES.has(scheme.type) ? { scopes } : {};
    setOwn(schemes, key, { ...value, ...needed });
    keyOf.set(name, key);
  }
  const requirements = webhooks.map((webhook) => {
    const references = new Map<string, JsonObject>();
    for (const requirement of webhook.security) {
      losses.push(...lossesOf(webhook, requirement));
      for (const name of Object.keys(requirement)) {
        const key = keyOf.get(name);
        if (key !== undefined) references.set(key, { $ref: refTo("components", "securitySchemes", key) });
      }
    }
    return [...references.values()];
  });
  return { schemes, requirements, losses };

  function lossesOf(webhook: Webhook, requirement: Webhook["security"][number]): readonly Loss[] {
    const names = Object.keys(requirement);
    const what: string[] = [];
    if (names.length === 0) what.push("that it may come without authentication");
    if (names.length > 1) {
      what.push(`that ${enumerated(names.map(quoted))} are needed together: each is written as an alternative`);
    }
    for (const [name, scopes] of Object.entries(requirement)) {
      const isSaid = WITH_SCOPES.has(security[name]?.type ?? "") ? scopesOf.get(name) : [];
      if (!keyOf.has(name)) what.push(`its security scheme ${quoted(name)}`);
      else if (!equal(scopes, isSaid ?? [])) what.push(`the scopes of ${quoted(name)} that it needs`);
    }
    return what.map((one) => ({ webhook, part: "security", what: one }));
  }
}

function ofScheme(name: string, what: string): Loss {
  return { webhook: null, part: "security", what: `of its security scheme ${quoted(name)} ${what}` };
}
