import { readFileSync } from "node:fs";
import { parse } from "yaml";
import type { Change } from "../../src/model/index.ts";

export interface RulePage {
  readonly text: string;
  readonly before: string;
  readonly after: string;
  /** What the page says comes of it. */
  readonly said: string;
}

/** The page of a rule, with its example. */
export function rulePage(page: string): RulePage {
  const text = readFileSync(new URL(`../../${page}`, import.meta.url), "utf8");
  const [before = "", after = ""] = [...text.matchAll(/```yaml\n(.*?)\n```/gs)].map(([, yaml]) => yaml ?? "");
  const [, said = ""] = /```\n(.*?)\n```/s.exec(text.slice(text.indexOf("What is said:"))) ?? [];
  return { text, before, after, said };
}

/** What an example leaves out, since it is the same in all. */
export function exampleDocument(yaml: string): Record<string, unknown> {
  return { openapi: "3.1.0", info: { title: "Example", version: "1" }, ...(parse(yaml) as Record<string, unknown>) };
}

export function changeLine({ level, rule, webhook, in: part, pointer, message }: Change): string {
  const place = part === "payload" ? pointer : part === "webhook" ? "" : `${part} ${pointer}`;
  return [level, rule, webhook, place, message].filter((word) => word !== "").join("  ");
}
