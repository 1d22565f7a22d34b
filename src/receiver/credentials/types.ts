import type { Delivery } from "../../runtime/types.ts";
import type { SignatureRecipe } from "../authenticity/recipe.ts";
import type { VerificationFailure } from "../authenticity/types.ts";

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
 * What any security scheme is checked with beside a secret: a check of one's own; or `false`: it is not checked here, and
 * deliveries are taken without it. A variable that is not set is `undefined`, and refused when the receiver starts.
 */
export type OwnSecret = CredentialsCheck | false | undefined;

/** Of tokens and signatures: the secret, or a list of them, while a sender changes from one to the next. */
export type TokenSecret = string | readonly string[] | OwnSecret;

/** Of HTTP Basic. */
export type BasicSecret = string | BasicCredentials | readonly (string | BasicCredentials)[] | OwnSecret;

/** What one security scheme is checked with. */
export type Secret = TokenSecret | BasicSecret;

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

/** A delivery before its sender's credentials are in it. */
export interface SendableDelivery {
  readonly method: string;
  /** Whole, as the receiver knows it. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: Uint8Array | string;
  /** Milliseconds since 1970; now where left out. */
  readonly signedAt?: number;
  /** Stays the same when a delivery is sent again; a random one where left out. */
  readonly id?: string;
}

export interface SignedDelivery {
  readonly method: string;
  readonly url: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | string;
}
