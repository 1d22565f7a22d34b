import { globSync, readdirSync, statSync } from "node:fs";
import { join, matchesGlob, relative, resolve, sep } from "node:path";
import { diagnose } from "../diagnostics/index.ts";
import type { Diagnostic, Result } from "../model/index.ts";
import type { Config } from "./define-config.ts";

const DOCUMENT = /\.(?:ya?ml|json)$/;
const NAMED_DOCUMENT = /^(?:openapi|asyncapi)\.(?:ya?ml|json)$/;

/**
 * The documents of a command that was given none: what the configuration names, else every
 * `specs/*\/{openapi,asyncapi}.{yaml,yml,json}` and `specs/*.{yaml,yml,json}`.
 * @returns paths relative to `cwd` with `/` separators (URLs and `REV:path` as given), each once, sorted. A pattern that
 *          matches nothing and a path without a file are diagnostics; that there are no documents at all is none.
 */
export function findDocuments(cwd: string, config: Config | null): Result<readonly string[]> {
  if (config?.documents === undefined) return { value: usualDocuments(cwd), diagnostics: [] };
  const found = new Set<string>();
  const diagnostics: Diagnostic[] = [];
  for (const pattern of config.documents) {
    const documents = expand(cwd, pattern);
    for (const document of documents) found.add(document);
    if (documents.length > 0) continue;
    const place = [
      { file: pattern, pointer: "" },
      { line: 1, column: 1 },
    ] as const;
    diagnostics.push(
      isPattern(pattern)
        ? diagnose("documents-not-found", { pattern }, ...place)
        : diagnose("file-not-found", { file: pattern }, ...place),
    );
  }
  return { value: [...found].sort(), diagnostics };
}

/**
 * The same among files that are somewhere else, in a git revision say.
 * @param files  relative to the folder of the configuration, with `/` separators.
 */
export function documentsAmong(files: readonly string[], config: Config | null): readonly string[] {
  const patterns = config?.documents;
  const isMeant =
    patterns === undefined
      ? (file: string) => {
          const [, folder, name] = /^specs\/(?:([^./][^/]*)\/)?([^./][^/]*)$/.exec(file) ?? [];
          return name !== undefined && (folder === undefined ? DOCUMENT : NAMED_DOCUMENT).test(name);
        }
      : (file: string) =>
          patterns.some((pattern) => file === pattern || (isPattern(pattern) && matchesGlob(file, pattern)));
  return files.filter((file) => !isElsewhere(file) && isMeant(file));
}

/**
 * The documents in a folder that was named instead of them: every file of it that ends like one, and below it those that are
 * called openapi or asyncapi.
 * @param files  relative to the folder, with `/` separators.
 */
export function documentsInFolder(files: readonly string[]): readonly string[] {
  return files.filter((file) => {
    const name = file.slice(file.lastIndexOf("/") + 1);
    return !name.startsWith(".") && (file === name ? DOCUMENT : NAMED_DOCUMENT).test(name);
  });
}

/** Whether the name alone says that a file is a description. */
export function isNamedDocument(file: string): boolean {
  return NAMED_DOCUMENT.test(file.slice(file.lastIndexOf("/") + 1));
}

function expand(cwd: string, pattern: string): readonly string[] {
  // A name may hold brackets: what is there as it is written needs no pattern.
  if (isFile(resolve(cwd, pattern))) return [fromFolder(cwd, pattern)];
  if (isElsewhere(pattern)) return [pattern];
  if (!isPattern(pattern)) return [];
  return globSync(pattern, { cwd, exclude: (name) => name === "node_modules" || name === ".git" })
    .filter((path) => isFile(resolve(cwd, path)))
    .map((path) => fromFolder(cwd, path));
}

function usualDocuments(cwd: string): readonly string[] {
  const visible = (folder: string) => namesIn(join(cwd, folder)).filter((name) => !name.startsWith("."));
  const found = visible("specs").flatMap((name) => {
    const path = `specs/${name}`;
    if (DOCUMENT.test(name) && isFile(join(cwd, path))) return [path];
    return visible(path)
      .filter((inner) => NAMED_DOCUMENT.test(inner) && isFile(join(cwd, path, inner)))
      .map((inner) => `${path}/${inner}`);
  });
  return found.sort();
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function isPattern(text: string): boolean {
  return /[*?[\]{}]/.test(text);
}

/** A URL, or a file of a git revision: whoever reads it says whether it is there. */
function isElsewhere(text: string): boolean {
  return /^https?:\/\//i.test(text) || /^[^:*?{}[\]]{2,}:./.test(text);
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

/** As in `SourceLocation.file`. */
function fromFolder(cwd: string, path: string): string {
  return relative(cwd, resolve(cwd, path)).split(sep).join("/");
}
