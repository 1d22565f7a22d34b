/**
 * Which part of `src/` may know of which. The stages of the pipeline do not know each other: they meet in the model, so
 * that each can be read, tested and replaced alone. What runs in a user's server knows nothing of the tool.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix, relative } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";

// ------------------------------------------------------------------------------------------------------------ the table

interface Rule {
  /** The folders, and files beside them, that it may import; its own it always may. */
  readonly may: readonly string[];
  /** The same, for types alone. */
  readonly types?: readonly string[];
  /** `false`: neither packages nor Node's modules. */
  readonly outside?: false;
}

const BASE = ["model", "json", "diagnostics"];
const STAGES = ["read", "resolve", "normalize", "check", "lint", "emit", "diff", "write"];

/** By folder, or by a file that lies in `src/` itself. A name may be here before there is such a folder. */
const RULES: Readonly<Record<string, Rule>> = {
  model: { may: [], outside: false },
  json: { may: [], outside: false },
  diagnostics: { may: ["model"] },
  read: { may: BASE },
  resolve: { may: BASE },
  normalize: { may: BASE },
  check: { may: BASE },
  // What regular expressions can do to a receiver concerns those who judge documents and those who make code of them.
  patterns: { may: [] },
  // Payloads are made as the runtime checks them.
  samples: { may: [...BASE, "patterns", "runtime"] },
  lint: { may: [...BASE, "patterns"] },
  emit: { may: [...BASE, "patterns", "samples"] },
  // Names are matched by the patterns of a document, as far as that takes no time.
  diff: { may: [...BASE, "patterns"] },
  // Manifests are JSON, compared as JSON and written with stable keys.
  write: { may: BASE },
  runtime: { may: [], outside: false },
  receiver: { may: ["runtime"], outside: false },
  // Pacts are written as all output is; events are made, written and judged as everywhere else.
  pact: { may: [...BASE, "runtime", "receiver", "samples", "patterns", "bridge", "write"] },
  // Runs in the browser of whoever reads the pages, and knows nothing of what made them.
  "docs-client": { may: [] },
  // The one place where emitters meet the runtime that they emit code for.
  bridge: { may: [...BASE, "emit", "patterns", "runtime", "receiver", "samples"] },
  // What a sender does, up to the bytes that it sends.
  send: { may: [...BASE, "samples", "bridge", "receiver"], types: ["runtime"] },
  config: { may: ["model", "diagnostics"] },
  // Beside the stages it names the model's types in its own.
  "pipeline.ts": { may: [...STAGES, "bridge", "model", "patterns"], types: ["runtime"] },
  // `read` and the other stages only through the pipeline.
  cli: {
    may: ["pipeline.ts", "bridge", "send", "config", "diff", "pact", "write", "diagnostics", "model", "version.ts"],
    types: ["runtime"],
  },
  "index.ts": { may: [...BASE, ...STAGES, "bridge", "config", "pact", "pipeline.ts", "version.ts", "runtime"] },
  "version.ts": { may: [] },
};

/** Who may read files, start processes and the like: everything else is given what it works on. */
const WITH_SIDE_EFFECTS = [
  "read/",
  "write/",
  "cli/",
  "config/",
  "check/",
  "bridge/bundle-runtime.ts",
  "bridge/docs-assets.ts",
  "version.ts",
  "pact/kit/",
  "pact/native/",
  "pact/provider/",
  "pact/store/",
];
/** Node's modules that only compute, and load packages. */
const PURE_MODULES = new Set(["node:module", "node:path", "node:url", "node:util"]);
/** The servers that a receiver is fitted to are known by their types alone. */
const SERVER_TYPES = new Set(["node:http", "node:http2", "node:stream"]);
/** Loads the configuration that the user wrote, wherever that lies. */
const MAY_IMPORT_ANYTHING = ["config/import-module.ts"];

// -------------------------------------------------------------------------------------------------------- the judgement

interface SourceText {
  /** From the repository's root, with slashes. */
  readonly path: string;
  readonly text: string;
}

interface ImportLine {
  /** Null where it is computed. */
  readonly specifier: string | null;
  /** From 1. */
  readonly line: number;
  readonly typesOnly: boolean;
}

/** Every import that the table does not allow, one line each: where, what, and what would be allowed. */
function violations(files: readonly SourceText[]): string[] {
  return files.flatMap(({ path, text }) =>
    importLines(path, text).flatMap((found) => {
      const problem = judge(path.replace(/^src\//, ""), found);
      const shown = found.specifier === null ? "something computed" : `"${found.specifier}"`;
      return problem === null ? [] : [`${path}:${found.line} imports ${shown}: ${problem}`];
    }),
  );
}

function judge(path: string, { specifier, typesOnly }: ImportLine): string | null {
  const part = partOf(path);
  const rule = RULES[part];
  if (rule === undefined) return `${part} is not in the table of test/architecture.test.ts`;
  if (specifier === null) {
    return MAY_IMPORT_ANYTHING.includes(path)
      ? null
      : "what is imported must be written out, so that it can be checked";
  }
  if (!specifier.startsWith(".")) return judgeOutside(path, part, rule, specifier, typesOnly);
  const target = posix.join(posix.dirname(path), specifier);
  if (target.startsWith("..")) return "it leaves src/";
  const other = partOf(target);
  if (other === part) return judgeArtefacts(path, target);
  if (rule.may.includes(other)) return null;
  if (rule.types?.includes(other) === true) return typesOnly ? null : `${part} may import types alone from ${other}`;
  return `${part} may import ${rule.may.join(", ") || "nothing but itself"}`;
}

function judgeOutside(
  path: string,
  part: string,
  { outside }: Rule,
  specifier: string,
  typesOnly: boolean,
): string | null {
  if (part === "receiver" && typesOnly && SERVER_TYPES.has(specifier)) return null;
  if (outside === false) return `${part} may import nothing from outside src/`;
  const isNodeModule = specifier.startsWith("node:");
  if (!isNodeModule || PURE_MODULES.has(specifier)) return null;
  const isAllowed = WITH_SIDE_EFFECTS.some((one) => (one.endsWith("/") ? path.startsWith(one) : path === one));
  return isAllowed ? null : `side effects belong to ${WITH_SIDE_EFFECTS.join(", ")}`;
}

/** Emitters of different artefacts do not know each other; what they share lies in `emit/` itself. */
function judgeArtefacts(path: string, target: string): string | null {
  const [from, to] = [path.split("/"), target.split("/")];
  if (from[0] !== "emit" || from.length < 3 || to.length < 3 || from[1] === to[1]) return null;
  return `emit/${from[1]} may import what lies in emit/ itself, and no other artefact`;
}

function partOf(path: string): string {
  return path.split("/")[0] ?? path;
}

/** Every way to import: statically, for types, re-exported, dynamically, as a type's name, by `require`. */
function importLines(path: string, text: string): ImportLine[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const found: ImportLine[] = [];
  const add = (node: ts.Node, specifier: ts.Node | undefined, typesOnly: boolean): void => {
    const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
    const isText = specifier !== undefined && ts.isStringLiteralLike(specifier);
    found.push({ specifier: isText ? specifier.text : null, line: line + 1, typesOnly });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      add(node, node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword);
    } else if (ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined) {
      add(node, node.moduleSpecifier, node.isTypeOnly);
    } else if (ts.isImportTypeNode(node)) {
      add(node, ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined, true);
    } else if (ts.isExternalModuleReference(node)) {
      add(node, node.expression, false);
    } else if (ts.isCallExpression(node)) {
      const { expression } = node;
      const isRequire = ts.isIdentifier(expression) && expression.text === "require";
      if (expression.kind === ts.SyntaxKind.ImportKeyword || isRequire) add(node, node.arguments[0], false);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

// ------------------------------------------------------------------------------------------------------------ the tests

const repository = dirname(import.meta.dirname);
const sources = readdirSync(join(repository, "src"), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.[cm]?[jt]s$/.test(entry.name))
  .map((entry) => {
    const file = join(entry.parentPath, entry.name);
    return { path: relative(repository, file).replaceAll("\\", "/"), text: readFileSync(file, "utf8") };
  });

test("every part of src/ imports only what the table allows", () => {
  expect(sources.length).toBeGreaterThan(150);
  expect(sources.flatMap(({ path, text }) => importLines(path, text)).length).toBeGreaterThan(500);
  expect(violations(sources)).toEqual([]);
});

test("every import leads to a file that is there", () => {
  const lost = sources.flatMap(({ path, text }) =>
    importLines(path, text).filter(
      ({ specifier }) => specifier?.startsWith(".") && !existsSync(join(repository, dirname(path), specifier)),
    ),
  );
  expect(lost).toEqual([]);
});

test("the table has no cycle, but for what the pipeline and the command join", () => {
  const visit = (name: string, above: readonly string[]): void => {
    expect(above).not.toContain(name);
    const { may, types = [] } = RULES[name] ?? { may: [] };
    for (const next of [...may, ...types]) visit(next, [...above, name]);
  };
  for (const name of Object.keys(RULES)) visit(name, []);
  const named = Object.values(RULES).flatMap(({ may, types = [] }) => [...may, ...types]);
  expect(named.filter((name) => RULES[name] === undefined)).toEqual([]);
});

describe("what is not allowed is named with its file and line", () => {
  test.each([
    // Stages meet in the model, and not each other.
    ["src/emit/types/a.ts", 'import { normalize } from "../../normalize/index.ts";', '"../../normalize/index.ts"'],
    ["src/normalize/a.ts", 'export * from "../read/index.ts";', "normalize may import model, json, diagnostics"],
    ["src/lint/rules/a.ts", 'import type { Plans } from "../../emit/index.ts";', "lint may import"],
    ["src/check/a.ts", 'const load = () => import("../read/index.ts");', "check may import"],
    ["src/resolve/a.ts", 'let set: import("../read/index.ts").ReadResult;', "resolve may import"],
    ["src/model/a.ts", 'import { isObject } from "../json/index.ts";', "nothing but itself"],
    ["src/config/a.ts", 'import { loadContract } from "../pipeline.ts";', "config may import"],
    // Emitters of two artefacts.
    ["src/emit/types/a.ts", 'import { compile } from "../validators/compile.ts";', "no other artefact"],
    // The command takes what it needs from the pipeline.
    ["src/cli/commands/a.ts", 'import { readDocuments } from "../../read/index.ts";', "cli may import"],
    ["src/cli/commands/a.ts", 'import { createDecoder } from "../../runtime/decode.ts";', "types alone"],
    ["src/cli/commands/a.ts", 'import { type Decoded } from "../../runtime/decode.ts";', "types alone"],
    ["src/index.ts", 'export { main } from "./cli/main.ts";', "index.ts may import"],
    // What runs in a user's server.
    ["src/runtime/a.ts", 'import { join } from "node:path";', "nothing from outside"],
    ["src/runtime/a.ts", 'import type { Ajv } from "ajv";', "nothing from outside"],
    ["src/runtime/a.ts", 'import type { Schema } from "../model/index.ts";', "nothing but itself"],
    ["src/receiver/node.ts", 'import { createServer } from "node:http";', "nothing from outside"],
    // Side effects.
    ["src/emit/a.ts", 'import { writeFileSync } from "node:fs";', "side effects belong to"],
    ["src/normalize/a.ts", 'const { readFile } = await import("node:fs/promises");', "side effects belong to"],
    ["src/bridge/a.ts", 'import { execFile } from "node:child_process";', "side effects belong to"],
    ["src/diff/a.ts", 'const fs = require("node:fs");', "side effects belong to"],
    // What cannot be judged.
    ["src/emit/a.ts", "const module = await import(path);", "must be written out"],
    ["src/read/a.ts", 'import { tree } from "../../test/write/helpers.ts";', "it leaves src/"],
    ["src/surprise/a.ts", 'import "../model/index.ts";', "not in the table"],
    ["src/surprise.ts", 'import "./model/index.ts";', "not in the table"],
  ])("%s: %s", (path, line, problem) => {
    const text = `// A comment: import "node:fs";\nconst text = 'import "node:fs"';\n\n${line}\n`;
    const found = violations([{ path, text }]);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(`${path}:4 imports `);
    expect(found[0]).toContain(problem);
  });

  test("and what is allowed is not", () => {
    const allowed = [
      ["src/emit/types/a.ts", 'import { stringLiteral } from "../source-text.ts";'],
      ["src/emit/index.ts", 'export { emitTypes } from "./types/emit-types.ts";'],
      ["src/cli/payloads.ts", 'import type { Delivery } from "../runtime/types.ts";'],
      ["src/cli/main.ts", 'import { readFile } from "node:fs/promises";'],
      ["src/bridge/bundle-runtime.ts", 'import { readFileSync } from "node:fs";'],
      ["src/pipeline.ts", 'const { checkAsyncApi } = await import("./check/index.ts");'],
      ["src/normalize/a.ts", 'import { posix } from "node:path";'],
      ["src/receiver/node.ts", 'import type { IncomingMessage } from "node:http";'],
      ["src/config/import-module.ts", "const module = await import(address);"],
    ] as const;
    expect(violations(allowed.map(([path, text]) => ({ path, text })))).toEqual([]);
  });
});
