import { isObject, own } from "../../json/index.ts";
import type { Json } from "../../model/index.ts";
import { literal } from "../source-text.ts";

/** Steps from a schema to a part of it, as AJV writes them: `.properties["a-b"].enum[0]`. */
const STEP = String.raw`\.[A-Za-z_$][\w$]*|\["(?:[^"\\]|\\.)*"\]|\[\d+\]`;

/**
 * Puts the parts of a schema that a validator quotes in its errors in place of the schema, which AJV declares whole: most
 * quote a list of types or an enum. Null where it is not only quoted in parts.
 * @param name  the constant that holds the schema
 * @returns the code, and the constants that it now needs: a part each, or none where it is as short as its name
 */
export function quotedParts(
  code: string,
  name: string,
  schema: Json,
): { readonly code: string; readonly constants: ReadonlyMap<string, string> } | null {
  const names = new Map<string, string>();
  let isKnown = true;
  const short = code.replaceAll(
    new RegExp(String.raw`\b${name}(?![\w$])((?:${STEP})*)`, "g"),
    (whole, steps: string) => {
      const part = steps === "" ? undefined : partAt(schema, steps);
      if (part === undefined) {
        isKnown = false;
        return whole;
      }
      const written = literal(part);
      if (/\.type$/.test(steps)) return written;
      const known = names.get(written) ?? `${name}_${names.size + 1}`;
      names.set(written, known);
      return known;
    },
  );
  if (!isKnown) return null;
  return { code: short, constants: new Map([...names].map(([written, constant]) => [constant, written])) };
}

function partAt(schema: Json, steps: string): Json | undefined {
  let part: Json | undefined = schema;
  for (const [step] of steps.matchAll(new RegExp(STEP, "g"))) {
    const token = step.startsWith(".") ? step.slice(1) : String(JSON.parse(step.slice(1, -1)));
    if (Array.isArray(part)) part = part[Number(token)];
    else part = isObject(part) ? (own(part, token) as Json | undefined) : undefined;
  }
  return part;
}
