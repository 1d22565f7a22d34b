import { isObject } from "../../json/index.ts";
import type { Contract, SecurityScheme, Webhook } from "../../model/index.ts";

/** What a sender proves with that it is the sender: one security scheme, as deliveries show it. */
export interface Secret {
  /** The scheme's name in the document. */
  readonly name: string;
  readonly scheme: SecurityScheme;
  readonly kind: "signature" | "token" | "basic" | "bearer" | "other";
  readonly place: { readonly in: "header" | "query" | "cookie" | "none"; readonly name: string };
  /** Its name as a variable of the shell: `SIGNING_TOKEN`. */
  readonly variable: string;
}

/** The schemes of the first alternative that a webhook documents: those that its examples show. */
export function secretsOf(webhook: Webhook, contract: Contract): readonly Secret[] {
  const [requirement] = webhook.security;
  return Object.keys(requirement ?? {}).map((name) => secretOf(name, contract.security[name]));
}

export function secretOf(name: string, scheme: SecurityScheme = { type: "unknown" }): Secret {
  const variable = variableOf(name);
  const base = { name, scheme, variable } as const;
  const header = signatureHeader(scheme);
  if (scheme.signature !== undefined)
    return { ...base, kind: "signature", place: { in: "header", name: header ?? "signature" } };
  if (scheme.type === "http" && scheme.scheme === "basic") {
    return { ...base, kind: "basic", place: { in: "header", name: "authorization" } };
  }
  if (scheme.type === "http" && scheme.scheme === "bearer") {
    return { ...base, kind: "bearer", place: { in: "header", name: "authorization" } };
  }
  if (scheme.type === "apiKey" && scheme.name !== undefined) {
    const place = scheme.in === "query" || scheme.in === "cookie" ? scheme.in : "header";
    return { ...base, kind: "token", place: { in: place, name: scheme.name } };
  }
  if (scheme.type === "oauth2" || scheme.type === "openIdConnect") {
    return { ...base, kind: "bearer", place: { in: "header", name: "authorization" } };
  }
  return { ...base, kind: "other", place: { in: "none", name: "" } };
}

function signatureHeader({ signature, name }: SecurityScheme): string | undefined {
  if (isObject(signature) && typeof signature["header"] === "string") return signature["header"].toLowerCase();
  return name?.toLowerCase();
}

function variableOf(name: string): string {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "");
  return /^[A-Z]/.test(words) ? words : `SECRET${words === "" ? "" : `_${words}`}`;
}
