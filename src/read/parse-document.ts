import { diagnose } from "../diagnostics/index.ts";
import { isContainer } from "../json/index.ts";
import type { Result, SourceDocument } from "../model/index.ts";
import { kindOf } from "./document-kind.ts";
import { limits } from "./limits.ts";
import { parseJson } from "./parse-json.ts";
import { parseYaml } from "./parse-yaml.ts";
import { rememberIndex } from "./positions.ts";

export interface ParseOptions {
  /** As in `SourceLocation.file`; its ending decides how the bytes are read. */
  readonly file: string;
  /** As a server says it; used where the file's name says nothing. */
  readonly contentType?: string;
}

/**
 * Makes a document of bytes: UTF-8, a byte order mark dropped, then JSON, YAML or plain text. YAML that is JSON, as
 * large generated documents often are, is read as JSON, which is a hundred times faster.
 * @returns null where it cannot be read, with a diagnostic. With faults that leave a value (duplicate keys, numbers that
 *          cannot be kept) both are there.
 */
export function parseDocument(bytes: Uint8Array, { file, contentType }: ParseOptions): Result<SourceDocument | null> {
  const text = decodeText(bytes);
  if (text === null) {
    return { value: null, diagnostics: [diagnose("not-utf-8", { file }, { file, pointer: "" })] };
  }
  const kind = kindOf(file, contentType);
  if (kind === "text") return { value: { file, text, value: text, kind }, diagnostics: [] };
  if (kind === "json" || /^\s*[{[]/.test(text)) {
    const json = jsonDocument(text, file);
    // Flow style is YAML that looks like JSON, but is not.
    if (json.value !== null || kind === "json" || json.diagnostics[0]?.code !== "broken-json") return json;
  }
  const yaml = yamlDocument(text, { file, bytes: bytes.byteLength });
  // A file of no known kind that makes no structure is prose, which hardly ever fails to be a YAML string.
  if (kind === "guess" && !isContainer(yaml.value?.value)) {
    return { value: { file, text, value: text, kind: "text" }, diagnostics: [] };
  }
  return yaml;
}

function jsonDocument(text: string, file: string): Result<SourceDocument | null> {
  const { value: parsed, diagnostics } = parseJson(text, file);
  return { value: parsed === null ? null : { file, text, value: parsed.value, kind: "json" }, diagnostics };
}

function yamlDocument(
  text: string,
  { file, bytes }: { readonly file: string; readonly bytes: number },
): Result<SourceDocument | null> {
  if (bytes > limits.yamlBytesMax) {
    const tooLarge = diagnose("file-too-large", { file, bytesMax: limits.yamlBytesMax }, { file, pointer: "" });
    return { value: null, diagnostics: [tooLarge] };
  }
  const { value: parsed, diagnostics } = parseYaml(text, file);
  if (parsed === null) return { value: null, diagnostics };
  const document: SourceDocument = { file, text, value: parsed.value, kind: "yaml" };
  rememberIndex(document, parsed.index);
  return { value: document, diagnostics };
}

/** UTF-8 without its byte order mark; null where the bytes are something else. */
export function decodeText(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
