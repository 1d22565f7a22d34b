import { copyFileSync, mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { createReceiver } from "../generated/bandwidth-webrtc/index.js";
import { execute } from "./processes.ts";

const DOCUMENT = "@octokit/openapi-webhooks/generated/api.github.com.json";

/** The receiver of GitHub's webhooks, generated where the temporary files are; there again costs little where nothing changed. */
export async function generatedGitHub(): Promise<{ createReceiver: typeof createReceiver }> {
  const folder = join(tmpdir(), "hookbook-bench-github");
  const index = join(folder, "out", "github", "index.js");
  mkdirSync(folder, { recursive: true });
  copyFileSync(createRequire(import.meta.url).resolve(DOCUMENT), join(folder, "github.json"));
  execute(folder, ["generate", "github.json", "--out", "out"]);
  return import(pathToFileURL(index).href);
}
