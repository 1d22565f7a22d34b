/** One of several processes that write one pact: `node writer-worker.ts FILE RUN FIRST COUNT`. */

import { keyOf } from "../../../src/pact/merge.ts";
import type { MessageInteraction } from "../../../src/pact/pact-file.ts";
import { PactStore } from "../../../src/pact/store/pact-store.ts";

const [file = "", run = "", first = "0", count = "0", all = "0"] = process.argv.slice(2);

function interaction(number: number): MessageInteraction {
  return {
    type: "Asynchronous/Messages",
    description: `event: ${number}`,
    contents: { content: { number }, contentType: "application/json", encoded: false },
  };
}

const store = new PactStore({ file, consumer: "a", provider: "b", origin: first, run });
for (let number = Number(first); number < Number(first) + Number(count); number++) store.put(interaction(number));
await store.merge(new Set(Array.from({ length: Number(all) }, (_, number) => keyOf(interaction(number)))));
