import { visible } from "../../diagnostics/index.ts";

/**
 * Text of a document in the middle of Markdown: nothing of it is markup, mentions somebody, refers to an issue or is a link.
 * An empty comment keeps GitHub from seeing `@name`, `#1` and addresses.
 */
export function escapeMarkdown(text: string): string {
  return visible(text)
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/[\\`*[\]~|]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "\\$&")
    .replace(/[@#](?=\w)/g, "$&<!-- -->")
    .replace(/:(?=\/\/)/g, ":<!-- -->")
    .replace(/\bwww\./gi, "www<!-- -->.");
}

/** What may stand in the cell of a table. */
export function tableCell(markdown: string): string {
  return markdown.replaceAll(/(?<!\\)\|/g, "\\|");
}

/** Text as code. */
export function codeSpan(text: string): string {
  const shown = visible(text);
  if (shown === "") return "";
  const runs = shown.match(/`+/g) ?? [];
  const fence = "`".repeat(Math.max(0, ...runs.map((run) => run.length)) + 1);
  const pad = shown.startsWith("`") || shown.endsWith("`") || shown.trim() === "" ? " " : "";
  return `${fence}${pad}${shown}${pad}${fence}`;
}

/** Lines as a block of code, whatever they hold. */
export function codeBlock(language: string, lines: readonly string[]): string {
  const shown = lines.map((line) => visible(line));
  const runs = shown.flatMap((line) => line.match(/`{3,}/g) ?? []);
  const fence = "`".repeat(Math.max(2, ...runs.map((run) => run.length)) + 1);
  return `${fence}${language}\n${shown.join("\n")}\n${fence}`;
}
