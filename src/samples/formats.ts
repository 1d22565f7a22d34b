import type { Json } from "../model/index.ts";
import * as checks from "../runtime/formats.ts";

const functions: Readonly<Record<string, unknown>> = checks;

/** Whether a value is of a format; of one that is not known, and of values that it does not speak of, everything is. */
export function fitsFormat(format: Json | undefined, value: string | number): boolean {
  if (typeof format !== "string" || !Object.hasOwn(checks.formats, format)) return true;
  const { type, functionName } = checks.formats[format as keyof typeof checks.formats];
  return typeof value !== type || (functions[functionName] as (value: string | number) => boolean)(value);
}
