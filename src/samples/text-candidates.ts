import type { JsonObject } from "../model/index.ts";
import { usablePattern } from "../patterns/usable-pattern.ts";
import { stringLength } from "../runtime/string-length.ts";
import type { Dice } from "./dice.ts";
import { textOfFormat, textsOfName, usualTexts } from "./likely-texts.ts";
import { numbersOf } from "./numbers-of.ts";
import { textOfPattern } from "./texts-of-pattern.ts";

export interface TextPlace {
  readonly name: string;
  /** How many others there are already that this one should differ from. */
  readonly number: number;
  readonly dice: Dice | null;
}

const TURNS_MAX = 6;
/** A schema may ask for a text of a gigabyte. */
const LENGTH_MAX = 100_000;

/** Texts that may keep to all of these schemas, the likeliest first. Not all do. */
export function* textCandidates(parts: readonly JsonObject[], place: TextPlace): Generator<string> {
  const { name, number, dice } = place;
  const least = Math.max(0, ...numbersOf(parts, "minLength"));
  const most = Math.min(LENGTH_MAX, ...numbersOf(parts, "maxLength"));
  if (least > most) return;
  const formats = textsOf(parts, "format").map((format) => textOfFormat(format, number));
  const patterns = textsOf(parts, "pattern").flatMap((pattern) => usablePattern(pattern).source ?? []);
  const likely = [...formats, ...textsOfName(name, number)].filter((text) => text !== null);
  const usual = patterns.length > 0 ? usualTexts(number) : [];
  if (dice !== null && patterns.length === 0 && formats.length === 0) yield randomText(least, most, dice);
  yield* likely;
  for (const text of likely) {
    for (const changed of [
      text.toUpperCase(),
      text.replace(/[^\p{L}\p{N}]+/gu, "_"),
      text.replace(/[^\p{L}\p{N}]+/gu, ""),
    ]) {
      if (changed !== text) yield changed;
    }
  }
  yield* usual;
  for (const pattern of patterns) yield* textsOfPattern(pattern, { least, most, number, dice });
  for (const text of likely) yield fitted(text, least, most);
  yield fitted(String(number), least, most);
  yield* ["", "0", "example", "null"];
}

function* textsOfPattern(
  pattern: string,
  { least, most, number, dice }: { least: number; most: number; number: number; dice: Dice | null },
): Generator<string> {
  const shortest = textOfPattern(pattern, { extra: 0, turn: number });
  if (shortest === null) return;
  const missing = Math.max(0, least - stringLength(shortest));
  const extras = new Set([
    missing === 0 ? Math.min(7, Math.max(0, most - stringLength(shortest))) : missing,
    0,
    1,
    2,
    3,
    5,
    8,
    15,
    31,
  ]);
  for (let turn = 0; turn < TURNS_MAX; turn++) {
    for (const extra of extras) {
      if (dice !== null) {
        const random = textOfPattern(pattern, { extra, turn: 0, dice });
        if (random !== null) yield random;
      }
      const text = textOfPattern(pattern, { extra, turn: number + turn });
      if (text === null) continue;
      yield text;
      // An expression without anchors says only what has to be somewhere in the text.
      if (stringLength(text) < least) yield fitted(text, least, most);
    }
  }
}

/** A text cut, or filled up with more of the same, to a length in code points. */
function fitted(text: string, least: number, most: number): string {
  const characters = [...text];
  if (characters.length > most) return characters.slice(0, most).join("").trimEnd().padEnd(least, "x");
  if (characters.length >= least) return text;
  const filling = [...` ${text === "" ? "example" : text}`];
  for (let index = 0; characters.length < least; index++) characters.push(filling[index % filling.length] ?? "x");
  return characters.join("").replace(/\s$/, "x");
}

function randomText(least: number, most: number, dice: Dice): string {
  const length = dice.integer(least, Math.min(most, least + 12));
  const letters = "abcdefghijklmnopqrstuvwxyzABC0123456789 -_.äé😀";
  const all = [...letters];
  return Array.from({ length }, () => dice.pick(all)).join("");
}

function textsOf(parts: readonly JsonObject[], keyword: string): readonly string[] {
  return parts.flatMap((part) => {
    const value = part[keyword];
    return typeof value === "string" ? [value] : [];
  });
}
