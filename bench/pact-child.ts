/** Prints how long an interaction takes to be written, `write`, or verified, `verify`, in milliseconds. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { verifyProvider } from "../src/pact/index.ts";
import { keyOf } from "../src/pact/merge.ts";
import { loadPact } from "../src/pact/native/load-pact.ts";
import { reify } from "../src/pact/native/reify.ts";
import { planInteractions } from "../src/pact/plan-interactions.ts";
import { PactStore } from "../src/pact/store/pact-store.ts";
import { writeInteraction } from "../src/pact/write-interaction.ts";

const CONTRACT = "generated/bandwidth-voice-messaging/contract.json";
const PACT = "generated/pacts/call-log-bandwidth-voice-messaging.json";

const [what] = process.argv.slice(2);
console.log(JSON.stringify(what === "write" ? await write() : await verify()));

/** From the plan to the merged file; that the library is loaded and samples are made is another matter. */
async function write(): Promise<{ count: number; milliseconds: number }> {
  const contract = JSON.parse(readFileSync(CONTRACT, "utf8"));
  const planned = planInteractions(contract);
  loadPact();
  const folder = mkdtempSync(join(tmpdir(), "hookbook-bench-"));
  try {
    const participants = { consumer: "bench", provider: contract.id };
    const store = new PactStore({ file: join(folder, "pact.json"), ...participants, origin: "bench" });
    const start = performance.now();
    for (const one of planned) store.put(reify(writeInteraction(contract, one, null), participants));
    await store.merge(new Set(planned.map(keyOf)));
    return { count: planned.length, milliseconds: (performance.now() - start) / planned.length };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** All of it, Pact's verifier in its process included. */
async function verify(): Promise<{ count: number; milliseconds: number }> {
  const start = performance.now();
  const { ok, results } = await verifyProvider(CONTRACT, { pacts: PACT, produce: { examples: true } });
  if (!ok) throw new Error("the committed pact does not hold");
  return { count: results.length, milliseconds: (performance.now() - start) / results.length };
}
