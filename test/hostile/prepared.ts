import documents, { type HostileDocument } from "./documents.ts";
import { workplace } from "./helpers.ts";

/** The codes on standard error, each once, in alphabetical order. */
export function codesOf(stderr: string): readonly string[] {
  const lines = stderr.matchAll(/^\S.*?:\d+:\d+ +(?:error|warning) +([a-z0-9-]+) /gm);
  return [...new Set([...lines].map(([, code = ""]) => code))].sort();
}

export function prepared({ files, prepare, entry }: HostileDocument) {
  const given = files();
  const place = workplace(given);
  prepare?.(place.folder, place.outside);
  return { place, entry: entry ?? Object.keys(given)[0] ?? "" };
}

/** Those that can be read, and so are generated from as well. */
export const readable = documents.filter(({ status, listOnly = false }) => status === 0 && !listOnly);
