import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createDecoder, type WebhookDefinition } from "../../src/runtime/decode.ts";
import { createEncoder } from "../../src/runtime/encode.ts";
import { readMultipart } from "../../src/runtime/multipart.ts";
import type { Form, Validator } from "../../src/runtime/types.ts";
import { writeMultipart } from "../../src/runtime/write-multipart.ts";
import { runs } from "../limits.ts";

const TYPE = "multipart/form-data; boundary=X";

const part = (headers: string, text: string) => `--X\r\n${headers}\r\n\r\n${text}\r\n`;
const field = (name: string, text: string) => part(`Content-Disposition: form-data; name="${name}"`, text);
const END = "--X--\r\n";

/** Fields and files, or what is wrong. */
function read(body: string | Uint8Array, contentType = TYPE) {
  const result = readMultipart(body, contentType);
  if (typeof result === "string") return result;
  const files = result.files.map(({ field, name, type, bytes }) => ({ field, name, type, size: bytes.length }));
  return files.length === 0 ? result.fields() : { fields: result.fields(), files };
}

describe("a body", () => {
  const one = [["a", "1"]];
  test.each<{ why: string; body: string; type?: string; want: unknown }>([
    { why: "of one field", body: field("a", "1") + END, want: one },
    {
      why: "of several, names repeated",
      body: field("a", "1") + field("b", "2") + field("a", "3") + END,
      want: [
        ["a", "1"],
        ["b", "2"],
        ["a", "3"],
      ],
    },
    { why: "of none", body: END, want: [] },
    { why: "with text before and after", body: `hello\r\n${field("a", "1")}${END}bye`, want: one },
    { why: "without a line break at its end", body: `${field("a", "1")}--X--`, want: one },
    { why: "with spaces behind a boundary", body: (field("a", "1") + END).replace("--X\r", "--X \t\r"), want: one },
    { why: "of an empty value", body: field("a", "") + END, want: [["a", ""]] },
    { why: "of a value with line breaks", body: field("a", "\r\n1\n\r\n") + END, want: [["a", "\r\n1\n\r\n"]] },
    {
      why: "of a value with what looks like its boundary",
      body: field("a", "-X--\r\n--XY\r\n\r\n-X") + END,
      want: [["a", "-X--\r\n--XY\r\n\r\n-X"]],
    },
    { why: "of other than ASCII", body: field("ä", "€") + END, want: [["ä", "€"]] },
    {
      why: "with a quoted boundary",
      body: field("a", "1") + END,
      type: 'Multipart/Form-Data; charset=utf-8; BOUNDARY="X"',
      want: one,
    },
    {
      why: "with a boundary of many signs",
      body: (field("a", "1") + END).replaceAll("--X", "--a'()+_,-./:=?z"),
      type: 'multipart/form-data; boundary="a\'()+_,-./:=?z"',
      want: one,
    },
    { why: "without boundary", body: END, type: "multipart/form-data", want: "its content type names no boundary" },
    {
      why: "with too long a boundary",
      body: END,
      type: `multipart/form-data; boundary=${"x".repeat(71)}`,
      want: "its boundary is too long",
    },
    { why: "in which the boundary is not", body: "a=1", want: "its boundary is not in it" },
    { why: "of nothing", body: "", want: "its boundary is not in it" },
    { why: "cut off in a value", body: field("a", "1"), want: "it ends before its last boundary" },
    { why: "cut off in a header", body: `${field("a", "1")}--X\r\nContent-`, want: "it ends before its last boundary" },
    {
      why: "with line breaks that are none",
      body: (field("a", "1") + END).replaceAll("\r\n", "\n"),
      want: "its boundary is not in it",
    },
  ])("$why", ({ body, type, want }) => {
    expect(read(body, type)).toEqual(want);
    expect(read(new TextEncoder().encode(body), type)).toEqual(want);
  });
});

describe("the headers of a part", () => {
  const file = (name: string, type = "application/octet-stream") => ({
    fields: [["a", name]],
    files: [{ field: "a", name, type, size: 1 }],
  });
  test.each<{ why: string; headers: string; want: unknown }>([
    { why: "a name without quotes", headers: "Content-Disposition: form-data; name=a", want: [["a", "1"]] },
    { why: "in any case", headers: 'CONTENT-disposition: FORM-DATA; NAME="a"', want: [["a", "1"]] },
    { why: "on two lines", headers: 'Content-Disposition: form-data;\r\n\tname="a"', want: [["a", "1"]] },
    {
      why: "others too",
      headers: 'X: y\r\nContent-Disposition: form-data; size=1; name="a"\r\nContent-Transfer-Encoding: 8bit',
      want: [["a", "1"]],
    },
    {
      why: "a quote as browsers write it",
      headers: 'Content-Disposition: form-data; name="a%22b%0D%0A%25"',
      want: [['a"b\r\n%25', "1"]],
    },
    { why: "a quote as others do", headers: 'Content-Disposition: form-data; name="a\\"b"', want: [['a"b', "1"]] },
    { why: "a backslash at the end", headers: 'Content-Disposition: form-data; name="a\\"', want: [["a\\", "1"]] },
    {
      why: "a file",
      headers: 'Content-Disposition: form-data; name="a"; filename="b.txt"\r\nContent-Type: text/plain',
      want: file("b.txt", "text/plain"),
    },
    {
      why: "a file without type",
      headers: 'Content-Disposition: form-data; name="a"; filename="b.bin"',
      want: file("b.bin"),
    },
    { why: "a file without name", headers: 'Content-Disposition: form-data; name="a"; filename=""', want: file("") },
    {
      why: "a file's path",
      headers: 'Content-Disposition: form-data; name="a"; filename="C:\\tmp\\b"',
      want: file("C:\\tmp\\b"),
    },
    {
      why: "a file's name encoded, which counts",
      headers: "Content-Disposition: form-data; name=a; filename=x; filename*=UTF-8''%e2%82%ac",
      want: file("€"),
    },
    {
      why: "a file's name encoded badly",
      headers: "Content-Disposition: form-data; name=a; filename=x; filename*=UTF-8''%e2%82",
      want: file("x"),
    },
    {
      why: "a name within a file's name",
      headers: 'Content-Disposition: form-data; filename="x; name=evil"; name="a"',
      want: file("x; name=evil"),
    },
    { why: "no name", headers: "Content-Disposition: form-data", want: "a part has no name" },
    { why: "another disposition", headers: 'Content-Disposition: attachment; name="a"', want: "a part has no name" },
    { why: "none", headers: "Content-Type: text/plain", want: "a part has no name" },
    {
      why: "too long",
      headers: `Content-Disposition: form-data; name="${"a".repeat(20_000)}"`,
      want: "a part has no end of its headers",
    },
  ])("$why", ({ headers, want }) => {
    expect(read(part(headers, "1") + END)).toEqual(want);
  });

  test("a part says its own charset; bytes that are none of it are replaced, and no reason to lose the rest", () => {
    const bytes = (charset: string) =>
      Buffer.from(
        part(`Content-Disposition: form-data; name="a"\r\nContent-Type: text/plain${charset}`, "caf\xe9") + END,
        "latin1",
      );
    expect(read(bytes("; charset=windows-1252"))).toEqual([["a", "café"]]);
    expect(read(bytes(""))).toEqual([["a", "caf\ufffd"]]);
    expect(read(bytes("; charset=unheard-of"))).toEqual([["a", "caf\ufffd"]]);
  });
});

test("the bytes of a file are those that were sent", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (content) => {
      const head = Buffer.from('--X\r\nContent-Disposition: form-data; name="a"; filename="f"\r\n\r\n');
      const result = readMultipart(Buffer.concat([head, content, Buffer.from(`\r\n${END}`)]), TYPE);
      expect(typeof result === "string" ? result : [...(result.files[0]?.bytes ?? [])]).toEqual([...content]);
    }),
  );
});

test("no bytes make it throw", () => {
  const pieces = [
    "--X",
    "--",
    "\r\n",
    "\r",
    "\n",
    "X",
    "Content-Disposition: form-data; name=",
    '"',
    "a",
    ";",
    "filename*=",
    "\\",
    "\xff",
  ];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 40 }), (parts) => {
      const result = readMultipart(Buffer.from(parts.join(""), "latin1"), TYPE);
      if (typeof result !== "string") result.fields();
    }),
    { numRuns: runs(5_000) },
  );
});

test("a body of nothing but line breaks, boundaries that are none, or parts is read in linear time", () => {
  const million = 2 ** 20;
  for (const text of ["\r\n", "\r\n--XX", `\r\n${field("a", "1")}`, ";"]) {
    const body = `--X\r\nContent-Disposition: form-data; name=a\r\n\r\n${text.repeat(million / text.length)}\r\n${END}`;
    expect(typeof readMultipart(body, TYPE)).toBe("object");
  }
});

/** What the Fetch standard's own writer makes, and what its own reader reads. */
const text = fc.string({
  unit: fc.oneof(fc.constantFrom('"', "\\", "%", "\r\n", ";", "=", "ä", "€"), fc.string({ maxLength: 3 })),
});

test("reads what the platform writes", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(text, text), { maxLength: 5 }), async (entries) => {
      const data = new FormData();
      for (const [name, value] of entries) data.append(name, value);
      data.append("file", new File(["\0\x01"], 'a"b.bin', { type: "image/png" }));
      const response = new Response(data);
      const contentType = response.headers.get("content-type") ?? "";
      const body = new Uint8Array(await response.arrayBuffer());
      const result = readMultipart(body, contentType);
      if (typeof result === "string") throw new Error(result);
      const wanted = await new Response(body, { headers: { "content-type": contentType } }).formData();
      expect(result.fields()).toEqual(
        [...wanted].map(([name, value]) => [name, typeof value === "string" ? value : value.name]),
      );
      expect(result.files).toEqual([
        { field: "file", name: 'a"b.bin', type: "image/png", bytes: new Uint8Array([0, 1]) },
      ]);
    }),
  );
});

test("the platform reads what is written here, and so do we", async () => {
  const name = text.filter((one) => !one.endsWith("\\") && !one.includes("%"));
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(name, text), { maxLength: 5 }), async (entries) => {
      const { contentType, body } = writeMultipart(entries);
      const data = await new Response(body, { headers: { "content-type": contentType } }).formData();
      expect([...data]).toEqual(entries);
      expect(read(body, contentType)).toEqual(entries);
    }),
  );
});

test("no field can hold the boundary it is written with", () => {
  const { contentType } = writeMultipart([["a", "\r\n--hookbook-1\r\n--hookbook-27--"]]);
  expect(contentType).toBe("multipart/form-data; boundary=hookbook-3");
});

describe("decode", () => {
  const multipart: Form = { method: "POST", address: null, contentType: "multipart/form-data", encoding: "multipart" };
  const validate = Object.assign(() => true, { errors: null }) as unknown as Validator;
  const webhook = (name: string, parts: Partial<WebhookDefinition> = {}): WebhookDefinition => ({
    name,
    route: [{ in: "body", at: "/event", value: name }],
    forms: [multipart],
    headers: [],
    unwrap: null,
    coerce: null,
    load: async () => validate,
    ...parts,
  });
  const definition = {
    sharedPlans: {},
    routedBy: "/event",
    webhooks: [
      webhook("typed", {
        coerce: [
          ["count", { types: ["integer"] }],
          ["tags", { types: ["array"], items: { types: ["string"] } }],
          ["detail", { types: ["object"] }],
        ],
      }),
      webhook("inner", {
        route: [{ in: "body", at: "/json/event", value: "inner" }],
        unwrap: { properties: [["json", { json: {} }]] },
      }),
    ],
  };
  const decode = createDecoder(definition);
  const deliver = (body: string, type = TYPE) => decode({ headers: { "content-type": type }, body });

  test("fields are typed, and a file is its name in the event", async () => {
    const file = part(
      'Content-Disposition: form-data; name="scan"; filename="scan.png"\r\nContent-Type: image/png',
      "PNG",
    );
    const body =
      field("event", "typed") +
      field("count", "3") +
      field("tags", "a") +
      field("tags", "b") +
      field("detail", '{"x":1}') +
      file +
      END;
    expect(await deliver(body)).toEqual({
      ok: true,
      webhook: "typed",
      headers: {},
      event: { event: "typed", count: 3, tags: ["a", "b"], detail: { x: 1 }, scan: "scan.png" },
      files: [{ field: "scan", name: "scan.png", type: "image/png", bytes: new TextEncoder().encode("PNG") }],
    });
  });

  test.each([
    ["a field", 'Content-Disposition: form-data; name="json"'],
    [
      "a field that says its type",
      'Content-Disposition: form-data; name="json"\r\nContent-Type: application/json; charset=utf-8',
    ],
    [
      "a file, as some send it",
      'Content-Disposition: form-data; name="json"; filename="blob"\r\nContent-Type: application/json',
    ],
  ])("JSON in %s is opened, and the route goes on inside", async (_, headers) => {
    expect(await deliver(part(headers, '{"event":"inner","n":1}') + END)).toMatchObject({
      ok: true,
      webhook: "inner",
      event: { json: { event: "inner", n: 1 } },
    });
  });

  test("a JSON file stays a file where the webhook has no JSON", async () => {
    const headers =
      'Content-Disposition: form-data; name="export"; filename="all.json"\r\nContent-Type: application/json';
    const decoded = await deliver(field("event", "typed") + part(headers, "[]") + END);
    expect(decoded).toMatchObject({ ok: true, event: { export: "all.json" }, files: [{ name: "all.json" }] });
  });

  test.each([
    [
      "a body that is cut off",
      field("event", "typed"),
      TYPE,
      "not-json",
      "is not multipart/form-data: it ends before its last boundary",
    ],
    [
      "no boundary",
      END,
      "multipart/form-data",
      "not-json",
      "is not multipart/form-data: its content type names no boundary",
    ],
    ["another event", field("event", "other") + END, TYPE, "unknown-event", "is no webhook of this contract"],
    [
      "another kind of multipart",
      END,
      "multipart/mixed; boundary=X",
      "unsupported-media-type",
      "is written in a media type",
    ],
  ])("%s is a failure and no exception", async (_, body, type, reason, message) => {
    const decoded = await deliver(body, type);
    expect(decoded).toMatchObject({ ok: false, reason, errors: [{ message: expect.stringContaining(message) }] });
  });

  test("takes back what encode wrote", async () => {
    const encode = createEncoder(definition);
    const event = { event: "typed", count: 3, tags: ["a"], detail: { x: "\r\n--hookbook-1--" }, 'odd "name"\\': "" };
    expect(await decode(await encode("typed", event))).toMatchObject({ ok: true, event });
    const inner = { json: { event: "inner", text: "ä" } };
    const { body, ...delivery } = await encode("inner", inner);
    expect(await decode({ ...delivery, body: new TextEncoder().encode(body) })).toMatchObject({
      ok: true,
      event: inner,
    });
  });
});
