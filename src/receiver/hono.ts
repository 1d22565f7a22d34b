import type { Receiver, WebRequest, WebResponse } from "./types.ts";

/** The part of Hono's `Context` that is used. */
export interface HonoContext {
  readonly req: { readonly raw: WebRequest };
}

/** Fits a receiver to Hono: `app.post("/webhooks", toHonoHandler(receive))`. No middleware before it may read the body. */
export function toHonoHandler(receiver: Receiver): (context: HonoContext) => Promise<WebResponse> {
  return ({ req }) => receiver(req.raw);
}
