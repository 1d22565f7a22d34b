import { isMutableObject, type Mutable } from "./places.ts";
import type { Random } from "./random.ts";

/** A value as YAML in block style, scalars plain where that is likely to mean the same: some of it is meant to be odd. */
export function writeYaml(value: Mutable, random: Random): string {
  return `${block(value, "", random)}\n`;
}

/** Deeper values are written in flow style: indentation would make the text grow with the square of the depth. */
const BLOCK_DEPTH_MAX = 60;

function block(value: Mutable, indent: string, random: Random): string {
  const isEmpty = typeof value !== "object" || value === null || Object.keys(value).length === 0;
  if (isEmpty || indent.length > BLOCK_DEPTH_MAX || random.chance(0.03)) return flow(value, random);
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    return value.map((item) => `\n${indent}- ${block(item, inner, random).trimStart()}`).join("");
  }
  if (!isMutableObject(value)) return flow(value, random);
  return Object.entries(value)
    .map(([key, member]) => `\n${indent}${plain(key, random)}: ${block(member, inner, random)}`)
    .join("");
}

function flow(value: Mutable, random: Random): string {
  return typeof value === "string" ? plain(value, random) : JSON.stringify(value);
}

function plain(text: string, random: Random): string {
  if (/^[A-Za-z][\w ./-]*[\w]$/.test(text) && !/^(?:true|false|null|yes|no|on|off)$/i.test(text)) return text;
  return /^[^'\n\r]+$/.test(text) && random.chance(0.3) ? `'${text}'` : JSON.stringify(text);
}
