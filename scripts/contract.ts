/**
 * Contract tests: `npm run contract:consumer` delivers every event to the examples and writes `generated/pacts/`,
 * `npm run contract:provider` verifies these pacts against the published bodies. `--check` writes nothing, and fails where
 * a pact is stale.
 */
import { spawnSync } from "node:child_process";

const [side = "", ...options] = process.argv.slice(2);
const isCheck = options.includes("--check");
const unknown = options.find((option) => option !== "--check");
if ((side !== "consumer" && side !== "provider") || unknown !== undefined || (isCheck && side === "provider")) {
  console.error("Usage: npm run contract:consumer [-- --check], or npm run contract:provider");
  process.exit(2);
}
const env = { ...process.env, ...(isCheck ? { HOOKBOOK_PACTS: "check" } : {}) };
const { status } = spawnSync("vitest", ["run", "--mode", "contract", `test/contract/${side}`], {
  stdio: "inherit",
  env,
});
process.exit(status ?? 1);
