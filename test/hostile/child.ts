/** Runs the command line given, as its process would, and tells its peak memory in bytes on the third file descriptor. */
import { writeSync } from "node:fs";
import { main } from "../../src/cli/main.ts";

process.on("exit", () => writeSync(3, String(process.resourceUsage().maxRSS * 1024)));
await main();
