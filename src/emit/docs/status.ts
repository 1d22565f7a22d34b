import type { Contract, Webhook } from "../../model/index.ts";
import { parseMarkdown, plainText } from "./markdown.ts";

export type Status = "stable" | "beta" | "deprecated";

const BETA = /^(?:alpha|beta|experimental|(?:early |public |technical )?preview|early access)$/i;
const OVER = /^(?:deprecated|retired|discontinued|obsolete|sunset|withdrawn|end of life)$/i;

/**
 * How far an event can be relied on. `deprecated` is a keyword; everything else is said in words where documents say it: as a
 * tag, as the version, or as the first word of a description, set apart by a full stop, a colon or emphasis.
 */
export function statusOf(webhook: Webhook, contract: Contract): Status {
  const labels = [...webhook.tags, firstWords(webhook.summary), firstWords(webhook.description)];
  const own = ofLabels(webhook.deprecated === true ? ["deprecated"] : labels);
  if (own !== null) return own;
  return statusOfContract(contract);
}

/** Asked for each event and at each place where one is listed. */
const known = new WeakMap<Contract, Status>();

export function statusOfContract(contract: Contract): Status {
  const status = known.get(contract) ?? readStatus(contract);
  known.set(contract, status);
  return status;
}

function readStatus({ version, description }: Contract): Status {
  const said = ofLabels([firstWords(description), ...strongWords(description)]);
  if (said !== null) return said;
  return /[-.](?:alpha|beta|preview|rc)\b/i.test(version) ? "beta" : "stable";
}

function ofLabels(labels: readonly (string | undefined)[]): Status | null {
  const words = labels.map((label) => label?.trim().replace(/[.:!]$/, "") ?? "");
  if (words.some((word) => OVER.test(word))) return "deprecated";
  return words.some((word) => BETA.test(word)) ? "beta" : null;
}

/** `Beta` of "Beta. The connection was lost." and of "**Beta:** the connection …". */
function firstWords(text: string | undefined): string | undefined {
  return /^\s*(?:\*\*|__)?([A-Za-z]+(?: [a-z]+){0,2})\s*[.:!]/.exec(text ?? "")?.[1];
}

/** What begins a paragraph in bold: a label for all of a description, wherever it stands. */
function strongWords(text: string | undefined): readonly string[] {
  const tokens = parseMarkdown(text ?? "");
  return tokens.flatMap(({ children }) => {
    if (children?.[0]?.type !== "text" || children[0].content !== "" || children[1]?.type !== "strong_open") return [];
    const end = children.findIndex(({ type }) => type === "strong_close");
    return [plainText(children.slice(2, end))];
  });
}

/** A line under a title; longer texts are read as paragraphs. */
const LEAD_LENGTH_MAX = 160;

export interface WebhookWords {
  /** One line: what happened. */
  readonly lead?: string;
  readonly body?: string;
}

/** Summary and description, the shorter one first: some documents have them the other way round. */
export function wordsOf({ summary, description }: Pick<Webhook, "summary" | "description">): WebhookWords {
  if (summary === undefined) return description === undefined ? {} : { body: description };
  if (summary.length <= LEAD_LENGTH_MAX)
    return { lead: summary, ...(description === undefined ? {} : { body: description }) };
  if (description === undefined) return { body: summary };
  if (description.length > LEAD_LENGTH_MAX || description.includes("\n\n"))
    return { body: `${summary}\n\n${description}` };
  return { lead: description, body: summary };
}

const WHEN_LENGTH_MAX = 240;

/** When an event is sent, as far as its description begins with it: the first sentences of its first paragraph, in Markdown. */
export function whenOf(webhook: Webhook): string | undefined {
  const { lead, body } = wordsOf(webhook);
  const paragraph = body
    ?.trim()
    .split(/\n\s*\n/)[0]
    ?.replace(/\s+/g, " ")
    .replace(/^(?:\*\*|__)?(?:Alpha|Beta|Experimental|Preview|Deprecated)[.:!](?:\*\*|__)?\s*/i, "");
  if (paragraph === undefined || paragraph === "" || /^(?:[#>|`-]|\d+\.)/.test(paragraph)) return undefined;
  const sentences = paragraph.match(/.+?(?:[.!?](?=\s+[\p{Lu}`“"(])|$)/gu) ?? [paragraph];
  const [first = paragraph] = sentences;
  const text =
    first.length > WHEN_LENGTH_MAX ? `${first.slice(0, first.lastIndexOf(" ", WHEN_LENGTH_MAX))} …` : first.trim();
  return sameWords(text, lead) ? undefined : text;
}

function sameWords(a: string, b: string | undefined): boolean {
  const bare = (text: string) =>
    text
      .replace(/[\s.]+/g, " ")
      .trim()
      .toLowerCase();
  return b !== undefined && bare(a) === bare(b);
}
