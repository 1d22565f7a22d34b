/**
 * What `generated/runtime/index.js` is made of: the runtime, and what begins a receiver. It is one module, and what only
 * receivers need is loaded when there is one, since whoever has just been started waits for all that must be read first.
 */
export * from "../runtime/index.ts";
export { createReceiver } from "./create-receiver.ts";
export { createMemoryStore } from "./memory-store.ts";
export { sign, verify, verifyAndDecode } from "./verify.ts";
