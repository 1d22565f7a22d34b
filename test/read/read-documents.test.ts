import { chmodSync, mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Diagnostic } from "../../src/model/index.ts";
import { createMemoryReader, limits, type ReadOptions, readDocuments } from "../../src/read/index.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const brief = ({ code, location }: Diagnostic) => `${code} ${location.file} ${location.pointer}`.trimEnd();

/** Reads files that are only in memory; the working folder is /w. */
async function readIn(files: Record<string, string>, entry = "openapi.yaml", options: ReadOptions = {}) {
  const reader = createMemoryReader(files, { cwd: "/w" });
  const { value, diagnostics } = await readDocuments(entry, { cwd: "/w", reader, ...options });
  return { value, files: [...(value?.documents.keys() ?? [])], findings: diagnostics.map(brief), diagnostics };
}

/** Reads real files. */
async function readOn(cwd: string, entry: string, options: ReadOptions = {}) {
  const { value, diagnostics } = await readDocuments(entry, { cwd, ...options });
  return { value, files: [...(value?.documents.keys() ?? [])], findings: diagnostics.map(brief), diagnostics };
}

const withRef = (ref: string) => `openapi: 3.1.0\nx:\n  $ref: ${JSON.stringify(ref)}\n`;

describe("which documents are read", () => {
  test("the entry alone", async () => {
    const { value, files, findings } = await readIn({ "openapi.yaml": "openapi: 3.1.0" });
    expect(files).toEqual(["openapi.yaml"]);
    expect(findings).toEqual([]);
    expect(value?.format).toBe("openapi-3.1");
    expect(value?.entry.value).toEqual({ openapi: "3.1.0" });
  });

  test("what references name, sideways, upwards, and back, each once", async () => {
    const { value, files, findings } = await readIn(
      {
        "specs/orders/openapi.yaml": withRef("./schemas/order.yaml#/Order"),
        "specs/orders/schemas/order.yaml":
          "Order: {$ref: '../../shared/money.json'}\nBack: {$ref: '../openapi.yaml#/x'}",
        "specs/shared/money.json": '{"a": {"$ref": "./../orders/schemas/order.yaml#/Back"}}',
      },
      "specs/orders/openapi.yaml",
    );
    expect(findings).toEqual([]);
    expect(files).toEqual(["specs/orders/openapi.yaml", "specs/orders/schemas/order.yaml", "specs/shared/money.json"]);
    expect(value?.addresses.get("specs/orders/schemas/order.yaml")).toEqual(
      new Map([
        ["../../shared/money.json", "specs/shared/money.json"],
        ["../openapi.yaml", "specs/orders/openapi.yaml"],
      ]),
    );
  });

  test("names are percent-decoded, a query is not part of them", async () => {
    const { files } = await readIn({ "openapi.yaml": withRef("a%20%23b.yaml?x=1#/y"), "a #b.yaml": "y: 1" });
    expect(files).toEqual(["openapi.yaml", "a #b.yaml"]);
  });

  test("a $ref in data is data", async () => {
    const { files, findings } = await readIn({ "openapi.yaml": "openapi: 3.1.0\nexample:\n  $ref: other.yaml" });
    expect({ files, findings }).toEqual({ files: ["openapi.yaml"], findings: [] });
  });

  test("an example in a file of its own, text too", async () => {
    const { value, files } = await readIn({
      "openapi.yaml":
        "openapi: 3.1.0\nexamples:\n  a: {externalValue: a.txt}\n  b: {$ref: 'b.yaml'}\n  c: {externalValue: 'https://example.com/c'}",
      "a.txt": "text: with colon",
      "b.yaml": "value: {externalValue: no.json}",
    });
    expect(files).toEqual(["openapi.yaml", "a.txt", "b.yaml"]);
    expect(value?.documents.get("a.txt")).toMatchObject({ kind: "text", value: "text: with colon" });
  });

  test("a file above the working folder is named by ../", async () => {
    const { files } = await readIn(
      { "../up/openapi.yaml": withRef("b.yaml"), "../up/b.yaml": "a: 1" },
      "../up/openapi.yaml",
    );
    expect(files).toEqual(["../up/openapi.yaml", "../up/b.yaml"]);
  });

  test("a document that a schema names by $id is not looked for elsewhere", async () => {
    const { files, findings } = await readIn({
      "openapi.yaml":
        "openapi: 3.1.0\nx: {$ref: 'https://example.com/order#/a'}\ny: {$ref: 'urn:example:money'}\nz: {$ref: schemas.yaml}",
      "schemas.yaml": "a: {$id: 'https://example.com/order'}\nb: {$id: 'urn:example:money'}",
    });
    expect(findings).toEqual([]);
    expect(files).toEqual(["openapi.yaml", "schemas.yaml"]);
  });
});

describe("what cannot be read", () => {
  test("an entry that is not there", async () => {
    const { value, diagnostics, findings } = await readIn({ "openapi.yml": "" });
    expect(value).toBeNull();
    expect(findings).toEqual(["file-not-found openapi.yaml"]);
    expect(diagnostics[0]?.hint).toBe('did you mean "openapi.yml"?');
  });

  test("a referred file that is not there is reported once, at the first $ref; the rest is read", async () => {
    const { value, findings, files } = await readIn({
      "openapi.yaml": "openapi: 3.1.0\na: {$ref: 'no.yaml#/a'}\nb: {$ref: 'no.yaml#/b'}\nc: {$ref: c.yaml}",
      "c.yaml": "{}",
    });
    expect(findings).toEqual(["file-not-found openapi.yaml /a/$ref"]);
    expect(files).toEqual(["openapi.yaml", "c.yaml"]);
    expect(value?.addresses.get("openapi.yaml")).toEqual(
      new Map([
        ["no.yaml", null],
        ["c.yaml", "c.yaml"],
      ]),
    );
  });

  test("a referred file that is broken is reported where it is broken", async () => {
    const { value, findings, diagnostics } = await readIn({ "openapi.yaml": withRef("b.json"), "b.json": '{"a": }' });
    expect(value).not.toBeNull();
    expect(findings).toEqual(["broken-json b.json"]);
    expect(diagnostics[0]?.position).toEqual({ line: 1, column: 7 });
  });

  test("place and text are there to be shown, even where no description could be read", async () => {
    const reader = createMemoryReader({ "a.json": '{"a":\n}', "b.yaml": "info: 1\nswagger: '2.0'" }, { cwd: "/w" });
    const broken = await readDocuments("a.json", { cwd: "/w", reader });
    expect(broken).toMatchObject({ value: null, diagnostics: [{ position: { line: 2, column: 1 } }] });
    expect(broken.sourceText("a.json")).toBe('{"a":\n}');
    const old = await readDocuments("b.yaml", { cwd: "/w", reader });
    expect(old.value).toBeNull();
    expect(old.diagnostics.map(({ location }) => old.locate(location))).toEqual([{ line: 2, column: 1 }]);
    expect(old.sourceText("b.yaml")).toContain("swagger");
    expect(old.sourceText("nowhere")).toBeUndefined();
  });

  test("an entry that is no description", async () => {
    expect(await readIn({ "a.md": "# openapi: 3.1.0" }, "a.md")).toMatchObject({
      value: null,
      findings: ["not-a-description a.md"],
    });
  });

  test.each([
    { ref: "file:///etc/passwd", want: "reference-scheme-unsupported" },
    { ref: "FILE:/etc/passwd", want: "reference-scheme-unsupported" },
    { ref: "data:application/json,{}", want: "reference-scheme-unsupported" },
    { ref: "ftp://example.com/a.yaml", want: "reference-scheme-unsupported" },
    { ref: "//server/share/a.yaml", want: "reference-scheme-unsupported" },
    { ref: "\\\\server\\share\\a.yaml", want: "reference-scheme-unsupported" },
    { ref: "C:\\a.yaml", want: "reference-scheme-unsupported" },
    { ref: "c:/a.yaml", want: "reference-scheme-unsupported" },
    { ref: "/etc/passwd", want: "reference-outside-root" },
    { ref: "../a.yaml", want: "reference-outside-root" },
    { ref: "x/../../a.yaml#/b", want: "reference-outside-root" },
    { ref: "%2e%2e/a.yaml", want: "reference-outside-root" },
    { ref: "..%2Fa.yaml", want: "reference-outside-root" },
    { ref: "%2Fetc%2Fpasswd", want: "reference-outside-root" },
    { ref: "a%00.yaml", want: "file-not-found" },
    { ref: "http://localhost:1/a.yaml", want: "reference-not-allowed" },
    { ref: "https://example.com/a.yaml", want: "reference-not-allowed" },
    { ref: "http://user:secret@example.com/", want: "reference-not-allowed" },
  ])("$ref is $want", async ({ ref, want }) => {
    // With the real reader: the check must not depend on what the reader does.
    const cwd = temporaryFolder({ "w/openapi.yaml": withRef(ref), "a.yaml": "secret: 1" });
    const { findings, files } = await readOn(join(cwd, "w"), "openapi.yaml");
    expect(findings).toEqual([`${want} openapi.yaml /x/$ref`]);
    expect(files).toEqual(["openapi.yaml"]);
  });

  test("hints name the way out", async () => {
    const { diagnostics } = await readOn(
      temporaryFolder({ "a.yaml": withRef("https://example.com:8443/b") }),
      "a.yaml",
    );
    expect(diagnostics[0]?.hint).toContain("--allow-remote example.com:8443");
  });

  test("an entry on a host that is not allowed", async () => {
    const { value, findings } = await readOn(temporaryFolder({}), "https://example.com/openapi.yaml");
    expect(value).toBeNull();
    expect(findings).toEqual(["reference-not-allowed https://example.com/openapi.yaml"]);
  });

  test("a folder, and a file without permission", async () => {
    const cwd = temporaryFolder({ "openapi.yaml": `${withRef("schemas")}y: {$ref: closed.yaml}`, "closed.yaml": "{}" });
    mkdirSync(join(cwd, "schemas"));
    chmodSync(join(cwd, "closed.yaml"), 0);
    const { findings } = await readOn(cwd, "openapi.yaml");
    const want = ["file-is-folder openapi.yaml /x/$ref"];
    // Root may read everything.
    if (process.getuid?.() !== 0) want.push("file-not-readable openapi.yaml /y/$ref");
    expect(findings).toEqual(want);
  });

  test("a device is refused instead of read for ever", async () => {
    const cwd = temporaryFolder({});
    symlinkSync("/dev/zero", join(cwd, "openapi.yaml"));
    expect((await readOn(cwd, "openapi.yaml")).findings).toEqual(["file-not-readable openapi.yaml"]);
  });

  test("documents that never end", async () => {
    const files = Object.fromEntries(
      Array.from({ length: limits.documentsMax + 5 }, (_, index) => [`${index}.yaml`, `$ref: ${index + 1}.yaml`]),
    );
    const { findings, files: read } = await readIn({ ...files, "openapi.yaml": withRef("0.yaml") });
    expect(findings).toEqual([`too-many-documents ${limits.documentsMax - 2}.yaml /$ref`]);
    expect(read).toHaveLength(limits.documentsMax);
  });

  test("documents that are too large together", async () => {
    const half = JSON.stringify("x".repeat(limits.bytesMax / 2));
    const { findings } = await readIn({
      "openapi.yaml": "openapi: 3.1.0\na: {$ref: a.json}\nb: {$ref: b.json}",
      "a.json": half,
      "b.json": half,
    });
    expect(findings).toEqual(["file-too-large openapi.yaml /b/$ref"]);
  });
});

describe("the root", () => {
  const files = {
    "w/specs/openapi.yaml": withRef("../shared.yaml"),
    "w/shared.yaml": "a: 1",
    "w/other/x.yaml": "a: 1",
  };

  test("is the working folder where the entry lies in it", async () => {
    const cwd = join(temporaryFolder(files), "w");
    expect((await readOn(cwd, "specs/openapi.yaml")).files).toEqual(["specs/openapi.yaml", "shared.yaml"]);
  });

  test("is the entry's folder where it does not", async () => {
    const cwd = join(temporaryFolder(files), "w/other");
    expect((await readOn(cwd, "../specs/openapi.yaml")).findings).toEqual([
      "reference-outside-root ../specs/openapi.yaml /x/$ref",
    ]);
  });

  test("is what is asked for, wider or narrower", async () => {
    const cwd = join(temporaryFolder(files), "w");
    expect((await readOn(cwd, "specs/openapi.yaml", { root: "specs" })).findings).toEqual([
      "reference-outside-root specs/openapi.yaml /x/$ref",
    ]);
    expect((await readOn(join(cwd, "other"), "../specs/openapi.yaml", { root: ".." })).findings).toEqual([]);
  });

  test("a folder whose name begins alike is outside", async () => {
    const cwd = temporaryFolder({
      "specs/openapi.yaml": withRef("../specs-secret/a.yaml"),
      "specs-secret/a.yaml": "{}",
    });
    expect((await readOn(join(cwd, "specs"), "openapi.yaml")).findings).toEqual([
      "reference-outside-root openapi.yaml /x/$ref",
    ]);
  });

  test("a folder whose name begins with two dots is inside", async () => {
    const cwd = temporaryFolder({ "openapi.yaml": withRef("..a/b.yaml"), "..a/b.yaml": "{}" });
    expect((await readOn(cwd, "openapi.yaml")).findings).toEqual([]);
  });

  test("symbolic links cannot leave it, to files or by folders", async () => {
    const cwd = temporaryFolder({
      "w/openapi.yaml":
        "openapi: 3.1.0\na: {$ref: link.yaml}\nb: {$ref: folder/secret.yaml}\nc: {$ref: folder/no.yaml}",
      "secret.yaml": "secret: 1",
    });
    symlinkSync(join(cwd, "secret.yaml"), join(cwd, "w/link.yaml"));
    symlinkSync("..", join(cwd, "w/folder"));
    const { findings, files: read } = await readOn(join(cwd, "w"), "openapi.yaml");
    expect(findings).toEqual(["a", "b", "c"].map((name) => `reference-outside-root openapi.yaml /${name}/$ref`));
    expect(read).toEqual(["openapi.yaml"]);
  });

  test("symbolic links within it are fine, and so is a working folder that is one", async () => {
    const folder = temporaryFolder({
      "real/openapi.yaml": "openapi: 3.1.0\na: {$ref: link.yaml}\nb: {$ref: no.yaml}",
      "real/b.yaml": "a: 1",
    });
    symlinkSync("b.yaml", join(folder, "real/link.yaml"));
    symlinkSync("real", join(folder, "linked"));
    const { findings, files: read } = await readOn(join(folder, "linked"), "openapi.yaml");
    expect(findings).toEqual(["file-not-found openapi.yaml /b/$ref"]);
    expect(read).toEqual(["openapi.yaml", "link.yaml"]);
  });
});
