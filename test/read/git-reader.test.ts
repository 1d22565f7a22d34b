import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readDocuments } from "../../src/read/index.ts";
import { temporaryFolder } from "./temporary-folder.ts";

function git(cwd: string, ...args: string[]): void {
  const identity = ["-c", "user.name=T", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false"];
  execFileSync("git", [...identity, ...args], { cwd, stdio: "ignore" });
}

/** A repository whose first commit, tagged v1, has these files. */
function repository(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder(files);
  git(folder, "init", "--initial-branch=main");
  git(folder, "add", ".");
  git(folder, "commit", "--message=one");
  git(folder, "tag", "v1");
  return folder;
}

async function read(cwd: string, entry: string, root?: string) {
  const { value, diagnostics } = await readDocuments(entry, { cwd, ...(root === undefined ? {} : { root }) });
  return {
    value,
    files: [...(value?.documents.keys() ?? [])],
    findings: diagnostics.map(({ code, location }) => `${code} ${location.file} ${location.pointer}`.trimEnd()),
    messages: diagnostics.map(({ message }) => message),
  };
}

const files = {
  "specs/orders/openapi.yaml": "openapi: 3.1.0\nx: {$ref: '../shared.yaml#/a'}",
  "specs/shared.yaml": "a: old",
};

describe("REV:path", () => {
  test("is read from the revision, and so is what it refers to", async () => {
    const cwd = repository(files);
    writeFileSync(join(cwd, "specs/shared.yaml"), "a: new");
    rmSync(join(cwd, "specs/orders/openapi.yaml"));
    const { value, files: read_, findings } = await read(cwd, "v1:specs/orders/openapi.yaml");
    expect(findings).toEqual([]);
    expect(read_).toEqual(["v1:specs/orders/openapi.yaml", "v1:specs/shared.yaml"]);
    expect(value?.documents.get("v1:specs/shared.yaml")?.value).toEqual({ a: "old" });
  });

  test("counts from the top of the repository, or with ./ from the working folder", async () => {
    const cwd = join(repository(files), "specs/orders");
    for (const entry of ["v1:specs/orders/openapi.yaml", "HEAD:./openapi.yaml", "main:../orders/openapi.yaml"]) {
      const { files: read_ } = await read(cwd, entry, "..");
      expect(read_[0]).toMatch(/^[^:]+:specs\/orders\/openapi\.yaml$/);
      expect(read_).toHaveLength(2);
    }
  });

  test("a revision may hold a colon in braces", async () => {
    const { findings, files: read_ } = await read(repository(files), "HEAD^{/on: e}:specs/orders/openapi.yaml");
    expect(findings).toEqual(["revision-not-found HEAD^{/on: e}:specs/orders/openapi.yaml"]);
    expect(read_).toEqual([]);
    const found = await read(repository(files), "HEAD@{0}:specs/orders/openapi.yaml");
    expect(found.findings).toEqual([]);
  });

  test("a file that exists under the whole name is that file, and one letter is a drive", async () => {
    const cwd = repository(files);
    mkdirSync(join(cwd, "v1:specs/orders"), { recursive: true });
    writeFileSync(join(cwd, "v1:specs/orders/openapi.yaml"), "openapi: 3.0.0");
    expect((await read(cwd, "v1:specs/orders/openapi.yaml")).value?.format).toBe("openapi-3.0");
    expect((await read(cwd, "C:/specs/openapi.yaml")).findings).toEqual(["file-not-found C:/specs/openapi.yaml"]);
  });

  test.each([
    { entry: "nope:specs/shared.yaml", want: "revision-not-found", message: "no such revision" },
    { entry: "--output=stolen:specs/shared.yaml", want: "revision-not-found", message: "no such revision" },
    { entry: "v1:specs/nope.yaml", want: "file-not-found", message: "no file" },
    { entry: "v1:specs/*.yaml", want: "file-not-found", message: "no file" },
    { entry: "v1::(top)specs/shared.yaml", want: "file-not-found", message: "no file" },
    { entry: "v1:specs", want: "file-is-folder", message: "folder" },
    { entry: "v1:link.yaml", want: "file-not-readable", message: "symbolic link" },
  ])("$entry is $want", async ({ entry, want, message }) => {
    const cwd = temporaryFolder(files);
    symlinkSync("specs/shared.yaml", join(cwd, "link.yaml"));
    git(cwd, "init");
    git(cwd, "add", ".");
    git(cwd, "commit", "--message=one");
    git(cwd, "tag", "v1");
    const { findings, messages } = await read(cwd, entry);
    expect(findings).toEqual([`${want} ${entry}`]);
    expect(messages[0]).toContain(message);
  });

  test("outside of a repository", async () => {
    const { findings, messages } = await read(temporaryFolder({}), "main:openapi.yaml");
    expect(findings).toEqual(["revision-not-found main:openapi.yaml"]);
    expect(messages[0]).toContain("in no git repository");
  });

  test("references leave neither the root nor the repository", async () => {
    const cwd = repository({
      "openapi.yaml": "openapi: 3.1.0\na: {$ref: ../x.yaml}\nb: {$ref: /etc/passwd}\nc: {$ref: specs/c.yaml}",
      "specs/c.yaml": "$ref: ../d.yaml",
      "specs/openapi.yaml": "openapi: 3.1.0\na: {$ref: ../d.yaml}",
      "d.yaml": "{}",
    });
    expect((await read(cwd, "v1:openapi.yaml")).findings).toEqual([
      "reference-outside-root v1:openapi.yaml /a/$ref",
      "reference-outside-root v1:openapi.yaml /b/$ref",
    ]);
    expect((await read(cwd, "v1:specs/openapi.yaml", "specs")).findings).toEqual([
      "reference-outside-root v1:specs/openapi.yaml /a/$ref",
    ]);
  });
});
