import { completeRecipe, type SignatureDeclaration } from "../authenticity/declaration.ts";
import type { SchemeDefinition } from "./types.ts";

/** A security scheme as a contract has it. */
export type DeclaredScheme = Omit<SchemeDefinition, "signature" | "problem"> & {
  /** `x-webhook-signature` as the document writes it: a preset's name or a recipe. */
  readonly signature?: unknown;
};

/**
 * Makes of the security schemes of a document what a receiver and a sender go by: whole recipes instead of the names of
 * presets. A recipe that cannot be used is said by `problem`, since only whoever gives a secret for it needs it.
 */
export function completeSecurity(
  schemes: Readonly<Record<string, DeclaredScheme>>,
): Readonly<Record<string, SchemeDefinition>> {
  return Object.fromEntries(Object.entries(schemes).map(([name, scheme]) => [name, completeScheme(scheme)]));
}

function completeScheme({ type, scheme, in: place, name, signature }: DeclaredScheme): SchemeDefinition {
  const plain = {
    type,
    ...(scheme === undefined ? {} : { scheme }),
    ...(place === undefined ? {} : { in: place }),
    ...(name === undefined ? {} : { name }),
  };
  if (signature === undefined) return plain;
  try {
    return { ...plain, signature: completeRecipe(signature as SignatureDeclaration) };
  } catch (error) {
    return { ...plain, problem: error instanceof Error ? error.message : String(error) };
  }
}
