/** Runs the command line given, as its process would; prints its peak memory in bytes and its CPU seconds on file descriptor 3. */
import { writeSync } from "node:fs";
import { enableCompileCache } from "node:module";
import { fileURLToPath } from "node:url";

process.on("exit", () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  writeSync(3, `${maxRSS * 1024} ${(userCPUTime + systemCPUTime) / 1e6}`);
});
// As `npm run hookbook` does: what is measured is the command, and not how Node strips types.
enableCompileCache(fileURLToPath(new URL("../node_modules/.cache/node-compile", import.meta.url)));
const { main } = await import("../src/cli/main.ts");
await main();
