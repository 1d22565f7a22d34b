import { describe, expect, test } from "vitest";
import { getAt, isString, type JsonValue, parseFragment, walk } from "../../src/json/index.ts";
import { createMemoryReader, readDocuments } from "../../src/read/index.ts";
import { type Bundle, bundleForParser, resolveDocuments } from "../../src/resolve/index.ts";

async function bundle(files: Readonly<Record<string, unknown>>): Promise<Bundle> {
  const texts = Object.fromEntries(
    Object.entries(files).map(([file, value]) => [file, typeof value === "string" ? value : JSON.stringify(value)]),
  );
  const reader = createMemoryReader(texts, { cwd: "/w" });
  const { value } = await readDocuments(Object.keys(files)[0] ?? "", { cwd: "/w", reader });
  if (value === null) throw new Error("the entry cannot be read");
  return bundleForParser(resolveDocuments(value));
}

/** Every `$ref` with a string, wherever it is. */
function refsOf(value: JsonValue): string[] {
  const refs: string[] = [];
  walk(value, (member, pointer) => {
    if (isString(member) && pointer.endsWith("/$ref")) refs.push(member);
    return undefined;
  });
  return refs;
}

const asyncapi = "3.0.0";

const files = {
  "specs/asyncapi.json": {
    asyncapi,
    channels: { orders: { $ref: "parts/channels.yaml#/orders" } },
    operations: {
      send: { channel: { $ref: "#/channels/orders" }, messages: [{ $ref: "#/channels/orders/messages/paid" }] },
    },
    components: {
      schemas: {
        Note: { $ref: "note.md" },
        Local: { $ref: "#/components/schemas/A~1%20b" },
        "A/ b": { const: 1 },
        Lost: { $ref: "parts/channels.yaml#/nope" },
        Gone: { $ref: "https://example.com/secret.json" },
        Round: { $ref: "#/components/schemas/Round" },
        Data: { default: { $ref: "file:///etc/passwd" }, examples: [{ $ref: "../../secret.yaml" }] },
        Kind: { discriminator: { propertyName: "k", mapping: { a: "parts/channels.yaml#/order", b: "Local" } } },
      },
    },
  },
  "specs/parts/channels.yaml": `
orders: { messages: { paid: { payload: { $ref: '#/order' } } } }
order: { properties: { total: { $ref: money.json }, back: { $ref: '../asyncapi.json#/components/schemas/Local' } } }
`,
  "specs/parts/money.json": { type: "number" },
  "specs/note.md": "# Note",
};

describe("bundleForParser", () => {
  test("has local references only, and each leads somewhere", async () => {
    const { value } = await bundle(files);
    const refs = refsOf(value);
    expect(refs.length).toBeGreaterThan(10);
    for (const ref of refs) {
      expect(ref).toMatch(/^#/);
      expect(getAt(value, parseFragment(ref.slice(1)) ?? ["no pointer"]), ref).toBeDefined();
    }
    expect(JSON.stringify(value)).not.toMatch(/"\$ref":"(?!#)/);
  });

  test("is this value", async () => {
    expect((await bundle(files)).value).toEqual({
      asyncapi,
      channels: { orders: { $ref: "#/x-hookbook-bundled/0/orders" } },
      operations: {
        send: {
          channel: { $ref: "#/channels/orders" },
          messages: [{ $ref: "#/x-hookbook-bundled/0/orders/messages/paid" }],
        },
      },
      components: {
        schemas: {
          Note: { $ref: "#/x-hookbook-bundled/1" },
          Local: { $ref: "#/components/schemas/A~1%20b" },
          "A/ b": { const: 1 },
          Lost: { $ref: "#/x-hookbook-bundled/missing" },
          Gone: { $ref: "#/x-hookbook-bundled/missing" },
          Round: { $ref: "#/x-hookbook-bundled/missing" },
          Data: {
            default: { "x-hookbook-data-$ref": "file:///etc/passwd" },
            examples: [{ "x-hookbook-data-$ref": "../../secret.yaml" }],
          },
          Kind: { discriminator: { propertyName: "k", mapping: { a: "#/x-hookbook-bundled/0/order", b: "Local" } } },
        },
      },
      "x-hookbook-bundled": {
        "0": {
          orders: { messages: { paid: { payload: { $ref: "#/x-hookbook-bundled/0/order" } } } },
          order: {
            properties: {
              total: { $ref: "#/x-hookbook-bundled/2" },
              back: { $ref: "#/components/schemas/Local" },
            },
          },
        },
        "1": "# Note",
        "2": { type: "number" },
        missing: {},
      },
    });
  });

  test.each([
    { pointer: "", want: "specs/asyncapi.json#" },
    { pointer: "/channels/orders", want: "specs/asyncapi.json#/channels/orders" },
    { pointer: "/channels/orders/messages/paid", want: "specs/parts/channels.yaml#/orders/messages/paid" },
    {
      pointer: "/channels/orders/messages/paid/payload/properties/total/type",
      want: "specs/parts/money.json#/type",
    },
    { pointer: "/x-hookbook-bundled/0/order/properties", want: "specs/parts/channels.yaml#/order/properties" },
    { pointer: "/x-hookbook-bundled/1", want: "specs/note.md#" },
    { pointer: "/x-hookbook-bundled", want: "specs/asyncapi.json#" },
    { pointer: "/channels/nothing/at/all", want: "specs/asyncapi.json#/channels" },
    { pointer: "/components/schemas/Lost/type", want: "specs/asyncapi.json#/components/schemas/Lost" },
    {
      pointer: "/components/schemas/Data/default/x-hookbook-data-$ref",
      want: "specs/asyncapi.json#/components/schemas/Data/default/$ref",
    },
    { pointer: "/components/schemas/Round/type", want: "specs/asyncapi.json#/components/schemas/Round" },
  ])("the source of $pointer", async ({ pointer, want }) => {
    const { sourceOf } = await bundle(files);
    const source = sourceOf(pointer);
    expect(`${source.file}#${source.pointer}`).toBe(want);
  });

  test("a document with one file is itself, but for the place for others", async () => {
    const entry = { asyncapi, x: { $ref: "#/y" }, y: { __proto__: null, z: 1 } };
    const { value } = await bundle({ "asyncapi.json": entry });
    expect(value).toEqual({ ...entry, "x-hookbook-bundled": { missing: {} } });
  });

  test("own __proto__ keys stay, and nothing is polluted", async () => {
    const { value } = await bundle({ "asyncapi.json": '{"asyncapi":"3.0.0","x":{"__proto__":{"polluted":1}}}' });
    expect(JSON.stringify(value["x"])).toBe('{"__proto__":{"polluted":1}}');
    expect((value["x"] as { polluted?: number }).polluted).toBeUndefined();
  });

  test("overlapping targets do not multiply", async () => {
    let part: JsonValue = "x".repeat(10_000);
    for (let level = 0; level < 300; level++) part = { a: part };
    const refs = Array.from({ length: 300 }, (_, level) => ({ $ref: `part.json#${"/a".repeat(level)}` }));
    const { value } = await bundle({ "asyncapi.json": { asyncapi, refs }, "part.json": part });
    expect(JSON.stringify(value).length).toBeLessThan(400_000);
  });
});
