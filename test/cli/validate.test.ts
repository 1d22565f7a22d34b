import { describe, expect, test } from "vitest";
import { event, openapi, project, run } from "./helpers.ts";

const files = {
  "openapi.json": openapi({
    "order.paid": event(
      "order.paid",
      { id: { type: "string" }, amount: { type: "number" } },
      { required: ["type", "id"] },
    ),
    "order.lost": event("order.lost"),
  }),
  "paid.json": { type: "order.paid", id: "1", amount: 5 },
  "wrong.json": { type: "order.paid", amount: "5" },
  "other.json": { type: "order.found" },
  "text.json": "not json",
  "empty.json": "",
  "bom.json": '\ufeff{"type":"order.lost"}',
  "delivery.json": {
    method: "POST",
    url: "/x",
    headers: { "content-type": "application/json" },
    bodyBase64: Buffer.from('{"type":"order.lost"}').toString("base64"),
  },
  "unsupported.json": { method: "POST", headers: { "content-type": "text/xml" }, bodyBase64: "" },
  "all.ndjson": '{"type":"order.lost"}\n\n{"type":"order.paid"}\r\nnope\n{"type":"x"}\n',
};

const validate = (...args: readonly string[]) => run(project(files), ["validate", "openapi.json", ...args]);

async function results(...args: readonly string[]) {
  const { status, stdout, stderr } = await validate(...args, "--format", "json");
  expect(stderr).toBe("");
  return { status, ...JSON.parse(stdout) };
}

describe("--format json", () => {
  test("has the documented shape", async () => {
    expect(await results("paid.json", "wrong.json", "other.json", "text.json")).toEqual({
      status: 1,
      results: [
        { file: "paid.json", webhook: "order.paid", valid: true, errors: [] },
        {
          file: "wrong.json",
          webhook: "order.paid",
          valid: false,
          errors: [
            {
              instancePath: "",
              schemaPath: "#/required",
              keyword: "required",
              params: { missingProperty: "id" },
              message: "must have required property 'id'",
            },
            {
              instancePath: "/amount",
              schemaPath: "#/properties/amount/type",
              keyword: "type",
              params: { type: "number" },
              message: "must be number",
            },
          ],
        },
        {
          file: "other.json",
          webhook: null,
          valid: false,
          errors: [
            {
              instancePath: "",
              schemaPath: "#",
              keyword: "route",
              params: { candidates: [] },
              message: "is no webhook of this contract",
            },
          ],
        },
        {
          file: "text.json",
          webhook: null,
          valid: false,
          errors: [{ instancePath: "", schemaPath: "#", keyword: "json", params: {}, message: "is not JSON" }],
        },
      ],
      summary: { valid: 1, invalid: 2, unknown: 1 },
    });
  });

  test("all valid is status 0", async () => {
    expect(await results("paid.json", "bom.json", "delivery.json")).toMatchObject({
      status: 0,
      summary: { valid: 3, invalid: 0, unknown: 0 },
    });
  });

  test.each([
    { file: "empty.json", keyword: "json" },
    { file: "unsupported.json", keyword: "contentType" },
  ])("$file is not valid: $keyword", async ({ file, keyword }) => {
    expect(await results(file)).toMatchObject({
      status: 1,
      results: [{ webhook: null, valid: false, errors: [{ keyword }] }],
    });
  });

  test("ndjson has one result a line that holds something, with its number", async () => {
    const { results: lines, summary } = await results("all.ndjson");
    expect(lines.map(({ line, webhook, valid }: Record<string, unknown>) => [line, webhook, valid])).toEqual([
      [1, "order.lost", true],
      [3, "order.paid", false],
      [4, null, false],
      [5, null, false],
    ]);
    expect(summary).toEqual({ valid: 1, invalid: 2, unknown: 1 });
  });

  test.each([
    { why: "one payload", stdin: '{\n  "type": "order.lost"\n}\n', want: [[undefined, "order.lost"]] },
    {
      why: "one a line",
      stdin: '{"type":"order.lost"}\n{"type":"order.paid","id":"1"}\n',
      want: [
        [1, "order.lost"],
        [2, "order.paid"],
      ],
    },
    { why: "nothing", stdin: "", want: [[undefined, null]] },
    { why: "not JSON", stdin: "a\nb", want: [[undefined, null]] },
  ])("standard input: $why", async ({ stdin, want }) => {
    const { stdout } = await run(project(files), ["validate", "openapi.json", "-", "--format", "json"], { stdin });
    const { results: found } = JSON.parse(stdout);
    expect(found.map(({ line, webhook }: Record<string, unknown>) => [line, webhook])).toEqual(want);
    expect(found[0].file).toBe("-");
  });
});

describe("options", () => {
  test.each([["order.paid"], ["order_paid"]])(
    "--webhook %s takes every payload for it, by name and key",
    async (name) => {
      const { status, results: found } = await results("other.json", "--webhook", name);
      expect(status).toBe(1);
      expect(found[0]).toMatchObject({ webhook: "order.paid", valid: false });
      expect(
        found[0].errors.map(({ instancePath, keyword }: Record<string, unknown>) => `${instancePath} ${keyword}`),
      ).toEqual([" required", "/type const"]);
    },
  );

  test("--webhook that there is none of is status 2 and names those that there are", async () => {
    expect(await validate("paid.json", "--webhook", "order.payed")).toEqual({
      status: 2,
      stdout: "",
      stderr: expect.stringMatching(/has no webhook "order\.payed"\.\n {2}hint: it has order\.paid, order\.lost\n$/),
    });
  });

  test("--as body takes what looks like a delivery for a body", async () => {
    expect(await results("delivery.json")).toMatchObject({ status: 0 });
    expect(await results("delivery.json", "--as", "body")).toMatchObject({ status: 1, summary: { unknown: 1 } });
    expect(await results("paid.json", "--as", "delivery")).toMatchObject({ status: 0 });
  });

  test.each([
    { why: "a missing payload", args: ["gone.json"], says: 'There is no file "gone.json".\n' },
    { why: "a folder", args: ["."], says: '"." is a folder.\n  hint: name its files: ./*.json\n' },
  ])("$why is status 2", async ({ args, says }) => {
    expect(await validate(...args)).toMatchObject({ status: 2, stderr: says });
    expect(await validate(...args, "--format", "json")).toEqual({ status: 2, stdout: "", stderr: says });
  });

  test("names in a hint cannot speak to the terminal", async () => {
    const folder = project({ "a.json": openapi({ "\u001b[31m": event("\u001b[31m") }), "b.json": "{}" });
    const { stderr } = await run(folder, ["validate", "a.json", "b.json", "--webhook", "x"]);
    expect(stderr).toContain("it has \\x1b[31m");
    expect(stderr).not.toContain("\u001b");
  });
});

describe("other formats", () => {
  test("text has a line for each payload, its errors, and a summary", async () => {
    const { status, stdout } = await validate("paid.json", "wrong.json", "other.json", "all.ndjson");
    expect(status).toBe(1);
    expect(stdout).toContain("valid    paid.json  order.paid\n");
    expect(stdout).toContain(
      "invalid  wrong.json  order.paid\n         the payload must have required property 'id' (required)\n         /amount must be number (type)\n",
    );
    expect(stdout).toContain("unknown  other.json  -\n");
    expect(stdout).toContain("valid    all.ndjson:1  order.lost\n");
    expect(stdout.endsWith("\n2 valid, 3 invalid, 2 unknown\n")).toBe(true);
  });

  test("junit is well-formed XML, whatever payloads hold", async () => {
    const nasty = "a<b>&\"'\u0000\u001b]]>\ud800";
    const folder = project({
      "a.json": openapi({ [nasty]: event(nasty, { x: { const: nasty } }) }),
      "p.json": { type: nasty, x: "y", [nasty]: 1 },
      "q.json": { type: nasty },
    });
    const { status, stdout } = await run(folder, ["validate", "a.json", "p.json", "q.json", "--format", "junit"]);
    expect(status).toBe(1);
    expect(wellFormed(stdout)).toEqual(["testsuites", "testsuite", "testcase", "failure", "testcase"]);
    expect(stdout).toMatch(/<testsuites tests="2" failures="1" errors="0">/);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: XML cannot hold these
    expect(stdout).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/);
  });
});

/** The elements of an XML text in order; throws where tags do not match or something is not escaped. */
function wellFormed(xml: string): readonly string[] {
  const names: string[] = [];
  const open: string[] = [];
  const rest = xml
    .replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n/, "")
    .replace(
      /<(\/?)([\w-]+)((?:\s+[\w-]+="(?:[^"<&]|&(?:lt|gt|amp|quot|apos|#\d+);)*")*)\s*(\/?)>/g,
      (_, closing: string, name: string, __, empty: string) => {
        if (closing === "/") {
          if (open.pop() !== name) throw new Error(`</${name}> closes nothing`);
        } else {
          names.push(name);
          if (empty !== "/") open.push(name);
        }
        return "";
      },
    );
  if (open.length > 0) throw new Error(`<${open.at(-1)}> is not closed`);
  if (/[<>]|&(?!(?:lt|gt|amp|quot|apos|#\d+);)/.test(rest)) throw new Error(`not escaped: ${rest}`);
  return names;
}
