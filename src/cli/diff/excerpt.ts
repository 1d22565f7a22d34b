import type { LocationJson } from "../../diagnostics/index.ts";
import type { ReportedChange } from "./report.ts";

/** A line as it is shown: on both sides, only before, only after, or in place of lines that are left out. */
export interface ExcerptLine {
  readonly side: "both" | "base" | "revision" | "gap";
  readonly text: string;
  /** From 1, on each side that has the line. */
  readonly base: number | null;
  readonly revision: number | null;
}

/** Lines of the two sides that are compared; what somebody changed in a thousand lines is no detail. */
const COMPARED_MAX = 400;
/** Lines that are shown. */
const SHOWN_MAX = 28;
/** Lines shown before and after one that differs. */
const CONTEXT = 2;
/** UTF-16 code units of a line that are shown: a minified document is one line. */
const WIDTH_MAX = 160;

type Places = Pick<ReportedChange, "rule" | "base" | "revision">;

/**
 * What stands at the two places of a change, the lines that differ told apart.
 * @returns no line where neither text is at hand
 */
export function excerpt(change: Places, sourceText: (file: string) => string | undefined): readonly ExcerptLine[] {
  const { base, revision } = comparable(change);
  const lines = compareLines(blockAt(base, sourceText), blockAt(revision, sourceText));
  if (base === null || revision === null || lines.some(({ side }) => side !== "both")) return shorten(lines);
  return shorten(enclosing({ base, revision }, sourceText) ?? lines);
}

/** What is new or gone is on one side only; the other place, if there is one, is what would hold it. */
function comparable({ rule, base, revision }: Places): Pick<Places, "base" | "revision"> {
  if (base === null || revision === null) return { base, revision };
  const isSame = lastToken(base.pointer) === lastToken(revision.pointer);
  if (!isSame && /^(?:property|header)-added/.test(rule)) return { base: null, revision };
  if (!isSame && /^(?:property|header)-removed/.test(rule)) return { base, revision: null };
  return { base, revision };
}

function lastToken(pointer: string): string {
  return pointer.slice(pointer.lastIndexOf("/") + 1);
}

/** Tells whether the same lines were shown for another change: one place may change in many ways. */
export function alreadyShown(): (change: Places) => boolean {
  const shown = new Set<string>();
  return ({ base, revision }) => {
    const key = JSON.stringify([base, revision]);
    return shown.has(key) || !shown.add(key);
  };
}

/**
 * What holds the places, where nothing differs at them: `required` stands beside the properties that it names. Only lines that
 * name the key count as different there.
 */
function enclosing(
  places: { readonly base: LocationJson; readonly revision: LocationJson },
  sourceText: (file: string) => string | undefined,
): readonly ExcerptLine[] | undefined {
  const key = lastToken(places.revision.pointer);
  let { base, revision } = places;
  for (let step = 0; step < 3; step++) {
    base = { ...base, ...parentOf(base, sourceText(base.file)) };
    revision = { ...revision, ...parentOf(revision, sourceText(revision.file)) };
    const lines = compareLines(blockAt(base, sourceText), blockAt(revision, sourceText));
    const isAbout = ({ text }: ExcerptLine) => key !== "" && text.includes(key);
    if (!lines.some((line) => line.side !== "both" && isAbout(line))) continue;
    const kept = new Set(
      lines.flatMap((line, index) => (line.side !== "both" && isAbout(line) ? [index - 1, index, index + 1] : [])),
    );
    return lines.filter(({ side }, index) => side === "both" || kept.has(index));
  }
  return undefined;
}

/** The nearest line above that is indented less. */
function parentOf(
  { line }: LocationJson,
  text: string | undefined,
): { readonly line: number; readonly column: number } {
  const above = text === undefined ? [] : text.split("\n", line);
  const indentOf = (number: number) => (above[number - 1] ?? "").search(/[^\s-]/);
  const indent = indentOf(line);
  for (let number = line - 1; number > 0; number--) {
    const other = indentOf(number);
    if (other >= 0 && other < indent) return { line: number, column: other + 1 };
  }
  return { line, column: indent + 1 };
}

function shorten(lines: readonly ExcerptLine[]): readonly ExcerptLine[] {
  const shown = around(lines);
  return shown.length > SHOWN_MAX ? [...shown.slice(0, SHOWN_MAX), GAP] : shown;
}

const GAP: ExcerptLine = { side: "gap", text: "…", base: null, revision: null };

interface Block {
  /** The number of the first line. */
  readonly start: number;
  /** Without the indentation that all have. */
  readonly lines: readonly string[];
}

const NOTHING: Block = { start: 1, lines: [] };

/** The key or item at a place, with everything that is indented below it. */
function blockAt(place: LocationJson | null, sourceText: (file: string) => string | undefined): Block {
  const text = place === null ? undefined : sourceText(place.file);
  if (place === null || text === undefined) return NOTHING;
  const all = linesFrom(text, place.line);
  const [first] = all;
  if (first === undefined) return NOTHING;
  if (first.length > WIDTH_MAX) {
    const start = Math.max(0, place.column - 1);
    return { start: place.line, lines: [cut(first.slice(start))] };
  }
  // The dash of a list item belongs to it.
  const before = first.slice(0, place.column - 1);
  const indent = (/^(\s*)(?:- )+$/.exec(before)?.[1] ?? /^\s*/.exec(first)?.[0] ?? "").length;
  let end = 1;
  if (place.pointer !== "") {
    while (end < all.length && isWithin(all[end] ?? "", indent)) end++;
    // A bracket that closes what the first line opened.
    if (/[{[]\s*$/.test(first) && /^\s*[}\]]/.test(all[end] ?? "")) end++;
    while (end > 1 && (all[end - 1] ?? "").trim() === "") end--;
  }
  const lines = all
    .slice(0, end)
    .map((line) => cut(line.slice(Math.min(indent, line.length - line.trimStart().length))));
  return { start: place.line, lines };
}

function isWithin(line: string, indent: number): boolean {
  return line.trim() === "" || line.length - line.trimStart().length > indent;
}

function cut(line: string): string {
  const shown = line.replaceAll("\t", "  ").trimEnd();
  return shown.length > WIDTH_MAX ? `${shown.slice(0, WIDTH_MAX)}…` : shown;
}

/** Some lines of a text, without splitting the whole of it. */
function linesFrom(text: string, line: number): readonly string[] {
  let start = 0;
  for (let number = 1; number < line; number++) {
    const end = text.indexOf("\n", start);
    if (end < 0) return [];
    start = end + 1;
  }
  const lines: string[] = [];
  while (lines.length < COMPARED_MAX) {
    const end = text.indexOf("\n", start);
    lines.push(text.slice(start, end < 0 ? undefined : end).replace(/\r$/, ""));
    if (end < 0) break;
    start = end + 1;
  }
  return lines;
}

/** The longest common subsequence; what differs is shown base first. */
function compareLines(before: Block, after: Block): readonly ExcerptLine[] {
  const [a, b] = [before.lines, after.lines];
  // lengths[i][j]: how many lines a from i and b from j have in common.
  const lengths = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  const length = (i: number, j: number) => lengths[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const row = lengths[i] as Uint16Array;
      row[j] = a[i] === b[j] ? length(i + 1, j + 1) + 1 : Math.max(length(i + 1, j), length(i, j + 1));
    }
  }
  const lines: ExcerptLine[] = [];
  for (let i = 0, j = 0; i < a.length || j < b.length; ) {
    const [base, revision] = [before.start + i, after.start + j];
    if (i < a.length && j < b.length && a[i] === b[j]) {
      lines.push({ side: "both", text: a[i] ?? "", base, revision });
      i++;
      j++;
    } else if (i < a.length && (j >= b.length || length(i + 1, j) >= length(i, j + 1))) {
      lines.push({ side: "base", text: a[i] ?? "", base, revision: null });
      i++;
    } else {
      lines.push({ side: "revision", text: b[j] ?? "", base: null, revision });
      j++;
    }
  }
  return lines;
}

/** The lines near those that differ, and the first, which says what all this is. */
function around(lines: readonly ExcerptLine[]): readonly ExcerptLine[] {
  const differing = lines.flatMap(({ side }, index) => (side === "both" ? [] : [index]));
  const isNear = (index: number) =>
    index === 0 ||
    differing.some((other) => Math.abs(other - index) <= CONTEXT) ||
    (differing.length === 0 && index < 6);
  const shown: ExcerptLine[] = [];
  lines.forEach((line, index) => {
    if (isNear(index)) shown.push(line);
    else if (shown.at(-1) !== GAP) shown.push(GAP);
  });
  return shown;
}
