import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type LoadedContract, type LoadResult, loadContract } from "../../src/pipeline.ts";

const folder = fileURLToPath(new URL("../fixtures/corpus", import.meta.url));

/** One description of the corpus: a folder that holds all its files, and one of them to begin with. */
export interface CorpusDocument {
  readonly name: string;
  readonly folder: string;
  /** Relative to the folder. */
  readonly entry: string;
}

/** Every description of the corpus. */
export const documents: readonly CorpusDocument[] = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => ({ name, folder: join(folder, name), entry: entryIn(join(folder, name)) }))
  .sort((a, b) => (a.name < b.name ? -1 : 1));

/** Those of a version that cannot be read; a contract comes of all others. */
const REFUSED: readonly string[] = ["asyncapi-1", "swagger-2"];

export const refused = documents.filter(({ name }) => REFUSED.includes(name));
export const readable = documents.filter(({ name }) => !REFUSED.includes(name));

/** All files of a description, relative to its folder. */
export function filesOf(document: CorpusDocument): readonly string[] {
  return filesIn(document.folder).filter((file) => file !== "list.json" && file !== "refused.txt");
}

/** A description that can be read. */
export type Loaded = LoadResult & { readonly value: LoadedContract };

export async function loaded({ name, folder: cwd, entry }: CorpusDocument): Promise<Loaded> {
  const result = await loadContract(entry, { cwd, id: name });
  const { value } = result;
  if (value === null) throw new Error(`${name} cannot be read`);
  return { ...result, value };
}

/** The one file that is named as a description is; where there are several, the one nearest to the top. */
function entryIn(path: string): string {
  const named = filesIn(path).filter((file) => /(?:^|\/)(?:openapi|asyncapi)\.(?:json|yaml)$/.test(file));
  const [entry] = named.sort((a, b) => dirname(a).length - dirname(b).length);
  if (entry === undefined) throw new Error(`There is no description in ${path}`);
  return entry;
}

function filesIn(path: string): string[] {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(path.length + 1)
        .replaceAll("\\", "/"),
    )
    .sort();
}
