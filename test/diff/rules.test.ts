import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { compatibilityPage } from "../../scripts/compatibility-page.ts";
import { ruleInfos } from "../../src/diff/index.ts";
import { facts, others } from "./facts.ts";
import { diffDocuments } from "./helpers.ts";
import { changeLine, exampleDocument, rulePage } from "./rule-pages.ts";
import { replyTable, table } from "./table.ts";

const byId = new Map(ruleInfos.map((rule) => [rule.id, rule]));

describe.each(ruleInfos.map((rule) => [rule.id, rule] as const))("%s", (id, { page, summary, levels, mirror }) => {
  test("has a page whose example comes to what the page says", async () => {
    const { text, before, after, said } = rulePage(page);
    expect(text).toMatch(new RegExp(`^# ${id}\n\nLevel(?: in replies)?: `));
    expect(text).toContain(`When: ${summary}.`);
    expect(text).toContain("\n## What to do\n");
    const changes = await diffDocuments(exampleDocument(before), exampleDocument(after), { prose: true });
    expect(changes.map(changeLine).join("\n")).toBe(said);
    expect(changes.map(({ rule }) => rule)).toContain(id);
  });

  test("says on its page what levels it has", () => {
    const [, line = ""] = /^Level.*$/m.exec(rulePage(page).text)?.[0].split(/: (.*)/) ?? [];
    const [sender = "", receiver = ""] = line.split("; in replies: ");
    const told = [sender, receiver].filter((words) => words !== "");
    const all = [levels.sender, levels.receiver].filter((list) => list.length > 0).map((list) => list.join(" or "));
    expect(told).toEqual(all);
  });

  test("has a mirror that has it for its mirror, or says why not", () => {
    if ("waiver" in mirror) {
      expect(mirror.waiver).toMatch(/^[A-Z].{20,}\.$/);
      return;
    }
    expect(mirror.rules.length).toBeGreaterThan(0);
    for (const other of mirror.rules) {
      const back = byId.get(other)?.mirror;
      expect(back !== undefined && "rules" in back ? back.rules : [], `${other} has no mirror ${id}`).toContain(id);
    }
  });

  test("comes of the row of the table that names it, or is said to be in none", () => {
    const rows = facts.filter(([, , rules]) => rules.includes(id));
    expect(rows.length > 0 || Object.hasOwn(others, id)).toBe(true);
  });
});

test("every row of the table has the level that its rules have, and a case", () => {
  expect(ruleInfos.length).toBeGreaterThan(40);
  for (const [change, level, rules] of facts) {
    for (const id of rules) {
      const rule = byId.get(id);
      expect(rule, id).toBeDefined();
      const [usual] = id.startsWith("reply-") ? (rule?.levels.receiver ?? []) : (rule?.levels.sender ?? []);
      if (level !== null) expect(`${change}: ${id} ${usual}`).toBe(`${change}: ${id} ${level}`);
    }
  }
  const tried = new Set(table.map(({ row }) => row));
  const beside = ["webhook removed, or renamed on the wire", "webhook added"];
  expect(facts.map(([change]) => change).filter((change) => !tried.has(change) && !beside.includes(change))).toEqual(
    [],
  );
  expect([...tried].filter((row) => !facts.some(([change]) => change === row))).toEqual([]);
});

test("every rule is met in the table's cases, each way with a level that it has", () => {
  const told = [...table, ...replyTable].flatMap(({ forward, backward }) => [...forward, ...backward]);
  for (const line of told) {
    const [level = "", id = "", part = ""] = line.split(" ");
    const levels = byId.get(id)?.levels[part === "reply" ? "receiver" : "sender"] ?? [];
    expect(levels, line).toContain(level);
  }
  const met = new Set(told.map((line) => line.split(" ")[1]));
  // These are about more than two schemas or forms, and are tried in webhooks.test.ts and below.
  const beside = [
    "webhook-removed",
    "webhook-added",
    "address-changed",
    "route-changed",
    "prose-changed",
    "schema-changed",
  ];
  expect(ruleInfos.map(({ id }) => id).filter((id) => !met.has(id) && !beside.includes(id))).toEqual([]);
});

test("every page in docs/rules/ is a rule's", () => {
  const pages = readdirSync(new URL("../../docs/rules/", import.meta.url)).map((file) => file.replace(/\.md$/, ""));
  expect(pages.filter((id) => !byId.has(id))).toEqual([]);
});

test("docs/compatibility.md is what `npm run compatibility` writes", () => {
  expect(readFileSync(new URL("../../docs/compatibility.md", import.meta.url), "utf8")).toBe(compatibilityPage());
});
