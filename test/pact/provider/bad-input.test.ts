/** What is wrong with a pact or a provider is a result with a code and both places, in the pact and in the document. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { Contract, Json } from "../../../src/model/index.ts";
import { type Producer, verificationText, verifyProvider } from "../../../src/pact/index.ts";
import { all, checkWith, contextOf } from "../check/helpers.ts";

const folder = mkdtempSync(join(tmpdir(), "hookbook-bad-"));
afterAll(() => rmSync(folder, { recursive: true }));

const CONTRACT = "generated/bandwidth-webrtc/contract.json";
const { webhooks } = JSON.parse(readFileSync(CONTRACT, "utf8")) as Contract;
const bodies = new Map(webhooks.map(({ name, examples }) => [name, examples[0]?.payload as Json]));
const right: Producer = ({ webhook }) => bodies.get(webhook);

const participants = { consumer: { name: "door" }, provider: { name: "bandwidth-webrtc" } };
const version = (number: string) => ({ metadata: { pactSpecification: { version: number } } });
const leave = {
  type: "Asynchronous/Messages",
  description: "onLeave: used",
  contents: { content: { event: "onLeave", participantId: "p" }, contentType: "application/json", encoded: false },
  matchingRules: { body: { "$.participantId": all({ match: "type" }) } },
};
const pact = (...interactions: readonly object[]) => ({ ...participants, interactions, ...version("4.0") });

const EVENT = "#/components/schemas/OnLeave";

interface Case {
  readonly name: string;
  readonly pact: unknown;
  readonly produce?: Producer;
  readonly code: string;
  /** Pointers of the two places. */
  readonly places: readonly [pact: string, document: string];
}

const cases: readonly Case[] = [
  { name: "broken JSON", pact: '{"consumer":', code: "pact-unreadable", places: ["#", "openapi.yaml#"] },
  { name: "JSON that is no pact", pact: { name: "a" }, code: "pact-unreadable", places: ["#", "openapi.yaml#"] },
  {
    name: "version 2, by HTTP",
    pact: {
      ...participants,
      interactions: [{ description: "a", request: { method: "post", path: "/" }, response: { status: 204 } }],
      ...version("2.0.0"),
    },
    code: "pact-unsupported",
    places: ["#/interactions/0", "openapi.yaml#"],
  },
  {
    name: "messages of version 3",
    pact: {
      ...participants,
      messages: [{ description: "onLeave: used", contents: { event: "onLeave" } }],
      ...version("3.0.0"),
    },
    code: "pact-unsupported",
    places: ["#/messages/0", "openapi.yaml#"],
  },
  {
    name: "HTTP in version 4",
    pact: pact({ type: "Synchronous/HTTP", description: "a", request: { method: "POST", path: "/" }, response: {} }),
    code: "pact-unsupported",
    places: ["#/interactions/0", "openapi.yaml#"],
  },
  {
    name: "a synchronous message",
    pact: pact(leave, { type: "Synchronous/Messages", description: "a", request: {}, response: [] }),
    code: "pact-unsupported",
    places: ["#/interactions/1", "openapi.yaml#"],
  },
  {
    name: "contents that are no JSON",
    pact: pact({ ...leave, contents: { content: "PHg+", contentType: "application/xml", encoded: "base64" } }),
    code: "pact-unsupported",
    places: ["#/interactions/0", "openapi.yaml#"],
  },
  {
    name: "an unknown matcher",
    pact: pact({ ...leave, matchingRules: { body: { "$.participantId": all({ match: "looksLike" }) } } }),
    code: "pact-unsupported",
    places: ["#/interactions/0", "openapi.yaml#"],
  },
  {
    name: "a matcher that refuses its own example",
    pact: pact({ ...leave, matchingRules: { body: { "$.participantId": all({ match: "regex", regex: "[0-9]" }) } } }),
    code: "pact-mismatch",
    places: ["#/interactions/0/contents/content/participantId", `openapi.yaml${EVENT}`],
  },
  {
    name: "an interaction that no event matches",
    pact: pact({ ...leave, description: "onLeft: used", contents: { content: { event: "onLeft" } } }),
    code: "event-unknown",
    places: ["#/interactions/0", "openapi.yaml#"],
  },
  {
    name: "a producer that hangs",
    pact: pact(leave),
    produce: () => new Promise(() => {}),
    code: "producer-hangs",
    places: ["#/interactions/0", `openapi.yaml${EVENT}`],
  },
  {
    name: "a producer that throws",
    pact: pact(leave),
    produce: () => Promise.reject(new Error("gone")),
    code: "producer-failed",
    places: ["#/interactions/0", `openapi.yaml${EVENT}`],
  },
  {
    name: "a producer that answers with another event",
    pact: pact(leave),
    produce: () => bodies.get("onConnect"),
    code: "another-event",
    places: ["#/interactions/0", `openapi.yaml${EVENT}`],
  },
];

let count = 0;
function write(value: unknown): string {
  const file = join(folder, `${count++}.json`);
  writeFileSync(file, typeof value === "string" ? value : JSON.stringify(value));
  return file;
}

test.each(cases)("$name", async ({ pact: value, produce = right, code, places: [inPact, inDocument] }) => {
  const file = write(value);
  const verification = await verifyProvider(CONTRACT, { pacts: file, produce, timeoutMilliseconds: 300 });
  expect(verification.ok).toBe(false);
  const problems = verification.results.flatMap((one) => one.problems);
  expect(problems.map((one) => one.code)).toEqual([code]);
  const [text] = verificationText(verification).split("\n").slice(1);
  expect(text).toContain(`${code}: `);
  expect(text).toContain(` (${file}${inPact} and ${inDocument})`);
});

test("10 MB of a pact", async () => {
  const tag = "x".repeat(10_000);
  const many = Array.from({ length: 1_000 }, (_, index) => ({
    ...leave,
    description: index === 0 ? "onLeave: used" : `onLeft: ${index}`,
    contents: {
      ...leave.contents,
      content: { ...leave.contents.content, event: index === 0 ? "onLeave" : "onLeft", tag },
    },
    matchingRules: { body: { "$.participantId": all({ match: "type" }), "$.tag": all({ match: "type" }) } },
  }));
  const file = write(pact(...many));
  const start = performance.now();
  const { ok, summary, results } = await verifyProvider(CONTRACT, { pacts: file, produce: right });
  expect({ ok, passed: summary.passed, failed: summary.failed }).toEqual({ ok: false, passed: 1, failed: 999 });
  expect(results.at(-1)?.problems[0]?.code).toBe("event-unknown");
  expect(performance.now() - start).toBeLessThan(20_000);
});

test("the static check names what contradicts itself, in both places", async () => {
  const context = await contextOf(readFileSync("specs/bandwidth-webrtc/openapi.yaml", "utf8"), "openapi.yaml");
  const rules = { body: { "$.participantId": all({ match: "regex", regex: "[0-9]" }) } };
  const { results } = checkWith(context, pact({ ...leave, matchingRules: rules }));
  const [found] = results.filter(({ type }) => type === "error");
  expect(found).toMatchObject({
    code: "pact.matcher.contradiction",
    mockDetails: { pointer: "/interactions/0/matchingRules/body/$.participantId" },
    specDetails: {
      file: expect.stringContaining("openapi.yaml"),
      pointer: expect.stringContaining("/components/schemas/"),
    },
  });
});
