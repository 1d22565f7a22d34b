import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { RuntimeTexts } from "../emit/index.ts";
import { validationModules } from "./validation-functions.ts";

/** What `npm run build` keeps of the bundles: made from the same sources everywhere, they have the same bytes everywhere. */
export const BUNDLES_FILE = "runtime-bundles.json";

/** The sources run as they are in the repository; the built package has only what was made of them. */
const RUNS_FROM_SOURCE = import.meta.url.endsWith(".ts");

/** Where the sources of each module lie that is not one of the validators'. */
const SOURCES: Readonly<Record<string, string>> = {
  index: "receiver/generated-runtime",
  fields: "runtime/fields",
  multipart: "runtime/multipart",
  write: "runtime/write",
  receiver: "receiver/load-receiver",
  hints: "receiver/hints",
  "sign-delivery": "receiver/credentials/sign-delivery",
  node: "receiver/node",
  express: "receiver/express",
  fastify: "receiver/fastify",
  hono: "receiver/hono",
  lambda: "receiver/lambda",
};

/**
 * What stays a module of its own: what `index` loads only when a delivery, or a sender, needs it, and what adapters share. How it is
 * imported, and what that is called here.
 */
const KEPT_IMPORTS: Readonly<Record<string, string>> = {
  "./fields.ts": "./fields.js",
  "./multipart.ts": "./multipart.js",
  "./write.ts": "./write.js",
  "./load-receiver.ts": "./receiver.js",
  "./hints.ts": "./hints.js",
  "./credentials/sign-delivery.ts": "./sign-delivery.js",
  "./node.ts": "./node.js",
};

/** Modules that hold types only; those of `index` are these together. */
const TYPES = [
  "runtime/types",
  "receiver/authenticity/recipe",
  "receiver/authenticity/types",
  "receiver/credentials/types",
  "receiver/types",
  "receiver/adapter-types",
];

/** What users import beside `index`, each with its own declarations. */
const ADAPTERS = ["node", "express", "fastify", "hono", "lambda"];

const DECLARED_VALUES = `
/** An event that cannot be sent, since its own contract refuses it. */
export declare class InvalidEventError extends Error {
  readonly name: "InvalidEventError";
  readonly webhook: string;
  readonly errors: readonly ValidationError[];
  constructor(webhook: string, errors: readonly ValidationError[]);
}

/** Remembers ids, for as long as this process lives. */
export declare function createMemoryStore(options?: MemoryStoreOptions): DuplicateStore;
`;

/**
 * The runtime as text for `generated/runtime/`: plain ES modules that import nothing but each other. Bundled from the
 * sources, or read as the build has bundled it: a bundler keeps some of the layout of what it reads.
 */
export async function bundleRuntime(): Promise<RuntimeTexts> {
  const file = RUNS_FROM_SOURCE ? cacheFile() : new URL(`./${BUNDLES_FILE}`, import.meta.url);
  if (!RUNS_FROM_SOURCE || existsSync(file)) {
    const { modules, declarations } = JSON.parse(readFileSync(file, "utf8"));
    return { modules: new Map(modules), declarations: new Map(declarations) };
  }
  const bundles = await bundleSources();
  keep(file, JSON.stringify({ modules: [...bundles.modules], declarations: [...bundles.declarations] }));
  return bundles;
}

/**
 * Where the bundles of the sources as they are now would lie: bundling takes a second, which every run of the repository's own
 * tests would wait for again.
 */
function cacheFile(): URL {
  const hash = createHash("sha256");
  for (const folder of ["../runtime/", "../receiver/", "../bridge/"]) {
    const url = new URL(folder, import.meta.url);
    for (const name of readdirSync(url, { recursive: true, encoding: "utf8" }).sort()) {
      if (name.endsWith(".ts")) hash.update(`${name}\0`).update(readFileSync(new URL(name, url)));
    }
  }
  hash.update(readFileSync(new URL("../../package-lock.json", import.meta.url)));
  return new URL(`../../node_modules/.cache/hookbook/runtime-${hash.digest("hex")}.json`, import.meta.url);
}

/** What cannot be kept is made again. */
function keep(file: URL, text: string): void {
  const written = new URL(`${file.href}.${process.pid}`);
  try {
    mkdirSync(new URL(".", file), { recursive: true });
    writeFileSync(written, text);
    renameSync(written, file);
  } catch {
    rmSync(written, { force: true });
  }
}

async function bundleSources(): Promise<RuntimeTexts> {
  const { build } = await import("esbuild");
  const paths = [...Object.keys(SOURCES), ...validationModules];
  const result = await build({
    entryPoints: paths.map((path) => ({ in: sourceOf(SOURCES[path] ?? `runtime/${path}`), out: path })),
    outdir: "/runtime",
    bundle: true,
    write: false,
    format: "esm",
    platform: "neutral",
    target: "es2022",
    logLevel: "silent",
    external: Object.keys(KEPT_IMPORTS),
  });
  const texts = result.outputFiles.map(({ text }) => clean(text));
  const modules = new Map(paths.map((path, index) => [path, texts[index] ?? ""] as const));
  const types = await Promise.all(TYPES.map(declarationsOf));
  const declarations = new Map([["index", types.map(withoutImports).join("\n") + DECLARED_VALUES]]);
  for (const adapter of ADAPTERS) {
    declarations.set(adapter, importingIndex(await declarationsOf(SOURCES[adapter] ?? "")));
  }
  return { modules, declarations };
}

function sourceOf(module: string): string {
  return fileURLToPath(new URL(`../${module}.ts`, import.meta.url));
}

/** The bundler names each file it read in a comment, and so the machine's folders. */
function clean(text: string): string {
  return text.replaceAll(/^\/\/ .*\n/gm, "").replaceAll(/"(\.[^"\n]*\.ts)"/g, (whole, specifier: string) => {
    const target = KEPT_IMPORTS[specifier];
    return target === undefined ? whole : JSON.stringify(target);
  });
}

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

/** All types are in one file. */
function withoutImports(declarations: string): string {
  return declarations.replaceAll(/^import type [^;]*;\n/gm, "");
}

function importingIndex(declarations: string): string {
  return declarations.replaceAll(/(from )"\.[^"]*\.ts"/g, '$1"./index.js"');
}
