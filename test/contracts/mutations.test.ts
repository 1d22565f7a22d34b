/**
 * What a receiver can rely on, webhook by webhook: everything that the documents rule out is refused at its place, and
 * everything that they leave open passes.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Json } from "../../src/model/index.ts";
import { posted, shipped } from "./contracts.ts";
import { type Expected, type Kind, Mutator } from "./mutate.ts";

const webhooks = shipped.flatMap(({ id, contract, decode, encode }) =>
  contract.webhooks.map((webhook) => {
    const mutators = webhook.examples.map(({ payload }) => new Mutator(contract, webhook, payload));
    const mutations = mutators.flatMap((mutator) => [...mutator.mutations()]);
    return { id, name: webhook.name, webhook, decode, encode, mutators, mutations };
  }),
);

type Decode = (typeof webhooks)[number]["decode"];

async function outcome(decode: Decode, payload: Json, expected: Expected): Promise<unknown> {
  const decoded = await decode(posted(JSON.stringify(payload)));
  const { webhook } = decoded;
  if (decoded.ok) return { accepted: true, webhook };
  if (expected.accepted) return { accepted: false, webhook, errors: decoded.errors };
  const { errors, reason } = decoded;
  if (expected.webhook === null) return reason === "unknown-event" && webhook === null ? expected : decoded;
  const isAsExpected =
    reason === "invalid-payload" &&
    webhook === expected.webhook &&
    errors.length > 0 &&
    errors.every(({ instancePath }) => instancePath === expected.instancePath) &&
    (expected.keyword === undefined || errors.some(({ keyword }) => keyword === expected.keyword)) &&
    (expected.missing === undefined || errors.some(({ params }) => params["missingProperty"] === expected.missing));
  return isAsExpected ? expected : decoded;
}

/** A query has no types: where a number and a text of digits are both allowed, digits are read as a number. */
function withNumber(event: unknown, field: string): unknown {
  const value = (event as Record<string, unknown>)[field];
  return value === undefined ? event : { ...(event as object), [field]: Number(value) };
}

/** A little below what there is: a test that finds nothing to do must not pass. */
const LEAST: Readonly<Record<Kind, number>> = {
  "required property removed": 650,
  "wrong type": 5500,
  "no JSON in a JSON string": 130,
  "undocumented value of a closed set": 200,
  "undocumented value of an open set": 10,
  "documented value": 480,
  "text against its format or pattern": 130,
  "text beyond its limit": 1,
  "text up to its limit": 1,
  "unknown field": 270,
  "optional property removed": 120,
};

test.each(Object.entries(LEAST))("enough is tried: %s, at least %i times", (kind, least) => {
  const found = webhooks.flatMap(({ mutations }) => mutations.filter((mutation) => mutation.kind === kind));
  expect(webhooks).toHaveLength(42);
  expect(found.length).toBeGreaterThanOrEqual(least);
});

describe.each(webhooks)("$id $name", ({ name, webhook, decode, encode, mutators, mutations }) => {
  test("refuses what the document rules out, at its place, and passes what it leaves open", async () => {
    const wrong: unknown[] = [];
    for (const { kind, at, payload, expected } of mutations) {
      const found = await outcome(decode, payload, expected);
      if (JSON.stringify(found) !== JSON.stringify(expected)) wrong.push({ kind, at, expected, found });
    }
    expect(wrong).toEqual([]);
  });

  test("every property of its schema is given values of a wrong type", () => {
    const ats = (kind: Kind) => new Set(mutations.filter((one) => one.kind === kind).map(({ at }) => at));
    const all = mutators[0]?.allProperties() ?? [];
    const wrong = ats("wrong type");
    expect(all.length).toBeGreaterThan(3);
    expect(all.filter((property) => !wrong.has(property))).toEqual([]);
    expect(ats("required property removed").size).toBeGreaterThanOrEqual(3);
  });

  test("its examples are the same after they were written and read, in each of its forms", async () => {
    expect(webhook.forms.length).toBeGreaterThan(0);
    for (const { payload } of webhook.examples) {
      const decoded = await decode(posted(JSON.stringify(payload)));
      const event = decoded.ok ? decoded.event : null;
      for (const { method, encoding } of webhook.forms) {
        const { query, ...delivery } = await encode(name, event, { method });
        expect(delivery.method).toBe(method);
        const again = await decode({ ...delivery, url: `/?${query}` });
        const read = encoding === "query" ? withNumber(event, "deliveryCode") : event;
        expect(again).toEqual({ ok: true, webhook: name, event: read, headers: {} });
      }
    }
  });

  test("unknown fields of any name and value pass at every level and come out unchanged", async () => {
    for (const mutator of mutators.slice(0, 2)) {
      for (const { path, names } of mutator.objects()) {
        const name = fc
          .oneof(fc.string(), fc.constantFrom("__proto__", "constructor", "toString", "hasOwnProperty", "length", ""))
          .filter((one) => !names.includes(one));
        const members = fc.array(fc.tuple(name, fc.jsonValue({ maxDepth: 2 })), { minLength: 1, maxLength: 4 });
        await fc.assert(
          fc.asyncProperty(members, async (added) => {
            const { tree, wire } = mutator.withMembers(path, added as readonly [string, Json][]);
            const decoded = await decode(posted(JSON.stringify(wire)));
            expect(decoded.ok).toBe(true);
            expect(decoded.ok && JSON.stringify(decoded.event)).toBe(JSON.stringify(JSON.parse(JSON.stringify(tree))));
          }),
          { numRuns: 15 },
        );
      }
    }
  });
});

test("nothing that a body holds makes decode throw, and every refusal has a reason", async () => {
  const reasons = ["not-json", "unsupported-media-type", "unknown-event", "invalid-payload"];
  const names = webhooks.map(({ name }) => name);
  const eventLike = fc.record({
    event: fc.constantFrom(...names),
    eventType: fc.constantFrom(...names),
    payload: fc.oneof(fc.json(), fc.jsonValue()),
    cause: fc.oneof(fc.constant("CALL_REJECTED"), fc.jsonValue()),
    time: fc.jsonValue(),
  });
  const body = fc.oneof(
    fc.uint8Array(),
    fc.string(),
    fc.json(),
    eventLike.map((value) => JSON.stringify(value)),
  );
  for (const { decode } of shipped) {
    await fc.assert(
      fc.asyncProperty(body, async (given) => {
        const decoded = await decode(posted(given));
        if (decoded.ok) return;
        expect(reasons).toContain(decoded.reason);
        expect(decoded.errors.length).toBeGreaterThan(0);
      }),
      { numRuns: 300 },
    );
  }
});
