/**
 * The bodies that the three vendors published, against what is generated from our documents. They are kept as they were
 * published, placeholders and slips included, with other phone numbers: a contract that refused one of them would refuse
 * what its sender is known to send.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, test } from "vitest";
import { run, type ValidateJson } from "./cli.ts";
import { posted, queried, repository, shipped, shippedBy } from "./contracts.ts";

interface Published {
  /** The webhook that the page is about; null where it is about none of the contract. */
  readonly webhook: string | null;
  readonly form: "body" | "query" | "not-json";
}

const folder = join(repository, "test/fixtures/published");
const index: Readonly<Record<string, Published>> = JSON.parse(readFileSync(join(folder, "index.json"), "utf8"));
const files = Object.entries(index).map(([path, entry]) => ({ path, id: path.split("/")[0] ?? "", ...entry }));
const bodies = files.filter(({ form }) => form === "body");
const queries = files.filter(({ form }) => form === "query");

/** As published, the JSON text of these lacks its closing brace. */
const BROKEN_DIVERSION = [
  "bandwidth-voice-messaging/query/answer.json",
  "bandwidth-voice-messaging/query/incomingcall.json",
];
const NOT_JSON = "conference/conference_end-as-published.txt";

function textOf(path: string): string {
  return readFileSync(join(folder, path), "utf8");
}

function queryOf(path: string): Record<string, string> {
  return (JSON.parse(textOf(path)) as { query: Record<string, string> }).query;
}

function mended(path: string): Record<string, string> {
  const query = queryOf(path);
  return { ...query, diversion: `${query["diversion"]}}` };
}

test("every file is in the index, and every entry is a file", () => {
  const present = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== "index.json")
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll("\\", "/"));
  expect(Object.keys(index).sort()).toEqual(present.sort());
  expect([bodies.length, queries.length]).toEqual([35, 10]);
});

test("the numbers in them are fictional", () => {
  const found = files.flatMap(({ path }) => textOf(path).match(/\+?\d{10,15}\b/g) ?? []);
  const phones = found.filter((number) => number.startsWith("+"));
  expect(phones.length).toBeGreaterThan(30);
  expect(phones.filter((number) => !/^\+1[2-9]\d\d55501\d\d$/.test(number))).toEqual([]);
});

describe("a published body is accepted and recognised", () => {
  test.each(bodies)("$path is $webhook", async ({ path, id, webhook }) => {
    const decoded = await shippedBy(id).decode(posted(readFileSync(join(folder, path))));
    expect(decoded).toMatchObject({ ok: true, webhook });
    const event = decoded.ok ? decoded.event : null;
    const body = JSON.parse(textOf(path));
    // The conference platform's `payload` is JSON in a string; everything else is on the wire as the receiver gets it.
    expect(event).toEqual(id === "conference" ? { ...body, payload: JSON.parse(body.payload) } : body);
  });

  test("also with the content type that the vendor writes", async () => {
    const headers = { "Content-Type": "application/json; charset=utf-8", "User-Agent": "BandwidthAPI/v1 (1558396800)" };
    const body = textOf("bandwidth-voice-messaging/hangup.json");
    const { decode } = shippedBy("bandwidth-voice-messaging");
    expect(await decode({ method: "POST", url: "/", headers, body })).toMatchObject({ ok: true, webhook: "hangup" });
  });

  test("the published text that is not JSON is refused as such, without a word of it", async () => {
    const text = textOf(NOT_JSON);
    expect(text).toContain('Z"`');
    const decoded = await shippedBy("conference").decode(posted(text));
    expect(decoded).toMatchObject({ ok: false, reason: "not-json", webhook: null });
    expect(JSON.stringify(decoded)).not.toContain("conference_end");
  });
});

describe("a published GET request", () => {
  const known = queries.filter(({ webhook, path }) => webhook !== null && !BROKEN_DIVERSION.includes(path));
  const unknown = queries.filter(({ webhook }) => webhook === null);
  const { decode } = shippedBy("bandwidth-voice-messaging");

  test.each(known)("$path is $webhook", async ({ path, webhook }) => {
    const decoded = await decode(queried(queryOf(path)));
    expect(decoded).toMatchObject({ ok: true, webhook });
  });

  test("its fields are typed by the schema", async () => {
    const event = async (path: string, query = queryOf(path)) => {
      const decoded = await decode(queried(query));
      return decoded.ok ? (decoded.event as Record<string, unknown>) : {};
    };
    const mms = await event("bandwidth-voice-messaging/query/mms-inbound.json");
    expect(mms["segmentCount"]).toBe(1);
    expect(mms["media"]).toEqual(["{full-url}/giphy-m-asdf.gif", "{full-url}/123_1-m-asdf.smil"]);
    const [path = ""] = BROKEN_DIVERSION;
    const answer = await event(path, mended(path));
    expect(answer["diversion"]).toEqual({
      privacy: "off",
      screen: "no",
      reason: "unavailable",
      counter: "1",
      origTo: "{number}",
    });
    // A string of its own, which only looks like a boolean.
    expect(answer["withholdCallerNumber"]).toBe("false");
  });

  test.each(unknown)("$path is no event of the contract", async ({ path }) => {
    const decoded = await decode(queried(queryOf(path)));
    expect(decoded).toMatchObject({ ok: false, reason: "unknown-event", webhook: null });
  });

  test("two are published of each kind that is not plainly accepted", () => {
    expect(unknown.map(({ path }) => path)).toEqual([
      "bandwidth-voice-messaging/query/redirect.json",
      "bandwidth-voice-messaging/query/transfer-complete.json",
    ]);
    expect(known).toHaveLength(6);
  });

  test.each(BROKEN_DIVERSION)("%s is refused for its diversion alone, and accepted when mended", async (path) => {
    const webhook = index[path]?.webhook;
    const decoded = await decode(queried(queryOf(path)));
    expect(decoded).toMatchObject({ ok: false, reason: "invalid-payload", webhook });
    expect(decoded.ok ? [] : decoded.errors.map(({ instancePath }) => instancePath)).toEqual(["/diversion"]);
    expect(await decode(queried(mended(path)))).toMatchObject({ ok: true, webhook });
  });
});

describe("validate --format json says the same", () => {
  async function validate(document: string, payloads: readonly string[], stdin?: string) {
    const ran = await run(repository, ["validate", document, ...payloads, "--format", "json"], stdin);
    return { ...ran, json: JSON.parse(ran.stdout) as ValidateJson };
  }

  test.each(shipped)("of the bodies of $id", async ({ id, document }) => {
    const own = bodies.filter((file) => file.id === id);
    const paths = own.map(({ path }) => `test/fixtures/published/${path}`);
    const { status, json, stderr } = await validate(document, paths);
    expect(json.results).toEqual(own.map(({ webhook }, at) => ({ file: paths[at], webhook, valid: true, errors: [] })));
    expect(json.summary).toEqual({ valid: own.length, invalid: 0, unknown: 0 });
    expect(status).toBe(0);
    expect(stderr).toBe("");
  });

  test("of the GET requests, recorded one a line", async () => {
    const recorded = [
      ...queries.map(({ path }) => queried(queryOf(path))),
      ...BROKEN_DIVERSION.map((path) => queried(mended(path))),
    ];
    const lines = recorded.map(({ method, url }) => JSON.stringify({ method, url, headers: {}, bodyBase64: "" }));
    const { document } = shippedBy("bandwidth-voice-messaging");
    const { status, json } = await validate(document, ["-"], `${lines.join("\n")}\n`);
    expect(
      json.results.map(({ line, webhook, valid, errors }) => {
        return [line, webhook, valid, ...errors.map(({ instancePath, keyword }) => `${instancePath} ${keyword}`)];
      }),
    ).toEqual([
      ...queries.map(({ webhook, path }, at) => {
        if (BROKEN_DIVERSION.includes(path)) return [at + 1, webhook, false, "/diversion type"];
        return webhook === null ? [at + 1, null, false, " route"] : [at + 1, webhook, true];
      }),
      [queries.length + 1, "answer", true],
      [queries.length + 2, "incomingcall", true],
    ]);
    expect(json.summary).toEqual({ valid: 8, invalid: 2, unknown: 2 });
    expect(status).toBe(1);
  });

  test("of the published text that is not JSON", async () => {
    const { status, json } = await validate("specs/conference/openapi.yaml", [`test/fixtures/published/${NOT_JSON}`]);
    expect(json.results).toMatchObject([{ webhook: null, valid: false, errors: [{ keyword: "json" }] }]);
    expect(json.summary).toEqual({ valid: 0, invalid: 1, unknown: 0 });
    expect(status).toBe(1);
  });
});
