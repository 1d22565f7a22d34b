import type { AnyOptions, ReceivableContract } from "./options.ts";
import { createReceiverCore, type Prepared, type ReceiverCore } from "./receive.ts";
import type { RequestLike } from "./types.ts";
import { webForm } from "./web.ts";

export { authenticatorOf } from "./credentials/authenticator.ts";

/** A receiver in all its forms but those of adapters. */
export interface LoadedReceiver extends ReceiverCore {
  readonly receive: (request: RequestLike) => Promise<Response>;
}

/** What a receiver does, once there is one: whoever only decodes does not load it. */
export function loadReceiver(contract: ReceivableContract, options: AnyOptions, prepared: Prepared): LoadedReceiver {
  const core = createReceiverCore(contract, options, prepared);
  return { ...core, receive: webForm(core.direct, prepared.limits) };
}
