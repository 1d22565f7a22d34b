/**
 * `unsafe-path`: an output path that no emitter may ask for. `outside-output`: a symbolic link leads out of the output
 * folder. `in-the-way`: something that is not ours stands where a file has to go. `locked`: another run is writing the
 * same folder. `io`: the file system refused; `cause` has its error.
 */
export type WriteErrorCode = "unsafe-path" | "outside-output" | "in-the-way" | "locked" | "io";

/** Why nothing was written. `message` is a sentence for the user; the previous output is as it was. */
export class WriteError extends Error {
  override readonly name = "WriteError";
  readonly code: WriteErrorCode;
  /** As asked for: relative to the output folder, or to the unit where the unit's files are wrong among themselves. */
  readonly path: string;

  constructor(code: WriteErrorCode, path: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.path = path;
  }
}

/** Turns an error of the file system into a sentence; what is one already stays as it is. */
export function toWriteError(error: unknown, path: string): WriteError {
  if (error instanceof WriteError) return error;
  const reason = error instanceof Error ? reasonOf(error) : String(error);
  return new WriteError("io", path, `${JSON.stringify(path)} cannot be written: ${reason}.`, { cause: error });
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EPERM: "operation not permitted",
  EROFS: "the file system is read-only",
  ENOSPC: "no space is left",
  EDQUOT: "the disk quota is used up",
  ENOTDIR: "a part of its path is a file, not a folder",
  EISDIR: "it is a folder",
  ENAMETOOLONG: "its name is too long",
  EMFILE: "too many files are open",
};

function reasonOf(error: Error & { code?: string }): string {
  if (error.code === undefined) return error.message;
  return `${REASONS[error.code] ?? "the file system refused"} (${error.code})`;
}
