import type { SourceLocation } from "../model/index.ts";

/** Finds the place of a source document that a pointer into the checked document came from. */
export type MapBack = (pointer: string) => SourceLocation;

/** For a document that is checked as its file has it. */
export function sameFile(file: string): MapBack {
  return (pointer) => ({ file, pointer });
}
