import { rmSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { event, openapi, project, put, run } from "./helpers.ts";
import { commit, git, repository, sharedRepository } from "./repository.ts";

const paid = (properties: object = {}, rest: object = {}) =>
  event("paid", { id: { type: "string" }, ...properties }, rest);
const version = (text: string) => ({ info: { title: "Orders", version: text } });
const orders = (schemas: Readonly<Record<string, unknown>>, text = "1.0.0") => openapi(schemas, version(text));

interface Entry {
  readonly subject: string;
  readonly version: string;
  readonly changes: readonly { readonly rule: string; readonly webhook: string }[];
}

async function changelog(cwd: string, ...args: readonly string[]) {
  const { status, stdout, stderr } = await run(cwd, ["changelog", "--format", "json", ...args]);
  expect({ status, stderr: status === 0 ? "" : stderr }).toEqual({ status: 0, stderr: "" });
  const value = JSON.parse(stdout);
  const brief = (entries: readonly Entry[]) =>
    entries.map(({ subject, changes }) => [subject, ...changes.map(({ rule, webhook }) => `${rule} ${webhook}`)]);
  return { value, entries: brief(value.entries), brief, stderr };
}

/** The document comes, is renamed, loses a webhook, is broken, is mended and grows. */
const history = sharedRepository((cwd) => {
  commit(cwd, "Begin", { "old.json": orders({ paid: paid(), held: event("held") }) });
  rmSync(`${cwd}/old.json`);
  commit(cwd, "Hold nothing", { "specs/orders.json": orders({ paid: paid(), held: event("held") }) });
  commit(cwd, "Drop held", { "specs/orders.json": orders({ paid: paid() }, "2.0.0") });
  commit(cwd, "Break it", { "specs/orders.json": "{" });
  commit(cwd, "Elsewhere", { "readme.md": "x" });
  commit(cwd, "Count @money in text #1", {
    "specs/orders.json": orders({ paid: paid({ id: { type: "integer" } }) }, "2.1.0"),
  });
});

test("each revision is compared with the one before, through renames and past what cannot be read", async () => {
  const { value, entries, brief, stderr } = await changelog(history(), "specs/orders.json");
  expect(entries).toEqual([
    ["Count @money in text #1", "type-changed paid"],
    ["Drop held", "webhook-removed held"],
  ]);
  expect(value).toMatchObject({ contract: "orders", title: "Orders", revisions: 4, complete: true });
  expect(value.skipped).toMatchObject([{ subject: "Break it", reason: expect.stringContaining("not JSON") }]);
  expect(stderr).toMatch(/^[0-9a-f]+ is passed over, for it cannot be read: This is not JSON/);
  const [first, second] = value.webhooks;
  expect([first.webhook, first.removed, first.since.subject, brief(first.entries)]).toEqual([
    "paid",
    false,
    "Begin",
    [["Count @money in text #1", "type-changed paid"]],
  ]);
  expect([second.webhook, second.removed, second.since.version]).toEqual(["held", true, "1.0.0"]);
});

test("as Markdown, what people wrote stays text", async () => {
  const { status, stdout } = await run(history(), ["changelog", "specs/orders.json"]);
  expect(status).toBe(0);
  expect(stdout).toMatch(
    /^# Changelog of Orders\n\nWhat 4 revisions of `orders` changed for receivers\. \*Breaking\* takes away /,
  );
  expect(stdout).toMatch(
    /\n## 2\.1\.0 \(\d{4}-\d\d-\d\d\)\n\nCount @<!-- -->money in text #<!-- -->1 \([0-9a-f]+\)\n\n- /,
  );
  expect(stdout).toMatch(/- \*\*breaking\*\* `\/id` of `paid`: /);
  expect(stdout).toContain("### `held` (no longer described)");
  expect(stdout).toContain("## Passed over");
});

test("webhooks of which the same is to be told are told of once, the unchanged last", async () => {
  const shared = (type: string) => ({ n: { type } });
  const of = (type: string) =>
    openapi(
      {
        still: event("still"),
        one: event("one", shared(type)),
        two: event("two", shared(type)),
        three: event("three", shared(type)),
        four: event("four", shared(type)),
      },
      version(""),
    );
  const cwd = repository({ "a.json": of("string") });
  commit(cwd, "Count", { "a.json": of("integer") });
  const { stdout } = await run(cwd, ["changelog", "a.json"]);
  expect(stdout.replaceAll(/\d{4}-\d\d-\d\d/g, "DAY").split("## By webhook\n\n")[1]).toBe(
    "### 4 webhooks\n\n`one`, `two`, `three`, `four`\n\n- DAY\n  - **breaking** `/n`: The type changed from string to integer.\n" +
      "- DAY: first described\n\n### `still`\n\n- DAY: first described\n",
  );
  expect(stdout).toContain("- **breaking** `/n` of `one`, `two`, `three`, `four`: ");
});

test("a webhook that came later is told of once, as new", async () => {
  const cwd = repository({ "a.json": orders({ paid: paid() }) });
  commit(cwd, "Grow", {
    "a.json": orders({ paid: paid(), sent: event("sent", { parcel: { type: "string" } }) }, "1.1.0"),
  });
  const { stdout } = await run(cwd, ["changelog", "a.json"]);
  expect(stdout.replaceAll(/\d{4}-\d\d-\d\d/g, "DAY")).toContain(
    "### `sent`\n\n- 1.1.0 (DAY)\n  - **safe**: The webhook is new.\n\n### `paid`",
  );
});

test("commits that touched only what the document refers to belong to it", async () => {
  const entry = openapi({ paid: { $ref: "shared.json#/paid" } });
  const cwd = repository({
    "openapi.json": entry,
    "shared.json": { paid: { $ref: "deep.json" } },
    "deep.json": paid(),
  });
  commit(cwd, "Change it below", { "deep.json": paid({ id: { type: "integer" } }) });
  const { entries } = await changelog(cwd, "openapi.json");
  expect(entries).toEqual([["Change it below", "type-changed paid"]]);
});

test("what a merge brought is one step", async () => {
  const cwd = repository({ "a.json": orders({ paid: paid() }), "b.txt": "1" });
  git(cwd, "checkout", "-b", "side");
  commit(cwd, "One", { "a.json": orders({ paid: paid({ id: { type: "integer" } }) }) });
  commit(cwd, "Two", { "a.json": orders({ paid: paid({ id: { type: "boolean" } }) }) });
  git(cwd, "checkout", "main");
  commit(cwd, "Meanwhile", { "b.txt": "2" });
  git(cwd, "merge", "--no-ff", "--message=Merge side", "side");
  expect((await changelog(cwd, "a.json")).entries).toEqual([["Merge side", "type-changed paid"]]);
  expect((await changelog(cwd, "side:a.json")).entries).toHaveLength(2);
});

test("a history that was not followed to its begin is said to be incomplete", async () => {
  const cwd = history();
  const limited = await run(cwd, ["changelog", "specs/orders.json", "--limit", "1"]);
  expect(limited.stdout).toContain("described since this revision or an earlier one");
  expect(limited.stderr).toContain("Only the last 1 revisions were read (--limit reads more).");
  const folder = project();
  git(folder, "clone", "--depth=1", `file://${cwd}`, "shallow");
  const shallow = await run(`${folder}/shallow`, ["changelog", "specs/orders.json", "--format", "json"]);
  expect(JSON.parse(shallow.stdout)).toMatchObject({ complete: false, revisions: 1 });
  expect(shallow.stderr).toMatch(/holds only the newest part of the history.*git fetch --unshallow/);
});

test("levels of the configuration hold here too", async () => {
  const cwd = project();
  git(cwd, "clone", history(), ".");
  put(cwd, { "hookbook.config.json": { diff: { levels: { "type-changed": "off" } } } });
  expect((await changelog(cwd, "specs/orders.json")).entries).toEqual([["Drop held", "webhook-removed held"]]);
});

describe("what cannot be done is 2, and its reason a sentence", () => {
  test.each<[readonly string[], RegExp]>([
    [["nope.json"], /There is no history: "nope\.json" is in no commit of this branch\.\n {2}hint: commit it first/],
    [["nope:specs/orders.json"], /There is no history: there is no such revision/],
    [["mian:specs/orders.json"], /did you mean "main"/],
    [["main:nope.json"], /"main:nope\.json" is in no commit of "main"/],
    [["https://example.com/a.json"], /is an address, which has no history/],
    [["specs"], /No revision of "specs" can be read/],
    [["specs/orders.json", "--limit", "0"], /Not a whole number from 1 on/],
    [["specs/orders.json", "--format", "html"], /Allowed choices are markdown, json/],
  ])("%j", async (args, says) => {
    const { status, stdout, stderr } = await run(history(), ["changelog", ...args]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(says);
  });

  test("no repository, and one without a commit", async () => {
    const cwd = project({ "a.json": orders({}) });
    const run_ = () => run(cwd, ["changelog", "a.json"]);
    expect((await run_()).stderr).toMatch(/There is no history: the working folder is in no git repository\./);
    git(cwd, "init");
    expect((await run_()).stderr).toMatch(/There is no history: the repository has no commit yet\./);
  });
});
