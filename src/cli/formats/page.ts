import { readFileSync } from "node:fs";

/** The page of a code, as the package brings it. */
export interface Page {
  /** Markdown. */
  readonly text: string;
  /** What the code is about, in its first paragraph, as plain text. */
  readonly summary: string;
}

const FOLDER = new URL("../../../docs/diagnostics/", import.meta.url);

/** @returns undefined where the package has no such page */
export function readPage(code: string): Page | undefined {
  try {
    const text = readFileSync(new URL(`${code}.md`, FOLDER), "utf8");
    const [, paragraph = ""] = /^# .*\n+(?:Severity: .*\n+)?((?:.+\n)+)/.exec(text) ?? [];
    return { text, summary: paragraph.replaceAll("`", "").replaceAll("\n", " ").trim() };
  } catch {
    return undefined;
  }
}
