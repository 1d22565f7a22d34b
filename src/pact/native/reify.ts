import type { Json } from "../../model/index.ts";
import type { MessageInteraction } from "../pact-file.ts";
import { loadPact } from "./load-pact.ts";

/** `SpecificationVersion.SPECIFICATION_VERSION_V4` of Pact's core. */
const VERSION_4 = 5;

/**
 * Gives an interaction to Pact and takes back what Pact makes of it, as it would write it to a file: the message that a
 * test gets, and the proof that Pact understands every rule in it.
 */
export function reify(
  interaction: MessageInteraction,
  participants: { consumer: string; provider: string },
): MessageInteraction {
  const pact = loadPact().makeConsumerPact(participants.consumer, participants.provider, VERSION_4, "error");
  const message = pact.newAsynchronousMessage(interaction.description);
  message.expectsToReceive(interaction.description);
  for (const { name, params } of interaction.providerStates ?? []) {
    message.givenWithParams(name, JSON.stringify(params ?? {}));
  }
  for (const [key, comment] of Object.entries(interaction.comments ?? {})) {
    if (key === "references") addReferences(comment as Record<string, Record<string, string>>);
    else message.setComment(key, JSON.stringify(comment));
  }
  const { content, contentType = "application/json" } = interaction.contents;
  message.withContents(JSON.stringify(content), contentType);
  if (interaction.matchingRules !== undefined) message.withMatchingRules(JSON.stringify(interaction.matchingRules));
  for (const [name, value] of Object.entries(interaction.metadata ?? {}))
    message.withMetadata(name, JSON.stringify(value));
  return JSON.parse(message.reifyMessage()) as MessageInteraction;

  function addReferences(references: Record<string, Record<string, Json>>): void {
    for (const [group, names] of Object.entries(references)) {
      for (const [name, value] of Object.entries(names)) message.addInteractionReference(group, name, String(value));
    }
  }
}
