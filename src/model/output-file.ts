/** A file that an emitter wants written. */
export interface OutputFile {
  /** Relative to the output folder, `/` separators, never `..`. */
  readonly path: string;
  readonly text: string;
}
