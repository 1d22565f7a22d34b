import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { assignContractIds, contractId } from "../../src/config/index.ts";

describe("contractId", () => {
  test.each([
    ["specs/bandwidth-webrtc/openapi.yaml", "bandwidth-webrtc"],
    ["specs/bandwidth-voice-messaging/asyncapi.yaml", "bandwidth-voice-messaging"],
    ["specs/orders/openapi.json", "orders"],
    ["specs/orders/AsyncAPI.yml", "orders"],
    ["specs/orders.yaml", "orders"],
    ["specs/orders/v2.yaml", "v2"],
    ["specs/orders.v2.json", "orders.v2"],
    ["specs/my_Orders-1.yaml", "my_Orders-1"],
    ["./specs/orders/openapi.yaml", "orders"],
    ["/absolute/orders/openapi.yaml", "orders"],
    ["C:\\work\\orders\\openapi.yaml", "orders"],
    ["openapi.yaml", "shop"],
    ["./openapi.yaml", "shop"],
    ["../openapi.yaml", "home"],
    ["../../openapi.yaml", "openapi"],
    ["HEAD~1:specs/orders/openapi.yaml", "orders"],
    ["origin/main:specs/orders.yaml", "orders"],
    ["v1.0:openapi.yaml", "shop"],
    ["https://example.com/specs/orders/openapi.yaml?version=1#/info", "orders"],
    ["https://example.com/orders.json", "orders"],
    ["https://example.com/openapi.json", "example.com"],
    ["https://example.com:8080/openapi.json", "example.com-8080"],
    ["https://example.com/a%20b/openapi.json", "a-b"],
    ["specs/café & more.yaml", "caf-more"],
    ["specs/-rf.yaml", "rf"],
    ["specs/.hidden/openapi.yaml", "hidden"],
    ["specs/….yaml", "contract"],
    ["specs/con.yaml", "contract-con"],
    ["specs/Aux.v1/openapi.yaml", "contract-Aux.v1"],
    ["specs/console.yaml", "console"],
    ["specs/ends.../openapi.yaml", "ends"],
    ["", "contract"],
  ])("of %j is %j", (document, id) => {
    expect(contractId(document, "/home/shop")).toBe(id);
  });

  test("is cut where it is long, and stays apart from others that begin alike", () => {
    const long = "x".repeat(100);
    const [one, two] = [contractId(`specs/${long}1.yaml`), contractId(`specs/${long}2.yaml`)];
    expect(one).toHaveLength(80);
    expect(one).not.toBe(two);
  });

  test("is one safe folder name whatever the document is called", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (name) => {
        expect(contractId(name)).toMatch(/^[A-Za-z0-9_][A-Za-z0-9._-]{0,79}$/);
        expect(contractId(name)).not.toMatch(/\.$|^(?:con|nul|aux|prn)(?:\.|$)/i);
      }),
    );
  });
});

describe("assignContractIds", () => {
  test("gives each document its own", () => {
    expect(assignContractIds(["specs/a/openapi.yaml", "specs/b.yaml", "specs/b.yaml"])).toEqual({
      value: [
        { document: "specs/a/openapi.yaml", id: "a" },
        { document: "specs/b.yaml", id: "b" },
      ],
      diagnostics: [],
    });
  });

  test.each(["runtime", "pacts", "docs", "Docs"])("%s is kept for other things", (name) => {
    const { value, diagnostics } = assignContractIds([`specs/${name}/openapi.yaml`]);
    expect(value).toEqual([]);
    expect(diagnostics).toMatchObject([
      { code: "contract-id-reserved", severity: "error", message: expect.stringContaining(name) },
    ]);
  });

  test.each([
    [["specs/orders/openapi.yaml", "specs/orders/asyncapi.yaml"]],
    [["specs/Orders.yaml", "other/orders.yaml"]],
    [["specs/orders.yaml", "other/Orders.yaml"]],
  ])("%j have one id: both are named", (documents) => {
    const { value, diagnostics } = assignContractIds(documents);
    expect(value).toHaveLength(1);
    expect(diagnostics).toMatchObject([{ code: "contract-id-taken", severity: "error" }]);
    for (const document of documents) expect(diagnostics[0]?.message).toContain(document);
  });
});
