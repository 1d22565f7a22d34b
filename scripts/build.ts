/**
 * Makes `dist/`, what the package ships: JavaScript and declarations of all of `src/`.
 */
import { spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { BUNDLES_FILE, bundleRuntime } from "../src/bridge/bundle-runtime.ts";
import { bundleDocsAssets, DOCS_ASSETS_FILE } from "../src/bridge/docs-assets.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const source = join(root, "src");
const target = join(root, "dist");

rmSync(target, { recursive: true, force: true });

const compiler = fileURLToPath(import.meta.resolve("typescript/bin/tsc"));
const { status } = spawnSync(process.execPath, [compiler, "-p", "tsconfig.build.json", "--noEmitOnError"], {
  cwd: root,
  stdio: "inherit",
});
if (status !== 0) {
  process.stderr.write("dist/ was not built: mend what the compiler says above\n");
  process.exit(1);
}

for (const path of filesIn(target)) {
  if (path.endsWith(".d.ts")) writeFileSync(path, rewriteImports(readFileSync(path, "utf8")));
}

// What is no module but read at run time. What runs in browsers is bundled below.
const browserSources = join(source, "docs-client");
for (const path of filesIn(source)) {
  const copy = join(target, relative(source, path));
  if (!path.endsWith(".ts") && !path.startsWith(browserSources) && !existsSync(copy)) copyFileSync(path, copy);
}

const { modules, declarations } = await bundleRuntime();
writeFileSync(
  join(target, "bridge", BUNDLES_FILE),
  JSON.stringify({ modules: [...modules], declarations: [...declarations] }),
);
writeFileSync(join(target, "bridge", DOCS_ASSETS_FILE), JSON.stringify(await bundleDocsAssets()));

chmodSync(join(target, "cli", "bin.js"), 0o755);
process.stdout.write(`dist: ${filesIn(target).length} files\n`);

/** The compiler rewrites `./a.ts` to `./a.js` in modules, not in declarations, where not every reader can find it then. */
function rewriteImports(text: string): string {
  const { importedFiles } = ts.preProcessFile(text);
  let rewritten = text;
  // From the end, so that positions stay right.
  for (const { fileName, pos } of importedFiles.toReversed()) {
    if (!/^\.\.?\/.*\.ts$/.test(fileName)) continue;
    const start = rewritten.indexOf(fileName, pos);
    rewritten = `${rewritten.slice(0, start)}${fileName.replace(/\.ts$/, ".js")}${rewritten.slice(start + fileName.length)}`;
  }
  return rewritten;
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
