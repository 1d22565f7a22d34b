import type { SchemeDefinition } from "./types.ts";

/** The ways to show who one is that a receiver can check by a secret alone. */
export type SchemeKind = "signature" | "token" | "bearer" | "basic" | "basic-part";

/** @returns null for a scheme that takes more than a secret to check: OAuth, mutual TLS, … */
export function kindOf({ type, scheme, in: place, name, signature }: SchemeDefinition): SchemeKind | null {
  if (signature !== undefined) return "signature";
  if (type === "apiKey" && name !== undefined && ["header", "query", "cookie"].includes(place ?? "")) return "token";
  // AsyncAPI's own kind of API key stands where HTTP Basic has the user's name or password.
  if (type === "apiKey" && (place === "user" || place === "password")) return "basic-part";
  if (type === "userPassword" || (type === "http" && scheme?.toLowerCase() === "basic")) return "basic";
  if (type === "http" && scheme?.toLowerCase() === "bearer") return "bearer";
  return null;
}

/** For a sentence: what the sender does. */
export function describeScheme(scheme: SchemeDefinition): string {
  const { type, in: place, name, signature } = scheme;
  switch (kindOf(scheme)) {
    case "signature":
      return `a signature in the header ${signature?.header}`;
    case "token":
      return `a token in the ${place === "query" ? "query parameter" : place} ${name}`;
    case "bearer":
      return "a bearer token";
    case "basic":
      return "HTTP Basic";
    case "basic-part":
      return `a token as the ${place} of HTTP Basic`;
    case null:
      return scheme.scheme === undefined ? type : `${type} ${scheme.scheme}`;
  }
}
