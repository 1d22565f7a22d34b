import { readFileSync } from "node:fs";
import { nearest, quote } from "../../diagnostics/index.ts";
import { ruleInfos } from "../../diff/index.ts";
import { UsageError } from "../context.ts";

const PACKAGE = new URL("../../../", import.meta.url);

/** The page that explains a rule, in Markdown; what is known of it in a few lines where the package lacks the page. */
export function explainRule(rule: string): string {
  const info = ruleInfos.find(({ id }) => id === rule);
  if (info === undefined) throw unknownRule(rule);
  const page = readRulePage(rule);
  if (page !== undefined) return page;
  const levels = (by: "sender" | "receiver") => info.levels[by].join(" or ") || "does not happen";
  const summary = `${info.summary.charAt(0).toUpperCase()}${info.summary.slice(1)}.`;
  return `# ${rule}\n\n${summary}\n\nIn what the sender sends: ${levels("sender")}. In what the receiver answers: ${levels("receiver")}.\n`;
}

/** @returns undefined where there is no such rule, or no page for it */
export function readRulePage(rule: string): string | undefined {
  const info = ruleInfos.find(({ id }) => id === rule);
  if (info === undefined) return undefined;
  try {
    return readFileSync(new URL(info.page, PACKAGE), "utf8");
  } catch {
    return undefined;
  }
}

export function unknownRule(rule: string, where = ""): UsageError {
  const ids = ruleInfos.map(({ id }) => id);
  const words = rule
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word.length > 2);
  const near = nearest(rule, ids);
  // Whoever asks for `enum` may mean any of them.
  const alike = ids.filter((id) => words.some((word) => id.split("-").includes(word)));
  const candidates = near === undefined ? alike.slice(0, 6) : [near];
  const hint =
    candidates.length === 0
      ? "docs/compatibility.md lists all rules"
      : `did you mean ${candidates.map((id) => quote(id)).join(", ")}?`;
  return new UsageError(`There is no rule ${quote(rule)}${where}.`, hint);
}
