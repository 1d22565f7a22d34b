import { randomBytes } from "node:crypto";
import { rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

export interface ImportOptions {
  /** Whether Node runs TypeScript itself. Default: as this Node says. */
  readonly nativeTypeScript?: boolean;
}

/**
 * Imports a configuration module and returns its namespace. A module that changed since is read anew. TypeScript is run by
 * Node itself where it can; where it cannot, or the module needs more than types taken out (an `enum`), esbuild
 * makes a module of it, which stands beside it for a moment so that its imports find what they name.
 * @throws whatever the module throws, and its syntax errors.
 */
export async function importModule(
  file: string,
  options: ImportOptions = {},
): Promise<Readonly<Record<string, unknown>>> {
  if (!file.endsWith(".ts")) return await importFresh(file);
  if (options.nativeTypeScript ?? Boolean(process.features.typescript)) {
    try {
      return await importFresh(file);
    } catch (error) {
      if ((error as { code?: unknown } | null)?.code !== "ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX") throw error;
    }
  }
  return await importTranspiled(file);
}

async function importFresh(file: string): Promise<Readonly<Record<string, unknown>>> {
  const { mtimeMs, size } = await stat(file);
  // Node keeps every module it has loaded, by its whole address.
  const address = pathToFileURL(file);
  address.search = `?changed=${mtimeMs}-${size}`;
  return await import(/* @vite-ignore */ address.href);
}

async function importTranspiled(file: string): Promise<Readonly<Record<string, unknown>>> {
  const { build } = await import("esbuild");
  const { outputFiles } = await build({
    absWorkingDir: dirname(file),
    entryPoints: [file],
    bundle: true,
    packages: "external",
    platform: "node",
    format: "esm",
    target: "node22",
    write: false,
    logLevel: "silent",
  });
  const temporary = join(dirname(file), `.hookbook.config.${process.pid}-${randomBytes(6).toString("hex")}.mjs`);
  try {
    await writeFile(temporary, outputFiles[0]?.text ?? "", { flag: "wx" });
    return await import(/* @vite-ignore */ pathToFileURL(temporary).href);
  } finally {
    await rm(temporary, { force: true });
  }
}
