import type { SignatureRecipe } from "./recipe.ts";

/** What the header that holds the signature says. */
export interface SignatureHeader {
  /** As written; several while a sender changes its secret. */
  readonly signatures: readonly string[];
  readonly timestamp: string | null;
}

/** A sender writes two or three while it changes secrets; a header of thousands would only cost time. */
const SIGNATURES_MAX = 16;

/** Compiles `format` and `separator` into a reader of the header's value. */
export function headerReader({ format, separator }: SignatureRecipe): (value: string) => SignatureHeader {
  const elements = split(format, separator).map((element) => ({
    pattern: new RegExp(
      `^${element
        .split(/(\{signature\}|\{timestamp\})/)
        .map(toPattern)
        .join("")}$`,
    ),
    names: [...element.matchAll(/\{(signature|timestamp)\}/g)].map(([, name]) => name),
  }));
  return (value) => {
    const signatures: string[] = [];
    let timestamp: string | null = null;
    for (const part of split(value, separator)) {
      for (const { pattern, names } of elements) {
        const found = pattern.exec(part.trim());
        if (found === null) continue;
        names.forEach((name, index) => {
          const text = found[index + 1] ?? "";
          if (name === "timestamp") timestamp = text;
          else if (signatures.length < SIGNATURES_MAX) signatures.push(text);
        });
      }
    }
    return { signatures, timestamp };
  };
}

/** The header's value as a sender writes it. */
export function writeHeader({ format }: SignatureRecipe, signature: string, timestamp: string): string {
  return format.replace("{timestamp}", () => timestamp).replace("{signature}", () => signature);
}

function split(text: string, separator: string | undefined): readonly string[] {
  return separator === undefined ? [text] : text.split(separator);
}

/** A placeholder is as short as what follows it allows, so that no text makes the pattern go back. */
function toPattern(part: string): string {
  return part === "{signature}" || part === "{timestamp}" ? "(.+?)" : part.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}
