import { describe, expect, test } from "vitest";
import { asyncapi, codes, contractOf, fixed, names, openapi, post, ref, routes } from "./helpers.ts";

/** The webhooks that one payload becomes. */
async function split(payload: unknown, schemas: object = {}) {
  return contractOf(openapi({ webhooks: { hook: post(payload) }, components: { schemas } }));
}

const plain = (name: string) => ({ type: "object", properties: { [name]: { type: "string" } } });
const a = fixed({ type: "a" });
const b = fixed({ type: "b" });

describe("by constants", () => {
  test.each([
    { why: "oneOf", given: { oneOf: [a, b] }, want: ["a", "b"] },
    { why: "anyOf", given: { anyOf: [a, b] }, want: ["a", "b"] },
    { why: "through $ref of the payload and of the branches", given: ref("Union"), want: ["a", "b"] },
    {
      why: "an enum of one value is a constant",
      given: { oneOf: [a, { properties: { type: { enum: ["b"] } } }] },
      want: ["a", "b"],
    },
    { why: "numbers tell apart, too", given: { oneOf: [fixed({ n: 1 }), fixed({ n: 2 })] }, want: ["hook", "hook-2"] },
    {
      why: "constants that stand in allOf",
      given: { oneOf: [{ allOf: [plain("x"), a] }, { allOf: [b] }] },
      want: ["a", "b"],
    },
    { why: "constants inside a JSON string", given: { oneOf: [inString(a), inString(b)] }, want: ["a", "b"] },
    {
      why: "a deeper place where the first is the same for all",
      given: { oneOf: [fixed({ v: 1, type: "a" }), fixed({ v: 1, type: "b" })] },
      want: ["a", "b"],
    },
    { why: "a null branch is no event", given: { oneOf: [a, { type: "null" }, b] }, want: ["a", "b"] },
    { why: "one branch and null stay one", given: { oneOf: [a, { type: "null" }] }, want: ["hook"] },
    { why: "branches that nothing tells apart stay one", given: { oneOf: [plain("x"), plain("y")] }, want: ["hook"] },
    { why: "two branches with one value stay one", given: { oneOf: [a, b, a] }, want: ["hook"] },
    { why: "a branch without the constant keeps all together", given: { oneOf: [a, b, plain("x")] }, want: ["hook"] },
    {
      why: "an enum with several values does not split",
      given: { properties: { type: { enum: ["a", "b"] } } },
      want: ["hook"],
    },
    { why: "an array is a batch and one event", given: { type: "array", items: { oneOf: [a, b] } }, want: ["hook"] },
    { why: "constants one level down", given: { oneOf: [nested("a"), nested("b")] }, want: ["a", "b"] },
  ])("$why", async ({ given, want }) => {
    const found = await split(given, { Union: { description: "Either", oneOf: [ref("A"), ref("B")] }, A: a, B: b });
    expect(names(found)).toEqual(want);
  });

  function inString(schema: object) {
    const payload = { type: "string", contentMediaType: "application/json", contentSchema: schema };
    return { type: "object", properties: { payload } };
  }

  function nested(value: string) {
    return { type: "object", properties: { head: fixed({ kind: value }) } };
  }
});

describe("by discriminator", () => {
  test.each([
    {
      why: "without mapping the schemas' names count, as components give them",
      given: { oneOf: [ref("order-paid"), ref("Order.Lost")], discriminator: { propertyName: "kind" } },
      want: { "order-paid": 'body /kind = "order-paid"', "Order.Lost": 'body /kind = "Order.Lost"' },
    },
    {
      why: "a constant in the branch is what is sent, whatever the schema's name",
      given: { oneOf: [ref("A"), ref("order-paid")], discriminator: { propertyName: "type" } },
      want: { a: 'body /type = "a"', "order-paid": 'body /type = "order-paid"' },
    },
    {
      why: "mapping by name and by reference",
      given: {
        oneOf: [ref("order-paid"), ref("Order.Lost")],
        discriminator: {
          propertyName: "kind",
          mapping: { paid: "order-paid", lost: "#/components/schemas/Order.Lost" },
        },
      },
      want: { paid: 'body /kind = "paid"', lost: 'body /kind = "lost"' },
    },
    {
      why: "several values lead to one schema",
      given: {
        oneOf: [ref("order-paid"), ref("Order.Lost")],
        discriminator: {
          propertyName: "kind",
          mapping: { paid: "order-paid", settled: "order-paid", lost: "Order.Lost" },
        },
      },
      want: { "order-paid": 'body /kind = "paid"|"settled"', lost: 'body /kind = "lost"' },
    },
    {
      why: "a mapping that names only some: the others go by their names",
      given: {
        oneOf: [ref("order-paid"), ref("Order.Lost")],
        discriminator: { propertyName: "kind", mapping: { paid: "order-paid" } },
      },
      want: { paid: 'body /kind = "paid"', "Order.Lost": 'body /kind = "Order.Lost"' },
    },
    {
      why: "a property's name with a slash",
      given: { oneOf: [ref("order-paid"), ref("Order.Lost")], discriminator: { propertyName: "a/b~c" } },
      want: { "order-paid": 'body /a~1b~0c = "order-paid"', "Order.Lost": 'body /a~1b~0c = "Order.Lost"' },
    },
    {
      why: "an inline branch has no name: constants decide, and here there are none",
      given: { oneOf: [ref("order-paid"), plain("y")], discriminator: { propertyName: "kind" } },
      want: { hook: "-" },
    },
  ])("$why", async ({ given, want }) => {
    const found = await split(given, { "order-paid": plain("x"), "Order.Lost": plain("y"), A: a });
    expect(routes(found)).toEqual(want);
  });

  test("AsyncAPI's discriminator is a property's name", async () => {
    const given = await contractOf(
      asyncapi({
        channels: { c: { messages: { m: { payload: { discriminator: "kind", oneOf: [ref("Cat"), ref("Dog")] } } } } },
        operations: { o: { action: "send", channel: { $ref: "#/channels/c" } } },
        components: { schemas: { Cat: plain("x"), Dog: plain("y") } },
      }),
    );
    expect(routes(given)).toEqual({ Cat: 'body /kind = "Cat"', Dog: 'body /kind = "Dog"' });
  });
});

describe("what the branches are", () => {
  test("nested unions are split to their leaves, and siblings of each level are kept", async () => {
    const outer = { required: ["id"], oneOf: [{ ...ref("A") }, { required: ["at"], oneOf: [ref("B"), ref("C")] }] };
    const found = await split(
      { ...outer, discriminator: { propertyName: "group", mapping: { one: "A" } } },
      { A: fixed({ group: "one" }), B: fixed({ group: "two", type: "b" }), C: fixed({ group: "two", type: "c" }) },
    );
    expect(names(found)).toEqual(["hook"]);

    const byConstant = await split(
      {
        required: ["id"],
        oneOf: [ref("A"), { required: ["at"], properties: { group: { const: "two" } }, oneOf: [ref("B"), ref("C")] }],
      },
      { A: fixed({ group: "one" }), B: fixed({ type: "b" }), C: fixed({ type: "c" }) },
    );
    expect(byConstant.contract.webhooks.map(({ name, payload }) => [name, payload])).toEqual([
      ["one", { allOf: [{ required: ["id"] }, { $ref: "#/schemas/A" }] }],
      [
        "b",
        {
          allOf: [
            { required: ["id"] },
            { allOf: [{ required: ["at"], properties: { group: { const: "two" } } }, { $ref: "#/schemas/B" }] },
          ],
        },
      ],
      [
        "c",
        {
          allOf: [
            { required: ["id"] },
            { allOf: [{ required: ["at"], properties: { group: { const: "two" } } }, { $ref: "#/schemas/C" }] },
          ],
        },
      ],
    ]);
  });

  test("an annotation beside oneOf is no constraint", async () => {
    const { contract } = await split({ description: "Either", title: "E", "x-own": 1, oneOf: [a, b] });
    expect(contract.webhooks.map(({ payload }) => payload)).toEqual([a, b]);
  });

  test("title, description, deprecation and x-webhook-name of a branch, else the webhook's", async () => {
    const { contract } = await contractOf(
      openapi({
        webhooks: {
          hook: post(
            {
              oneOf: [{ ...a, title: "An a", description: "About a", deprecated: true, "x-webhook-name": "first" }, b],
            },
            { summary: "Either", description: "About both" },
          ),
        },
      }),
    );
    expect(contract.webhooks).toMatchObject([
      { name: "first", summary: "An a", description: "About a", deprecated: true },
      { name: "b", summary: "Either", description: "About both" },
    ]);
    expect(contract.webhooks[1]).not.toHaveProperty("deprecated");
  });

  test("each is at its own schema's place", async () => {
    const { contract } = await split({ oneOf: [ref("A"), b] }, { A: a });
    expect(contract.webhooks.map(({ source }) => source.pointer)).toEqual([
      "/components/schemas/A",
      "/webhooks/hook/post",
    ]);
  });

  test("unions that lead round in a circle end in a diagnostic", async () => {
    const found = await split(ref("A"), {
      A: { oneOf: [ref("B"), ref("C")], discriminator: { propertyName: "t" } },
      B: { oneOf: [ref("A"), ref("C")], discriminator: { propertyName: "t" } },
      C: plain("x"),
    });
    expect(codes(found)).toContain("schema-cycle");
    expect(names(found).length).toBeGreaterThan(0);
  });

  test("unions that double at each level end", async () => {
    const level = (index: number) =>
      index === 14
        ? { type: "object" }
        : { oneOf: [ref(`S${index + 1}a`), ref(`S${index + 1}b`)], discriminator: { propertyName: `t${index}` } };
    const schemas = Object.fromEntries(
      Array.from({ length: 15 }, (_, index) => ["a", "b"].map((side) => [`S${index}${side}`, level(index)])).flat(),
    );
    const found = await split(ref("S0a"), schemas);
    expect(found.contract.webhooks.length).toBeLessThanOrEqual(2_000);
  });
});
