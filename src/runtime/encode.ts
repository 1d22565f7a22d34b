import type { ContractDefinition } from "./decode.ts";
import type { EncodedDelivery, EncodeOptions, ValidationError } from "./types.ts";

/** An event that cannot be sent, since its own contract refuses it. */
export class InvalidEventError extends Error {
  override readonly name = "InvalidEventError";
  readonly webhook: string;
  readonly errors: readonly ValidationError[];

  constructor(webhook: string, errors: readonly ValidationError[]) {
    const [first] = errors;
    const problem = [first?.instancePath, first?.message].filter(Boolean).join(" ");
    super(`The event is no valid ${JSON.stringify(webhook)}${problem === "" ? "" : `: ${problem}`}.`);
    this.webhook = webhook;
    this.errors = errors;
  }
}

/**
 * Makes the encoder of a contract, the sender's side of `decode`: validates an event, writes JSON into strings where the
 * wire has it so, and the whole in one of the webhook's forms.
 * @throws InvalidEventError for an event that breaks its schema; TypeError for an unknown webhook or form.
 */
export function createEncoder({
  webhooks,
  sharedPlans,
}: ContractDefinition): (webhook: string, event: unknown, options?: EncodeOptions) => Promise<EncodedDelivery> {
  return async function encode(webhook, event, options = {}) {
    const definition = webhooks.find(({ name }) => name === webhook);
    if (definition === undefined) throw new TypeError(`There is no webhook ${JSON.stringify(webhook)}.`);
    const validate = await definition.load();
    if (!validate(event)) throw new InvalidEventError(webhook, validate.errors ?? []);
    // Receivers, who are many, load nothing that only senders need.
    const { write } = await import("./write.ts");
    return write(definition, sharedPlans, event, options);
  };
}
