import type { JsonObject } from "../model/index.ts";

/** An `OutputFile`, or one whose bytes are no text: what others' templates make holds images and fonts. */
export interface UnitFile {
  /** Relative to the unit, `/` separators, never `..`. */
  readonly path: string;
  readonly text: string | Uint8Array;
}

/** What is written together: one folder below the output folder, with a manifest of its own. */
export interface Unit {
  /** One path segment: a contract's id, or `runtime`. */
  readonly folder: string;
  /** Their paths are relative to `folder`. */
  readonly files: readonly UnitFile[];
  /**
   * What the files were made from, with the SHA-256 of its bytes in lower-case hex. A key is a path relative to the
   * folder of the entry document with `/` separators, or a name of the caller's own (`ExpectedUnit.extraInputs`).
   */
  readonly inputs: Readonly<Record<string, string>>;
  /**
   * The options that decide what is made, as plain JSON. Where another command than `generate` makes the unit, `command`
   * names it, and `generate` leaves it alone.
   */
  readonly options: JsonObject;
  /** Hookbook's version. */
  readonly version: string;
  /** `"keep"`: a file that stands where one has to go and that the manifest does not own is not overwritten. */
  readonly foreign?: "keep";
}
