/** The repository's three consumers in mode `full`: all events, with every property that is documented of them. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { createAttendance } from "../../../examples/attendance-report/attendance.ts";
import { createCallLog } from "../../../examples/call-log/call-log.ts";
import { createPresenceBoard } from "../../../examples/presence-board/presence-board.ts";
import type { Contract } from "../../../src/model/index.ts";
import { createPactKit, type PactKitOptions } from "../../../src/pact/index.ts";
import { coverageOf } from "../../../src/pact/static.ts";
import { checkWith, contextOf } from "../check/helpers.ts";

const dir = mkdtempSync(join(tmpdir(), "hookbook-full-"));
afterAll(() => rmSync(dir, { recursive: true }));

const token = "a token of the contract tests";
const basic = { username: "log", password: "a password of the contract tests" };

const consumers: readonly (Pick<PactKitOptions, "receiver" | "secrets" | "schemes"> & {
  readonly id: string;
  readonly document: string;
})[] = [
  {
    id: "conference",
    document: "specs/conference/openapi.yaml",
    receiver: createAttendance({ signingToken: token }).receive,
    secrets: { signingToken: token },
  },
  {
    id: "bandwidth-voice-messaging",
    document: "specs/bandwidth-voice-messaging/asyncapi.yaml",
    receiver: createCallLog(basic).receive,
    secrets: { basic },
  },
  {
    id: "bandwidth-webrtc",
    document: "specs/bandwidth-webrtc/openapi.yaml",
    receiver: createPresenceBoard({ token }).receive,
    schemes: { callbackUrl: { type: "apiKey", in: "query", name: "token" } },
    secrets: { callbackUrl: token },
  },
];

const webhooksOf = (id: string) =>
  (JSON.parse(readFileSync(`generated/${id}/contract.json`, "utf8")) as Contract).webhooks;

test.each(consumers)("$id", { timeout: 60_000 }, async ({ id, document, ...options }) => {
  const contract = `generated/${id}/contract.json`;
  const kit = createPactKit({ ...options, contract, consumer: "full", mode: "full", dir });
  for (const one of kit.interactions()) await one.run();
  const context = await contextOf(readFileSync(document, "utf8"), document.replace(/^.*\//, ""));
  const report = checkWith(context, readFileSync(kit.file, "utf8"));
  expect(report.results.filter(({ type }) => type === "error")).toEqual([]);
  const { events, summary } = coverageOf(report, context);
  expect(events.filter(({ handled }) => handled)).toHaveLength(webhooksOf(id).length);
  expect(events.flatMap(({ webhook, properties }) => properties.unread.map((one) => `${webhook} ${one}`))).toEqual([]);
  expect(summary.percent).toBe(100);
});

test("42 events in all", () => {
  expect(consumers.flatMap(({ id }) => webhooksOf(id))).toHaveLength(42);
});
