/** The corpus has what documents in the world have: for each thing there is a document in which it stands. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { coverage, type Evidence } from "./coverage.ts";
import { documents, filesOf } from "./documents.ts";

const texts = new Map(
  documents.map((document) => [
    document.name,
    filesOf(document).map((file) => readFileSync(join(document.folder, file), "utf8")),
  ]),
);

test.each(Object.entries(coverage))("%s", (_, evidence) => {
  expect(evidence).not.toEqual([]);
  expect(evidence.filter((one) => !isThere(one))).toEqual([]);
});

test("every document is there for something", () => {
  const used = new Set(Object.values(coverage).flatMap((evidence) => evidence.map(([name]) => name)));
  expect(documents.map(({ name }) => name).filter((name) => !used.has(name))).toEqual([]);
});

test("numbers and addresses in them are fictional", () => {
  const all = [...texts.values()].flat().join("\n");
  const phones = all.match(/\+\d{8,}/g) ?? [];
  expect(phones.length).toBeGreaterThan(2);
  expect(phones.filter((number) => !/^\+1[2-9]\d\d55501\d\d$/.test(number))).toEqual([]);
  const hosts = [...all.matchAll(/https?:\/\/([^\s/'"}:,]+)/g)].map(([, host]) => host ?? "");
  const known = ["json-schema.org", "spec.openapis.org"];
  expect(
    hosts.filter((host) => !/(?:^|\.)example\.com$/.test(host) && !known.includes(host) && host !== "{host"),
  ).toEqual([]);
});

function isThere([name, wanted]: Evidence): boolean {
  return (texts.get(name) ?? []).some((text) =>
    typeof wanted === "string" ? text.includes(wanted) : wanted.test(text),
  );
}
