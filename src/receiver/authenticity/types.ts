import type { Delivery } from "../../runtime/types.ts";

/** A request whose body is still the bytes that came: of anything else no signature can be checked. */
export type RawDelivery = Delivery & { readonly body: Uint8Array };

/** Whether a signature is right, and when it was made. */
export type Verification =
  | { readonly ok: true; readonly signedAt: number | null; readonly id: string | null }
  | { readonly ok: false; readonly reason: VerificationFailure };

/**
 * - `missing-signature`: no header, or none of its parts is a signature
 * - `malformed-signature`: the timestamp or id that is signed is missing or cannot be read
 * - `wrong-signature`: made with another secret or of other bytes
 * - `stale`: right, but made too long ago or in the future
 */
export type VerificationFailure = "missing-signature" | "malformed-signature" | "wrong-signature" | "stale";
