import type { SignedExample } from "../emit/docs/index.ts";
import { isObject } from "../json/index.ts";
import type { Contract, Json, SecurityScheme } from "../model/index.ts";
import { toText, utf8 } from "../receiver/authenticity/bytes.ts";
import { completeRecipe, type SignatureDeclaration } from "../receiver/authenticity/declaration.ts";
import { createSigner } from "../receiver/authenticity/sign.ts";
import { contentWriter } from "../receiver/authenticity/signed-content.ts";

/** Nobody's secret, and so no secret. */
const SECRET_TEXT = "not-a-secret-but-32-bytes-of-it!";
const BODY = '{"hello":"world"}';
const URL = "https://receiver.example.com/webhooks";
const ID = "msg_2mRXJ5L0cQ";
/** A time in the past, the same in every site: pages have the same bytes whenever they are made. */
const SIGNED_AT = Date.UTC(2024, 0, 2, 3, 4, 5);

/** For each scheme of a contract that signs with a shared secret, a delivery that is signed. */
export async function signedExamples({ security }: Contract): Promise<ReadonlyMap<string, SignedExample>> {
  const found = new Map<string, SignedExample>();
  for (const [name, scheme] of Object.entries(security)) {
    const example = await signedExample(scheme);
    if (example !== null) found.set(name, example);
  }
  return found;
}

/** @returns null where the scheme does not sign, signs by key pairs, or says what cannot be done */
async function signedExample({ signature }: SecurityScheme): Promise<SignedExample | null> {
  if (typeof signature !== "string" && !isObject(signature)) return null;
  const declaration = signature as Json as SignatureDeclaration;
  try {
    const recipe = completeRecipe(declaration);
    if (recipe.algorithm === "ed25519" || recipe.bodyHashParameter !== undefined) return null;
    const secret =
      (recipe.secretPrefix ?? "") +
      (recipe.secretEncoding === "utf8" ? SECRET_TEXT : toText(utf8(SECRET_TEXT), recipe.secretEncoding));
    const contentType = recipe.signedContent.includes("{form}")
      ? "application/x-www-form-urlencoded"
      : "application/json";
    const body = contentType === "application/json" ? BODY : "From=%2B13235550155&Body=Hello";
    const headers = await createSigner(
      declaration,
      secret,
    )({ method: "POST", url: URL, body, contentType, signedAt: SIGNED_AT, id: ID });
    const timestamp = timestampOf(recipe.timestampUnit);
    const content = contentWriter(recipe.signedContent)({
      method: "POST",
      url: URL,
      body: utf8(body),
      isForm: contentType !== "application/json",
      timestamp,
      id: ID,
    });
    return { algorithm: recipe.algorithm, secret, content: new TextDecoder().decode(content), body, headers };
  } catch {
    // What is wrong with a recipe was said when the document was checked.
    return null;
  }
}

function timestampOf(unit: string): string {
  if (unit === "rfc3339") return new Date(SIGNED_AT).toISOString();
  return String(unit === "seconds" ? SIGNED_AT / 1_000 : SIGNED_AT);
}
