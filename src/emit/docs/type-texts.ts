/** The declarations of `types.ts`, each with its comment, by name. */
export type Declarations = ReadonlyMap<string, string>;

/** What an event's page shows of its types. */
export interface TypeExcerpt {
  readonly text: string;
  /** Names that the excerpt uses and leaves to the generated file. */
  readonly elsewhere: readonly string[];
}

const EXPORTED = /^export (?:interface|type) ([\w$]+)/;

/** Takes the text apart at its exported declarations. */
export function declarationsOf(types: string): Declarations {
  const found = new Map<string, string>();
  let comment: string[] = [];
  let current: string[] | null = null;
  let name = "";
  const end = () => {
    if (current !== null) found.set(name, current.join("\n").trimEnd());
    current = null;
  };
  for (const line of types.split("\n")) {
    const match = EXPORTED.exec(line);
    if (match !== null) {
      end();
      name = match[1] ?? "";
      current = [...comment, line];
      comment = [];
    } else if (line.startsWith("/**")) {
      end();
      comment = [line];
    } else if (comment.length > 0 && current === null) {
      comment.push(line);
    } else if (/^(?:import|type|\/\/)/.test(line)) {
      end();
    } else {
      (current as string[] | null)?.push(line);
    }
  }
  end();
  return found;
}

/** A page is for reading: more lines are better read in the file. */
const LINES_MAX = 260;

/** A type and those that it names, the nearest first, as many as a page can take. */
export function excerpt(declarations: Declarations, name: string): TypeExcerpt {
  const texts: string[] = [];
  const elsewhere: string[] = [];
  const seen = new Set([name]);
  const queue = [name];
  let lines = 0;
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const text = declarations.get(next);
    if (text === undefined) continue;
    const count = text.split("\n").length;
    if (texts.length > 0 && lines + count > LINES_MAX) {
      elsewhere.push(next);
      continue;
    }
    lines += count;
    texts.push(text);
    for (const word of text.replace(/\/\*[\s\S]*?\*\/|"(?:[^"\\\n]|\\.)*"/g, "").match(/[\w$]+/g) ?? []) {
      if (seen.has(word) || !declarations.has(word)) continue;
      seen.add(word);
      queue.push(word);
    }
  }
  return { text: texts.join("\n\n"), elsewhere: elsewhere.sort() };
}
