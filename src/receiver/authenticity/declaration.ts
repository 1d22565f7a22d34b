import { BYTE_ENCODINGS } from "./bytes.ts";
import { ALGORITHMS } from "./crypto.ts";
import { type PresetName, presets } from "./presets.ts";
import type { SignatureRecipe } from "./recipe.ts";
import { isPlaceholder } from "./signed-content.ts";

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
 * @throws TypeError for a preset, algorithm, encoding or placeholder that is not known, where one that is needed is not said,
 *   and for a recipe that would take any body for signed
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
  if (!ALGORITHMS.includes(algorithm)) throw new TypeError(`There is no algorithm ${JSON.stringify(algorithm)}.`);
  if (!BYTE_ENCODINGS.includes(encoding)) throw new TypeError(`There is no encoding ${JSON.stringify(encoding)}.`);
  checkContent(recipe);
  return { ...recipe, header, algorithm, encoding };
}

type ContentParts = Pick<SignatureRecipe, "signedContent" | "format"> & {
  readonly timestampHeader?: string | undefined;
  readonly idHeader?: string | undefined;
};

/** Documents are checked before; who writes a recipe in code must be told, too, before a receiver trusts it. */
function checkContent({ signedContent, format, timestampHeader, idHeader }: ContentParts): void {
  const unknown = signedContent.match(/\{[^{}]*\}/g)?.find((placeholder) => !isPlaceholder(placeholder));
  if (unknown !== undefined) throw new TypeError(`signedContent has ${unknown}, which stands for nothing.`);
  if (!/\{(?:body|form)\}/.test(signedContent)) {
    throw new TypeError("signedContent must have {body} or {form} in it, or any body would be right.");
  }
  if (signedContent.includes("{timestamp}") && timestampHeader === undefined && !format.includes("{timestamp}")) {
    throw new TypeError("{timestamp} is signed, but neither format nor timestampHeader says where it is.");
  }
  if (signedContent.includes("{id}") && idHeader === undefined) {
    throw new TypeError("{id} is signed, but no idHeader says where it is.");
  }
}
