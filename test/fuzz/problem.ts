/** Something that must not happen. */
export interface Problem {
  /** What it is in few words without what changes with each input: two problems of one kind have one cause. */
  readonly kind: string;
  readonly text: string;
}

/** An exception, known by its type and the function of ours that it came from. */
export function thrown(stage: string, error: unknown): Problem {
  if (!(error instanceof Error)) return { kind: `${stage} throws`, text: String(error) };
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  const own = frames.find((line) => /\/src\//.test(line)) ?? frames[0] ?? "";
  const place = /at (?:async )?(\S+) .*\/(src\/\S+?):\d+:\d+/.exec(own);
  const kind = `${stage} throws ${error.name}${place === null ? "" : ` in ${place[1]} (${place[2]})`}`;
  return { kind, text: `${error.message}\n${frames.slice(0, 6).join("\n")}` };
}

/** Gathers what is wrong. */
export class Problems {
  readonly list: Problem[] = [];

  /** Notes a problem unless the condition holds. */
  expect(condition: boolean, kind: string, text: string | (() => string)): void {
    if (!condition) this.list.push({ kind, text: typeof text === "string" ? text : text() });
  }
}
