import { toJson, visible, visibleJson } from "../../diagnostics/index.ts";
import type { Condition, Contract, Json, Locate, Omission, SourceLocation, Webhook } from "../../model/index.ts";
import type { Context, ExitCode } from "../context.ts";
import { UsageError } from "../context.ts";
import { type DocumentOptions, type LoadedDocument, loadDocuments, requestDocuments } from "../load-documents.ts";
import { printDiagnostics } from "../print-diagnostics.ts";
import { table } from "../table.ts";

export interface ListOptions extends DocumentOptions {
  readonly format: "text" | "json";
}

/** `hookbook list`: every webhook with its route and place, and every omission. */
export async function list(documents: readonly string[], options: ListOptions, context: Context): Promise<ExitCode> {
  const found = await requestDocuments(documents, options, context);
  if (found === null) return 2;
  if (found.requests.length === 0) throw new UsageError("There is no document.", "name one, or put it under specs/");
  const loaded = await loadDocuments(found.requests, context);
  if (loaded === null) return 2;
  if (options.format === "json") {
    const values = loaded.map(listJson);
    context.stdout(`${visibleJson(values.length === 1 ? values[0] : values)}\n`);
    return 0;
  }
  for (const document of loaded) printDiagnostics(document, context);
  context.stdout(loaded.map((document) => listText(document, context)).join("\n"));
  return 0;
}

function listJson({ contract, locate, diagnostics }: LoadedDocument): Json {
  return {
    contract: contract.id,
    title: contract.title,
    version: contract.version,
    format: contract.format,
    webhooks: contract.webhooks.map((webhook) => webhookJson(webhook, locate)),
    omissions: contract.omissions.map(({ pointer, reason, source }) => ({
      pointer,
      reason,
      location: placed(source, locate),
    })),
    diagnostics: diagnostics.map((diagnostic) => toJson(diagnostic, locate) as unknown as Json),
  };
}

function webhookJson(webhook: Webhook, locate: Locate): Json {
  const { name, key, forms, route, security, source, summary, deprecated } = webhook;
  const [form] = forms;
  return {
    name,
    key,
    ...(summary === undefined ? {} : { summary }),
    ...(deprecated === undefined ? {} : { deprecated }),
    method: form?.method ?? null,
    address: form?.address ?? null,
    contentType: form?.contentType ?? null,
    forms: forms as unknown as Json,
    route: route as unknown as Json,
    security: security as unknown as Json,
    location: placed(source, locate),
  };
}

function placed(source: SourceLocation, locate: Locate): Json {
  const { line, column } = locate(source);
  return { file: source.file, line, column, pointer: source.pointer };
}

function listText({ contract, locate }: LoadedDocument, { colors }: Context): string {
  const place = (source: SourceLocation) => {
    const { line } = locate(source);
    return `${visible(source.file)}:${line}`;
  };
  const rows = contract.webhooks.map((webhook) => [
    visible(webhook.name),
    [...new Set(webhook.forms.map(({ method }) => method))].join(" "),
    visible(webhook.route.map(conditionText).join(" and ") || "-"),
    place(webhook.source),
  ]);
  const omissions = folded(contract.omissions).map(({ omission: { pointer, reason, source }, count }) => [
    place(source),
    visible(pointer || "/"),
    visible(count === 1 ? reason : `${reason} (and ${count - 1} more such)`),
  ]);
  const lines = [heading(contract)];
  if (rows.length > 0) {
    lines.push(...table([["webhook", "method", "recognised by", "described at"], ...rows], { header: colors.stdout }));
  }
  if (omissions.length > 0) lines.push("", "left out:", ...table(omissions, {}));
  return `${lines.join("\n")}\n`;
}

/** What is left out in many places for one reason is said once, at the first of them: an extension of each operation. */
function folded(omissions: readonly Omission[]): readonly { readonly omission: Omission; readonly count: number }[] {
  const groups = new Map<string, Omission[]>();
  for (const omission of omissions) {
    const token = omission.pointer.slice(omission.pointer.lastIndexOf("/") + 1);
    const id = JSON.stringify([token, omission.reason]);
    groups.set(id, [...(groups.get(id) ?? []), omission]);
  }
  return [...groups.values()].map((group) => ({ omission: group[0] as Omission, count: group.length }));
}

function heading({ id, title, version, format, webhooks }: Contract): string {
  const count = `${webhooks.length} ${webhooks.length === 1 ? "webhook" : "webhooks"}`;
  const described = [title, version, `(${format})`].filter((part) => part !== "").join(" ");
  return visible(`${id}: ${described}, ${count}`);
}

function conditionText({ in: place, at, value }: Condition): string {
  const values = (Array.isArray(value) ? value : [value]).map((one) => JSON.stringify(one)).join(" or ");
  if (place === "path") return `path … ${values}`;
  return `${place === "body" ? "" : `${place} `}${at} = ${values}`;
}
