import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix, relative } from "node:path";
import { parse } from "yaml";
import type { Json } from "../../src/model/index.ts";

/** A description that mutation starts from. */
export interface Seed {
  /** The entry's path from the repository's root. */
  readonly entry: string;
  /** The entry and the files that it refers to, by path. */
  readonly files: Readonly<Record<string, string>>;
  /** The entry as compact JSON; null where it is broken on purpose. */
  readonly json: string | null;
  /** How often it is chosen: what is large is chosen less, so that no document takes most of the time. */
  readonly weight: number;
}

const FOLDERS = ["specs", "test/fixtures"];
/** What is larger is no quicker to break, only slower to read. */
const CHARACTERS_MAX = 200_000;
const DESCRIPTION = /^\s*\{?\s*["']?(?:openapi|asyncapi|swagger)["']?\s*:/m;
const REFERENCE = /["']?(?:\$ref|externalValue)["']?\s*:\s*["']?([^#"'\s,}]+)/g;

/** Every description below `specs/` and `test/fixtures/`, found by looking: a new fixture is mutated from then on. */
export function readCorpus(repository: string): readonly Seed[] {
  const paths = FOLDERS.flatMap((folder) =>
    readdirSync(join(repository, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(?:ya?ml|json)$/.test(entry.name))
      .map((entry) => relative(repository, join(entry.parentPath, entry.name)).replaceAll("\\", "/")),
  ).filter((path) => !path.includes("/expected/"));
  return paths.sort().flatMap((path): Seed[] => {
    const text = readFileSync(join(repository, path), "utf8");
    if (text.length > CHARACTERS_MAX || !DESCRIPTION.test(text)) return [];
    const files = withReferredFiles(repository, path, text);
    const characters = Object.values(files).reduce((sum, file) => sum + file.length, 0);
    return [{ entry: path, files, json: jsonOf(text), weight: 1 / (1_000 + characters) }];
  });
}

function withReferredFiles(repository: string, entry: string, text: string): Record<string, string> {
  const files: Record<string, string> = { [entry]: text };
  const pending = [entry];
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    for (const [, reference = ""] of (files[path] ?? "").matchAll(REFERENCE)) {
      const target = posix.join(dirname(path), reference);
      const file = join(repository, target);
      if (Object.hasOwn(files, target) || target.startsWith("..") || /^[a-z]+:/i.test(reference)) continue;
      if (!existsSync(file) || !/\.\w+$/.test(target)) continue;
      const found = readFileSync(file, "utf8");
      if (found.length > CHARACTERS_MAX) continue;
      files[target] = found;
      pending.push(target);
    }
  }
  return files;
}

function jsonOf(text: string): string | null {
  try {
    const value: unknown = parse(text, { logLevel: "silent", maxAliasCount: 1_000 });
    return typeof value === "object" && value !== null ? JSON.stringify(value) : null;
  } catch {
    return null;
  }
}

/** Parts of documents that are put into others. */
export function partsOf(corpus: readonly Seed[]): readonly Json[] {
  return corpus.flatMap(({ json }) => (json === null ? [] : [JSON.parse(json) as Json]));
}
