import { isObject, own } from "../json/index.ts";
import type { Contract, JsonObject, Webhook } from "../model/index.ts";
import { createRecogniser } from "../runtime/recognise.ts";
import type { MessageInteraction } from "./pact-file.ts";

/**
 * The event that an interaction is about: as the kit notes it, as its description begins, or as a receiver would recognise
 * its contents.
 */
export function webhookOfInteraction(
  interaction: Pick<MessageInteraction, "description" | "comments" | "contents">,
  contract: Contract,
): Webhook | null {
  const { description, comments, contents } = interaction;
  const named = own((comments?.["hookbook"] ?? {}) as JsonObject, "webhook");
  const byName = contract.webhooks.find(({ name }) => name === named);
  if (byName !== undefined) return byName;
  const begun = contract.webhooks
    .filter(({ name }) => description === name || description.startsWith(`${name}: `))
    .sort((a, b) => b.name.length - a.name.length)[0];
  if (begun !== undefined) return begun;
  const [found, ...others] = isObject(contents.content)
    ? createRecogniser(contract.webhooks, null).recognise(contents.content, {})
    : [];
  return found !== undefined && others.length === 0 ? found : null;
}

/** Which shape of the event an interaction is about, where the kit has written it. */
export function variantOfInteraction({ comments }: Pick<MessageInteraction, "comments">): string | null {
  const variant = own((comments?.["hookbook"] ?? {}) as JsonObject, "variant");
  return typeof variant === "string" ? variant : null;
}
