/**
 * The parts a receiver or a sender is built from, for contracts that are known only at run time. Generated code brings
 * them bound to its contract: import that where there is one.
 */
export {
  type ContractDefinition,
  createDecoder,
  createEncoder,
  type Decoded,
  InvalidEventError,
  type WebhookDefinition,
} from "../runtime/index.ts";
export type * from "../runtime/types.ts";
