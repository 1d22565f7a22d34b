import { diagnose } from "../diagnostics/index.ts";
import type { Diagnostic, SourceLocation } from "../model/index.ts";
import type { Address } from "./address.ts";
import { limits } from "./limits.ts";
import type { ReadFailure, SourceReader } from "./source-reader.ts";

/** Puts into words why a document could not be read, at the place that named it. */
export async function failureDiagnostic(
  failure: ReadFailure,
  context: {
    readonly file: string;
    /** What named it, as written. */
    readonly ref: string;
    readonly at: SourceLocation;
    readonly address: Address;
    readonly reader: SourceReader;
  },
): Promise<Diagnostic> {
  const { file, ref, at, address, reader } = context;
  switch (failure.kind) {
    case "not-found":
      return diagnose("file-not-found", { file, similar: await similarFile(file, address, reader) }, at);
    case "folder":
      return diagnose("file-is-folder", { file }, at);
    case "too-large":
      return diagnose("file-too-large", { file, bytesMax: limits.bytesMax }, at);
    case "not-readable":
      return diagnose("file-not-readable", { file, reason: failure.reason }, at);
    case "revision":
      return diagnose("revision-not-found", { file, reason: failure.reason, similar: failure.similar }, at);
    case "host-not-allowed":
      return diagnose("reference-not-allowed", { ref, host: failure.host }, at);
    case "remote":
      return diagnose("remote-not-readable", { url: file, reason: failure.reason }, at);
    default:
      return failure satisfies never;
  }
}

/** The usual slip is the wrong ending. */
async function similarFile(file: string, address: Address, reader: SourceReader): Promise<string | undefined> {
  if (address.kind !== "path") return undefined;
  for (const ending of [".yaml", ".yml", ".json"]) {
    const path = address.path.replace(/\.(?:yaml|yml|json)$/i, ending);
    if (path !== address.path && (await reader.exists(path))) return file.replace(/\.(?:yaml|yml|json)$/i, ending);
  }
  return undefined;
}
