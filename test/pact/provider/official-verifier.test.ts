/** The verifier of `@pact-foundation/pact-cli`, as others would run it, on the committed pacts and a producer over HTTP. */
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rootCertificates } from "node:tls";
import { afterAll, expect, test } from "vitest";
import type { Contract, Json } from "../../../src/model/index.ts";
import type { PactFile } from "../../../src/pact/pact-file.ts";
import { planInteractions } from "../../../src/pact/plan-interactions.ts";

const CLI = "node_modules/@pact-foundation/pact-cli/bin/pact-verifier.js";

const folder = mkdtempSync(join(tmpdir(), "hookbook-official-"));
afterAll(() => rmSync(folder, { recursive: true }));

// For each message it reads all certificates that the system trusts, which takes most of its time; here it speaks to no other.
const certificate = join(folder, "certificate.pem");
writeFileSync(certificate, `${rootCertificates[0]}\n`);

const SUBJECTS = [
  ["attendance-report", "conference"],
  ["call-log", "bandwidth-voice-messaging"],
  ["presence-board", "bandwidth-webrtc"],
] as const;

interface Outcome {
  readonly status: number | null;
  readonly output: string;
  readonly asked: readonly string[];
  readonly report: { readonly result: boolean; readonly interactionResults: readonly { readonly result: string }[] };
}

/** Runs the verifier against a producer that makes each event anew, changed as wanted. */
async function verify(
  file: string,
  id: string,
  change: (description: string, payload: Json) => Json = (_, payload) => payload,
): Promise<Outcome> {
  const contract = JSON.parse(readFileSync(`generated/${id}/contract.json`, "utf8")) as Contract;
  const planned = new Map(planInteractions(contract).map((one) => [one.description, one]));
  const asked: string[] = [];
  const server = createServer(async (request, response) => {
    let text = "";
    for await (const chunk of request) text += String(chunk);
    const { description } = JSON.parse(text) as { description: string };
    asked.push(description);
    const one = planned.get(description);
    if (one === undefined) return void response.writeHead(404).end();
    const metadata = { ...one.headers, contentType: "application/json" };
    response.setHeader("content-type", "application/json");
    response.setHeader("pact-message-metadata", Buffer.from(JSON.stringify(metadata)).toString("base64"));
    response.end(JSON.stringify(change(description, one.variant.payload)));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const json = join(folder, `${port}.json`);
  const where = ["--hostname", "127.0.0.1", "--port", String(port)];
  const options = [CLI, ...where, "--provider-name", id, "--file", file, "--json", json, "--no-colour"];
  const { PACT_BROKER_BASE_URL: _, ...env } = process.env;
  const child = spawn("node_modules/.bin/node", options, {
    env: { ...env, PACT_DO_NOT_TRACK: "true", SSL_CERT_FILE: certificate, SSL_CERT_DIR: folder },
  });
  let output = "";
  child.stdout.on("data", (chunk) => (output += String(chunk)));
  child.stderr.on("data", (chunk) => (output += String(chunk)));
  const status = await new Promise<number | null>((resolve) => child.once("close", resolve));
  server.close();
  return { status, output, asked, report: JSON.parse(readFileSync(json, "utf8")) as Outcome["report"] };
}

test.each(SUBJECTS)("accepts the pact of %s with %s", async (consumer, id) => {
  const file = `generated/pacts/${consumer}-${id}.json`;
  const { interactions } = JSON.parse(readFileSync(file, "utf8")) as PactFile;
  const { status, output, asked, report } = await verify(file, id);
  expect(status, output).toBe(0);
  expect(report.result).toBe(true);
  expect(report.interactionResults.map(({ result }) => result)).toEqual(interactions.map(() => "OK"));
  expect([...asked].sort()).toEqual(interactions.map(({ description }) => description).sort());
});

test("refuses a producer that no longer sends a field that the consumer reads", async () => {
  const file = "generated/pacts/presence-board-bandwidth-webrtc.json";
  const { status, output } = await verify(file, "bandwidth-webrtc", (description, payload) => {
    if (description !== "onLeave: onLeave") return payload;
    const { participantId: _, ...rest } = payload as Record<string, Json>;
    return rest;
  });
  expect(status).toBe(1);
  expect(output).toMatch(/onLeave: onLeave[\s\S]*participantId/);
});
