import { describe, expect, test } from "vitest";
import { event, openapi, project, run } from "./helpers.ts";

const document = `openapi: 3.1.0
info: { title: Orders, version: 1.0.0 }
security: [{ api: [] }]
webhooks:
  order-paid:
    post:
      summary: Paid
      deprecated: true
      security: [{ signature: [] }]
      requestBody:
        content:
          application/json:
            schema: { type: object, required: [type], properties: { type: { const: order.paid } } }
          application/x-www-form-urlencoded:
            schema: { type: object, required: [type], properties: { type: { const: order.paid } } }
      responses: { '200': { description: Ok } }
components:
  securitySchemes:
    signature: { type: apiKey, in: header, name: X-Signature }
`;

describe("--format json", () => {
  test("has the documented shape, and standard output nothing else", async () => {
    const { status, stdout, stderr } = await run(project({ "openapi.yaml": document }), [
      "list",
      "openapi.yaml",
      "--format",
      "json",
    ]);
    expect(status).toBe(0);
    expect(stderr).toBe("");
    const value = JSON.parse(stdout);
    const forms = [
      { method: "POST", address: null, contentType: "application/json", encoding: "json" },
      { method: "POST", address: null, contentType: "application/x-www-form-urlencoded", encoding: "form" },
    ];
    expect(value).toEqual({
      contract: expect.stringMatching(/^hookbook-cli-/),
      title: "Orders",
      version: "1.0.0",
      format: "openapi-3.1",
      webhooks: [
        {
          name: "order.paid",
          key: "order_paid",
          summary: "Paid",
          deprecated: true,
          method: "POST",
          address: null,
          contentType: "application/json",
          forms,
          route: [{ in: "body", at: "/type", value: "order.paid" }],
          security: [{ signature: [] }],
          location: { file: "openapi.yaml", line: 6, column: 5, pointer: "/webhooks/order-paid/post" },
        },
      ],
      omissions: [
        {
          pointer: "/security",
          reason: "the root's security speaks of the sender's own API; webhooks state their own",
          location: { file: "openapi.yaml", line: 3, column: 1, pointer: "/security" },
        },
      ],
      diagnostics: [],
    });
  });

  test("several documents are a list, one is not", async () => {
    const folder = project({ "a.json": openapi({ a: event("a") }), "b.json": openapi({ b: event("b") }) });
    const both = await run(folder, ["list", "a.json", "b.json", "--format", "json"]);
    expect(JSON.parse(both.stdout).map(({ contract }: { contract: string }) => contract)).toEqual(["a", "b"]);
    const one = await run(folder, ["list", "a.json", "--format", "json"]);
    expect(JSON.parse(one.stdout)).toMatchObject({ contract: "a" });
  });

  test("a reference that leads nowhere is a warning and an omission, and status 0", async () => {
    const folder = project({
      "a.json": openapi(
        {
          a: {
            type: "object",
            properties: { x: { $ref: "#/components/schemas/Gone" }, y: { $ref: "#/components/schemas/Loop" } },
          },
        },
        { components: { schemas: { Loop: { $ref: "#/components/schemas/Loop" } } } },
      ),
    });
    const { status, stdout } = await run(folder, ["list", "a.json", "--format", "json"]);
    expect(status).toBe(0);
    const { diagnostics, omissions } = JSON.parse(stdout);
    expect(diagnostics.map(({ code, severity }: Record<string, string>) => `${severity} ${code}`)).toEqual(
      expect.arrayContaining(["warning reference-not-found", "warning reference-cycle"]),
    );
    expect(diagnostics[0]).toEqual({
      code: "reference-not-found",
      severity: "warning",
      message: '"#/components/schemas/Gone" does not exist.',
      location: {
        file: "a.json",
        line: 1,
        column: expect.any(Number),
        pointer: expect.stringContaining("/properties/x/$ref"),
      },
    });
    expect(omissions.length).toBeGreaterThanOrEqual(2);
  });

  test("a document without webhooks is status 0 with a warning", async () => {
    const { status, stdout } = await run(project({ "a.json": openapi({}) }), ["list", "a.json", "--format", "json"]);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      webhooks: [],
      diagnostics: [{ code: "no-webhooks", severity: "warning" }],
    });
  });

  test("--role decides what an AsyncAPI document describes; a guess is noted", async () => {
    const folder = project({
      "asyncapi.yaml":
        "asyncapi: 3.0.0\ninfo: { title: T, version: '1' }\nchannels:\n  c: { address: /c, messages: { m: { payload: { type: object } } } }\n" +
        "operations:\n  o: { action: receive, channel: { $ref: '#/channels/c' } }\n",
    });
    const list = async (...more: readonly string[]) => {
      const { stdout } = await run(folder, ["list", "asyncapi.yaml", "--format", "json", ...more]);
      const { webhooks, diagnostics } = JSON.parse(stdout);
      return [webhooks.length, diagnostics.map(({ code }: { code: string }) => code)];
    };
    expect(await list()).toEqual([1, ["role-guessed"]]);
    expect(await list("--role", "receiver")).toEqual([1, []]);
    expect(await list("--role", "sender")).toEqual([0, ["no-webhooks"]]);
  });
});

describe("as text", () => {
  test("a line for each webhook with its route and place, and for each omission", async () => {
    const { status, stdout } = await run(project({ "specs/orders/openapi.yaml": document }), ["list"]);
    expect(status).toBe(0);
    expect(stdout).toBe(
      [
        "orders: Orders 1.0.0 (openapi-3.1), 1 webhook",
        "  webhook     method  recognised by         described at",
        '  order.paid  POST    /type = "order.paid"  specs/orders/openapi.yaml:6',
        "",
        "left out:",
        "  specs/orders/openapi.yaml:3  /security  the root's security speaks of the sender's own API; webhooks state their own",
        "",
      ].join("\n"),
    );
  });

  test("no table without webhooks, and no gap where the document says no version", async () => {
    const folder = project({ "specs/a.json": openapi({}, { info: { title: "A" }, "x-own": 1 }) });
    const { stdout } = await run(folder, ["list"]);
    expect(stdout).toBe(
      "a: A (openapi-3.1), 0 webhooks\n\nleft out:\n  specs/a.json:1  /x-own  an extension that is not read\n",
    );
  });

  test("one long name does not widen the column", async () => {
    const long = "a".repeat(61);
    const { stdout } = await run(project({ "a.json": openapi({ [long]: {}, b: event("b") }) }), ["list", "a.json"]);
    expect(stdout.split("\n").slice(1, 4)).toEqual([
      "  webhook  method  recognised by  described at",
      `  ${long}  POST    -              a.json:1`,
      '  b        POST    /type = "b"    a.json:1',
    ]);
  });

  test("what a terminal would obey is made visible", async () => {
    const hostile = "\u001b[31mred\u0007\u202e";
    const folder = project({
      "a.json": openapi({ [hostile]: event(hostile) }, { info: { title: hostile, version: hostile }, [hostile]: 1 }),
    });
    const { stdout, stderr } = await run(folder, ["list", "a.json"]);
    expect(stdout).toContain("\\x1b[31mred\\x07\\u202e");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
    expect(stdout + stderr).not.toMatch(/[\u0007\u001b\u202e]/);
  });
});
