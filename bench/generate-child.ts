/** Runs the command line given, as its process would; prints its peak memory in bytes and its CPU seconds on file descriptor 3. */
import { writeSync } from "node:fs";
import { main } from "../src/cli/main.ts";

process.on("exit", () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  writeSync(3, `${maxRSS * 1024} ${(userCPUTime + systemCPUTime) / 1e6}`);
});
await main();
