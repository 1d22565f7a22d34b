/** `hookbook pact check` and `hookbook pact coverage` as they are called. */
import { describe, expect, test } from "vitest";
import { event, openapi, project, run } from "./helpers.ts";

const document = openapi({
  paid: event("order.paid", { id: { type: "integer" } }, { required: ["type", "id"] }),
  refunded: event("order.refunded"),
});
const interaction = (description: string, content: object, rest: object = {}) => ({
  type: "Asynchronous/Messages",
  description,
  contents: { content, contentType: "application/json", encoded: false },
  matchingRules: { body: { "$.id": { combine: "AND", matchers: [{ match: "integer" }] } } },
  ...rest,
});
const pact = (...interactions: readonly object[]) => ({
  consumer: { name: "billing" },
  provider: { name: "orders" },
  interactions,
  metadata: { pactSpecification: { version: "4.0" } },
});
const right = pact(interaction("order.paid: used", { type: "order.paid", id: 1 }));
const wrong = pact(interaction("order.paid: used", { type: "order.paid", id: "one" }));

const files = (pacts: Record<string, unknown>) => project({ "openapi.json": document, ...pacts });

describe("pact check", () => {
  test("says what is wrong, with both places", async () => {
    const folder = files({ "pacts/billing.json": JSON.stringify(wrong, null, 2) });
    const { status, stdout, stderr } = await run(folder, ["pact", "check", "openapi.json", "pacts/billing.json"]);
    expect(stderr).toBe("");
    expect(stdout).toContain(
      'pacts/billing.json:15:11  error  pact.matcher.contradiction  order.paid: /id: the matcher integer refuses its own example "one".'.replace(
        "15:11",
        stdout.match(/:(\d+:\d+) {2}error {2}pact\.matcher/)?.[1] ?? "",
      ),
    );
    expect(stdout).toMatch(
      /pacts\/billing\.json:\d+:\d+ {2}error {2}message\.payload\.incompatible {2}order\.paid: \/id must be integer, but the pact expects "one"\./,
    );
    expect(stdout).toContain('in "order.paid: used" at [root].interactions[0].contents.content.id');
    expect(stdout).toMatch(
      /the document: openapi\.json:1:\d+ at \/webhooks\/paid\/post\/requestBody\/content\/application~1json\/schema\/properties\/id\/type/,
    );
    expect(stdout).toMatch(/1 interaction, 1 compared, 0 matched: 2 errors, 0 warnings\n$/);
    expect(status).toBe(1);
  });

  test("takes a folder, and is content", async () => {
    const { status, stdout } = await run(files({ "pacts/a.json": right }), ["pact", "check", "openapi.json", "pacts"]);
    expect(stdout).toBe("1 interaction, 1 compared, 1 matched: 0 errors, 0 warnings\n");
    expect(status).toBe(0);
  });

  test("prints JSON in the shape that is documented", async () => {
    const { stdout, status } = await run(files({ "a.json": right }), [
      "pact",
      "check",
      "openapi.json",
      "a.json",
      "--format",
      "json",
    ]);
    expect(JSON.parse(stdout)).toMatchObject({
      results: [
        {
          code: "message.matched",
          type: "info",
          mockDetails: { location: "[root].interactions[0]", file: "a.json" },
          specDetails: { webhook: "order.paid" },
        },
      ],
      summary: { interactions: 1, matched: 1, errors: 0 },
    });
    expect(status).toBe(0);
  });

  test("prints JUnit and annotations", async () => {
    const folder = files({ "a.json": wrong });
    const junit = await run(folder, ["pact", "check", "openapi.json", "a.json", "--format", "junit"]);
    expect(junit.stdout).toContain('<testcase name="order.paid: used" classname="a.json">');
    expect(junit.stdout).toContain('failures="1"');
    const github = await run(folder, ["pact", "check", "openapi.json", "a.json", "--format", "github"]);
    expect(github.stdout).toMatch(
      /^::error file=a\.json,line=1,col=\d+,title=message\.payload\.incompatible::order\.paid: \/id must be integer/m,
    );
    expect([junit.status, github.status]).toEqual([1, 1]);
  });

  test("is never content with comparing nothing", async () => {
    const folder = files({
      "empty.json": pact(),
      "broken.json": "{",
      "other.json": { some: "thing" },
      "foreign.json": pact(interaction("user.created: used", { name: "x" })),
    });
    for (const file of ["empty.json", "broken.json", "other.json", "foreign.json"]) {
      const { status, stderr, stdout } = await run(folder, ["pact", "check", "openapi.json", file]);
      expect([file, status]).toEqual([file, 2]);
      expect(stderr).toContain("Nothing was compared");
      expect(stdout + stderr).not.toContain("    at ");
    }
    const both = await run(folder, ["pact", "check", "openapi.json", "broken.json", "empty.json", "--format", "json"]);
    expect(JSON.parse(both.stdout).results).toMatchObject([{ code: "pact.unreadable" }]);
  });

  test("one broken pact beside a right one is an error", async () => {
    const { status, stdout } = await run(files({ "a.json": right, "b.json": "{" }), [
      "pact",
      "check",
      "openapi.json",
      "a.json",
      "b.json",
    ]);
    expect(stdout).toContain("b.json:1:1  error  pact.unreadable");
    expect(status).toBe(1);
  });

  test.each([
    [["pact", "check", "openapi.json", "gone.json"], 'There is no file "gone.json".'],
    [["pact", "check", "openapi.json", "hollow"], 'The folder "hollow" holds no pact (.json).'],
    [["pact", "check", "openapi.json"], "missing required argument 'pacts'"],
    [["pact", "check", "gone.yaml", "a.json"], "gone.yaml"],
    [["pact", "chekc", "openapi.json", "a.json"], "unknown command 'chekc'"],
    [["pact", "check", "openapi.json", "a.json", "--format", "xml"], "Allowed choices are text, json, junit, github"],
  ])("%j ends with a sentence", async (args, want) => {
    const { status, stderr } = await run(files({ "a.json": right, "hollow/readme.txt": "" }), args);
    expect(stderr).toContain(want);
    expect(status).toBe(2);
  });

  test("keeps the terminal safe from what a pact says", async () => {
    const hostile = pact(interaction("order.paid: \u001b[2J", { type: "order.paid", "\u001b[31mid": "\u0007" }));
    for (const format of ["text", "json", "junit", "github"]) {
      const { stdout } = await run(files({ "a.json": hostile }), [
        "pact",
        "check",
        "openapi.json",
        "a.json",
        "--format",
        format,
      ]);
      for (const control of ["\u0007", "\u001b"]) expect(stdout).not.toContain(control);
      expect(stdout.length).toBeGreaterThan(0);
    }
  });

  test("compares what is 10 MB, deep, or made to keep it busy", async () => {
    const items = Array.from({ length: 120_000 }, (_, index) => ({ id: index, name: "x".repeat(60) }));
    const nested = JSON.parse(`${'{"a":'.repeat(250)}1${"}".repeat(250)}`);
    const folder = files({
      "large.json": pact(interaction("order.paid: large", { type: "order.paid", id: 1, items })),
      "deep.json": pact(interaction("order.paid: deep", { type: "order.paid", id: 1, nested })),
      "regex.json": pact(
        interaction(
          "order.paid: slow",
          { type: "order.paid", id: 1 },
          {
            matchingRules: {
              body: { "$.type": { matchers: [{ match: "regex", regex: "(([a-z.])+.)+[A-Z]([a-z.])+$" }] } },
            },
          },
        ),
      ),
    });
    for (const file of ["large.json", "deep.json", "regex.json"]) {
      const { status, stdout } = await run(folder, ["pact", "check", "openapi.json", file]);
      expect([file, status]).toEqual([file, 1]);
      expect(stdout).toContain("1 interaction, 1 compared");
    }
  });
});

describe("pact coverage", () => {
  test("counts events and properties", async () => {
    const folder = files({ "pacts/billing.json": right });
    const { stdout, status } = await run(folder, ["pact", "coverage", "openapi.json", "pacts"]);
    expect(stdout).toBe(
      [
        "  webhook                        properties read  consumers",
        "  order.paid      handled        2/2              billing",
        "  order.refunded  not in a pact  0/1              -",
        "1 of 2 events handled (50 %), 1 in a pact; 2 of 3 properties read\n",
      ].join("\n"),
    );
    expect(status).toBe(0);
  });

  test.each([
    ["50", 0],
    ["50.1", 1],
    ["100", 1],
    ["101", 2],
    ["half", 2],
  ])("with --min %s", async (min, want) => {
    const { status, stderr } = await run(files({ "a.json": right }), [
      "pact",
      "coverage",
      "openapi.json",
      "a.json",
      "--min",
      min,
    ]);
    expect(status).toBe(want);
    if (want === 1) expect(stderr).toContain("50 % of the events are handled");
    if (want === 2) expect(stderr).toContain("It must be a number from 0 to 100.");
  });

  test("an event that a consumer opts out of, with its reason", async () => {
    const ignored = { "order.refunded": "the shop refunds by hand\u001b[2J", gone: "no event of this name" };
    const metadata = { pactSpecification: { version: "4.0" }, hookbook: { ignored } };
    const folder = files({ "pacts/billing.json": { ...right, metadata } });
    const { stdout, status } = await run(folder, ["pact", "coverage", "openapi.json", "pacts", "--min", "100"]);
    expect(stdout).toBe(
      [
        "  webhook                    properties read  consumers",
        "  order.paid      handled    2/2              billing",
        "  order.refunded  opted out  0/1              -",
        "billing does not want order.refunded: the shop refunds by hand\\x1b[2J",
        "1 of 2 events handled (100 %), 1 in a pact, 1 opted out; 2 of 3 properties read\n",
      ].join("\n"),
    );
    expect(status).toBe(0);
  });

  test("as JSON, in the shape that is documented", async () => {
    const { stdout } = await run(files({ "a.json": right }), [
      "pact",
      "coverage",
      "openapi.json",
      "a.json",
      "--format",
      "json",
    ]);
    expect(JSON.parse(stdout)).toMatchObject({
      events: [
        { webhook: "order.paid", handled: true, pacts: ["a.json"], properties: { documented: 2, read: 2 } },
        { webhook: "order.refunded", handled: false, pacts: [], properties: { documented: 1, read: 0 } },
      ],
      summary: { documented: 2, handled: 1, inPact: 1, percent: 50 },
    });
  });

  test("of nothing is no success", async () => {
    const { status } = await run(files({ "a.json": pact() }), ["pact", "coverage", "openapi.json", "a.json"]);
    expect(status).toBe(2);
  });
});

describe("diff --pacts", () => {
  const revision = openapi({
    paid: event("order.paid", { id: { type: "string" } }, { required: ["type", "id"] }),
    refunded: event("order.refunded"),
  });
  const crm = { ...pact(interaction("order.paid: used", { type: "order.paid" })), consumer: { name: "crm" } };
  const folder = () => files({ "after.json": revision, "pacts/billing.json": right, "pacts/crm.json": crm });
  const sentence = "In the pacts: breaks `billing` (reads /id); `crm` does not read it.";

  test.each(["text", "markdown", "html", "sarif", "junit", "github"])(
    "says as %s whom a change reaches",
    async (format) => {
      const { status, stdout } = await run(folder(), [
        "diff",
        "openapi.json",
        "after.json",
        "--pacts",
        "pacts",
        "--format",
        format,
      ]);
      const plain = stdout.replaceAll("\\`", "`").replaceAll("&#96;", "`");
      expect(plain).toContain(sentence);
      expect(status).toBe(1);
    },
  );

  test("and as JSON", async () => {
    const { stdout } = await run(folder(), [
      "diff",
      "openapi.json",
      "after.json",
      "--pacts",
      "pacts",
      "--format",
      "json",
    ]);
    expect(JSON.parse(stdout).changes).toMatchObject([
      { pointer: "/id", consumers: { hits: [{ consumer: "billing", reads: ["/id"] }], clear: ["crm"] } },
    ]);
  });

  test("says when no pact is about the document, and when there are none", async () => {
    const other = files({ "after.json": revision, "p.json": pact(interaction("user.created: used", { name: "x" })) });
    const { stdout } = await run(other, ["diff", "openapi.json", "after.json", "--pacts", "p.json"]);
    expect(stdout).toContain("No interaction of the pacts is about a webhook of");
    const { status, stderr } = await run(other, ["diff", "openapi.json", "after.json", "--pacts", "gone"]);
    expect([status, stderr]).toEqual([2, 'There is no file "gone".\n']);
  });
});
