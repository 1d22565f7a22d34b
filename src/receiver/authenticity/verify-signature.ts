import { type SignatureVerifier, signatureChecker, type VerifierOptions } from "./check-signature.ts";
import { completeRecipe, type SignatureDeclaration } from "./declaration.ts";

/**
 * Makes a check of the signatures of one sender.
 * @param secrets  one, or several while the sender changes from one to the next
 * @throws TypeError for a declaration that is not complete, and for a secret that is empty, too short or not readable
 */
export function createVerifier(
  declaration: SignatureDeclaration,
  secrets: string | readonly string[],
  options: VerifierOptions = {},
): SignatureVerifier {
  return signatureChecker(completeRecipe(declaration), secrets, options);
}
