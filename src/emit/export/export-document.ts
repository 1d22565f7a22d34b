import { type DiagnosticParams, diagnose } from "../../diagnostics/index.ts";
import type { Contract, Diagnostic, JsonObject, Result } from "../../model/index.ts";
import { writeAsyncApi } from "./asyncapi.ts";
import { compareContracts } from "./compare.ts";
import { writeJsonSchema } from "./json-schema.ts";
import { type Loss, lossDiagnostic } from "./loss.ts";
import { writeOpenApi } from "./openapi.ts";
import type { Explicit, WriteOptions, Written } from "./written.ts";

/** Formats that a contract can be exported to. */
export type ExportFormat = "asyncapi" | "openapi" | "json-schema";

/** The formats that describe webhooks, and so can be read again. */
type Description = Exclude<ExportFormat, "json-schema">;

export interface ExportOptions {
  readonly to: ExportFormat;
  /** Reads a document as `list` would; null where no contract comes of it. */
  readonly readBack: (document: JsonObject) => Promise<Contract | null>;
}

const WRITERS: Readonly<Record<Description, (contract: Contract, options: WriteOptions) => Written>> = {
  asyncapi: writeAsyncApi,
  openapi: writeOpenApi,
};

const FORMAT_NAMES: Readonly<Record<Description, DiagnosticParams<"export-loses">["format"]>> = {
  asyncapi: "AsyncAPI 3.0",
  openapi: "OpenAPI 3.1",
};

/** Each round of writing and reading back says more outright; after these, everything is. */
const ROUNDS_MAX = 6;

/**
 * Writes a contract as a document of another format. What has been written is read back and compared with the contract: names
 * and routes that reading would not find by itself are said by `x-webhook-name` and `x-webhook-route`, only those, and
 * whatever is still not the same is reported.
 * @returns the document; `export-loses` for each thing that it does not say.
 */
export async function exportDocument(contract: Contract, options: ExportOptions): Promise<Result<JsonObject>> {
  const { to } = options;
  if (to === "json-schema") return { value: writeJsonSchema(contract), diagnostics: [] };
  let explicit: Explicit = { names: new Set(), routes: new Set() };
  for (let round = 1; ; round++) {
    const written = WRITERS[to](contract, { explicit });
    const read = await options.readBack(written.value);
    if (read === null) {
      const diagnostic = diagnose("export-not-read-back", { format: FORMAT_NAMES[to] }, contract.source);
      return { value: written.value, diagnostics: [...diagnosticsOf(written.losses), diagnostic] };
    }
    const differences = compareContracts(contract, read, written.places);
    const routes = differences.flatMap(({ part, index }) => (part === "route" && isOpen(index, "routes") ? index : []));
    const names = differences.flatMap(({ part, index }) => (part === "name" && isOpen(index, "names") ? index : []));
    if (routes.length === 0 && names.length === 0) {
      const unsaid = differences.filter((found) => !written.losses.some((loss) => covers(loss, found)));
      return { value: written.value, diagnostics: diagnosticsOf([...written.losses, ...unsaid]) };
    }
    const all = round < ROUNDS_MAX ? null : contract.webhooks.map((_, index) => index);
    // With the right route, the right name may follow.
    explicit = {
      routes: new Set([...explicit.routes, ...(all ?? routes)]),
      names: new Set([...explicit.names, ...(all ?? (routes.length > 0 ? [] : names))]),
    };
  }

  /** Whether it can be said outright and is not yet; an empty name or route cannot. */
  function isOpen(index: number, what: keyof Explicit): boolean {
    const webhook = contract.webhooks[index];
    if (webhook === undefined || explicit[what].has(index)) return false;
    return what === "names" ? webhook.name !== "" : webhook.route.length > 0;
  }

  function diagnosticsOf(losses: readonly Loss[]): readonly Diagnostic[] {
    return losses.map((loss) => lossDiagnostic(contract, loss, FORMAT_NAMES[to as Description]));
  }
}

/** Whether a loss that was known beforehand explains a difference. */
function covers(loss: Loss, found: Loss): boolean {
  return loss.webhook === found.webhook && loss.part === found.part;
}
