import type { Delivery } from "../../runtime/types.ts";
import type { VerificationFailure } from "../authenticity/check-signature.ts";
import type { SignatureRecipe } from "../authenticity/recipe.ts";

/** A security scheme as far as a receiver needs it: how a sender shows who it is. */
export interface SchemeDefinition {
  readonly type: string;
  /** `http`: `basic`, `bearer`, … */
  readonly scheme?: string;
  /** `apiKey`: `header`, `query` or `cookie`, and what it is called there. */
  readonly in?: string;
  readonly name?: string;
  /** How deliveries are signed; the whole recipe, which `completeSecurity` makes of what a document writes. */
  readonly signature?: SignatureRecipe;
  /** Why the document's own declaration cannot be used. */
  readonly problem?: string;
}

/** Of a contract: which webhook asks for which schemes. */
export interface SecuredContract {
  readonly webhooks: readonly {
    readonly name: string;
    /** Alternatives; each names the schemes that are all needed. */
    readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  }[];
  readonly security: Readonly<Record<string, SchemeDefinition>>;
}

/** HTTP Basic. A string `username:password` is the same. */
export interface BasicCredentials {
  readonly username: string;
  readonly password: string;
}

/** A check of one's own, for a scheme that Hookbook knows no way to check. */
export type CredentialsCheck = (delivery: Delivery) => boolean | Promise<boolean>;

/**
 * What one security scheme is checked with: its secret; a list of them, while a sender changes from one to the next; a check
 * of one's own; or `false`: it is not checked here, and deliveries are taken without it.
 */
export type Secret =
  | string
  | BasicCredentials
  | readonly (string | BasicCredentials)[]
  | CredentialsCheck
  | false
  // What `process.env` gives: it is refused when the receiver starts.
  | undefined;

/** By the name of the security scheme. */
export type Secrets = Readonly<Record<string, Secret>>;

/**
 * Beside what can be wrong with signatures:
 * - `missing-credentials`: the header, parameter or cookie that holds them is not there
 * - `wrong-credentials`: they are not the ones
 */
export type AuthenticationFailure = VerificationFailure | "missing-credentials" | "wrong-credentials";

export interface NotAuthentic {
  readonly ok: false;
  readonly reason: AuthenticationFailure;
  /** The security scheme that came closest to being met. */
  readonly scheme: string;
}

export interface Authentic {
  readonly ok: true;
  /** Milliseconds since 1970, where the signature says it. */
  readonly signedAt: number | null;
  /** The delivery's id, where the recipe of its signature says which header holds it. */
  readonly id: string | null;
  /**
   * What this webhook asks for and the delivery does not bring, where webhooks of one contract ask for different schemes;
   * null where nothing is missing.
   */
  readonly missingFor: (webhook: string) => NotAuthentic | null;
}

export type Authentication = Authentic | NotAuthentic;
