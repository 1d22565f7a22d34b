import { posix } from "node:path";
import type { OutputFile } from "../../model/index.ts";
import type { SourceText } from "./docs-site.ts";

/** A document's file as it is offered. */
export interface SourceFile {
  /** Below the folder of the contract's sources. */
  readonly file: string;
  readonly text: OutputFile["text"];
}

/**
 * Names under which a document's files can be offered: without a way upwards, each once, and with an ending by which no browser
 * runs them.
 */
export function sourceFiles(sources: readonly SourceText[]): readonly SourceFile[] {
  const taken = new Set<string>();
  return sources.map(({ path, text }) => {
    const segments = posix
      .normalize(path)
      .split("/")
      .map((segment) => segment.replace(/[^\w.-]+/g, "-").replace(/^[.-]+/, ""))
      .filter((segment) => segment !== "");
    const plain = segments.length === 0 ? "document" : segments.join("/");
    const safe = /\.(?:ya?ml|json)$/i.test(plain) ? plain : `${plain}.txt`;
    let file = safe;
    for (let count = 2; taken.has(file.toLowerCase()); count++) file = safe.replace(/(\.\w+)$/, `-${count}$1`);
    taken.add(file.toLowerCase());
    return { file, text };
  });
}
