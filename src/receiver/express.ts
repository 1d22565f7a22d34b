import type { NodeListener } from "./adapter-types.ts";
import { toNodeListener } from "./node.ts";
import type { Receiver } from "./types.ts";

/**
 * Fits a receiver to Express: `app.post("/webhooks", toExpressHandler(receive))`, before `express.json()` and its like, or behind
 * `express.raw()`. Signatures are checked against the whole URL, wherever the router is mounted.
 */
export function toExpressHandler(receiver: Receiver): NodeListener {
  return toNodeListener(receiver);
}
