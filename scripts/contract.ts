/**
 * Contract tests: `npm run contract:consumer` delivers every event to the examples and writes `generated/pacts/`,
 * `npm run contract:provider` verifies these pacts against the published bodies, and `npm run contract:check` holds them against
 * the documents. `npm run contract` does it all. `--check` writes nothing, and fails where a pact is stale.
 */
import { spawn } from "node:child_process";
import { checkPacts } from "./contract-check.ts";

const SIDES = ["consumer", "provider", "check"];

const given = process.argv.slice(2);
const isCheck = given.includes("--check");
const [side = "all", ...unknown] = given.filter((one) => one !== "--check");
const isKnown = side === "all" || SIDES.includes(side);
if (!isKnown || unknown.length > 0 || (isCheck && side !== "consumer" && side !== "all")) {
  console.error(
    "Usage: npm run contract [-- --check], npm run contract:consumer [-- --check], npm run contract:provider, or npm run contract:check",
  );
  process.exit(2);
}
process.exitCode = (await run()) ? 0 : 1;

async function run(): Promise<boolean> {
  const print = (text: string) => process.stdout.write(text);
  switch (side) {
    case "consumer":
    case "provider":
      return tests(side);
    case "check":
      return checkPacts(print, process.stdout.isTTY === true);
    default: {
      // What fails here would fail there for the same reason.
      if (!(await tests("consumer"))) return false;
      let output = "";
      const check = checkPacts((text) => (output += text), process.stdout.isTTY === true);
      const [isVerified, isRight] = await Promise.all([tests("provider"), check]);
      print(output);
      return isVerified && isRight;
    }
  }
}

function tests(of: string): Promise<boolean> {
  const env = { ...process.env, ...(isCheck ? { HOOKBOOK_PACTS: "check" } : {}) };
  const child = spawn("vitest", ["run", "--mode", "contract", `test/contract/${of}`], { stdio: "inherit", env });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (status) => resolve(status === 0));
  });
}
