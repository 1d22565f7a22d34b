import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { diagnose } from "../diagnostics/index.ts";
import type { Diagnostic, Position, Result } from "../model/index.ts";
import { checkConfig } from "./check-config.ts";
import type { ConfigFault } from "./config-fault.ts";
import type { Config } from "./define-config.ts";
import { type ImportOptions, importModule } from "./import-module.ts";
import { readJsonConfig } from "./read-json-config.ts";

/** The names a configuration may have; a folder holds one of them at most. */
const CONFIG_NAMES = ["hookbook.config.ts", "hookbook.config.mjs", "hookbook.config.json"] as const;

export interface LoadedConfig extends Result<Config | null> {
  /** The file, relative to the folder; null where there is none. */
  readonly file: string | null;
}

/** What a configuration file holds, before anybody has looked at it. */
interface Source {
  readonly value: unknown;
  /** Undefined where a place in the value has no place in the text: a program made it. */
  readonly positionAt?: (path: readonly string[]) => Position;
}

const START: Position = { line: 1, column: 1 };

/**
 * Loads the configuration of a folder. A `.ts` or `.mjs` file is a program of the user's, and runs.
 * @param cwd  the folder; the folders above it are not looked into.
 * @returns the configuration; null where there is none or it is not right, and then a diagnostic says so. Nothing is
 *          thrown for what a configuration does.
 */
export async function loadConfig(cwd: string, options: ImportOptions = {}): Promise<LoadedConfig> {
  const present: string[] = [];
  for (const name of CONFIG_NAMES) if (await isFile(join(cwd, name))) present.push(name);
  const [file, ...others] = present;
  if (file === undefined) return { value: null, diagnostics: [], file: null };
  if (others.length > 0) {
    const several = diagnose("config-several-files", { files: present }, { file, pointer: "" }, START);
    return { value: null, diagnostics: [several], file };
  }
  const source = file.endsWith(".json") ? await readJson(cwd, file) : await runModule(cwd, file, options);
  if ("code" in source) return { value: null, diagnostics: [source], file };
  const diagnostics = checkConfig(source.value).map((fault) => toDiagnostic(fault, file, source));
  return { value: diagnostics.length === 0 ? (source.value as Config) : null, diagnostics, file };
}

async function readJson(cwd: string, file: string): Promise<Source | Diagnostic> {
  try {
    const read = readJsonConfig(await readFile(join(cwd, file), "utf8"));
    return "reason" in read ? notLoaded(file, read.reason, read.position) : read;
  } catch (error) {
    return notLoaded(file, reasonOf(error), START);
  }
}

async function runModule(cwd: string, file: string, options: ImportOptions): Promise<Source | Diagnostic> {
  try {
    const module = await importModule(join(cwd, file), options);
    if (!Object.hasOwn(module, "default")) return notLoaded(file, "it has no default export", START);
    return { value: module["default"] };
  } catch (error) {
    return notLoaded(file, reasonOf(error), positionIn(error, file));
  }
}

function toDiagnostic(fault: ConfigFault, file: string, source: Source): Diagnostic {
  const location = { file, pointer: fault.path.map((token) => `/${escapeToken(token)}`).join("") };
  const position = source.positionAt?.(fault.path) ?? START;
  const key = fault.path.join(".");
  switch (fault.kind) {
    case "unknown-key":
      return diagnose(
        "config-unknown-key",
        { key, suggestion: fault.suggestion, keys: fault.keys },
        location,
        position,
      );
    case "wrong-type":
      return diagnose("config-wrong-type", { key, expected: fault.expected, found: fault.found }, location, position);
    default:
      return fault satisfies never;
  }
}

function notLoaded(file: string, reason: string, position: Position): Diagnostic {
  return diagnose("config-not-loaded", { file, reason: reason.replace(/\.$/, "") }, { file, pointer: "" }, position);
}

/** The first line of what was thrown, whatever that was; esbuild says what is wrong in a list. */
function reasonOf(thrown: unknown): string {
  const [esbuildError] = (thrown as { errors?: readonly { text?: unknown }[] } | null)?.errors ?? [];
  if (typeof esbuildError?.text === "string") return esbuildError.text;
  const text =
    thrown instanceof Error
      ? thrown.message
      : `it threw ${typeof thrown === "string" ? JSON.stringify(thrown) : typeof thrown}`;
  return text.split("\n", 1)[0] || "it threw an error without a message";
}

/** Where in the file an error came from, as far as its stack trace tells. */
function positionIn(thrown: unknown, file: string): Position {
  const [esbuildError] =
    (thrown as { errors?: readonly { location?: { line: number; column: number } }[] } | null)?.errors ?? [];
  if (esbuildError?.location) return { line: esbuildError.location.line, column: esbuildError.location.column + 1 };
  const stack = thrown instanceof Error ? String(thrown.stack) : "";
  const place = stack.split("\n").find((line) => line.includes(file));
  const [, line, column] = /:([0-9]+)(?::([0-9]+))?\)?$/.exec(place ?? "") ?? [];
  return line === undefined ? START : { line: Number(line), column: Number(column ?? 1) };
}

async function isFile(path: string): Promise<boolean> {
  const stats = await stat(path).catch(() => null);
  return stats?.isFile() === true;
}

/** @see https://www.rfc-editor.org/rfc/rfc6901#section-3 */
function escapeToken(token: string): string {
  return token.replaceAll("~", "~0").replaceAll("/", "~1");
}
