import type { Token } from "markdown-it";
import { type Heading, parseMarkdown, plainText } from "./markdown.ts";

/** Where a description speaks of something that the formats have no keyword for. */
export interface StatedFact {
  readonly topic: Topic;
  /** What it says, in Markdown, where a line of a table or a labelled sentence is about nothing else. */
  readonly text?: string;
  /** The section to read where there is more, or where it cannot be told apart. */
  readonly section?: Heading;
}

export type Topic = "Time-out" | "Retries" | "Order" | "Duplicates";

const TOPICS: readonly (readonly [Topic, RegExp])[] = [
  ["Time-out", /\btime[- ]?outs?\b|\btimes? out\b/i],
  ["Retries", /\bretr(?:y|ies|ied|ying)\b|\bre-?deliver|\bre-?sent\b|\bsent again\b/i],
  ["Order", /\border(?:ing|ed)?\b(?! (?:id|number|item|status|paid|placed|was|is))/i],
  ["Duplicates", /\bduplicates?\b|\bidempoten|\bat least once\b|\bmore than once\b|\bcome twice\b/i],
];

interface Statement {
  readonly label: string;
  readonly text: string;
  readonly section: Heading | undefined;
}

/**
 * What a description says of time-outs, retries, order and duplicates. It looks for lines that are labelled so (a table's row, a
 * paragraph or point that begins in bold), then for a sentence with the word in it.
 */
export function statedFacts(description: string | undefined, headings: readonly Heading[]): readonly StatedFact[] {
  const { labelled, paragraphs } = statementsOf(description ?? "", headings);
  return TOPICS.map(([topic, words]): StatedFact => {
    const line = labelled.find(({ label }) => words.test(label));
    if (line !== undefined) return { topic, text: line.text, ...sectionOf(line) };
    const mention = topic === "Order" ? undefined : paragraphs.find(({ text }) => words.test(text));
    return mention === undefined ? { topic } : { topic, ...sectionOf(mention) };
  });
}

function sectionOf({ section }: Statement): { readonly section?: Heading } {
  return section === undefined ? {} : { section };
}

function statementsOf(
  description: string,
  headings: readonly Heading[],
): {
  readonly labelled: readonly Statement[];
  readonly paragraphs: readonly Statement[];
} {
  const tokens = parseMarkdown(description);
  const labelled: Statement[] = [];
  const paragraphs: Statement[] = [];
  let section: Heading | undefined;
  let seen = 0;
  let cells: string[] = [];
  for (const [index, token] of tokens.entries()) {
    if (token.type === "heading_open") section = headings[seen++];
    if (token.type === "tr_open") cells = [];
    if (token.type === "inline" && isCell(tokens[index - 1])) cells.push(token.content);
    if (token.type === "tr_close" && cells.length > 1) {
      const [label = "", ...rest] = cells;
      labelled.push({ label: plain(label), text: rest.filter((cell) => cell !== "").join("; "), section });
    }
    if (token.type === "inline" && tokens[index - 1]?.type === "paragraph_open") {
      const text = token.content.replaceAll("\n", " ");
      const match = /^(?:\*\*|__)(.+?)(?:\*\*|__)[:.]?\s*(.+)$/.exec(text);
      if (match !== null) labelled.push({ label: plain(match[1] ?? ""), text: match[2] ?? "", section });
      paragraphs.push({ label: "", text, section });
    }
  }
  return { labelled, paragraphs };
}

function isCell(token: Token | undefined): boolean {
  return token?.type === "td_open" || token?.type === "th_open";
}

function plain(markdown: string): string {
  return plainText(parseMarkdown(markdown)).trim();
}
