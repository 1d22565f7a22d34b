import { Composer, CST, type Document, Lexer, type ParsedNode, Parser } from "yaml";
import { diagnose } from "../diagnostics/index.ts";
import type { Diagnostic, Json, Result } from "../model/index.ts";
import { limits } from "./limits.ts";
import { LineIndex } from "./line-index.ts";
import type { OffsetIndex } from "./offset-index.ts";
import { convertYaml } from "./yaml-value.ts";

/** What YAML text holds, and where. */
export interface ParsedYaml {
  readonly value: Json;
  readonly index: OffsetIndex;
}

/**
 * Reads YAML 1.2 (core schema) as JSON: keys are strings as written (`200:`, `on:`, `null:`), timestamps stay strings,
 * merge keys (`<<`) are merged, aliases stand for what they name.
 * @returns null where the text cannot be read, with a diagnostic. Duplicate keys and the like leave a value.
 * @see https://yaml.org/spec/1.2.2/
 */
export function parseYaml(text: string, file: string): Result<ParsedYaml | null> {
  const tokens = tokenize(text);
  if (tokens === null) {
    const tooMany = { of: "YAML tokens", countMax: limits.yamlTokensMax } as const;
    return failed(diagnose("too-many-values", tooMany, { file, pointer: "" }));
  }
  // The composer is recursive, so depth is measured on what the parser, which is not, has seen.
  if (isTooDeep(tokens)) {
    return failed(diagnose("nested-too-deep", { depthMax: limits.depthMax }, { file, pointer: "" }));
  }
  const [document, next] = composeTwo(tokens, text.length);
  if (document === undefined) return failed(diagnose("broken-yaml", { reason: "it is empty" }, { file, pointer: "" }));

  const lines = new LineIndex(text);
  const error = document.errors.toSorted((a, b) => a.pos[0] - b.pos[0])[0];
  if (error?.code === "RESOURCE_EXHAUSTION") {
    // It ran out of stack all the same, where its caller had used most of it.
    return failed(diagnose("nested-too-deep", { depthMax: limits.depthMax }, { file, pointer: "" }));
  }
  if (error !== undefined) {
    const position = lines.positionAt(Math.min(error.pos[0], text.length));
    return failed(diagnose("broken-yaml", { reason: reasonOf(error.message) }, { file, pointer: "" }, position));
  }
  const diagnostics: Diagnostic[] = [];
  for (const warning of document.warnings.slice(0, limits.findingsMax)) {
    if (warning.code !== "TAG_RESOLVE_FAILED") continue;
    const tag = text.slice(...warning.pos);
    const position = lines.positionAt(warning.pos[0]);
    diagnostics.push(diagnose("yaml-tag-ignored", { tag }, { file, pointer: "" }, position));
  }
  if (next !== undefined) {
    const position = lines.positionAt(next.range[0]);
    diagnostics.push(diagnose("several-yaml-documents", {}, { file, pointer: "" }, position));
  }
  const converted = convertYaml(document.contents, { file, text, lines });
  return { value: converted.value, diagnostics: [...diagnostics, ...converted.diagnostics] };
}

/** Where things stand in YAML text that was read before without a fault. */
export function yamlIndex(text: string): OffsetIndex {
  return parseYaml(text, "").value?.index ?? { offsetOf: () => 0 };
}

type YamlDocument = Document.Parsed<ParsedNode>;

/** The first document and the second if there is one; what follows is not composed. */
function composeTwo(tokens: readonly CST.Token[], length: number): YamlDocument[] {
  const composer = new Composer({
    version: "1.2",
    // Named, so that a %YAML 1.1 directive does not bring dates and `yes` as a boolean.
    schema: "core",
    resolveKnownTags: false,
    merge: false,
    stringKeys: true,
    // Compares each key with each other; ours does not take quadratic time.
    uniqueKeys: false,
    intAsBigInt: true,
    // Long keys, and a closing bracket less indented than its line, mean what they say.
    strict: false,
    prettyErrors: false,
    logLevel: "silent",
  });
  const documents: YamlDocument[] = [];
  for (const document of composer.compose(tokens, true, length)) {
    documents.push(document);
    if (documents.length === 2) break;
  }
  return documents;
}

/** As the library's `Parser.parse`, but counting: null for too many. */
function tokenize(text: string): CST.Token[] | null {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  let count = 0;
  for (const lexeme of new Lexer().lex(text)) {
    if (++count > limits.yamlTokensMax) return null;
    for (const token of parser.next(lexeme)) tokens.push(token);
  }
  for (const token of parser.end()) tokens.push(token);
  return tokens;
}

function isTooDeep(tokens: readonly CST.Token[]): boolean {
  const open: { token: CST.Token; depth: number }[] = tokens.map((token) => ({ token, depth: 0 }));
  const push = (token: CST.Token | null | undefined, depth: number) => {
    if (token) open.push({ token, depth });
  };
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    const { token, depth } = place;
    if (depth > limits.depthMax) return true;
    if (token.type === "document") {
      push(token.value, depth);
    } else if (CST.isCollection(token)) {
      for (const item of token.items) {
        push(item.key, depth + 1);
        push(item.value, depth + 1);
      }
    }
  }
  return false;
}

/** The library's messages are sentences of their own; ours ends with them. */
function reasonOf(message: string): string {
  const first = message.split("\n", 1)[0] ?? "";
  const sentence = first.replace(/[.:\s]+$/, "");
  return /^[A-Z][a-z ]/.test(sentence) ? sentence.charAt(0).toLowerCase() + sentence.slice(1) : sentence;
}

function failed(diagnostic: Diagnostic): Result<null> {
  return { value: null, diagnostics: [diagnostic] };
}
