/** Runs the command line given, as its process would, and tells what it took of the machine on the third file descriptor. */
import { writeSync } from "node:fs";
import { main } from "../../src/cli/main.ts";

process.on("exit", () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  writeSync(3, JSON.stringify({ peakBytes: maxRSS * 1024, milliseconds: (userCPUTime + systemCPUTime) / 1000 }));
});
await main();
