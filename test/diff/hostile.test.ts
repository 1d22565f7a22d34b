import { describe, expect, test } from "vitest";
import { diffContracts } from "../../src/diff/index.ts";
import { sideOf, told } from "./helpers.ts";

const post = (schema: unknown) => ({ post: { requestBody: { content: { "application/json": { schema } } } } });
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

const document = (webhooks: Record<string, unknown>, schemas: Record<string, unknown> = {}) => ({
  openapi: "3.1.0",
  info: { title: "T", version: "1" },
  webhooks,
  components: { schemas },
});

async function diff(base: unknown, revision: unknown) {
  return diffContracts({ base: await sideOf(base), revision: await sideOf(revision) });
}

/** CPU time of this process, since others make noise. */
async function cpuMilliseconds(run: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

describe("recursion", () => {
  const tree = (leaf: unknown) => ({
    Tree: {
      type: "object",
      properties: { leaf, left: ref("Tree"), right: ref("Tree"), all: { type: "array", items: ref("Tree") } },
    },
  });
  const webhooks = { tree: post({ type: "object", properties: { root: ref("Tree") } }) };

  test("ends, and tells a change where it is met first", async () => {
    const changes = await diff(
      document(webhooks, tree({ type: "string" })),
      document(webhooks, tree({ type: "integer" })),
    );
    expect(told(changes)).toEqual(["breaking type-changed /root/leaf"]);
  });

  test("on one side is told from what is not recursive", async () => {
    const flat = { Tree: { type: "object", properties: { leaf: { type: "string" }, left: { type: "object" } } } };
    const changes = await diff(document(webhooks, tree({ type: "string" })), document(webhooks, flat));
    expect(told(changes)).toContain("breaking property-removed /root/right");
    expect(told(await diff(document(webhooks, flat), document(webhooks, tree({ type: "string" }))))).toContain(
      "safe property-added /root/right",
    );
  });

  test("through alternatives, conditions and each other ends", async () => {
    const schemas = (type: string) => ({
      A: {
        oneOf: [ref("B"), { type: "array", items: ref("A") }, { type }],
        not: { properties: { x: ref("A") }, required: ["x"] },
      },
      B: {
        type: "object",
        properties: { a: ref("A"), b: { anyOf: [ref("B"), { type: "null" }] } },
        if: { required: ["a"] },
        dependentSchemas: { b: ref("B") },
      },
    });
    const hooks = { a: post({ type: "object", properties: { a: ref("A") } }) };
    expect(told(await diff(document(hooks, schemas("string")), document(hooks, schemas("string"))))).toEqual([]);
    expect(
      (await diff(document(hooks, schemas("string")), document(hooks, schemas("integer")))).length,
    ).toBeGreaterThan(0);
  });
});

test("a long chain of schemas is followed to its end", async () => {
  const chain = (type: string) =>
    Object.fromEntries(
      Array.from({ length: 2_000 }, (_, index) => [
        `S${index}`,
        { type: "object", required: ["next"], properties: { next: index === 1_999 ? { type } : ref(`S${index + 1}`) } },
      ]),
    );
  const hooks = { chain: post(ref("S0")) };
  const changes = await diff(document(hooks, chain("string")), document(hooks, chain("integer")));
  expect(changes.map(({ rule, pointer }) => [rule, pointer.length])).toEqual([
    ["type-changed", 2_000 * "/next".length],
  ]);
});

test("documents with nothing in common", async () => {
  const changes = await diff(
    document({ paid: post({ type: "object", properties: { total: { type: "integer" } } }) }),
    document({ joined: post({ type: "object", properties: { room: { type: "string" } } }) }),
  );
  expect(told(changes)).toEqual(["breaking webhook-removed webhook", "safe webhook-added webhook"]);
  expect(told(await diff(document({}), document({})))).toEqual([]);
});

test("alternatives that multiply, deep nesting, patterns that backtrack, and names of prototypes end", async () => {
  const choice = (index: number) => ({
    oneOf: Array.from({ length: 8 }, (_, branch) => ({ required: [`p${index}x${branch}`] })),
  });
  const nest = (leaf: unknown) => {
    let schema = leaf;
    for (let depth = 0; depth < 200; depth++)
      schema = { type: "object", properties: { a: schema, b: { type: "string" } } };
    return schema;
  };
  const odd = (type: string) => ({
    type: "object",
    properties: {
      product: {
        allOf: Array.from({ length: 12 }, (_, index) => choice(index)),
        type: "object",
        properties: { v: { type } },
      },
      nested: nest({ type }),
      text: {
        type: "object",
        patternProperties: { "^(a+)+$": { type } },
        properties: { [`${"a".repeat(40)}!`]: { type } },
      },
      constructor: { type },
      ["__proto__"]: { type },
    },
  });
  const spent = await cpuMilliseconds(async () => {
    const same = document({ odd: post(odd("string")) });
    expect(told(await diff(same, same))).toEqual([]);
    const changes = told(await diff(same, document({ odd: post(odd("integer")) })));
    expect(changes).toContain("breaking type-changed /constructor");
    expect(changes).toContain(`breaking type-changed /nested${"/a".repeat(200)}`);
  });
  expect(spent).toBeLessThan(10_000);
});

test("hundreds of webhooks through one shared schema take time in proportion to their number", async () => {
  const shared = (count: number, rest: object) => {
    const schemas = Object.fromEntries(
      Array.from({ length: 60 }, (_, index) => [
        `S${index}`,
        {
          type: "object",
          properties: {
            id: { type: "string" },
            next: ref(`S${(index + 1) % 60}`),
            other: ref(`S${(index * 7 + 3) % 60}`),
            ...(index === 30 ? rest : {}),
          },
        },
      ]),
    );
    const webhooks = Object.fromEntries(
      Array.from({ length: count }, (_, index) => [
        `w${index}`,
        post({ type: "object", required: ["type"], properties: { type: { const: `w${index}` }, data: ref("S0") } }),
      ]),
    );
    return document(webhooks, schemas);
  };
  const time = async (count: number) => {
    const base = await sideOf(shared(count, { gone: { type: "string" } }));
    const revision = await sideOf(shared(count, {}));
    let changes: Awaited<ReturnType<typeof diff>> = [];
    const spent = await cpuMilliseconds(async () => {
      changes = diffContracts({ base, revision });
    });
    expect(changes.map(({ rule }) => rule)).toEqual(Array.from({ length: count }, () => "property-removed"));
    expect(new Set(changes.map(({ cause }) => cause)).size).toBe(1);
    return spent;
  };
  await time(20);
  const [few, many] = [await time(65), await time(261)];
  // Four times as many, with room for noise.
  expect(many).toBeLessThan(Math.max(few, 20) * 10);
  expect(many).toBeLessThan(5_000);
});
