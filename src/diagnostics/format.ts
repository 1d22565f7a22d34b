import { styleText } from "node:util";
import type { Diagnostic, Locate, Severity } from "../model/index.ts";
import { codeFrame } from "./code-frame.ts";
import { positionOf } from "./list.ts";
import { visible } from "./visible.ts";

export interface FormatOptions {
  readonly locate: Locate;
  /** The text of a file, for a code frame; undefined where it is not at hand. Default: no frames. */
  readonly sourceText?: (file: string) => string | undefined;
  /** Terminal colours. Default false. */
  readonly colors?: boolean;
}

/**
 * Renders a diagnostic for people:
 * ```
 * specs/orders/asyncapi.yaml:42:13  error  reference-not-found  "#/components/messages/OrderPayed" does not exist.
 *   at /channels/orders/messages/paid/$ref      hint: did you mean "#/components/messages/OrderPaid"?
 * ```
 * and below it, where `sourceText` knows the file, the lines around the place.
 * @returns lines without a newline at the end. No character in them controls a terminal, but our own colours.
 */
export function formatDiagnostic(diagnostic: Diagnostic, options: FormatOptions): string {
  const paint = options.colors === true ? withStyle : (_style: Style, text: string) => text;
  const position = positionOf(diagnostic, options.locate);
  const { file, pointer } = diagnostic.location;
  const place = `${visible(file)}:${position.line}:${position.column}`;
  const severity = paint(SEVERITY_STYLE[diagnostic.severity], diagnostic.severity);
  const lines = [`${paint("bold", place)}  ${severity}  ${diagnostic.code}  ${visible(diagnostic.message)}`];

  const at = pointer === "" ? "" : `  at ${visible(pointer)}`;
  const hint = diagnostic.hint === undefined ? "" : `      hint: ${visible(diagnostic.hint)}`;
  if (at !== "" || hint !== "") lines.push(`${paint("gray", at)}${at === "" ? hint.replace(/^ {6}/, "  ") : hint}`);
  if (diagnostic.url !== undefined) lines.push(`  see ${visible(diagnostic.url)}`);

  const text = options.sourceText?.(file);
  const frame = text === undefined ? "" : codeFrame(text, position);
  if (frame !== "") lines.push(...frame.split("\n").map((line) => paint("gray", `  ${line}`)));
  return lines.join("\n");
}

/** Renders several diagnostics in the order given, one below the other; `""` for none. */
export function formatDiagnostics(diagnostics: readonly Diagnostic[], options: FormatOptions): string {
  return diagnostics.map((diagnostic) => formatDiagnostic(diagnostic, options)).join("\n");
}

type Style = "bold" | "gray" | "red" | "yellow" | "blue";

const SEVERITY_STYLE = { error: "red", warning: "yellow", info: "blue" } as const satisfies Record<Severity, Style>;

function withStyle(style: Style, text: string): string {
  // Whether the stream is a terminal is the caller's question; it has answered by asking for colours.
  return text === "" ? "" : styleText(style, text, { validateStream: false });
}
