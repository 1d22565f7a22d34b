import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { BrokerFailure, brokerSettings } from "../../../src/pact/provider/broker.ts";

async function answering<T>(status: number, use: (url: string) => Promise<T>): Promise<T> {
  const server = createServer((_, response) => response.writeHead(status).end("{}"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    return await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.close();
  }
}

test("a broker that is down is told at once", async () => {
  const start = performance.now();
  const settings = brokerSettings({ url: "http://127.0.0.1:9" }, {});
  await expect(settings).rejects.toThrow(/^The broker http:\/\/127\.0\.0\.1:9 does not answer: .*\.$/);
  expect(performance.now() - start).toBeLessThan(6_000);
});

test("credentials that are refused, and other answers", async () => {
  await expect(answering(401, (url) => brokerSettings({ url }, {}))).rejects.toThrow("refuses the credentials (401)");
  await expect(answering(503, (url) => brokerSettings({ url }, {}))).rejects.toThrow("answers 503.");
});

test("what is missing is asked for", async () => {
  await expect(brokerSettings({}, {})).rejects.toThrow(BrokerFailure);
  await expect(brokerSettings({}, {})).rejects.toThrow("set PACT_BROKER_BASE_URL");
  const published = brokerSettings({ url: "http://127.0.0.1:9" }, { CI: "true" });
  await expect(published).rejects.toThrow("give broker.providerVersion, or set GIT_COMMIT");
});

test("Pact's conventions for the environment are followed", async () => {
  const settings = await answering(200, (url) =>
    brokerSettings(
      {},
      { PACT_BROKER_BASE_URL: url, PACT_BROKER_TOKEN: "t", GIT_COMMIT: "abc", GIT_BRANCH: "main", CI: "true" },
    ),
  );
  expect(settings).toMatchObject({
    pactBrokerToken: "t",
    providerVersion: "abc",
    providerVersionBranch: "main",
    enablePending: true,
    publishVerificationResult: true,
    consumerVersionSelectors: [{ mainBranch: true }, { matchingBranch: true }, { deployedOrReleased: true }],
  });
  const without = await answering(200, (url) => brokerSettings({ url, username: "u", password: "p" }, {}));
  expect(without).toMatchObject({ pactBrokerUsername: "u" });
  expect(without).not.toHaveProperty("publishVerificationResult");
  expect(without).toHaveProperty("consumerVersionSelectors", [{ mainBranch: true }, { deployedOrReleased: true }]);
});
