import { expect, test } from "vitest";
import { makeChangelog } from "../../src/diff/index.ts";
import type { Change, Revision } from "../../src/model/index.ts";

const change = (webhook: string, level: Change["level"]): Change => ({
  rule: "type-changed",
  level,
  webhook,
  in: "payload",
  pointer: "/a",
  message: "Changed.",
  cause: webhook,
  base: null,
  revision: null,
});
const revision = (hash: string, webhooks: readonly string[], changes: readonly Change[] = []): Revision => ({
  hash,
  date: "2026-01-01T00:00:00Z",
  subject: hash,
  version: hash,
  webhooks,
  changes,
});
const options = { contract: "c", title: "C", skipped: [], complete: true };

test("the newest comes first, for the whole and for each webhook", () => {
  const made = makeChangelog(
    [
      revision("1", ["a", "b"]),
      revision("2", ["a", "b"], [change("a", "safe"), change("b", "breaking")]),
      revision("3", ["a", "b"]),
      revision("4", ["c", "a"], [change("a", "risky")]),
    ],
    options,
  );
  expect(made.entries.map(({ hash, verdict }) => [hash, verdict])).toEqual([
    ["4", "risky"],
    ["2", "breaking"],
  ]);
  expect(
    made.webhooks.map(({ webhook, since, isRemoved, entries }) => [
      webhook,
      since.hash,
      isRemoved,
      entries.map(({ hash, verdict, changes }) => [hash, verdict, changes.length]),
    ]),
  ).toEqual([
    ["c", "4", false, []],
    [
      "a",
      "1",
      false,
      [
        ["4", "risky", 1],
        ["2", "safe", 1],
      ],
    ],
    ["b", "1", true, [["2", "breaking", 1]]],
  ]);
  expect(made).toMatchObject({ revisions: 4, oldest: "1", complete: true });
});

test("no revision makes an empty changelog", () => {
  expect(makeChangelog([], options)).toEqual({ ...options, entries: [], webhooks: [], oldest: null, revisions: 0 });
});
