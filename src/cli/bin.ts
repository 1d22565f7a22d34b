#!/usr/bin/env node
// Nothing is imported here: an older Node must get as far as the sentence.
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 22 || (major === 22 && minor < 12)) {
  process.stderr.write(`hookbook needs Node 22.12 or newer; this is ${process.versions.node}.\n`);
  process.exitCode = 2;
} else {
  const { main } = await import("./main.ts");
  await main();
}

export {};
