import Ajv2020 from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import type { Contract, JsonObject } from "../../../src/model/index.ts";
import { exportContract, loadContract } from "../../../src/pipeline.ts";
import { contractOf, fixed, openapi, post, ref } from "../../normalize/helpers.ts";
import { cases } from "./cases.ts";

const repository = new URL("../../..", import.meta.url).pathname;

async function exported(contract: Contract): Promise<JsonObject> {
  const { value, diagnostics } = await exportContract(contract, { to: "json-schema", syntax: "json" });
  expect(diagnostics).toEqual([]);
  expect(JSON.parse(value.text)).toEqual(value.document);
  return value.document;
}

/** By what each webhook is called in `$defs`. */
function validators(document: JsonObject) {
  const ajv = new Ajv2020.default({ strict: false, logger: false, validateFormats: false });
  ajv.addSchema(document, "contract");
  const validatorOf = (pointer: string) => {
    const validate = ajv.getSchema(`contract#${pointer}`);
    if (validate === undefined) throw new Error(`there is no schema at ${pointer}`);
    return validate;
  };
  return { any: validatorOf(""), of: (key: string) => validatorOf(`/$defs/${key}`) };
}

test.each([
  ["bandwidth-webrtc", "openapi.yaml", 3],
  ["conference", "openapi.yaml", 22],
  ["bandwidth-voice-messaging", "asyncapi.yaml", 17],
])("%s: every webhook has an entry that takes its examples, and no other webhook's", async (id, file, count) => {
  const { value } = await loadContract(`specs/${id}/${file}`, { cwd: repository, id });
  const contract = value?.contract as Contract;
  const document = await exported(contract);
  const { any, of } = validators(document);
  expect(document["anyOf"]).toHaveLength(count);
  let taken = 0;
  for (const webhook of contract.webhooks) {
    for (const { payload } of webhook.examples) {
      expect(of(webhook.name)(payload), `${webhook.name} ${JSON.stringify(of(webhook.name).errors)}`).toBe(true);
      expect(any(payload)).toBe(true);
      for (const other of contract.webhooks) {
        // A rejected call is a hang-up, too.
        if (other !== webhook && other.name !== "hangup") expect(of(other.name)(payload)).toBe(false);
      }
      taken++;
    }
    expect(of(webhook.name)({ [webhook.name]: 1 })).toBe(false);
  }
  expect(taken).toBeGreaterThan(count);
  expect(any({ nothing: "known" })).toBe(false);
});

describe("every case", () => {
  test.each(cases)("$why", async ({ files }) => {
    const { contract } = await contractOf(files);
    const document = await exported(contract);
    expect(new Ajv2020.default({ strict: false, logger: false }).validateSchema(document)).toBe(true);
    const keys = ((document["anyOf"] ?? []) as { $ref: string }[]).map(({ $ref }) => $ref.replace("#/$defs/", ""));
    expect(keys).toHaveLength(contract.webhooks.length);
    if (keys.length > 0) for (const key of keys) expect(validators(document).of(key)).toBeTypeOf("function");
  });
});

const document = async (webhooks: object, schemas: object = {}) =>
  exported((await contractOf(openapi({ webhooks, components: { schemas } }))).contract);

test("an entry says what is known of its webhook, and keeps what the payload says of itself", async () => {
  const given = await document(
    {
      a: post(fixed({ t: "a" }), { summary: "S", description: "D", deprecated: true }),
      b: post(fixed({ t: "b" }, { title: "Own" }), { summary: "S" }),
      c: post(true),
      d: post(false),
      e: post(ref("E")),
    },
    { E: { type: "array", items: ref("E") } },
  );
  expect(given["$defs"]).toEqual({
    a: {
      title: "a",
      description: "S\n\nD",
      deprecated: true,
      type: "object",
      required: ["t"],
      properties: { t: { const: "a" } },
    },
    b: {
      title: "b",
      description: "S",
      allOf: [{ title: "Own", type: "object", required: ["t"], properties: { t: { const: "b" } } }],
    },
    c: { title: "c" },
    d: { title: "d", not: true },
    e: { title: "e", $ref: "#/$defs/E" },
    E: { type: "array", items: { $ref: "#/$defs/E" } },
  });
});

test("a schema that is called as a webhook makes way", async () => {
  const given = await document(
    { order: post({ type: "object", properties: { inner: ref("order") } }) },
    { order: { type: "string" } },
  );
  expect(Object.keys(given["$defs"] as object)).toEqual(["order", "order-2"]);
  expect(validators(given).of("order")({ inner: 1 })).toBe(false);
  expect(validators(given).of("order")({ inner: "1" })).toBe(true);
});

test("open enums take other strings, and nothing but strings; closed ones do not", async () => {
  const given = await document({
    a: post({
      type: "object",
      properties: {
        open: { type: "string", enum: ["x"], "x-open-enum": true },
        short: { enum: ["x"], "x-open-enum": true, maxLength: 3 },
        both: { enum: ["x"], "x-open-enum": true, anyOf: [{ minLength: 2 }, { const: "x" }], allOf: [true] },
        closed: { enum: ["x", "z"] },
      },
    }),
  });
  const { of } = validators(given);
  expect(
    [
      { open: "y" },
      { open: 1 },
      { short: "yyy" },
      { short: "yyyy" },
      { short: 1 },
      { both: "x" },
      { both: "y" },
      { both: "yy" },
      { both: 1 },
      { closed: "x" },
      { closed: "y" },
    ].map((value) => of("a")(value)),
  ).toEqual([true, false, true, false, false, true, false, true, false, true, false]);
  expect(JSON.stringify(given)).not.toContain("x-open-enum");
});
