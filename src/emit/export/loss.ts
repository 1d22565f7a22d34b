import { type DiagnosticParams, diagnose } from "../../diagnostics/index.ts";
import type { Contract, Diagnostic, Webhook } from "../../model/index.ts";

/** What of a contract, or of one of its webhooks, is spoken of. */
export type Part =
  | "deprecated"
  | "description"
  | "examples"
  | "externalDocs"
  | "forms"
  | "headers"
  | "key"
  | "name"
  | "payload"
  | "replies"
  | "route"
  | "security"
  | "summary"
  | "tags"
  | "title"
  | "version"
  | "webhook";

/** Something of a contract that an exported document does not say. */
export interface Loss {
  /** Null: of the contract as a whole. */
  readonly webhook: Webhook | null;
  readonly part: Part;
  /** Without verb and full stop: `the address "…" of its POST form`. */
  readonly what: string;
}

/** A loss as a diagnostic, at the place of the source document whose meaning is lost. */
export function lossDiagnostic(
  contract: Contract,
  { webhook, what }: Loss,
  format: DiagnosticParams<"export-loses">["format"],
): Diagnostic {
  const subject = webhook === null ? null : webhook.name;
  return diagnose("export-loses", { webhook: subject, what, format }, (webhook ?? contract).source);
}

/** Text of a document inside a loss: bounded and in quotes; `diagnose` makes it harmless. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 79)}…` : text);
}

/** `a`, `a and b`, `a, b and c`; at most five. */
export function enumerated(items: readonly string[]): string {
  const shown = items.length > 5 ? [...items.slice(0, 4), `${items.length - 4} more`] : items;
  const last = shown.at(-1) ?? "";
  return shown.length < 2 ? last : `${shown.slice(0, -1).join(", ")} and ${last}`;
}
