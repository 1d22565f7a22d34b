/**
 * Builds the published site into `site/dist`: what `hookbook docs` makes of the contracts and guides, for each contract the
 * view of AsyncAPI's own HTML template, and the reference of the package's exports. `node build.ts [--out DIR]`
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { apiReference } from "./api-reference.ts";
import { CONTRACTS, viewPath } from "./contracts.ts";

const site = import.meta.dirname;
const repository = dirname(site);
const { values } = parseArgs({ options: { out: { type: "string", default: join(site, "dist") } } });
const out = resolve(values.out);

if (!existsSync(join(repository, "node_modules"))) {
  fail('The toolkit itself is not installed: run "npm ci" in the root of the repository first.');
}

rmSync(out, { recursive: true, force: true });
mkdirSync(dirname(out), { recursive: true });

const links = [
  "API of the package=api/index.html",
  ...CONTRACTS.map(({ id }) => `${id}:AsyncAPI view=${viewPath(id)}`),
].flatMap((link) => ["--link", link]);
step("the pages of the contracts and guides", () => {
  hookbook(["docs", "--out", out, ...links], repository);
});
for (const { id, document } of CONTRACTS) {
  step(`the AsyncAPI view of ${id}`, () => {
    const target = join(out, dirname(viewPath(id)));
    hookbook(["template", join(repository, document), "@asyncapi/html-template", "--out", target], site);
    // It says what this run owns, which is nobody's business on a server.
    rmSync(join(target, ".hookbook.json"));
  });
}
await stepAsync("the reference of the package's exports", () => apiReference({ repository, out: join(out, "api") }));
rmSync(join(out, ".hookbook.json"), { force: true });
// GitHub Pages would leave out what begins with an underscore.
writeFileSync(join(out, ".nojekyll"), "");

/** Runs the command from its sources, on the Node that this runs on. */
function hookbook(args: readonly string[], cwd: string): void {
  const bin = join(repository, "src", "cli", "bin.ts");
  const { status, error } = spawnSync(process.execPath, [bin, ...args], { cwd, stdio: "inherit" });
  if (error !== undefined) throw error;
  if (status !== 0) fail(`hookbook ${args[0]} ended with the status ${status}.`);
}

function step(title: string, work: () => void): void {
  const start = performance.now();
  work();
  report(title, start);
}

async function stepAsync(title: string, work: () => Promise<void>): Promise<void> {
  const start = performance.now();
  await work();
  report(title, start);
}

function report(title: string, start: number): void {
  console.log(`${((performance.now() - start) / 1000).toFixed(1).padStart(6)} s  ${title}`);
}

function fail(sentence: string): never {
  console.error(sentence);
  process.exit(1);
}
