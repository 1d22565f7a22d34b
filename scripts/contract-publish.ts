/**
 * `npm run contract:publish`: publishes `generated/pacts/` to a Pact Broker, by Pact's own names in the environment. Version and
 * branch are those of git where the environment says nothing. Other files or folders may follow.
 */
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { BrokerFailure, brokerSettings } from "../src/pact/provider/broker.ts";

const RETRIES = "1";

const { env } = process;
const given = process.argv.slice(2);
const option = given.find((one) => one.startsWith("-"));
if (option !== undefined) end(`${JSON.stringify(option)} is no pact file. Usage: npm run contract:publish [-- PACTS…]`);
const version = known("GIT_COMMIT", ["GITHUB_SHA", "CI_COMMIT_SHA"], ["rev-parse", "HEAD"]);
const branch = known(
  "GIT_BRANCH",
  ["GITHUB_HEAD_REF", "GITHUB_REF_NAME", "CI_COMMIT_REF_NAME"],
  ["branch", "--show-current"],
);
if (version === "") end("Pacts are published under a version: set GIT_COMMIT.");
// pact-cli tries for a minute and more before it says that nobody answers.
try {
  await brokerSettings({ publishVerificationResult: false }, env);
} catch (error) {
  if (!(error instanceof BrokerFailure)) throw error;
  end(error.message.replace("Give broker.url, or set", "Set"));
}
const { status, error } = spawnSync(
  process.execPath,
  [
    join(packageFolder(), "bin/pact-broker.js"),
    "publish",
    ...(given.length === 0 ? ["generated/pacts"] : given),
    `--consumer-app-version=${version}`,
    ...(branch === "" ? [] : [`--branch=${branch}`]),
  ],
  { stdio: "inherit", env: { PACT_BROKER_HTTP_RETRIES: RETRIES, PACT_DO_NOT_TRACK: "true", ...env } },
);
if (error !== undefined) end(`pact-broker did not start: ${error.message}`);
process.exitCode = status ?? 1;

/** The first that the environment has, or else what git says. */
function known(name: string, others: readonly string[], git: readonly string[]): string {
  const found = [name, ...others].map((one) => env[one] ?? "").find((value) => value !== "");
  return found ?? spawnSync("git", git, { encoding: "utf8" }).stdout?.trim() ?? "";
}

function packageFolder(): string {
  return dirname(createRequire(import.meta.url).resolve("@pact-foundation/pact-cli/package.json"));
}

function end(sentence: string): never {
  console.error(sentence);
  process.exit(2);
}
