import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createDecoder, type Decoded, type WebhookDefinition } from "../../src/runtime/decode.ts";
import { createEncoder, InvalidEventError } from "../../src/runtime/encode.ts";
import type { SharedPlans, UnwrapPlan } from "../../src/runtime/plan.ts";
import type { Condition, Delivery, EncodedDelivery, Form } from "../../src/runtime/types.ts";

interface GeneratedContract {
  readonly webhooks: Readonly<Record<string, { readonly forms: readonly Form[] }>>;
  readonly decode: (delivery: Delivery) => Promise<Decoded>;
  readonly encode: (webhook: string, event: unknown, options?: { method?: string }) => Promise<EncodedDelivery>;
}

/** What a sender puts on the wire, as the receiver gets it. */
function received({ method, headers, body, query }: EncodedDelivery): Delivery {
  return { method, headers, body, url: `/hook${query === "" ? "" : `?${query}`}` };
}

/** Where a schema allows a number and text, a query cannot say which of them "0" was. */
function likeWritten(decoded: unknown, event: unknown): unknown {
  const members = Object.entries(decoded as object).map(([name, value]) => {
    const before = (event as Record<string, unknown>)[name];
    return [name, typeof before === "string" && String(value) === before ? before : value];
  });
  return Object.fromEntries(members);
}

describe.each(["bandwidth-voice-messaging", "bandwidth-webrtc", "conference"])("the examples of %s", (id) => {
  test("come back as they were, in every form", async () => {
    const folder = new URL(`../../generated/${id}/`, import.meta.url);
    const { webhooks, decode, encode } = (await import(
      /* @vite-ignore */ new URL("index.js", folder).href
    )) as GeneratedContract;
    const { examples } = (await import(/* @vite-ignore */ new URL("examples.js", folder).href)) as {
      readonly examples: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
    };
    let count = 0;
    for (const [name, events] of Object.entries(examples)) {
      for (const event of Object.values(events)) {
        const before = JSON.stringify(event);
        for (const { method } of webhooks[name]?.forms ?? []) {
          const encoded = await encode(name, event, { method });
          expect(encoded.method).toBe(method);
          expect(JSON.stringify(event)).toBe(before);
          const decoded = await decode(received(encoded));
          expect(decoded).toMatchObject({ ok: true, webhook: name });
          expect(decoded.ok && (method === "GET" ? likeWritten(decoded.event, event) : decoded.event)).toEqual(event);
          count++;
        }
      }
    }
    expect(count).toBeGreaterThanOrEqual(Object.keys(webhooks).length);
  });
});

describe("encode", () => {
  const json: Form = { method: "POST", address: null, contentType: "application/vnd.a+json", encoding: "json" };
  const query: Form = {
    method: "GET",
    address: null,
    contentType: "application/x-www-form-urlencoded",
    encoding: "query",
  };
  const form: Form = { ...query, method: "PUT", encoding: "form" };
  const isObject = Object.assign((event: unknown): event is unknown => typeof event === "object" && event !== null, {
    errors: [{ instancePath: "", schemaPath: "#/type", keyword: "type", params: {}, message: "must be object" }],
  });
  const definition = (parts: Partial<WebhookDefinition> = {}): WebhookDefinition => ({
    name: "a",
    route: [],
    forms: [json, query, form, { ...form, method: "PATCH", encoding: "multipart" }],
    headers: [],
    unwrap: { properties: [["p", { json: {} }]] },
    coerce: [["n", { types: ["integer"] }]],
    load: async () => isObject,
    ...parts,
  });
  const encode = createEncoder({ webhooks: [definition()], sharedPlans: {}, routedBy: null });

  test.each([
    {
      method: undefined,
      want: {
        method: "POST",
        headers: { "content-type": "application/vnd.a+json" },
        body: '{"n":1,"p":"{\\"a\\":1}"}',
        query: "",
      },
    },
    { method: "get", want: { method: "GET", headers: {}, body: "", query: "n=1&p=%7B%22a%22%3A1%7D" } },
    {
      method: "PUT",
      want: {
        method: "PUT",
        headers: { "content-type": "application/x-www-form-urlencoded" },
        body: "n=1&p=%7B%22a%22%3A1%7D",
        query: "",
      },
    },
    {
      method: "PATCH",
      want: {
        method: "PATCH",
        headers: { "content-type": "multipart/form-data; boundary=hookbook-1" },
        body:
          '--hookbook-1\r\nContent-Disposition: form-data; name="n"\r\n\r\n1\r\n' +
          '--hookbook-1\r\nContent-Disposition: form-data; name="p"\r\n\r\n{"a":1}\r\n--hookbook-1--\r\n',
        query: "",
      },
    },
  ])("by $method", async ({ method, want }) => {
    expect(await encode("a", { n: 1, p: { a: 1 } }, { method })).toEqual(want);
  });

  test("what the webhook is recognised by is written where it stands, so that decode finds it", async () => {
    const route: Condition[] = [
      { in: "header", at: "ce-type", value: ["com.example.a", "com.example.b"] },
      { in: "query", at: "kind", value: 5 },
      { in: "body", at: "/n", value: 1 },
    ];
    const routed = createEncoder({ webhooks: [definition({ route })], sharedPlans: {}, routedBy: null });
    expect(await routed("a", { n: 1 })).toEqual({
      method: "POST",
      headers: { "content-type": "application/vnd.a+json", "ce-type": "com.example.a" },
      body: '{"n":1}',
      query: "kind=5",
    });
    expect(await routed("a", { n: 1, kind: 5 }, { method: "GET" })).toMatchObject({ query: "n=1&kind=5" });
  });

  test.each([
    {
      why: "an event that breaks its schema",
      call: () => encode("a", 5),
      error: InvalidEventError,
      message: 'The event is no valid "a": must be object.',
    },
    { why: "an unknown webhook", call: () => encode("b", {}), error: TypeError, message: 'There is no webhook "b".' },
    {
      why: "a name that every object has",
      call: () => encode("constructor", {}),
      error: TypeError,
      message: 'There is no webhook "constructor".',
    },
    {
      why: "a method by which it is not delivered",
      call: () => encode("a", {}, { method: "DELETE" }),
      error: TypeError,
      message: '"a" is not delivered by DELETE.',
    },
  ])("$why is refused", async ({ call, error, message }) => {
    await expect(call()).rejects.toThrow(error);
    await expect(call()).rejects.toThrow(message);
  });

  test("decode takes back what encode wrote, for any plan and any event", async () => {
    const names = fc.constantFrom("a", "b", "__proto__", "constructor", "x/y");
    const shared: SharedPlans = { node: { properties: [["next", { json: { shared: "node" } }]] } };
    /** A plan together with events that are as it says. */
    const { pair } = fc.letrec<{ pair: [UnwrapPlan, unknown] }>((tie) => ({
      pair: fc.oneof(
        { depthSize: "small", maxDepth: 4 },
        fc.jsonValue({ maxDepth: 2 }).map((value): [UnwrapPlan, unknown] => [{}, value]),
        (tie("pair") as fc.Arbitrary<[UnwrapPlan, unknown]>).map(([json, value]): [UnwrapPlan, unknown] => [
          { json },
          value,
        ]),
        fc
          .jsonValue()
          .filter((value) => typeof value !== "string")
          .map((value): [UnwrapPlan, unknown] => [{ json: {}, lenient: true }, value]),
        fc
          .array(fc.jsonValue(), { maxLength: 3 })
          .map((list): [UnwrapPlan, unknown] => [{ items: { json: {} } }, list]),
        fc.constant<[UnwrapPlan, unknown]>([{ shared: "node" }, { next: { next: { next: {} } }, v: 1 }]),
        fc
          .uniqueArray(fc.tuple(names, tie("pair") as fc.Arbitrary<[UnwrapPlan, unknown]>), {
            maxLength: 3,
            selector: ([name]) => name,
          })
          .map((members): [UnwrapPlan, unknown] => [
            { properties: members.map(([name, [plan]]) => [name, plan] as const), others: { json: {} } },
            Object.fromEntries([...members.map(([name, [, value]]) => [name, value]), ["other", { o: [1] }]]),
          ]),
      ),
    }));
    await fc.assert(
      fc.asyncProperty(pair, async ([unwrap, value]) => {
        const any = Object.assign((_: unknown): _ is unknown => true, { errors: null });
        const webhooks = [definition({ unwrap: { properties: [["root", unwrap]] }, load: async () => any })];
        const event = { root: value };
        const encoded = await createEncoder({ webhooks, sharedPlans: shared, routedBy: null })("a", event);
        const decoded = await createDecoder({ webhooks, sharedPlans: shared, routedBy: null })(received(encoded));
        expect(decoded.ok, JSON.stringify([unwrap, value, decoded])).toBe(true);
        expect(JSON.stringify(decoded.ok && decoded.event)).toBe(JSON.stringify(event));
      }),
      { numRuns: 1_000 },
    );
  });
});
