import { createEagerDecoder } from "../runtime/decode.ts";
import type { RawDelivery } from "./authenticity/types.ts";
import { planSecurity } from "./credentials/plan-security.ts";
import type { LoadedReceiver } from "./load-receiver.ts";
import { type AnyOptions, checkOptions, type ReceivableContract } from "./options.ts";
import type {
  InvalidPayloadPolicy,
  Receiver,
  ReceiverContract,
  ReceiverOptions,
  RefusalName,
  Reply,
  RequestHead,
  RequestLike,
  Schemes,
} from "./types.ts";

const BODY_BYTES_MAX = 1_048_576;
const BODY_SECONDS_MAX = 10;

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
  return makeReceiver(contract as unknown as ReceivableContract, options as unknown as AnyOptions);
}

function makeReceiver(contract: ReceivableContract, options: AnyOptions): Receiver {
  checkOptions(contract, options);
  const { bodyBytesMax = BODY_BYTES_MAX, bodySecondsMax = BODY_SECONDS_MAX } = options;
  const limits = { bodyBytesMax, bodySecondsMax };
  const plan = planSecurity(contract, options.secrets ?? {}, options.schemes);
  const decode = createEagerDecoder(contract, { keepInvalid: true });
  let loaded: LoadedReceiver | undefined;
  const loading = import("./load-receiver.ts")
    .then(({ loadReceiver }) => loadReceiver(contract, options, { plan, decode, limits }))
    .catch(brokenReceiver)
    .then((made) => {
      loaded = made;
      return made;
    });
  // A turn of the event loop only for the first deliveries.
  const now = <T>(use: (receiver: LoadedReceiver) => T | Promise<T>): T | Promise<T> =>
    loaded === undefined ? loading.then(use) : use(loaded);
  const receive = async (request: RequestLike) => now((receiver) => receiver.receive(request));
  return Object.assign(receive, {
    deliver: async (delivery: RawDelivery) => now((receiver) => receiver.deliver(delivery)),
    admit: async (head: RequestHead) => now((receiver) => receiver.admit(head)),
    refuse: async (name: RefusalName, hint?: string) => now((receiver) => receiver.refuse(name, hint)),
    direct: {
      deliver: (delivery: RawDelivery) => now(({ direct }) => direct.deliver(delivery)),
      admit: (head: RequestHead) => now(({ direct }) => direct.admit(head)),
      refuse: (name: RefusalName, hint?: string) => now(({ direct }) => direct.refuse(name, hint)),
    },
    limits,
  }) as unknown as Receiver;
}

/** Where a file of the generated code is missing: that must not end a server that has other things to do. */
function brokenReceiver(error: unknown): LoadedReceiver {
  const timings = { authenticate: 0, decode: 0, handle: 0, total: 0 };
  const outcome = {
    name: "internal-error",
    status: 500,
    webhook: null,
    id: null,
    problems: [],
    error,
    timings,
  } as const;
  const reply: Reply = { status: 500, headers: {}, body: "", outcome };
  const always = () => reply;
  return {
    deliver: async () => reply,
    admit: always,
    refuse: always,
    direct: { deliver: always, admit: always, refuse: always },
    receive: async () => new Response(null, { status: 500 }),
  };
}
