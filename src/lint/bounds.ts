import type { JsonObject } from "../model/index.ts";

/** The keywords that set the least and the greatest of what. */
const COUNTS = {
  string: { least: "minLength", most: "maxLength" },
  array: { least: "minItems", most: "maxItems" },
  object: { least: "minProperties", most: "maxProperties" },
} as const;

/**
 * Whether schemas that must all hold leave room between their bounds.
 * @param whole  for numbers: only integers count
 * @returns why there is none, to go on from "since"; null where there is
 */
export function boundsProblem(
  of: "number" | "string" | "array" | "object",
  parts: readonly JsonObject[],
  { whole = false }: { readonly whole?: boolean } = {},
): string | null {
  if (of === "number") return numbersProblem(parts, whole);
  const { least, most } = COUNTS[of];
  const min = Math.max(...numbers(parts, least));
  const max = Math.min(...numbers(parts, most));
  return min > max ? `${least} ${min} is more than ${most} ${max}` : null;
}

function numbersProblem(parts: readonly JsonObject[], whole: boolean): string | null {
  const min = Math.max(...numbers(parts, "minimum"));
  const max = Math.min(...numbers(parts, "maximum"));
  const above = Math.max(...numbers(parts, "exclusiveMinimum"));
  const below = Math.min(...numbers(parts, "exclusiveMaximum"));
  if (min > max) return `minimum ${min} is more than maximum ${max}`;
  if (above >= max) return `exclusiveMinimum ${above} leaves nothing up to maximum ${max}`;
  if (min >= below) return `exclusiveMaximum ${below} leaves nothing from minimum ${min}`;
  if (above >= below) return `exclusiveMinimum ${above} leaves nothing below exclusiveMaximum ${below}`;
  if (!whole) return null;
  const first = Math.max(Math.ceil(min), Math.floor(above) + 1);
  const last = Math.min(Math.floor(max), Math.ceil(below) - 1);
  return first > last ? "there is no integer between its bounds" : null;
}

function numbers(parts: readonly JsonObject[], keyword: string): readonly number[] {
  return parts.flatMap((part) => (typeof part[keyword] === "number" ? [part[keyword]] : []));
}
