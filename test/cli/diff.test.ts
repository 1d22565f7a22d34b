import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { event, type Files, openapi, project, put, run } from "./helpers.ts";

const paid = event("paid", { id: { type: "string" } });
const both = openapi({ paid, refunded: event("refunded") });
const onlyPaid = openapi({ paid });

/** A repository whose first commit has these files. */
function repository(files: Files): string {
  const folder = project(files);
  git(folder, "init", "--initial-branch=main");
  commit(folder);
  return folder;
}

function commit(folder: string): void {
  git(folder, "add", "--all");
  git(folder, "commit", "--message=change");
}

function git(cwd: string, ...args: string[]): void {
  const identity = ["-c", "user.name=T", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false"];
  execFileSync("git", [...identity, ...args], { cwd, stdio: "ignore" });
}

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
  const files = { "a.json": both, "b.json": onlyPaid, "folder/c.json": both, "empty/readme.txt": "x" };
  test.each<{ args: readonly string[]; says: RegExp; more?: Files }>([
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
    { args: ["a.json", "broken.yaml"], says: /broken-yaml/, more: { "broken.yaml": "a: [" } },
    { args: ["a.json", "other.yaml"], says: /not-a-description/, more: { "other.yaml": "a: 1" } },
    { args: ["a.json", "b.json", "--fail-on", "safe"], says: /Allowed choices are breaking, risky, none/ },
    { args: ["a.json", "b.json", "--format", "xml"], says: /Allowed choices are text, json/ },
    { args: ["--explain", "property-removd"], says: /There is no rule "property-removd"/ },
  ])("$args", async ({ args, says, more = {} }) => {
    const cwd = repository({ ...files, ...more });
    const { status, stdout, stderr } = await run(cwd, ["diff", ...args]);
    expect(stderr).toMatch(says);
    expect(status).toBe(2);
    expect(stdout).not.toMatch(/nothing changed/);
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
