import type { Address } from "./address.ts";
import { fileExists, readFileAddress, realPath } from "./file-system-reader.ts";
import { gitTop } from "./git.ts";
import { readGitAddress } from "./git-reader.ts";
import { readUrlAddress } from "./remote-reader.ts";

/** The one way in which documents come in. Nothing here throws for what it finds. */
export interface SourceReader {
  /** Reads the whole document, or says why not. More than `bytesMax` bytes are a failure and are not read. */
  readonly read: (address: Address, bytesMax: number) => Promise<ReadOutcome>;
  /** True where there is a file (not a folder) of this absolute path. */
  readonly exists: (path: string) => Promise<boolean>;
  /** The absolute path with all symbolic links followed, as far as there is something. */
  readonly realpath: (path: string) => Promise<string>;
  /** The top folder of the git repository that holds the working folder, or null where it is in none. */
  readonly gitTop: () => Promise<string | null>;
}

export type ReadOutcome =
  | { readonly bytes: Uint8Array /** As the server says, for a URL. */; readonly contentType?: string }
  | { readonly failure: ReadFailure };

export type ReadFailure =
  | { readonly kind: "not-found" }
  | { readonly kind: "folder" }
  | { readonly kind: "too-large" }
  | { readonly kind: "not-readable"; readonly reason: string }
  | {
      readonly kind: "revision";
      readonly reason: string /** A revision that may be meant. */;
      readonly similar?: string;
    }
  | { readonly kind: "host-not-allowed"; readonly host: string }
  | { readonly kind: "remote"; readonly reason: string };

export interface SourceReaderOptions {
  /** Absolute path of the working folder; git runs there. */
  readonly cwd: string;
  /** Hosts that may be fetched from: `example.com` (any port) or `example.com:8443`. Default: none. */
  readonly allowRemote?: readonly string[];
}

/** Reads from the file system, from git by the `git` command, and from the hosts that are allowed. */
export function createSourceReader({ cwd, allowRemote = [] }: SourceReaderOptions): SourceReader {
  return {
    read: (address, bytesMax) => {
      switch (address.kind) {
        case "path":
          return readFileAddress(address.path, bytesMax);
        case "git":
          return readGitAddress(address, { cwd, bytesMax });
        case "url":
          return readUrlAddress(address.url, { allowRemote, bytesMax });
        default:
          return address satisfies never;
      }
    },
    exists: fileExists,
    realpath: realPath,
    gitTop: () => gitTop(cwd),
  };
}
