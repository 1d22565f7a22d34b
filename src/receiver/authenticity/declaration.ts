import { type PresetName, presets } from "./presets.ts";
import type { SignatureRecipe } from "./recipe.ts";

/** `x-webhook-signature` as a document writes it. */
export type SignatureDeclaration = PresetName | (Partial<SignatureRecipe> & { readonly preset?: PresetName });

const DEFAULTS = {
  format: "{signature}",
  signedContent: "{body}",
  timestampUnit: "seconds",
  toleranceSeconds: 300,
  secretEncoding: "utf8",
} as const;

/**
 * The whole recipe that a declaration stands for.
 * @throws TypeError for a preset that is not known, and where header, algorithm or encoding are not said
 */
export function completeRecipe(declaration: SignatureDeclaration): SignatureRecipe {
  const { preset, ...own } = typeof declaration === "string" ? { preset: declaration } : declaration;
  if (preset !== undefined && !Object.hasOwn(presets, preset)) {
    throw new TypeError(`There is no signature preset ${JSON.stringify(preset)}.`);
  }
  const recipe = { ...DEFAULTS, ...(preset === undefined ? {} : presets[preset]), ...own };
  const { header, algorithm, encoding } = recipe;
  if (header === undefined || algorithm === undefined || encoding === undefined) {
    throw new TypeError("A signature needs header, algorithm and encoding, or a preset that says them.");
  }
  return { ...recipe, header, algorithm, encoding };
}
