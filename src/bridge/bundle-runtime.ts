import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { RuntimeTexts } from "../emit/index.ts";
import { validationModules } from "./validation-functions.ts";

/** `.ts` where the sources run as they are, `.js` in the built package. */
const EXTENSION = import.meta.url.endsWith(".ts") ? "ts" : "js";

/** What `index` loads only when a delivery needs it. */
const LAZY_MODULES = ["fields", "write"];

const DECLARED_CLASS = `
/** An event that cannot be sent, since its own contract refuses it. */
export declare class InvalidEventError extends Error {
  readonly name: "InvalidEventError";
  readonly webhook: string;
  readonly errors: readonly ValidationError[];
}
`;

/**
 * Bundles the runtime to text for `generated/runtime/`: plain ES modules that import nothing but each other, the same
 * from sources and from the built package.
 */
export async function bundleRuntime(): Promise<RuntimeTexts> {
  const { build } = await import("esbuild");
  const paths = ["index", ...LAZY_MODULES, ...validationModules];
  const result = await build({
    entryPoints: paths.map((path) => ({ in: sourceOf(path), out: path })),
    outdir: "/runtime",
    bundle: true,
    write: false,
    format: "esm",
    platform: "neutral",
    target: "es2022",
    logLevel: "silent",
    external: LAZY_MODULES.map((module) => `./${module}.${EXTENSION}`),
  });
  const texts = result.outputFiles.map(({ text }) => clean(text));
  const modules = new Map(paths.map((path, index) => [path, texts[index] ?? ""] as const));
  return { modules, declarations: (await declarationsOf("types")) + DECLARED_CLASS };
}

function sourceOf(module: string): string {
  return fileURLToPath(new URL(`../runtime/${module}.${EXTENSION}`, import.meta.url));
}

/** The bundler names each file it read in a comment, and so the machine's folders. */
function clean(text: string): string {
  const lazy = new RegExp(`(["'])\\./(${LAZY_MODULES.join("|")})\\.ts\\1`, "g");
  return text.replaceAll(/^\/\/ .*\n/gm, "").replaceAll(lazy, '"./$2.js"');
}

/** The declarations of a module that holds types only: the compiler's own in the built package, the same made here. */
async function declarationsOf(module: string): Promise<string> {
  if (EXTENSION === "js") return readFileSync(new URL(`../runtime/${module}.d.ts`, import.meta.url), "utf8");
  const { default: ts } = await import("typescript");
  const source = readFileSync(sourceOf(module), "utf8");
  const { outputText } = ts.transpileDeclaration(source, {
    fileName: `${module}.ts`,
    compilerOptions: {
      target: ts.ScriptTarget.ES2023,
      module: ts.ModuleKind.NodeNext,
      newLine: ts.NewLineKind.LineFeed,
    },
  });
  return outputText;
}
