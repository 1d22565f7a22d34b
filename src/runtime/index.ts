export {
  type ContractDefinition,
  createDecoder,
  type Decoded,
  type DecoderOptions,
  type WebhookDefinition,
} from "./decode.ts";
export { createEncoder, InvalidEventError } from "./encode.ts";
export * from "./errors.ts";
export * from "./formats/date-time.ts";
export * from "./formats/uuid.ts";
export type { CoercePlan, CoercePlans, SharedPlans, UnwrapPlan } from "./plan.ts";
export type * from "./types.ts";
