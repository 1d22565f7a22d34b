import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { visible } from "../../../src/diagnostics/index.ts";
import type { Contract, Form, JsonObject, Schema, Webhook } from "../../../src/model/index.ts";
import { exportContract } from "../../../src/pipeline.ts";
import { type Description, differingParts, readAgain } from "./helpers.ts";

const nasty = fc.oneof(
  fc.constantFrom(
    "__proto__",
    "constructor",
    "toString",
    "a/b",
    "~1",
    "",
    "x-a",
    "日本",
    "a b",
    "#/$ref",
    "yes",
    "null",
    "- a: b",
    "200",
    "../x",
    "\u2028",
    "\ud83d\ude00",
    "$ref",
    "{$request.body#/url}",
    "a.b",
    "A",
    "a",
  ),
  fc.string({ unit: "grapheme", maxLength: 8 }),
);

const member = fc.tuple(nasty, fc.anything({ maxDepth: 2, withBigInt: false, withDate: false }));
const data = fc.array(member, { maxLength: 4 }).map((members): JsonObject => {
  // What JSON can hold, `__proto__` as a key like any other.
  const texts = members.flatMap(([key, value]) => {
    const text = JSON.stringify(value);
    return text === undefined ? [] : `${JSON.stringify(key)}:${text}`;
  });
  return JSON.parse(`{${texts.join(",")}}`);
});

const form = fc
  .record({
    method: fc.constantFrom("POST", "PUT", "GET", "DELETE", "HEAD"),
    address: fc.option(nasty, { nil: null }),
  })
  .map(
    ({ method, address }): Form =>
      method === "GET" || method === "HEAD"
        ? { method, address, contentType: "application/x-www-form-urlencoded", encoding: "query" }
        : { method, address, contentType: "application/json", encoding: "json" },
  );

const schema = fc
  .dictionary(nasty, fc.constantFrom<Schema>(true, { type: "string" }, { $ref: "#/schemas/Shared" }), { maxKeys: 3 })
  .map((properties): Schema => ({ type: "object", properties: properties as JsonObject }));

const source = { file: "a.yaml", pointer: "" };

const contracts = fc
  .record({
    names: fc.uniqueArray(nasty, { minLength: 1, maxLength: 5 }),
    forms: fc.array(fc.uniqueArray(form, { minLength: 1, maxLength: 3, selector: (one) => JSON.stringify(one) }), {
      minLength: 5,
      maxLength: 5,
    }),
    payloads: fc.array(schema, { minLength: 5, maxLength: 5 }),
    examples: fc.array(fc.uniqueArray(fc.tuple(nasty, data), { maxLength: 2, selector: ([name]) => name }), {
      minLength: 5,
      maxLength: 5,
    }),
    texts: fc.array(nasty, { minLength: 8, maxLength: 8 }),
  })
  .map(({ names, forms, payloads, examples, texts }): Contract => {
    const scheme = texts[0] as string;
    return {
      id: "hostile",
      title: texts[1] as string,
      version: texts[2] as string,
      description: texts[3] as string,
      format: "openapi-3.1",
      webhooks: names.map(
        (name, index): Webhook => ({
          name,
          key: `k${index}`,
          route: [{ in: "body", at: "/n", value: index }],
          forms: forms[index] ?? [],
          headers: {
            type: "object",
            properties: JSON.parse(`{${JSON.stringify(`h-${texts[4]?.toLowerCase()}`)}:{"type":"string"}}`),
          },
          payload: payloads[index] ?? true,
          examples: (examples[index] ?? []).map(([example, payload]) => ({ name: example, payload, source })),
          security: [JSON.parse(`{${JSON.stringify(scheme)}:[]}`)],
          replies: [{ status: "200", description: texts[5] as string }],
          summary: texts[6] as string,
          tags: [texts[7] as string],
          source,
        }),
      ),
      schemas: { Shared: { type: "array", items: { $ref: "#/schemas/Shared" } } },
      security: JSON.parse(`{${JSON.stringify(scheme)}:{"type":"http","scheme":"basic"}}`),
      omissions: [],
      source,
    };
  });

describe.each<Description>(["asyncapi", "openapi"])("hostile contracts as %s", (to) => {
  test("whatever they hold, the document is read, and what is not the same was said", async () => {
    await fc.assert(
      fc.asyncProperty(contracts, fc.constantFrom<"json" | "yaml">("json", "yaml"), async (contract, syntax) => {
        const { value, diagnostics } = await exportContract(contract, { to, syntax });
        const again = await readAgain(value.text, "hostile");
        for (const { message } of diagnostics) expect(message).not.toMatch(/\p{Cc}|\u2028/u);
        const said = diagnostics.map(({ message }) => message);
        for (const part of differingParts(contract, again).filter((one) => !isNoLoss(one))) {
          const [name] = part.split(/: (?=[a-zA-Z]+$)/);
          const subject = part.includes(": ") ? `"${visible(name ?? "")}" loses` : "The contract loses";
          expect(
            said.filter((message) => message.startsWith(subject)),
            part,
          ).not.toEqual([]);
        }
        expect(again.webhooks.length).toBe(contract.webhooks.length);
      }),
      { numRuns: 150 },
    );
  });
});

test("hostile contracts as JSON Schema: an entry for each webhook", async () => {
  await fc.assert(
    fc.asyncProperty(contracts, async (contract) => {
      const { value } = await exportContract(contract, { to: "json-schema", syntax: "yaml" });
      expect(value.document["anyOf"]).toHaveLength(contract.webhooks.length);
      for (const { $ref } of value.document["anyOf"] as { $ref: string }[]) {
        expect(Object.hasOwn(value.document["$defs"] as object, $ref.replace("#/$defs/", ""))).toBe(true);
      }
    }),
    { numRuns: 100 },
  );
});

/** The order of webhooks is the document's; keys and the order of forms and examples follow from it or say nothing. */
function isNoLoss(part: string): boolean {
  return part === "order" || /: (?:key|forms|examples|replies)$/.test(part);
}
