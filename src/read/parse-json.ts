import { printParseErrorCode, visit } from "jsonc-parser";
import { diagnose } from "../diagnostics/index.ts";
import { isContainer } from "../json/index.ts";
import type { Diagnostic, Json, Result } from "../model/index.ts";
import { isExactInteger } from "./exact-integer.ts";
import { countJson, JsonIndex } from "./json-index.ts";
import { limits } from "./limits.ts";
import { LineIndex } from "./line-index.ts";

/**
 * Reads JSON. Positions are looked for only where there is something to report.
 * @returns null where the text cannot be read, with a diagnostic. Duplicate keys and the like leave a value.
 * @see https://www.rfc-editor.org/rfc/rfc8259
 */
export function parseJson(text: string, file: string): Result<{ readonly value: Json } | null> {
  const counted = countJson(text);
  // Before anything recursive sees the text.
  if (counted.depth > limits.depthMax) {
    const tooDeep = diagnose("nested-too-deep", { depthMax: limits.depthMax }, { file, pointer: "" });
    return { value: null, diagnostics: [tooDeep] };
  }
  if (counted.values > limits.jsonValuesMax) {
    const tooMany = { of: "values", countMax: limits.jsonValuesMax } as const;
    return { value: null, diagnostics: [diagnose("too-many-values", tooMany, { file, pointer: "" })] };
  }
  let value: Json;
  try {
    value = JSON.parse(text);
  } catch {
    return { value: null, diagnostics: [syntaxError(text, file)] };
  }
  const root = { value };
  const checked = checkMembers(root);
  const diagnostics: Diagnostic[] = [];
  if (checked.members !== counted.members || checked.hasSuspectNumber) {
    const index = new JsonIndex(text);
    const lines = new LineIndex(text);
    for (const { key, pointer, offset, firstOffset } of index.duplicateKeys(limits.findingsMax)) {
      const position = lines.positionAt(offset);
      const params = { key, line: position.line, firstLine: lines.positionAt(firstOffset).line };
      diagnostics.push(diagnose("duplicate-key", params, { file, pointer }, position));
    }
    for (const { literal, pointer } of index.numbers(isChanged, limits.findingsMax)) {
      const read = Number(literal);
      diagnostics.push(
        Number.isFinite(read)
          ? diagnose("number-not-exact", { written: literal, read: String(read) }, { file, pointer })
          : diagnose("number-not-finite", { written: literal }, { file, pointer }),
      );
    }
  }
  return { value: root, diagnostics };
}

/** One pass over what was read: counts members, notes numbers to look at, and takes Infinity (from `1e400`) out. */
function checkMembers(root: { value: Json }): { members: number; hasSuspectNumber: boolean } {
  let members = 0;
  let hasSuspectNumber = false;
  const open: object[] = [root];
  for (let container = open.pop(); container !== undefined; container = open.pop()) {
    // The value was made a moment ago by JSON.parse and nobody else has it yet.
    const record = container as Record<string, Json>;
    const keys = Object.keys(record);
    if (!Array.isArray(container) && container !== root) members += keys.length;
    for (const key of keys) {
      const member = record[key];
      if (isContainer(member)) {
        open.push(member);
      } else if (typeof member === "number" && Math.abs(member) >= 2 ** 53) {
        hasSuspectNumber = true;
        if (!Number.isFinite(member)) record[key] = null;
      }
    }
  }
  return { members, hasSuspectNumber };
}

/** True for a number literal that no longer means the same as a JavaScript number. Fractions are rounded by nature. */
function isChanged(literal: string): boolean {
  const read = Number(literal);
  if (!Number.isFinite(read)) return true;
  return /^-?\d+$/.test(literal) && !isExactInteger(literal);
}

/** JSON.parse tells the place only sometimes; jsonc-parser always, and it goes on far enough to name what is missing. */
function syntaxError(text: string, file: string): Diagnostic {
  const { reason, offset } = firstError(text) ?? { reason: "a character is not allowed here", offset: 0 };
  const position = new LineIndex(text).positionAt(Math.min(offset, text.length));
  return diagnose("broken-json", { reason }, { file, pointer: "" }, position);
}

function firstError(text: string): { reason: string; offset: number } | null {
  let first: { reason: string; offset: number } | null = null;
  try {
    visit(
      text,
      {
        onError: (error, offset) => {
          first = { reason: REASONS[printParseErrorCode(error)] ?? "a character is not allowed here", offset };
          // One is enough, and a hostile text has as many as it has characters.
          throw new Error("stop");
        },
      },
      { disallowComments: true, allowTrailingComma: false },
    );
  } catch {
    // Ours.
  }
  return first;
}

/** In words, by the names that `printParseErrorCode` gives. */
const REASONS: Readonly<Record<string, string>> = {
  InvalidSymbol: "a word stands here that is not true, false, null or a quoted string",
  InvalidNumberFormat: "a number is not written as JSON wants it",
  PropertyNameExpected: "a key in double quotes is expected here",
  ValueExpected: "a value is expected here",
  ColonExpected: "a colon is expected here",
  CommaExpected: "a comma is expected here",
  CloseBraceExpected: "a closing } is missing",
  CloseBracketExpected: "a closing ] is missing",
  EndOfFileExpected: "something follows after the end of the value",
  InvalidCommentToken: "comments are not allowed in JSON",
  UnexpectedEndOfComment: "a comment does not end",
  UnexpectedEndOfString: "a string does not end",
  UnexpectedEndOfNumber: "a number breaks off",
  InvalidUnicode: "a \\u escape is not four hexadecimal digits",
  InvalidEscapeCharacter: "an escape after a backslash is not known",
  InvalidCharacter: "a control character stands in a string",
};
