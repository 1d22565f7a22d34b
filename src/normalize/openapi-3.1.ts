import type { DocumentDraft } from "./draft.ts";
import { type OpenApiContext, readOpenApi } from "./openapi.ts";

/**
 * OpenAPI 3.1 and 3.2: webhooks have a field of their own; some documents keep the one they had before as well.
 * @see https://spec.openapis.org/oas/v3.1.1.html#oas-webhooks
 */
export function readOpenApi31(context: OpenApiContext): DocumentDraft {
  return readOpenApi(context, { webhookFields: ["webhooks", "x-webhooks"] });
}
