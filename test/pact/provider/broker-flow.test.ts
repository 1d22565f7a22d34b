/** Publishing, verifying and asking whether to deploy, with Pact's real tools; the broker is a fake. */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Contract } from "../../../src/model/index.ts";
import { type BrokerOptions, verificationText, verifyProvider } from "../../../src/pact/index.ts";
import { type FakeBroker, startFakeBroker } from "../fake-broker.ts";

const PACT = "generated/pacts/presence-board-bandwidth-webrtc.json";
const CONTRACT = "generated/bandwidth-webrtc/contract.json";
const CLI = "node_modules/@pact-foundation/pact-cli/bin/pact-broker.js";

let broker: FakeBroker;
beforeAll(async () => {
  broker = await startFakeBroker();
});
afterAll(() => broker.close());

/** Runs without waiting in this thread, which is the broker's as well. */
async function run(file: string, options: readonly string[], more: Readonly<Record<string, string>>) {
  const { PACT_BROKER_BASE_URL: _, GIT_COMMIT: __, GIT_BRANCH: ___, ...env } = process.env;
  const child = spawn("node_modules/.bin/node", [file, ...options], { env: { ...env, ...more } });
  let output = "";
  child.stdout.on("data", (chunk) => (output += String(chunk)));
  child.stderr.on("data", (chunk) => (output += String(chunk)));
  const start = performance.now();
  const status = await new Promise<number | null>((resolve) => child.once("close", resolve));
  return { status, output, milliseconds: performance.now() - start };
}

const publish = (more: Readonly<Record<string, string>>) => run("scripts/contract-publish.ts", [PACT], more);
const canIDeploy = () => {
  const asked = ["--pacticipant", "presence-board", "--version", "abc123", "--to-environment", "production"];
  return run(CLI, ["can-i-deploy", ...asked], { PACT_BROKER_BASE_URL: broker.url });
};

test("a pact is published, verified, and may then be deployed", async () => {
  const env = { PACT_BROKER_BASE_URL: broker.url, GIT_COMMIT: "abc123", GIT_BRANCH: "feature" };
  const { status, output } = await publish(env);
  expect(status, output).toBe(0);
  expect(broker.contracts).toMatchObject([
    { consumer: "presence-board", provider: "bandwidth-webrtc", version: "abc123", branch: "feature" },
  ]);
  const early = await canIDeploy();
  expect(early.status, early.output).not.toBe(0);

  const verification = await verifyProvider(CONTRACT, {
    broker: {
      url: broker.url,
      providerVersion: "def456",
      providerVersionBranch: "main",
      publishVerificationResult: true,
    },
    produce: { examples: true },
  });
  expect(verification.ok, verificationText(verification)).toBe(true);
  expect(broker.results).toEqual([{ consumer: "presence-board", version: "def456", success: true }]);

  const late = await canIDeploy();
  expect(late.status, late.output).toBe(0);

  const version = ["--pacticipant", "presence-board", "--version", "abc123", "--environment", "production"];
  const recorded = await run(CLI, ["record-deployment", ...version], { PACT_BROKER_BASE_URL: broker.url });
  expect(recorded.status, recorded.output).toBe(0);
  expect(broker.deployments).toEqual(["presence-board abc123 production"]);
});

test("pacts are asked for by selectors, as pending, and as work in progress", async () => {
  const { CI } = process.env;
  delete process.env["CI"];
  const search = async (more: BrokerOptions) => {
    await verifyProvider(CONTRACT, { broker: { url: broker.url, ...more }, produce: { examples: true } });
    return broker.searches.at(-1);
  };
  try {
    expect(await search({ providerVersionBranch: "main" })).toMatchObject({
      consumerVersionSelectors: [{ mainBranch: true }, { matchingBranch: true }, { deployedOrReleased: true }],
      includePendingStatus: true,
      providerVersionBranch: "main",
    });
    const consumerVersionSelectors = [{ branch: "feature", consumer: "presence-board" }];
    const wip = { includeWipPactsSince: "2026-01-01", providerVersionBranch: "main" };
    expect(await search({ consumerVersionSelectors, ...wip })).toMatchObject({
      consumerVersionSelectors,
      includePendingStatus: true,
      includeWipPactsSince: "2026-01-01",
    });
    expect(await search({ enablePending: false })).not.toMatchObject({ includePendingStatus: true });
  } finally {
    if (CI !== undefined) process.env["CI"] = CI;
  }
});

test("a pact that is pending fails without failing its provider", async () => {
  const fresh = await startFakeBroker({ pending: ["presence-board"] });
  try {
    expect(
      (await publish({ PACT_BROKER_BASE_URL: fresh.url, GIT_COMMIT: "abc123", GIT_BRANCH: "feature" })).status,
    ).toBe(0);
    const verification = await verifyProvider(CONTRACT, {
      broker: { url: fresh.url, providerVersion: "bad789", publishVerificationResult: true },
      produce: ({ webhook }) => ({ event: webhook, participantId: "p", timestamp: "1" }),
    });
    expect(verification).toMatchObject({ ok: true, summary: { passed: 0, failed: 0, pending: 6 } });
    expect(verificationText(verification)).toMatch(/^pending +presence-board ← bandwidth-webrtc +onConnect: /);
    expect(fresh.results).toEqual([{ consumer: "presence-board", version: "bad789", success: false }]);
  } finally {
    fresh.close();
  }
});

test("a published body that became another event's is told of broker pacts too", async () => {
  const contract = JSON.parse(readFileSync(CONTRACT, "utf8")) as Contract;
  const leave = contract.webhooks.find(({ name }) => name === "onLeave")?.examples ?? [];
  const webhooks = contract.webhooks.map((webhook) =>
    webhook.name === "onLeave"
      ? { ...webhook, examples: [] }
      : { ...webhook, examples: webhook.name === "onConnect" ? [...webhook.examples, ...leave] : webhook.examples },
  );
  const verification = await verifyProvider(
    { ...contract, webhooks },
    { broker: { url: broker.url, providerVersion: "moved1" }, produce: { examples: true } },
  );
  expect(verification.ok).toBe(false);
  expect(verificationText(verification)).toContain(
    'another-event: the published example "onLeave" is now one of "onConnect"',
  );
});

test("a provider that sends something else is published as failed", async () => {
  const verification = await verifyProvider(CONTRACT, {
    broker: { url: broker.url, providerVersion: "bad789", publishVerificationResult: true },
    produce: ({ webhook }) => ({ event: webhook, participantId: "p", timestamp: "1" }),
  });
  expect(verification.ok).toBe(false);
  expect(verificationText(verification)).toContain("deviceId");
  expect(broker.results.at(-1)).toEqual({ consumer: "presence-board", version: "bad789", success: false });
  expect((await canIDeploy()).status).not.toBe(0);
});

test("a broker that has no pact of the provider is no success", async () => {
  const { CI } = process.env;
  delete process.env["CI"];
  const empty = await startFakeBroker();
  try {
    const verification = verifyProvider(CONTRACT, { broker: { url: empty.url }, produce: { examples: true } });
    await expect(verification).rejects.toThrow(
      /^Nothing was verified: .*No pacts found for provider 'bandwidth-webrtc'/,
    );
  } finally {
    empty.close();
    if (CI !== undefined) process.env["CI"] = CI;
  }
});

test("without a broker, it is asked for", async () => {
  const { status, output } = await publish({ GIT_COMMIT: "abc123" });
  expect({ status, output }).toEqual({ status: 2, output: "Which broker? Set PACT_BROKER_BASE_URL.\n" });
});

test("a broker that is down fails a provider within 10 s too", async () => {
  const start = performance.now();
  const verification = verifyProvider(CONTRACT, {
    broker: { url: "http://127.0.0.1:9", publishVerificationResult: false },
    produce: { examples: true },
  });
  await expect(verification).rejects.toThrow(/^The broker http:\/\/127\.0\.0\.1:9 does not answer: /);
  expect(performance.now() - start).toBeLessThan(10_000);
});

test("with the retries of the recipes, the official client gives up within 10 s", async () => {
  const { status, output, milliseconds } = await run(CLI, ["publish", PACT, "--consumer-app-version=abc123"], {
    PACT_BROKER_BASE_URL: "http://127.0.0.1:9",
    PACT_BROKER_HTTP_RETRIES: "1",
  });
  expect(status, output).not.toBe(0);
  expect(output).not.toBe("");
  expect(milliseconds).toBeLessThan(10_000);
});

test("a broker that is down, or accepts and says nothing, is told within 10 s", async () => {
  const down = await publish({ PACT_BROKER_BASE_URL: "http://127.0.0.1:9", GIT_COMMIT: "abc123" });
  expect(down.status).toBe(2);
  expect(down.output).toMatch(/^The broker http:\/\/127\.0\.0\.1:9 does not answer: .*\.\n$/);
  const server = createServer(() => {});
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const silent = await publish({ PACT_BROKER_BASE_URL: url, GIT_COMMIT: "abc123" });
  server.closeAllConnections();
  server.close();
  expect(silent.output).toBe(`The broker ${url} does not answer within 5 s.\n`);
  expect(Math.max(down.milliseconds, silent.milliseconds)).toBeLessThan(10_000);
});

test("the credentials of the environment are used", async () => {
  let seen: string | undefined;
  const server = createServer((request, response) => {
    seen = request.headers.authorization;
    response.writeHead(401).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { status, output } = await publish({ PACT_BROKER_BASE_URL: url, PACT_BROKER_TOKEN: "t0ken", GIT_COMMIT: "a" });
  server.close();
  expect(seen).toBe("Bearer t0ken");
  expect(status).toBe(2);
  expect(output).toMatch(/refuses the credentials \(401\)/);
});
