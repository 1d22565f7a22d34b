import { readFileSync, realpathSync } from "node:fs";
import { isAbsolute, join, resolve } from "node:path";
import { parse } from "yaml";
import { nearest, visible } from "../../diagnostics/index.ts";
import { UsageError } from "../context.ts";
import { type InstalledPackage, installedPackage, isFolder, packageAt } from "./installed-package.ts";

/** A template of AsyncAPI Generator. */
export type Template = InstalledPackage;

/** A package's name, perhaps with the version that would be installed. */
const PACKAGE = /^(?<name>(?:@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*)(?:@(?<version>[^/]+))?$/i;

/**
 * Finds an installed template: a package by its name, as a module in the working folder would find it, or a folder.
 * @throws UsageError where there is none; it is never installed, as the generator itself would do.
 */
export function findTemplate(given: string, cwd: string): Template {
  const found = /^\.{1,2}(?:[/\\]|$)/.test(given) || isAbsolute(given) ? inFolder(given, cwd) : byName(given, cwd);
  if (!isFolder(join(found.folder, "template"))) {
    throw new UsageError(
      `${shown(given)} is no template of AsyncAPI Generator: it has no folder "template".`,
      'a template has the files to write in that folder, and its settings in package.json under "generator"',
    );
  }
  return { ...found, folder: realpathSync(found.folder) };
}

function inFolder(given: string, cwd: string): Template {
  const folder = resolve(cwd, given);
  if (!isFolder(folder))
    throw new UsageError(`There is no folder ${shown(given)}.`, "a template is a folder or an installed package");
  const found = packageAt(folder, given);
  if (found !== null) return found;
  throw new UsageError(
    `${shown(given)} is no template of AsyncAPI Generator: it has no package.json that can be read.`,
  );
}

function byName(given: string, cwd: string): Template {
  const { name, version } = PACKAGE.exec(given)?.groups ?? {};
  const found = name === undefined ? null : installedPackage(name, cwd);
  if (found !== null && version === undefined) return found;
  if (isFolder(resolve(cwd, given))) return inFolder(given, cwd);
  if (found !== null && name !== undefined) {
    throw new UsageError(
      `${shown(given)} asks for a version, and ${found.version} is installed.`,
      `name the package alone, ${name}: what is installed is what is run`,
    );
  }
  throw new UsageError(
    `The template ${shown(given)} is not installed, and nothing is installed while a command runs.`,
    name === undefined ? "name an installed package, or a folder" : `npm install --save-dev ${given}`,
  );
}

/**
 * Reads `name=value` pairs and holds them to what the template says of its parameters.
 * @throws UsageError for one that is not written so, or that the template does not have.
 */
export function templateParameters(pairs: readonly string[], template: Template): Readonly<Record<string, string>> {
  const known = Object.keys(parametersOf(template));
  const values = new Map<string, string>();
  for (const pair of pairs) {
    const at = pair.indexOf("=");
    const name = pair.slice(0, Math.max(at, 0)).trim();
    if (name === "") throw new UsageError(`--param ${shown(pair)} is not NAME=VALUE.`);
    if (values.has(name)) throw new UsageError(`The parameter ${shown(name)} is given twice.`);
    if (!known.includes(name))
      throw new UsageError(`The template has no parameter ${shown(name)}.`, suggestion(name, known));
    values.set(name, pair.slice(at + 1));
  }
  return Object.fromEntries(values);
}

function suggestion(name: string, known: readonly string[]): string {
  const near = nearest(name, known);
  if (near !== undefined) return `did you mean ${near}?`;
  return known.length === 0 ? "it has none" : `it has ${known.join(", ")}`;
}

/** As the generator finds them: `.ageneratorrc` where there is one, else `package.json`. */
function parametersOf({ folder, manifest }: Template): object {
  let settings: unknown = manifest["generator"];
  try {
    settings = parse(readFileSync(join(folder, ".ageneratorrc"), "utf8"));
  } catch {
    // There is none; one that is broken is passed over by the generator too.
  }
  const parameters: unknown = isRecord(settings) ? settings["parameters"] : undefined;
  return isRecord(parameters) ? parameters : {};
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function shown(text: string): string {
  return visible(JSON.stringify(text));
}
