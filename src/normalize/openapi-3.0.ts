import type { DocumentDraft } from "./draft.ts";
import { type OpenApiContext, readOpenApi } from "./openapi.ts";

/**
 * OpenAPI 3.0 has callbacks only. Its documents keep webhooks in the extension `x-webhooks`; one that writes `webhooks` all
 * the same means what 3.1 means by it.
 * @see https://spec.openapis.org/oas/v3.0.4.html#callback-object
 */
export function readOpenApi30(context: OpenApiContext): DocumentDraft {
  return readOpenApi(context, { webhookFields: ["x-webhooks", "webhooks"] });
}
