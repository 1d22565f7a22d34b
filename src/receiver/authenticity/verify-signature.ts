import { type SignatureVerifier, signatureChecker, type VerifierOptions } from "./check-signature.ts";
import { completeRecipe, type SignatureDeclaration } from "./declaration.ts";
import { secretBytes } from "./secret.ts";

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
  const recipe = completeRecipe(declaration);
  const keys = [secrets].flat().map((secret) => secretBytes(secret, recipe));
  if (keys.length === 0) throw new TypeError("A signature cannot be checked without a secret.");
  return signatureChecker(recipe, keys, options);
}
