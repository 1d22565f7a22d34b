/** The page `docs/cli-reference.md`, made of the commands themselves; run, it writes that page. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describeProgram } from "../src/cli/describe-program.ts";
import { createProgram } from "../src/cli/program.ts";

export const PAGE = join(import.meta.dirname, "..", "docs", "cli-reference.md");

/** The text of the page. */
export function cliReference(): string {
  const { commands } = describeProgram(createProgram(SILENT, () => {}));
  const parts = [
    "# Every command and option",
    "<!-- Made by `npm run docs:cli` from the commands; not to be edited. -->",
    "What `--help` prints, of all commands. What they do, with examples and the shapes of their JSON, is in\n[the command line](cli.md).",
    ...commands.map(({ name, usage, summary, arguments: given, options, example }) =>
      [
        `## ${code(name)}`,
        `${capitalised(summary)}.`,
        fenced(usage),
        ...(given.length === 0
          ? []
          : [
              table(
                "Argument",
                given.map((one) => [one.name, one.description]),
              ),
            ]),
        table(
          "Option",
          options.map((option) => [option.flags, [option.description, choicesOf(option), defaultOf(option)].join("")]),
        ),
        ...(example === undefined ? [] : [fenced(`$ ${example}`)]),
      ].join("\n\n"),
    ),
  ];
  return `${parts.join("\n\n")}\n`;
}

const SILENT = {
  cwd: "/",
  stdout: () => {},
  stderr: () => {},
  readStdin: async () => new Uint8Array(),
  colors: { stdout: false, stderr: false },
  interactive: false,
  env: {},
  now: () => new Date(0),
  signal: new AbortController().signal,
};

function table(head: string, rows: readonly (readonly [string, string])[]): string {
  const lines = rows.map(([name, text]) => `| ${code(name)} | ${cell(text)} |`);
  return [`| ${head} | |`, "|---|---|", ...lines].join("\n");
}

function choicesOf({ choices }: { readonly choices?: readonly string[] }): string {
  return choices === undefined ? "" : `: ${choices.map(code).join(", ")}`;
}

function defaultOf({ default: value }: { readonly default?: unknown }): string {
  return typeof value === "string" ? `; ${code(value)} without it` : "";
}

function code(text: string): string {
  return `\`${text.replaceAll("|", "\\|")}\``;
}

/** Words in angle brackets would be taken for markup. */
function cell(text: string): string {
  return text.replaceAll("|", "\\|").replace(/<[^>]*>/g, (word) => `\`${word}\``);
}

function fenced(text: string): string {
  return `\`\`\`\n${text}\n\`\`\``;
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

if (import.meta.main) writeFileSync(PAGE, cliReference());
