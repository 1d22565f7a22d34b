import { type DiagnosticJson, visible } from "../../diagnostics/index.ts";

const COMMANDS = { error: "error", warning: "warning", info: "notice" } as const;

/**
 * Findings as workflow commands, which GitHub shows at their lines in a pull request.
 * @see https://docs.github.com/actions/reference/workflow-commands-for-github-actions#setting-an-error-message
 */
export function githubAnnotations(findings: readonly DiagnosticJson[]): string {
  return findings.map(annotation).join("");
}

function annotation({ code, severity, message, location, hint }: DiagnosticJson): string {
  const { file, line, column } = location;
  const text = hint === undefined ? visible(message) : `${visible(message)}\nhint: ${visible(hint)}`;
  return workflowCommand(severity, { file, line, column, title: code }, text);
}

/** @param text  safe to print; its line breaks are kept */
export function workflowCommand(
  severity: keyof typeof COMMANDS,
  { file, line, column, title }: AnnotationPlace,
  text: string,
): string {
  const properties = { file, line, col: column, title };
  const list = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
  return `::${COMMANDS[severity]} ${list.join(",")}::${escapeData(text)}\n`;
}

interface AnnotationPlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly title: string;
}

function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
