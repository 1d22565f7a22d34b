// Runs the command from its sources: `npm run --silent hookbook -- ARGS`.
import "./require-node.mjs";

const { main } = await import("../src/cli/main.ts");
await main();
