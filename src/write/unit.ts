import type { JsonObject, OutputFile } from "../model/index.ts";

/** What is written together: one folder below the output folder, with a manifest of its own. */
export interface Unit {
  /** One path segment: a contract's id, or `runtime`. */
  readonly folder: string;
  /** Their paths are relative to `folder`. */
  readonly files: readonly OutputFile[];
  /**
   * What the files were made from, with the SHA-256 of its bytes in lower-case hex. A key is a path relative to the
   * folder of the entry document with `/` separators, or a name of the caller's own (`ExpectedUnit.extraInputs`).
   */
  readonly inputs: Readonly<Record<string, string>>;
  /** The options that decide what is made, as plain JSON. */
  readonly options: JsonObject;
  /** Hookbook's version. */
  readonly version: string;
}
