import { describe, expect, test } from "vitest";
import type { DocumentSet } from "../../src/model/index.ts";
import { createMemoryReader, readDocuments } from "../../src/read/index.ts";
import { resolveDocuments } from "../../src/resolve/index.ts";
import { HOSTILE_MILLISECONDS_MAX } from "../limits.ts";

/** Reads and resolves files that are only in memory; the first is the entry. */
async function resolve(files: Readonly<Record<string, unknown>>): Promise<DocumentSet> {
  const texts = Object.fromEntries(
    Object.entries(files).map(([file, value]) => [file, typeof value === "string" ? value : JSON.stringify(value)]),
  );
  const reader = createMemoryReader(texts, { cwd: "/w" });
  const { value } = await readDocuments(Object.keys(files)[0] ?? "", { cwd: "/w", reader });
  if (value === null) throw new Error("the entry cannot be read");
  return resolveDocuments(value);
}

const findings = (set: DocumentSet) =>
  set.diagnostics.map(({ code, location, hint }) =>
    [code, location.file, location.pointer, hint].filter((part) => part !== undefined).join(" "),
  );

/** The target of a reference in the entry, as `file#pointer value`. */
function targetOf(set: DocumentSet, ref: string, pointer = ""): string | null {
  const target = set.resolve(ref, { file: set.entry.file, pointer });
  return target && `${target.location.file}#${target.location.pointer} ${JSON.stringify(target.value)}`;
}

const openapi = "3.1.0";

describe("targets", () => {
  test.each([
    { ref: "#", want: "openapi.json# " },
    { ref: "#/a/b", want: "openapi.json#/a/b 1" },
    { ref: "\n #/a/b \n", want: "openapi.json#/a/b 1" },
    { ref: "#/list/1", want: "openapi.json#/list/1 20" },
    { ref: "#/paths/~1users~1{id}", want: 'openapi.json#/paths/~1users~1{id} "u"' },
    { ref: "#/paths/~1users~1%7Bid%7D", want: 'openapi.json#/paths/~1users~1{id} "u"' },
    { ref: "#/%C3%BC", want: "openapi.json#/ü 3" },
    { ref: "#/100%", want: "openapi.json#/100% 4" },
    { ref: "#/a%25b", want: "openapi.json#/a%b 5" },
    { ref: "dir/other.json", want: 'dir/other.json# {"x":{"y":7}}' },
    { ref: "dir/other.json#/x/y", want: "dir/other.json#/x/y 7" },
    { ref: "note.md", want: 'note.md# "# Note"' },
    { ref: "note.md#/0", want: null },
    { ref: "#/a/nothing", want: null },
    { ref: "#/list/-", want: null },
    { ref: "#/list/01", want: null },
    { ref: "#/__proto__", want: null },
    { ref: "#/constructor", want: null },
    { ref: "#/constructor/name", want: null },
    { ref: "#/list/length", want: null },
    { ref: "#/a/toString", want: null },
    { ref: "#anchor", want: null },
    { ref: "unread.json", want: null },
  ])("$ref", async ({ ref, want }) => {
    const set = await resolve({
      "openapi.json": {
        openapi,
        a: { b: 1 },
        list: [10, 20],
        paths: { "/users/{id}": "u" },
        ü: 3,
        "100%": 4,
        "a%b": 5,
        uses: [{ $ref: "dir/other.json" }, { $ref: "note.md" }],
      },
      "dir/other.json": { x: { y: 7 } },
      "note.md": "# Note",
    });
    const target = targetOf(set, ref);
    if (want === null || target === null) expect(target).toBe(want);
    else expect(target.startsWith(want)).toBe(true);
  });

  test("as YAML block scalars write them, with a line break at the end, in files too", async () => {
    const text = "openapi: 3.1.0\na:\n  $ref: |\n    dir/other.json#/x\nb:\n  $ref: >\n    #/c\nc: 1\n";
    const set = await resolve({ "openapi.yaml": text, "dir/other.json": { x: 7 } });
    expect(findings(set)).toEqual([]);
    expect(targetOf(set, "dir/other.json#/x\n")).toBe("dir/other.json#/x 7");
  });

  test("references of another file count from there", async () => {
    const set = await resolve({
      "specs/openapi.json": { openapi, x: { $ref: "parts/a.json#/a" } },
      "specs/parts/a.json": { a: { $ref: "../b.json#/b" }, c: { $ref: "#/a" } },
      "specs/b.json": { b: 1 },
    });
    expect(set.diagnostics).toEqual([]);
    const from = { file: "specs/parts/a.json", pointer: "/a" };
    expect(set.resolve("../b.json#/b", from)?.location).toEqual({ file: "specs/b.json", pointer: "/b" });
    expect(set.resolve("#/a", from)?.location).toEqual({ file: "specs/parts/a.json", pointer: "/a" });
  });

  test("a chain is resolved one step at a time", async () => {
    const set = await resolve({ "openapi.json": { openapi, a: { $ref: "#/b" }, b: { $ref: "#/c" }, c: 1 } });
    expect(targetOf(set, "#/b")).toBe('openapi.json#/b {"$ref":"#/c"}');
    expect(set.diagnostics).toEqual([]);
  });

  test("a pointer may lead through references, over files", async () => {
    const set = await resolve({
      "asyncapi.json": {
        asyncapi: "3.0.0",
        channels: { orders: { $ref: "channels.json#/orders" } },
        operations: { send: { messages: [{ $ref: "#/channels/orders/messages/paid" }] } },
      },
      "channels.json": { orders: { messages: { paid: { $ref: "#/paid" } } }, paid: { payload: true } },
    });
    expect(set.diagnostics).toEqual([]);
    expect(targetOf(set, "#/channels/orders/messages/paid/payload")).toBe("channels.json#/paid/payload true");
  });

  test("into the middle of a schema that contains itself", async () => {
    const set = await resolve({
      "openapi.json": {
        openapi,
        components: { schemas: { Folder: { properties: { parent: { $ref: "#/components/schemas/Folder" } } } } },
      },
    });
    expect(set.diagnostics).toEqual([]);
    const deep = "#/components/schemas/Folder/properties/parent/properties/parent/properties";
    expect(targetOf(set, deep)).toMatch(/^openapi\.json#\/components\/schemas\/Folder\/properties /);
  });

  test("a document from a set that does not know the file", async () => {
    const set = await resolve({ "openapi.json": { openapi } });
    expect(set.resolve("#", { file: "unknown.json", pointer: "" })).toBeNull();
  });
});

describe("names of schemas", () => {
  const files = {
    "openapi.json": {
      openapi,
      components: {
        schemas: {
          Order: {
            $id: "https://example.com/order",
            $anchor: "order",
            $defs: { item: { $id: "item", $defs: { sku: { $anchor: "order", const: 1 } } }, local: { const: 2 } },
            properties: {
              a: { $ref: "#/$defs/local" },
              b: { $ref: "#/components/schemas/Other" },
              c: { $ref: "item" },
            },
          },
          Other: { $anchor: "other" },
        },
      },
      uses: [{ $ref: "https://example.com/item#/$defs/sku" }, { $ref: "#other" }, { $ref: "schemas.json#far" }],
    },
    "schemas.json": { $defs: { far: { $id: "#far" } } },
  };
  const inOrder = "/components/schemas/Order/properties/a";

  test.each([
    { ref: "#/$defs/local", from: inOrder, want: "/components/schemas/Order/$defs/local" },
    { ref: "#/components/schemas/Other", from: inOrder, want: "/components/schemas/Other" },
    { ref: "item", from: inOrder, want: "/components/schemas/Order/$defs/item" },
    { ref: "https://example.com/order#order", from: "", want: "/components/schemas/Order" },
    { ref: "https://example.com/item#order", from: "", want: "/components/schemas/Order/$defs/item/$defs/sku" },
    { ref: "#order", from: inOrder, want: "/components/schemas/Order" },
    { ref: "#other", from: "", want: "/components/schemas/Other" },
    { ref: "#", from: inOrder, want: "/components/schemas/Order" },
    { ref: "schemas.json#far", from: "", want: "/$defs/far" },
  ])("$ref from $from", async ({ ref, from, want }) => {
    const set = await resolve(files);
    expect(set.diagnostics).toEqual([]);
    expect(set.resolve(ref, { file: "openapi.json", pointer: from })?.location.pointer).toBe(want);
  });

  test("a urn: that no schema has is not found", async () => {
    const set = await resolve({ "openapi.json": { openapi, x: { $ref: "urn:example:none" } } });
    expect(findings(set)).toEqual(["reference-not-found openapi.json /x/$ref"]);
  });

  test("files beside a schema with an $id are still found by their path", async () => {
    const set = await resolve({
      "openapi.json": { openapi, x: { $id: "https://example.com/x", items: { $ref: "other.json#/a" } } },
      "other.json": { a: 1 },
    });
    expect(set.diagnostics).toEqual([]);
    expect(targetOf(set, "other.json#/a", "/x/items")).toBe("other.json#/a 1");
  });
});

describe("what is reported", () => {
  test("a missing target, at the $ref, with the key that is spelt alike", async () => {
    const set = await resolve({
      "openapi.json": {
        openapi,
        components: { messages: { OrderPaid: {}, OrderCancelled: {} } },
        a: { $ref: "#/components/messages/OrderPayed" },
        b: { $ref: "#/component/messages/OrderPaid" },
        c: { $ref: "#/components/messages/Nothing" },
        d: { $ref: "#/components/messages/orderpaid" },
        e: { $ref: "other.json#/mney" },
      },
      "other.json": { money: 1 },
    });
    expect(findings(set)).toEqual([
      'reference-not-found openapi.json /a/$ref did you mean "#/components/messages/OrderPaid"?',
      'reference-not-found openapi.json /b/$ref did you mean "#/components/messages/OrderPaid"?',
      "reference-not-found openapi.json /c/$ref",
      'reference-not-found openapi.json /d/$ref did you mean "#/components/messages/OrderPaid"?',
      'reference-not-found openapi.json /e/$ref did you mean "other.json#/money"?',
    ]);
  });

  test.each(["#/__proto__", "#/constructor", "#/__proto__/toString", "#/x/__proto__"])("%s", async (ref) => {
    const set = await resolve({ "openapi.json": { openapi, x: { $ref: ref } } });
    expect(set.diagnostics[0]?.code).toBe("reference-not-found");
  });

  test("an own __proto__ is found", async () => {
    const set = await resolve({
      "openapi.json": '{"openapi":"3.1.0","__proto__":{"a":1},"x":{"$ref":"#/__proto__/a"}}',
    });
    expect(set.diagnostics).toEqual([]);
    expect(targetOf(set, "#/__proto__/a")).toBe("openapi.json#/__proto__/a 1");
  });

  test("a file that could not be read is not reported again", async () => {
    const set = await resolve({ "openapi.json": { openapi, x: { $ref: "no.json#/a" }, y: { $ref: "file:///a" } } });
    expect(set.diagnostics).toEqual([]);
    expect(targetOf(set, "no.json#/a")).toBeNull();
  });

  test("references in other files, and in mappings", async () => {
    const set = await resolve({
      "openapi.json": { openapi, x: { $ref: "a.json" }, d: { discriminator: { mapping: { k: "#/nope" } } } },
      "a.json": { y: [{ $ref: "#/z" }] },
    });
    expect(findings(set)).toEqual([
      "reference-not-found openapi.json /d/discriminator/mapping/k",
      "reference-not-found a.json /y/0/$ref",
    ]);
  });

  test("a slash that is not escaped is taken, with a warning that says how to write it", async () => {
    const set = await resolve({
      "openapi.json": { openapi, paths: { "/users/{id}": { get: 1 } }, x: { $ref: "#/paths//users/{id}/get" } },
    });
    expect(findings(set)).toEqual(['pointer-not-escaped openapi.json /x/$ref write "#/paths/~1users~1%7Bid%7D/get"']);
    expect(targetOf(set, "#/paths//users/{id}/get")).toBe("openapi.json#/paths/~1users~1{id}/get 1");
  });
});

describe("circles", () => {
  test.each([
    { why: "itself", given: { a: { $ref: "#/a" } }, want: ["/a/$ref"] },
    {
      why: "itself, by a pointer through itself",
      given: { a: { $ref: "#/a/b" } },
      want: ["/a/$ref"],
      code: "reference-not-found",
    },
    { why: "two", given: { a: { $ref: "#/b" }, b: { $ref: "#/a" } }, want: ["/a/$ref"] },
    {
      why: "two and one that leads in",
      given: { z: { $ref: "#/a" }, a: { $ref: "#/b" }, b: { $ref: "#/a" } },
      want: ["/a/$ref"],
    },
    { why: "two circles", given: { a: { $ref: "#/a" }, b: { $ref: "#/b" } }, want: ["/a/$ref", "/b/$ref"] },
    {
      why: "with members beside",
      given: { a: { $ref: "#/b", type: "object" }, b: { $ref: "#/a" } },
      want: ["/a/$ref"],
    },
    { why: "none: a schema that contains itself", given: { a: { items: { $ref: "#/a" } } }, want: [] },
    { why: "none: the whole document", given: { a: { $ref: "#" } }, want: [] },
  ])("$why", async ({ given, want, code = "reference-cycle" }) => {
    const set = await resolve({ "openapi.json": { openapi, ...given } });
    expect(findings(set).map((finding) => finding.split(" ").slice(0, 3).join(" "))).toEqual(
      want.map((pointer) => `${code} openapi.json ${pointer}`),
    );
  });

  test("over files, reported once", async () => {
    const set = await resolve({
      "openapi.json": { openapi, a: { $ref: "b.json#/b" } },
      "b.json": { b: { $ref: "openapi.json#/a" } },
    });
    expect(set.diagnostics.map(({ message }) => message)).toEqual([
      'These references lead round in a circle and so to nothing: "b.json#/b" → "openapi.json#/a".',
    ]);
  });

  test("a long chain is no circle and takes no long time", async () => {
    const links = Array.from({ length: 20_000 }, (_, index) => [`k${index}`, { $ref: `#/k${index + 1}` }]);
    const start = performance.now();
    const set = await resolve({ "openapi.json": { openapi, ...Object.fromEntries(links), k20000: 1 } });
    expect(set.diagnostics).toEqual([]);
    expect(performance.now() - start).toBeLessThan(HOSTILE_MILLISECONDS_MAX);
  });
});

test("a JSON document of 4.8 MB with 38,000 references is resolved", async () => {
  const schemas: Record<string, unknown> = {};
  for (let index = 0; index < 19_000; index++) {
    schemas[`Schema${index}`] = {
      type: "object",
      description: `Some words that make it longer, ${index}`,
      properties: {
        a: { type: "string", minLength: 3 },
        b: { $ref: `#/components/schemas/Schema${(index + 1) % 19_000}` },
        c: { type: "array", items: { $ref: `#/components/schemas/Schema${(index * 7) % 19_000}` } },
      },
    };
  }
  const text = JSON.stringify({ openapi, components: { schemas } });
  expect(text.length).toBeGreaterThan(4_800_000);
  const set = await resolve({ "openapi.json": text });
  expect(set.diagnostics).toEqual([]);
});

test("the documents are left as they were", async () => {
  const freeze = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    Object.freeze(value);
    for (const member of Object.values(value)) freeze(member);
  };
  const reader = createMemoryReader({ "openapi.json": '{"openapi":"3.1.0","a":{"$ref":"#/a"}}' }, { cwd: "/w" });
  const { value } = await readDocuments("openapi.json", { cwd: "/w", reader });
  freeze(value?.entry.value);
  expect(() => value && resolveDocuments(value)).not.toThrow();
});
