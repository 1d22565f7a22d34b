import { expect, test } from "vitest";
import { createPayloadCheck } from "../../src/bridge/check-payload.ts";
import type { Contract } from "../../src/model/index.ts";
import { loadContract } from "../../src/pipeline.ts";
import { createMemoryReader } from "../../src/read/index.ts";
import { fullSample, minimalSample, randomSample, type Sample } from "../../src/samples/index.ts";
import { Judge } from "../../src/samples/judge.ts";
import { ValueMaker } from "../fuzz/guided-value.ts";
import { Random } from "../fuzz/random.ts";
import { randomSchemas } from "../fuzz/random-schema.ts";

const ROUNDS = 5;
const SCHEMAS = 40;
const VALUES = 25;

/** Random schemas, each as the payload of a webhook without a route. */
async function randomContract(random: Random): Promise<Contract> {
  const { named, payloads } = randomSchemas(random, SCHEMAS);
  const webhooks = Object.fromEntries(
    payloads.map((schema, index) => {
      const content = { "application/json": { schema } };
      return [`w${index}`, { post: { "x-webhook-name": `w${index}`, requestBody: { content } } }];
    }),
  );
  const document = { openapi: "3.1.0", info: { title: "T", version: "1" }, webhooks, components: { schemas: named } };
  const reader = createMemoryReader({ "openapi.json": JSON.stringify(document) }, { cwd: "/w" });
  const { value } = await loadContract("openapi.json", { cwd: "/w", reader, id: "case" });
  if (value === null) throw new Error("the document cannot be read");
  return { ...value.contract, webhooks: value.contract.webhooks.map((webhook) => ({ ...webhook, route: [] })) };
}

test("samples of random schemas are accepted by the validators, and hardly any that could be made is missed", async () => {
  const faults: unknown[] = [];
  const counts = { made: 0, missed: 0, impossible: 0, judged: 0 };
  for (let round = 0; round < ROUNDS; round++) {
    const random = new Random(20_261_128, round);
    const contract = await randomContract(random);
    const check = createPayloadCheck(contract);
    const judge = new Judge(contract.schemas);
    const values = new ValueMaker(random, (ref) => judge.lookUp(ref));
    for (const webhook of contract.webhooks) {
      const { payload } = webhook;
      let isPossible = false;
      for (let left = VALUES; left > 0; left--) {
        const value = values.make(payload);
        const isAccepted = judge.accepts(payload, value);
        counts.judged++;
        isPossible ||= isAccepted;
        // About what `not` and `unevaluatedItems` say of each other, the validators may accept more.
        if (isAccepted && !isValid(check(webhook, value))) faults.push({ payload, value });
      }
      const samples: readonly Sample[] = [
        minimalSample(contract, payload),
        fullSample(contract, payload),
        randomSample(contract, payload, () => random.fraction()),
      ];
      for (const sample of samples) {
        if (sample.ok) {
          counts.made++;
          if (!isValid(check(webhook, sample.value))) faults.push({ payload, value: sample.value });
        } else counts[isPossible ? "missed" : "impossible"]++;
      }
    }
  }
  expect(faults).toEqual([]);
  expect(counts.judged).toBe(ROUNDS * SCHEMAS * VALUES);
  expect(counts.made).toBeGreaterThan(ROUNDS * SCHEMAS * 2);
  expect(counts.missed / (counts.made + counts.missed)).toBeLessThan(0.01);
});

/** AJV's own comparison of constants takes a property called `valueOf` for a method; what it stumbles over says nothing. */
function isValid(errors: ReturnType<ReturnType<typeof createPayloadCheck>>): boolean {
  return errors.every(({ keyword }) => keyword === "depth");
}
