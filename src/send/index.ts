export {
  type ChosenPayload,
  chooseForm,
  choosePayload,
  chooseWebhook,
  eventHeaders,
} from "./choose.ts";
export { composeRequest, finishRequest, parseHeader } from "./compose.ts";
export { curlCommand } from "./curl.ts";
export { type Edit, editPayload, parseSet, parseUnset } from "./edit-payload.ts";
export { createRequestJudge, type Verdict } from "./judge-request.ts";
export { receiverUrl } from "./receiver-url.ts";
export { Refusal } from "./refusal.ts";
export type { OutgoingRequest } from "./request.ts";
export { parseSecret, signRequest } from "./sign-request.ts";
