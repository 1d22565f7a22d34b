/**
 * What `hookbook list` says of every document of the corpus. The golden files are read before they are accepted: is this
 * what somebody who knows the document would expect, and could they act on what is reported?
 */
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { run } from "../cli/helpers.ts";
import { readable, refused } from "./documents.ts";

test("the corpus has as many documents as it was made of", () => {
  expect([readable.length, refused.length]).toEqual([53, 2]);
});

describe("listed", () => {
  test.each(readable)("$name", async ({ folder, entry }) => {
    const { status, stdout, stderr } = await run(folder, ["list", entry, "--format", "json"]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    await expect(stdout).toMatchFileSnapshot(join(folder, "list.json"));
  });
});

describe("refused in a sentence", () => {
  test.each(refused)("$name", async ({ folder, entry }) => {
    const { status, stdout, stderr } = await run(folder, ["list", entry, "--format", "json"]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    await expect(stderr).toMatchFileSnapshot(join(folder, "refused.txt"));
  });
});
