import { completeRecipe, type SignatureDeclaration } from "./declaration.ts";
import { type Signer, signatureWriter } from "./write-signature.ts";

/**
 * Makes the sender's side of `createVerifier`.
 * @param secret  the same as the receiver's; for `ed25519` the private key's seed
 * @throws TypeError as `createVerifier` does
 */
export function createSigner(declaration: SignatureDeclaration, secret: string): Signer {
  return signatureWriter(completeRecipe(declaration), secret);
}
