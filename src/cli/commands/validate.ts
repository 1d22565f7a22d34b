import { styleText } from "node:util";
import { createContractDecoder } from "../../bridge/contract-decoder.ts";
import { junitXml, visible, visibleJson } from "../../diagnostics/index.ts";
import type { Contract, Webhook } from "../../model/index.ts";
import type { Decoded } from "../../runtime/decode.ts";
import type { ValidationError } from "../../runtime/types.ts";
import { type Context, type ExitCode, UsageError } from "../context.ts";
import { asWarning, type DocumentOptions, loadSingle } from "../load-documents.ts";
import { type PayloadKind, readPayloads } from "../payloads.ts";
import { printDiagnostics } from "../print-diagnostics.ts";
import { orTooDeep } from "../too-deep.ts";

export interface ValidateOptions extends DocumentOptions {
  readonly webhook?: string;
  readonly as?: Exclude<PayloadKind, "auto">;
  readonly format: "text" | "json" | "junit";
}

interface PayloadResult {
  readonly file: string;
  readonly line?: number;
  /** Null where no event was recognised. */
  readonly webhook: string | null;
  readonly valid: boolean;
  readonly errors: readonly ValidationError[];
}

/** `hookbook validate`: recorded or sample payloads against the contract. */
export async function validate(
  path: string,
  payloads: readonly string[],
  options: ValidateOptions,
  context: Context,
): Promise<ExitCode> {
  const document = await loadSingle(path, options, context);
  if (document === null) return 2;
  const { contract, diagnostics } = document;
  const webhook = options.webhook === undefined ? undefined : findWebhook(contract, options.webhook);
  const decoder = await orTooDeep(path, () => createContractDecoder(contract, webhook));
  printDiagnostics({ ...document, diagnostics: [...diagnostics, ...decoder.diagnostics].map(asWarning) }, context);

  const results: PayloadResult[] = [];
  for await (const { file, line, delivery } of readPayloads(payloads, options.as ?? "auto", context)) {
    const decoded = await decoder.decode(delivery);
    const result = { file, ...(line === undefined ? {} : { line }), ...toResult(decoded) };
    results.push(result);
    if (options.format === "text") context.stdout(resultText(result, context.colors.stdout));
  }
  const summary = {
    valid: results.filter(({ valid }) => valid).length,
    invalid: results.filter((result) => !result.valid && !isUnknown(result)).length,
    unknown: results.filter(isUnknown).length,
  };
  switch (options.format) {
    case "json":
      context.stdout(`${visibleJson({ results, summary })}\n`);
      break;
    case "junit":
      context.stdout(junitXml(contract.id, results.map(toTestCase)));
      break;
    case "text":
      context.stdout(`${summary.valid} valid, ${summary.invalid} invalid, ${summary.unknown} unknown\n`);
      break;
  }
  return summary.valid === results.length ? 0 : 1;
}

function findWebhook(contract: Contract, wanted: string): Webhook {
  const found = contract.webhooks.find(({ name, key }) => name === wanted || key === wanted);
  if (found !== undefined) return found;
  const names = contract.webhooks.map(({ name }) => name);
  const shown = names.length > 12 ? `${names.slice(0, 12).join(", ")}, …` : names.join(", ");
  throw new UsageError(
    `The contract ${JSON.stringify(contract.id)} has no webhook ${JSON.stringify(wanted)}.`,
    `it has ${shown}`,
  );
}

function toResult(decoded: Decoded): Pick<PayloadResult, "webhook" | "valid" | "errors"> {
  if (decoded.ok) return { webhook: decoded.webhook, valid: true, errors: [] };
  return { webhook: decoded.webhook, valid: false, errors: decoded.errors };
}

/** Text that is not JSON is invalid; JSON that is no event of the contract is unknown. */
function isUnknown({ webhook, valid, errors }: PayloadResult): boolean {
  return !valid && webhook === null && errors[0]?.keyword !== "json";
}

function place({ file, line }: PayloadResult): string {
  return line === undefined ? visible(file) : `${visible(file)}:${line}`;
}

function resultText(result: PayloadResult, colors: boolean): string {
  const paint = (style: "green" | "red", text: string) =>
    colors ? styleText(style, text, { validateStream: false }) : text;
  const mark = result.valid ? paint("green", "valid  ") : paint("red", isUnknown(result) ? "unknown" : "invalid");
  const lines = [
    `${mark}  ${place(result)}  ${visible(result.webhook ?? "-")}`,
    ...result.errors.map((error) => `         ${errorText(error)}`),
  ];
  return `${lines.join("\n")}\n`;
}

function errorText({ instancePath, message, keyword }: ValidationError): string {
  return visible(`${instancePath || "the payload"} ${message} (${keyword})`);
}

function toTestCase(result: PayloadResult) {
  return {
    name: place(result),
    className: result.webhook ?? "unknown",
    failures: result.errors.map(errorText),
  };
}
