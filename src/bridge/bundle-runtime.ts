import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { RuntimeTexts } from "../emit/index.ts";
import { validationModules } from "./validation-functions.ts";

/** What `npm run build` keeps of the bundles: made from the same sources everywhere, they have the same bytes everywhere. */
export const BUNDLES_FILE = "runtime-bundles.json";

/** The sources run as they are in the repository; the built package has only what was made of them. */
const RUNS_FROM_SOURCE = import.meta.url.endsWith(".ts");

/** What `index` loads only when a delivery needs it. */
const LAZY_MODULES = ["fields", "multipart", "write"];

const DECLARED_CLASS = `
/** An event that cannot be sent, since its own contract refuses it. */
export declare class InvalidEventError extends Error {
  readonly name: "InvalidEventError";
  readonly webhook: string;
  readonly errors: readonly ValidationError[];
  constructor(webhook: string, errors: readonly ValidationError[]);
}
`;

/**
 * The runtime as text for `generated/runtime/`: plain ES modules that import nothing but each other. Bundled from the
 * sources, or read as the build has bundled it: a bundler keeps some of the layout of what it reads.
 */
export async function bundleRuntime(): Promise<RuntimeTexts> {
  if (RUNS_FROM_SOURCE) return bundleSources();
  const { modules, declarations } = JSON.parse(readFileSync(new URL(`./${BUNDLES_FILE}`, import.meta.url), "utf8"));
  return { modules: new Map(modules), declarations };
}

async function bundleSources(): Promise<RuntimeTexts> {
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
    external: LAZY_MODULES.map((module) => `./${module}.ts`),
  });
  const texts = result.outputFiles.map(({ text }) => clean(text));
  const modules = new Map(paths.map((path, index) => [path, texts[index] ?? ""] as const));
  return { modules, declarations: (await declarationsOf("types")) + DECLARED_CLASS };
}

function sourceOf(module: string): string {
  return fileURLToPath(new URL(`../runtime/${module}.ts`, import.meta.url));
}

/** The bundler names each file it read in a comment, and so the machine's folders. */
function clean(text: string): string {
  const lazy = new RegExp(`(["'])\\./(${LAZY_MODULES.join("|")})\\.ts\\1`, "g");
  return text.replaceAll(/^\/\/ .*\n/gm, "").replaceAll(lazy, '"./$2.js"');
}

/** The declarations of a module that holds types only. */
async function declarationsOf(module: string): Promise<string> {
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
