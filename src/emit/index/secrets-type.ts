import type { Contract, JsonObject, Webhook } from "../../model/index.ts";
import { propertyKey } from "../source-text.ts";

/** What is known of a contract's security schemes where the presets of signatures are known. */
export interface SecurityParts {
  /** With whole recipes, so that no preset is shipped which nobody names. */
  readonly definitions: JsonObject;
  /** How each is checked: null where a secret is not enough. */
  readonly kinds: Readonly<Record<string, string | null>>;
}

/**
 * The type of the secrets that a contract needs: of each webhook's alternatives the secrets of one must be there, and those of
 * others may.
 */
export function secretsType(contract: Contract, kinds: SecurityParts["kinds"]): string {
  const typeOf = (name: string) => {
    const kind = Object.hasOwn(kinds, name) ? kinds[name] : null;
    if (kind === null || kind === undefined) return "OwnSecret";
    return kind === "basic" ? "BasicSecret" : "TokenSecret";
  };
  const names = [...new Set([...Object.keys(contract.security), ...contract.webhooks.flatMap(schemesOf)])];
  if (names.length === 0) return "Record<never, never>";
  const optional = names.map((name) => `readonly ${propertyKey(name)}?: ${typeOf(name)}`).join("; ");
  const needs = new Set(contract.webhooks.flatMap(({ security }) => needed(security, typeOf) ?? []));
  return [`{ ${optional} }`, ...needs].join(" & ");
}

function schemesOf({ security }: Webhook): readonly string[] {
  return security.flatMap(Object.keys);
}

/** @returns null where none is needed. */
function needed(security: Webhook["security"], typeOf: (name: string) => string): string | null {
  const alternatives = security.map(Object.keys);
  if (alternatives.length === 0 || alternatives.some((names) => names.length === 0)) return null;
  const written = alternatives.map((names) => {
    return `{ ${names.map((name) => `readonly ${propertyKey(name)}: ${typeOf(name)}`).join("; ")} }`;
  });
  const [only = ""] = written;
  return written.length === 1 ? only : `(${[...new Set(written)].join(" | ")})`;
}
