import { copyFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { createReceiver } from "../generated/bandwidth-webrtc/index.js";
import { execute } from "./processes.ts";

const DOCUMENT = "@octokit/openapi-webhooks/generated/api.github.com.json";

const RUNTIME = fileURLToPath(new URL("../generated/runtime/index.js", import.meta.url));

/** The receiver of GitHub's webhooks, generated where the temporary files are unless it lies there from before, as it would be now. */
export async function generatedGitHub(): Promise<{ createReceiver: typeof createReceiver }> {
  const folder = join(tmpdir(), "hookbook-bench-github");
  const index = join(folder, "out", "github", "index.js");
  const runtime = join(folder, "out", "runtime", "index.js");
  const isCurrent = existsSync(index) && existsSync(runtime) && textOf(runtime) === textOf(RUNTIME);
  if (!isCurrent) {
    mkdirSync(folder, { recursive: true });
    copyFileSync(createRequire(import.meta.url).resolve(DOCUMENT), join(folder, "github.json"));
    execute(folder, ["generate", "github.json", "--out", "out"]);
  }
  return import(pathToFileURL(index).href);
}

function textOf(file: string): string {
  return readFileSync(file, "utf8");
}
