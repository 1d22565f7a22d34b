import { rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { event, openapi, project, put, run } from "./helpers.ts";
import { commit, git, repository, sharedRepository } from "./repository.ts";

const paid = event("paid", { id: { type: "string" } });
const both = openapi({ paid, refunded: event("refunded") });
const onlyPaid = openapi({ paid });

async function json(cwd: string, ...args: readonly string[]) {
  const { status, stdout, stderr } = await run(cwd, ["diff", "--format", "json", ...args]);
  const report = JSON.parse(stdout);
  return { status, report, rules: report.changes.map(({ rule }: { rule: string }) => rule), stderr };
}

describe("the two sides", () => {
  test("are files", async () => {
    const cwd = project({ "a.json": both, "b.json": onlyPaid });
    const { status, report } = await json(cwd, "a.json", "b.json");
    expect(status).toBe(1);
    expect(report).toMatchObject({ verdict: "breaking", complete: true });
    expect(report.changes).toMatchObject([
      { rule: "webhook-removed", level: "breaking", contract: "b", webhook: "refunded", pointer: "", revision: null },
    ]);
    expect(report.changes[0].base).toEqual({
      file: "a.json",
      line: 1,
      column: expect.any(Number),
      pointer: expect.stringContaining("refunded"),
    });
  });

  test("are folders, whose documents are matched by path or by the name of their contract", async () => {
    const cwd = project({
      "old/orders/openapi.json": both,
      "old/shop.json": onlyPaid,
      "old/gone.json": onlyPaid,
      "old/package.json": { name: "no description" },
      "new/orders/asyncapi.json": onlyPaid,
      "new/shop.yaml": JSON.stringify(onlyPaid),
    });
    const { status, report, rules } = await json(cwd, "old", "new");
    expect(status).toBe(1);
    expect(report.contracts.map(({ contract }: { contract: string }) => contract)).toEqual(["gone", "orders", "shop"]);
    expect(rules).toEqual(["webhook-removed", "webhook-removed"]);
    expect(report.notes).toEqual(["The document of gone is gone; everything in it is removed."]);
  });

  test("are the same though their folders are called differently", async () => {
    const { rules } = await json(project({ "v1/openapi.json": both, "v2/openapi.json": onlyPaid }), "v1", "v2");
    expect(rules).toEqual(["webhook-removed"]);
  });

  test("are revisions of git, with what they refer to", async () => {
    const shared = { paid, refunded: event("refunded") };
    const entry = (names: readonly string[]) =>
      openapi(Object.fromEntries(names.map((name) => [name, { $ref: `../shared.json#/${name}` }])));
    const cwd = repository({ "specs/orders/openapi.json": entry(["paid", "refunded"]), "specs/shared.json": shared });
    put(cwd, { "specs/orders/openapi.json": entry(["paid"]), "specs/shared.json": { paid } });
    const { report, rules } = await json(cwd, "main:specs/orders/openapi.json", "specs/orders/openapi.json");
    expect(rules).toEqual(["webhook-removed"]);
    expect(report.changes[0].base.file).toMatch(/^main:specs\//);
    expect((await json(cwd, "main:specs", "specs")).rules).toEqual(["webhook-removed"]);
  });
});

describe("--base", () => {
  test("compares the project's documents, those that are gone too", async () => {
    const cwd = repository({ "specs/orders/openapi.json": both, "specs/gone.json": onlyPaid });
    rmSync(join(cwd, "specs/gone.json"));
    put(cwd, { "specs/orders/openapi.json": onlyPaid });
    const { status, report, rules } = await json(cwd, "--base", "HEAD");
    expect({ status, rules }).toEqual({ status: 1, rules: ["webhook-removed", "webhook-removed"] });
    expect(report.contracts.map(({ contract }: { contract: string }) => contract)).toEqual(["gone", "orders"]);
  });

  test("takes the documents that are named, from below the top of the repository and renamed", async () => {
    const cwd = repository({ "api/specs/old.json": both });
    git(cwd, "mv", "api/specs/old.json", "api/specs/new.json");
    expect((await json(join(cwd, "api"), "--base", "main", "specs/new.json")).report).toMatchObject({
      verdict: "none",
      contracts: [{ base: { file: "main:api/specs/old.json" }, revision: { file: "specs/new.json" } }],
    });
    expect((await json(join(cwd, "api"), "--base", "main", "specs")).report.contracts).toHaveLength(2);
  });
});

describe("what cannot be done is 2, and its reason a sentence", () => {
  const shared = sharedRepository((folder) =>
    commit(folder, "Begin", {
      "a.json": both,
      "b.json": onlyPaid,
      "folder/c.json": both,
      "empty/readme.txt": "x",
      "broken.yaml": "a: [",
      "other.yaml": "a: 1",
    }),
  );
  test.each<{ args: readonly string[]; says: RegExp }>([
    { args: [], says: /There is nothing to compare\./ },
    { args: ["a.json"], says: /nothing to compare "a\.json" with/ },
    { args: ["a.json", "b.json", "a.json"], says: /3 were named/ },
    { args: ["a.jsn", "b.json"], says: /There is no file "a\.jsn"/ },
    { args: ["a.json", "folder"], says: /"folder" is a folder, and "a\.json" is none/ },
    { args: ["folder", "empty"], says: /no document in the folder "empty"/ },
    { args: ["mian:a.json", "b.json"], says: /no such revision\.[\s\S]*did you mean "main"/ },
    { args: ["main:nope.json", "b.json"], says: /There is no file "main:nope\.json"/ },
    { args: ["--base", "mian"], says: /revision "mian" cannot be read from git[\s\S]*did you mean "main"/ },
    { args: ["--base", "main", "nope.json"], says: /There is no file "nope\.json"/ },
    { args: ["--base", "main", "main:a.json"], says: /is of a revision/ },
    { args: ["--base", "main", "https://example.com/a.json"], says: /is an address/ },
    { args: ["a.json", "https://example.com/a.json"], says: /example\.com/ },
    { args: ["a.json", "broken.yaml"], says: /broken-yaml/ },
    { args: ["a.json", "other.yaml"], says: /not-a-description/ },
    { args: ["a.json", "b.json", "--fail-on", "safe"], says: /Allowed choices are breaking, risky, none/ },
    {
      args: ["a.json", "b.json", "--format", "xml"],
      says: /Allowed choices are text, json, markdown, html, sarif, junit, github/,
    },
    { args: ["--explain", "property-removd"], says: /There is no rule "property-removd"/ },
  ])("$args", async ({ args, says }) => {
    const { status, stdout, stderr } = await run(shared(), ["diff", ...args]);
    expect(stderr).toMatch(says);
    expect(status).toBe(2);
    expect(stdout).not.toMatch(/nothing changed/i);
  });

  test("two documents without webhooks: nothing was compared", async () => {
    const cwd = project({ "a.json": openapi({}), "b.json": openapi({}) });
    const { status, report, stderr } = await json(cwd, "a.json", "b.json");
    expect({ status, verdict: report.verdict }).toEqual({ status: 2, verdict: null });
    expect(stderr).toContain("Nothing was compared");
  });

  test("a reference of one side that leads nowhere: what it named is not known", async () => {
    const lost = openapi({ paid: { $ref: "#/components/schemas/Paid" } });
    const cwd = project({ "a.json": lost, "b.json": onlyPaid });
    const { status, report, stderr } = await json(cwd, "a.json", "b.json");
    expect({ status, verdict: report.verdict }).toEqual({ status: 2, verdict: null });
    expect(stderr).toMatch(/a\.json:1: the document could not be read whole: .*leads nowhere/);
    // On both sides it is the same gap, which everybody knows.
    expect((await json(cwd, "a.json", "a.json")).status).toBe(0);
  });
});

test("nothing in common, and a side without webhooks, are said", async () => {
  const cwd = project({ "a.json": both, "b.json": openapi({ other: event("other") }), "none.json": openapi({}) });
  expect((await json(cwd, "a.json", "b.json")).report.notes).toEqual([
    "The two documents of b have no webhook in common: are they revisions of the same description?",
  ]);
  expect((await json(cwd, "a.json", "none.json")).report.notes).toEqual([
    'The revision of none ("none.json") describes no webhook.',
  ]);
});

describe("exit status", () => {
  const grown = openapi({ paid: event("paid", { id: { type: "string" }, tier: { enum: ["a", "b"] } }) });
  const before = openapi({ paid: event("paid", { id: { type: "string" }, tier: { enum: ["a"] } }) });
  const cwd = () =>
    project({ "base.json": before, "same.json": before, "risky.json": grown, "breaking.json": openapi({}) });
  test.each<[revision: string, failOn: string | null, status: number]>([
    ["same.json", null, 0],
    ["same.json", "risky", 0],
    ["risky.json", null, 0],
    ["risky.json", "breaking", 0],
    ["risky.json", "risky", 1],
    ["risky.json", "none", 0],
    ["breaking.json", null, 1],
    ["breaking.json", "risky", 1],
    ["breaking.json", "none", 0],
    ["nope.json", "none", 2],
  ])("%s with --fail-on %s is %d", async (revision, failOn, status) => {
    const args = ["diff", "base.json", revision, ...(failOn === null ? [] : ["--fail-on", failOn])];
    expect((await run(cwd(), args)).status).toBe(status);
  });

  test.each(["text", "json", "markdown", "html", "sarif", "junit", "github"])(
    "%s is printed whole, and the status is the same",
    async (format) => {
      const { status, stdout } = await run(cwd(), [
        "diff",
        "base.json",
        "risky.json",
        "--fail-on",
        "risky",
        "--format",
        format,
      ]);
      expect(status).toBe(1);
      expect(stdout).toContain("enum-value-added");
      expect(stdout).toMatch(/\n$/);
    },
  );
});

describe("the configuration", () => {
  const files = (diff: object) => ({ "a.json": both, "b.json": onlyPaid, "hookbook.config.json": { diff } });
  const removed = { rule: "webhook-removed", pointer: "", reason: "Nobody listens.", expires: "2026-12-01" };

  test("accepts changes until a day, by the clock", async () => {
    const cwd = project(files({ accepted: [removed] }));
    const args = ["diff", "a.json", "b.json"];
    const before = await run(cwd, args, { now: new Date("2026-11-30T23:59:59Z") });
    expect(before.status).toBe(0);
    expect(before.stdout).toContain("accepted  webhook-removed  refunded  until 2026-12-01: Nobody listens.");
    const after = await run(cwd, args, { now: new Date("2026-12-01T00:00:00Z") });
    expect(after.status).toBe(1);
    expect(after.stdout).toMatch(/The acceptance of webhook-removed at "" expired on 2026-12-01/);
  });

  test.each<[object, RegExp]>([
    [{ level: {} }, /no setting "diff\.level"[\s\S]*did you mean "levels"/],
    [{ levels: { "webhook-removed": "error" } }, /"breaking", "risky", "safe" or "off"/],
    [
      { levels: { "webhook-remvoed": "safe" } },
      /no rule "webhook-remvoed", for which[\s\S]*did you mean "webhook-removed"/,
    ],
    [{ accepted: [{ ...removed, rule: "nope" }] }, /no rule "nope", of which/],
    [{ accepted: [{ ...removed, expires: "2026-02-30" }] }, /"diff\.accepted\.0\.expires" must be a day as/],
    [{ accepted: [{ ...removed, reason: " " }] }, /"diff\.accepted\.0\.reason" must be the reason/],
    [{ accepted: [{ rule: "webhook-removed", pointer: "" }] }, /expires" must be[\s\S]*reason" must be/],
    [{ accepted: [{ ...removed, weebhook: "a" }] }, /weebhook"[\s\S]*did you mean "webhook"/],
    [{ accepted: [{ ...removed, pointer: "a" }] }, /must be a JSON pointer/],
    [{ accepted: removed }, /must be a list of accepted changes/],
  ])("%j is an error", async (diff, says) => {
    const { status, stdout, stderr } = await run(project(files(diff)), ["diff", "a.json", "b.json"]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(says);
  });
});

test("--explain prints the page of a rule", async () => {
  const { status, stdout } = await run(project(), ["diff", "--explain", "property-removed"]);
  expect(status).toBe(0);
  expect(stdout).toMatch(/^# property-removed\n/);
});

test("--prose reports what people read", async () => {
  const cwd = project({
    "a.json": both,
    "b.json": JSON.stringify(both).replace('"summary":"paid"', '"summary":"Paid."'),
  });
  expect((await json(cwd, "a.json", "b.json")).rules).toEqual([]);
  expect((await json(cwd, "a.json", "b.json", "--prose")).rules).toEqual(["prose-changed"]);
});
