/**
 * A place in a source document. Line and column are looked up only when somebody reads them (`Locate`), since finding
 * them costs more than reading the document.
 */
export interface SourceLocation {
  /** Path relative to the working folder with `/` separators, a URL, or `REV:path`. */
  readonly file: string;
  /** RFC 6901 JSON pointer; `""` is the whole document. */
  readonly pointer: string;
}

/** Line and column, both counted from 1; columns count UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Finds the line of a place; the nearest ancestor's where the pointer itself is not in the document. */
export type Locate = (location: SourceLocation) => Position;
