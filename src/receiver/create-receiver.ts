import type { AnyOptions, ReceivableContract } from "./options.ts";
import { createReceiverCore } from "./receive.ts";
import type {
  InvalidPayloadPolicy,
  Receiver,
  ReceiverContract,
  ReceiverPolicies,
  Schemes,
  SecretOptions,
} from "./types.ts";
import { webForm } from "./web.ts";

/** The options of a contract's receiver. */
export type ReceiverOptions<
  Events,
  Headers,
  Needed,
  Policy = "reject",
  PolicyOf = Record<never, never>,
  Added = Record<never, never>,
> = ReceiverPolicies<Events, Headers, Policy, PolicyOf> & SecretOptions<Needed, Added>;

/**
 * Makes a receiver of a contract: a function from the Fetch standard's `Request` to its `Response`, for servers that speak it;
 * the adapters wrap it for others.
 * @param contract  as generated code exports it
 * @throws TypeError that says everything which is to be mended before deliveries can come: secrets that are missing, empty or
 *   too short, handlers of no webhook, security that a secret is not enough to check
 */
export function createReceiver<
  Events,
  Headers,
  Needed,
  const Policy extends InvalidPayloadPolicy = "reject",
  const PolicyOf extends { readonly [Name in keyof Events]?: InvalidPayloadPolicy } = Record<never, never>,
  const Added extends Schemes = Record<never, never>,
>(
  contract: ReceiverContract<Events, Headers, Needed>,
  options: ReceiverOptions<Events, Headers, Needed, Policy, PolicyOf, Added>,
): Receiver {
  const core = createReceiverCore(contract as unknown as ReceivableContract, options as unknown as AnyOptions);
  return Object.assign(webForm(core), core) as unknown as Receiver;
}
