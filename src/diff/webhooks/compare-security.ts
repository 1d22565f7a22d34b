import { isObject, stableStringify } from "../../json/index.ts";
import type { Contract, Json, JsonObject, SecurityRequirement, SecurityScheme, Webhook } from "../../model/index.ts";
import type { WebhookDifference } from "../difference.ts";

/** What receivers have to check: schemes count by what they are, whatever a document calls them. */
export function compareSecurity(
  before: { readonly contract: Contract; readonly webhook: Webhook },
  after: { readonly contract: Contract; readonly webhook: Webhook },
): WebhookDifference | null {
  const [was, is] = [checksOf(before), checksOf(after)];
  const isSame = was.size === is.size && [...was.keys()].every((id) => is.has(id));
  return isSame ? null : { kind: "security", from: [...was.values()], to: [...is.values()] };
}

/** The alternatives, in words by what they mean. */
function checksOf({ contract, webhook }: { readonly contract: Contract; readonly webhook: Webhook }) {
  const all = webhook.security.map((requirement) => checkOf(requirement, contract.security));
  // Where all that is asked for is nothing, that is as good as no word of it.
  return new Map(all.every(({ id }) => id === "") ? [] : all.map(({ id, words }) => [id, words]));
}

function checkOf(requirement: SecurityRequirement, schemes: Contract["security"]): { id: string; words: string } {
  const parts = Object.entries(requirement).map(([name, scopes]) => {
    const scheme = Object.hasOwn(schemes, name) ? schemes[name] : undefined;
    if (scheme === undefined) return { id: JSON.stringify(name), words: name };
    const id = stableStringify([essenceOf(scheme), [...scopes].sort()] as unknown as Json, { indent: 0 });
    return { id, words: inWords(scheme) };
  });
  parts.sort((a, b) => (a.id < b.id ? -1 : 1));
  return {
    id: parts.map(({ id }) => id).join(" and "),
    words: parts.map(({ words }) => words).join(" and ") || "nothing",
  };
}

function essenceOf({ type, scheme, in: place, name, signature, details }: SecurityScheme): JsonObject {
  return {
    type,
    scheme: scheme?.toLowerCase() ?? null,
    in: place ?? null,
    name: (place === "header" ? name?.toLowerCase() : name) ?? null,
    signature: signature ?? null,
    details: withoutProse(details ?? {}),
  };
}

function withoutProse(details: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(details)
      .filter(([key]) => key !== "description" && !key.startsWith("x-"))
      .map(([key, value]) => [key, isObject(value) ? withoutProse(value as JsonObject) : value]),
  );
}

function inWords({ type, scheme, in: place, name, signature }: SecurityScheme): string {
  const words = [type, scheme, place, name].filter((word) => word !== undefined);
  if (signature === undefined) return words.join(" ");
  return `${words.join(" ")} (signature ${typeof signature === "string" ? signature : "by a recipe"})`;
}
