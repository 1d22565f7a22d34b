import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { createDecoder, type Decoded, type WebhookDefinition } from "../../src/runtime/decode.ts";
import type { UnwrapPlan } from "../../src/runtime/plan.ts";
import type { Delivery, Form, ValidationError, Validator } from "../../src/runtime/types.ts";
import { runs } from "../limits.ts";

/** A validator of one function; what it refuses has one error. */
function validator(accepts: (event: unknown) => boolean): Validator {
  const error: ValidationError = {
    instancePath: "",
    schemaPath: "#/test",
    keyword: "test",
    params: {},
    message: "must fit",
  };
  const check = (event: unknown): event is unknown => {
    validate.errors = accepts(event) ? null : [error];
    return validate.errors === null;
  };
  const validate = check as Validator & { errors: readonly ValidationError[] | null };
  return validate;
}

const json: Form = { method: "POST", address: null, contentType: "application/json", encoding: "json" };
const form: Form = { ...json, contentType: "application/x-www-form-urlencoded", encoding: "form" };
const query: Form = { ...form, method: "GET", encoding: "query" };

function webhook(name: string, parts: Partial<WebhookDefinition> = {}): WebhookDefinition {
  return {
    name,
    route: [],
    forms: [json],
    headers: [],
    unwrap: null,
    coerce: null,
    load: async () => validator(() => true),
    ...parts,
  };
}

const byType = (name: string, parts: Partial<WebhookDefinition> = {}) =>
  webhook(name, { route: [{ in: "body", at: "/type", value: name }], ...parts });

function decoder(...webhooks: readonly WebhookDefinition[]): (delivery: Delivery) => Promise<Decoded> {
  return createDecoder({ webhooks, sharedPlans: {}, routedBy: "/type" });
}

/** `name` for an event, `reason keyword` for none. */
function short(decoded: Decoded): string {
  return decoded.ok ? decoded.webhook : `${decoded.reason} ${decoded.errors[0]?.keyword}`;
}

const bytes = (text: string) => new TextEncoder().encode(text);

describe("bodies", () => {
  const decode = decoder(byType("a"), byType("b"));

  test.each<{ why: string; body: Uint8Array | string | undefined; want: string }>([
    { why: "text", body: '{"type":"a"}', want: "a" },
    { why: "bytes", body: bytes('{"type":"b"}'), want: "b" },
    { why: "a Buffer", body: Buffer.from('{"type":"a"}'), want: "a" },
    { why: "a part of a larger buffer", body: Buffer.from('xx{"type":"a"}xx').subarray(2, 14), want: "a" },
    { why: "a byte-order mark in text", body: '\ufeff{"type":"a"}', want: "a" },
    { why: "a byte-order mark in bytes", body: Buffer.from([0xef, 0xbb, 0xbf, ...bytes('{"type":"a"}')]), want: "a" },
    { why: "white space around", body: ' \r\n{"type":"a"}\t', want: "a" },
    { why: "bytes that are not UTF-8", body: new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x7d]), want: "not-json json" },
    {
      why: "bytes that are not UTF-8, in a string of a long body",
      body: new Uint8Array([...bytes(`{"type":"a","b":"${"b".repeat(70_000)}`), 0xff, 0x22, 0x7d]),
      want: "not-json json",
    },
    { why: "a replacement character that is the sender's own", body: bytes('{"type":"a","b":"\ufffd"}'), want: "a" },
    { why: "UTF-16", body: Buffer.from('{"type":"a"}', "utf16le"), want: "not-json json" },
    { why: "nothing", body: "", want: "not-json json" },
    { why: "no body at all", body: undefined, want: "not-json json" },
    { why: "no JSON", body: "type=a", want: "not-json json" },
    { why: "JSON cut off", body: '{"type":"a"', want: "not-json json" },
    { why: "more than one JSON text", body: '{"type":"a"}{"type":"a"}', want: "not-json json" },
    { why: "NaN", body: '{"type":NaN}', want: "not-json json" },
    { why: "null", body: "null", want: "unknown-event route" },
    { why: "a number", body: "5", want: "unknown-event route" },
    { why: "a string", body: '"a"', want: "unknown-event route" },
    { why: "a list", body: '[{"type":"a"}]', want: "unknown-event route" },
    { why: "the name twice: the last counts, as in JSON.parse", body: '{"type":"a","type":"b"}', want: "b" },
    { why: "another event", body: '{"type":"c"}', want: "unknown-event route" },
    { why: "a name that every object has", body: '{"type":"constructor"}', want: "unknown-event route" },
    { why: "__proto__ that looks like an event", body: '{"__proto__":{"type":"a"}}', want: "unknown-event route" },
  ])("$why → $want", async ({ body, want }) => {
    expect(short(await decode({ method: "POST", body }))).toBe(want);
  });

  test("what is wrong with text says where, and never quotes the payload", async () => {
    const decoded = await decode({ body: '{"secret": hunter2}' });
    expect(decoded).toMatchObject({ ok: false, webhook: null, errors: [{ instancePath: "", schemaPath: "#" }] });
    expect(JSON.stringify(decoded)).not.toContain("hunter2");
  });

  test("keys that would change a prototype stay keys of the event", async () => {
    const decoded = await decode({
      body: '{"type":"a","__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":1}}}',
    });
    expect(decoded.ok && Object.keys(decoded.event as object)).toEqual(["type", "__proto__", "constructor"]);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
    expect(Object.getPrototypeOf(decoded.ok ? decoded.event : null)).toBe(Object.prototype);
  });

  test.each([
    ["objects", '{"a":', "1", "}"],
    ["lists", "[", "1", "]"],
  ])("100,000 nested %s are no crash", async (_, open, middle, close) => {
    const deep = open.repeat(100_000) + middle + close.repeat(100_000);
    expect(short(await decode({ body: `{"type":"a","x":${deep}}` }))).toBe("a");
    // A schema that goes down as far.
    const recursive = validator(function goesDown(value): boolean {
      return typeof value !== "object" || value === null || Object.values(value).every(goesDown);
    });
    const deeply = decoder(byType("a", { load: async () => recursive }), byType("b"));
    const first = await deeply({ body: `{"type":"a","x":${deep}}` });
    expect(first).toEqual({
      ok: false,
      reason: "invalid-payload",
      webhook: "a",
      errors: [{ instancePath: "", schemaPath: "#", keyword: "depth", params: {}, message: "is nested too deep" }],
    });
    expect(await deeply({ body: `{"type":"a","x":${deep}}` })).toEqual(first);
    expect(short(await deeply({ body: '{"type":"a"}' }))).toBe("a");
  });
});

describe("content types", () => {
  const body = '{"type":"a"}';
  const plain = decoder(byType("a"));
  const forms = decoder(byType("a", { forms: [json, form, query] }));

  test.each<{ type: string | undefined; body: string; want: string; wantWithForm: string }>([
    { type: undefined, body, want: "a", wantWithForm: "a" },
    { type: "application/json", body, want: "a", wantWithForm: "a" },
    { type: "application/json; charset=utf-8", body, want: "a", wantWithForm: "a" },
    { type: " Application/JSON ;x=1", body, want: "a", wantWithForm: "a" },
    { type: "application/vnd.acme+json", body, want: "a", wantWithForm: "a" },
    {
      type: "text/plain",
      body,
      want: "unsupported-media-type contentType",
      wantWithForm: "unsupported-media-type contentType",
    },
    { type: "", body, want: "unsupported-media-type contentType", wantWithForm: "unsupported-media-type contentType" },
    {
      type: "application/x-www-form-urlencoded",
      body: "type=a",
      want: "unsupported-media-type contentType",
      wantWithForm: "a",
    },
    {
      type: "application/x-www-form-urlencoded; charset=utf-8",
      body: "%74ype=a&x=1",
      want: "unsupported-media-type contentType",
      wantWithForm: "a",
    },
    {
      type: "multipart/form-data; boundary=x",
      body: "",
      want: "unsupported-media-type contentType",
      wantWithForm: "unsupported-media-type contentType",
    },
  ])("$type → $want, with a documented form $wantWithForm", async ({ type, body: sent, want, wantWithForm }) => {
    const delivery = { method: "POST", body: sent, headers: type === undefined ? {} : { "Content-Type": type } };
    expect(short(await plain(delivery))).toBe(want);
    expect(short(await forms(delivery))).toBe(wantWithForm);
  });

  test.each<{ why: string; delivery: Delivery; want: string }>([
    { why: "GET", delivery: { method: "GET", url: "/hook?type=a" }, want: "a" },
    {
      why: "GET in lower case, an absolute URL with a fragment",
      delivery: { method: "get", url: "https://x.example/?type=a#b" },
      want: "a",
    },
    { why: "HEAD", delivery: { method: "HEAD", url: "/?type=a" }, want: "a" },
    { why: "no method, but a query", delivery: { url: "/?type=a" }, want: "a" },
    { why: "GET with an empty body", delivery: { method: "GET", url: "/?type=a", body: "" }, want: "a" },
    {
      why: "GET with a content type and no body",
      delivery: { method: "GET", url: "/?type=a", headers: { "content-type": "application/json" } },
      want: "a",
    },
    { why: "GET with another event", delivery: { method: "GET", url: "/?type=b" }, want: "unknown-event route" },
    { why: "GET without query", delivery: { method: "GET", url: "/" }, want: "unknown-event route" },
    { why: "POST with a query is judged by its body", delivery: { method: "POST", url: "/?type=b", body }, want: "a" },
  ])("query: $why → $want", async ({ delivery, want }) => {
    expect(short(await forms(delivery))).toBe(want);
  });

  test("a name twice where one value belongs stays a list, which the schema judges", async () => {
    const one = decoder(
      byType("a", {
        forms: [query],
        load: async () => validator((event) => typeof (event as { x: unknown }).x === "string"),
      }),
    );
    expect(short(await one({ method: "GET", url: "/?type=a&x=1" }))).toBe("a");
    expect(short(await one({ method: "GET", url: "/?type=a&x=1&x=2" }))).toBe("invalid-payload test");
  });

  test("names that would change a prototype are fields", async () => {
    const decoded = await forms({ method: "GET", url: "/?type=a&__proto__=1&constructor=2&__proto__[polluted]=3" });
    expect(decoded.ok && Object.keys(decoded.event as object)).toEqual(
      expect.arrayContaining(["type", "__proto__", "constructor"]),
    );
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });
});

describe("headers", () => {
  const decode = decoder(
    webhook("a", { route: [{ in: "header", at: "x-event", value: "a" }], headers: ["x-event", "x-id", "x-gone"] }),
    webhook("b", { route: [{ in: "header", at: "x-event", value: "b" }] }),
  );

  test.each<{ why: string; headers: NonNullable<Delivery["headers"]>; want: string; picked?: object }>([
    {
      why: "lower case",
      headers: { "x-event": "a", "x-id": "1", other: "2" },
      want: "a",
      picked: { "x-event": "a", "x-id": "1" },
    },
    { why: "any case", headers: { "X-EVENT": "b" }, want: "b" },
    {
      why: "a Headers object",
      headers: new Headers({ "X-Event": "a", "X-Id": "1" }),
      want: "a",
      picked: { "x-event": "a", "x-id": "1" },
    },
    { why: "a list of one", headers: { "x-event": ["b"] }, want: "b" },
    {
      why: "a list is joined",
      headers: { "x-event": "a", "x-id": ["1", "2"] },
      want: "a",
      picked: { "x-event": "a", "x-id": "1, 2" },
    },
    { why: "undefined is no header", headers: { "x-event": undefined }, want: "unknown-event route" },
    { why: "a header named get", headers: { get: "x", "x-event": "b" }, want: "b" },
    { why: "an object without prototype", headers: Object.assign(Object.create(null), { "x-event": "b" }), want: "b" },
    { why: "what is inherited is no header", headers: Object.create({ "x-event": "b" }), want: "unknown-event route" },
    { why: "another value", headers: { "x-event": "A" }, want: "unknown-event route" },
  ])("$why → $want", async ({ headers, want, picked }) => {
    const decoded = await decode({ headers, body: "{}" });
    expect(short(decoded)).toBe(want);
    if (picked !== undefined) expect(decoded.ok && decoded.headers).toEqual(picked);
  });

  test("a delivery without headers is tried with every validator", async () => {
    expect(await decode({ body: "{}" })).toMatchObject({
      ok: false,
      reason: "unknown-event",
      errors: [{ params: { candidates: ["a", "b"] } }],
    });
  });
});

describe("several candidates", () => {
  const has = (name: string) => async () => validator((event) => Object.hasOwn(event as object, name));
  const decode = decoder(
    webhook("a", { load: has("a") }),
    webhook("b", { load: has("b"), unwrap: { properties: [["p", { json: {} }]] } }),
  );

  test.each([
    { body: '{"a":1}', want: { ok: true, webhook: "a" } },
    { body: '{"b":1,"p":"{}"}', want: { ok: true, webhook: "b", event: { b: 1, p: {} } } },
    { body: '{"a":1,"p":"{}"}', want: { ok: true, webhook: "a", event: { a: 1, p: "{}" } } },
    {
      body: '{"a":1,"b":1}',
      want: { ok: false, reason: "unknown-event", webhook: null, errors: [{ params: { candidates: ["a", "b"] } }] },
    },
    { body: "{}", want: { ok: false, reason: "unknown-event", errors: [{ params: { candidates: ["a", "b"] } }] } },
  ])("$body", async ({ body, want }) => {
    expect(await decode({ body })).toMatchObject(want);
  });

  test.each([
    { method: "POST", want: { ok: true, webhook: "made" } },
    { method: "delete", want: { ok: true, webhook: "gone" } },
    { method: "PUT", want: { ok: false, reason: "unknown-event" } },
    { method: undefined, want: { ok: false, reason: "unknown-event" } },
  ])("alike but for their methods: by $method", async ({ method, want }) => {
    const both = decoder(webhook("made"), webhook("gone", { forms: [{ ...json, method: "DELETE" }] }));
    expect(await both({ method, body: "{}" })).toMatchObject(want);
  });

  test("one without a route is not what comes in a way that it is not written", async () => {
    const upload: Form = { ...json, contentType: "multipart/form-data", encoding: "multipart" };
    const both = decoder(byType("a"), webhook("upload", { forms: [upload], load: async () => validator(() => false) }));
    const headers = { "content-type": "application/json" };
    expect(short(await both({ headers, body: '{"type":"b"}' }))).toBe("unknown-event route");
    expect(short(await both({ headers, body: '{"type":"a"}' }))).toBe("a");
  });

  test("the only webhook says what is wrong", async () => {
    const decoded = await decoder(webhook("a", { load: has("a") }))({ body: "{}" });
    expect(decoded).toMatchObject({
      ok: false,
      reason: "invalid-payload",
      webhook: "a",
      errors: [{ keyword: "test" }],
    });
  });

  test("a validator is loaded when its webhook first comes, and once", async () => {
    const load = vi.fn(has("a"));
    const other = vi.fn(has("b"));
    const lazy = decoder(byType("a", { load }), byType("b", { load: other }));
    for (let count = 0; count < 3; count++) await lazy({ body: '{"type":"a","a":1}' });
    expect(load).toHaveBeenCalledTimes(1);
    expect(other).not.toHaveBeenCalled();
  });
});

describe("JSON in strings", () => {
  const shared: Record<string, UnwrapPlan> = { node: { json: { properties: [["next", { shared: "node" }]] } } };
  const decodeWith = (unwrap: UnwrapPlan) =>
    createDecoder({ webhooks: [webhook("a", { unwrap })], sharedPlans: shared, routedBy: null });

  test.each<{ why: string; plan: UnwrapPlan; body: unknown; event?: unknown; error?: [string, string, string] }>([
    {
      why: "in a property",
      plan: { properties: [["p", { json: {} }]] },
      body: { p: '{"a":1}', q: '{"a":1}' },
      event: { p: { a: 1 }, q: '{"a":1}' },
    },
    { why: "that is not there", plan: { properties: [["p", { json: {} }]] }, body: {}, event: {} },
    {
      why: "in every item",
      plan: { properties: [["l", { items: { json: {} } }]] },
      body: { l: ["1", "[2]"] },
      event: { l: [1, [2]] },
    },
    {
      why: "in every member of a map",
      plan: { others: { json: {} }, properties: [["n", {}]] },
      body: { a: "1", n: "1" },
      event: { a: 1, n: "1" },
    },
    {
      why: "in JSON in a string",
      plan: { properties: [["p", { json: { properties: [["q", { json: {} }]] } }]] },
      body: { p: '{"q":"[1]"}' },
      event: { p: { q: [1] } },
    },
    { why: "the whole body", plan: { json: {} }, body: '{"a":1}', event: { a: 1 } },
    {
      why: "a recursive plan",
      plan: { shared: "node" },
      body: '{"next":"{\\"next\\":\\"{}\\"}"}',
      event: { next: { next: {} } },
    },
    {
      why: "null where it is allowed",
      plan: { properties: [["p", { json: {}, lenient: true }]] },
      body: { p: null },
      event: { p: null },
    },
    {
      why: "other text where it is allowed",
      plan: { properties: [["p", { json: {}, lenient: true }]] },
      body: { p: "x" },
      event: { p: "x" },
    },
    { why: "a name that every object has", plan: { properties: [["constructor", { json: {} }]] }, body: {}, event: {} },
    {
      why: "no string",
      plan: { properties: [["p", { json: {} }]] },
      body: { p: { a: 1 } },
      error: ["/p", "#/properties/p/type", "type"],
    },
    {
      why: "no JSON",
      plan: { properties: [["a/b", { items: { json: {} } }]] },
      body: { "a/b": ["1", "{"] },
      error: ["/a~1b/1", "#/properties/a~1b/items/contentMediaType", "contentMediaType"],
    },
    {
      why: "no JSON deeper inside",
      plan: { properties: [["p", { json: { others: { json: {} } } }]] },
      body: { p: '{"x":"{"}' },
      error: ["/p/x", "#/properties/p/additionalProperties/contentMediaType", "contentMediaType"],
    },
  ])("$why", async ({ plan, body, event, error }) => {
    const decoded = await decodeWith(plan)({ body: JSON.stringify(body) });
    if (error === undefined) {
      expect(decoded).toMatchObject({ ok: true, event });
    } else {
      const [instancePath, schemaPath, keyword] = error;
      expect(decoded).toMatchObject({
        ok: false,
        reason: "invalid-payload",
        webhook: "a",
        errors: [{ instancePath, schemaPath, keyword }],
      });
    }
  });

  test("__proto__ in what a string holds stays a key", async () => {
    const decoded = await decodeWith({ others: { json: {} } })({ body: '{"__proto__":"{\\"polluted\\":1}"}' });
    expect(decoded.ok && Object.keys(decoded.event as object)).toEqual(["__proto__"]);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });
});

describe("whatever a delivery holds", () => {
  const plan: UnwrapPlan = {
    properties: [["p", { json: { others: { json: {}, lenient: true } } }]],
    others: { items: { json: {} } },
  };
  const decode = decoder(
    byType("a", {
      forms: [json, form, query],
      headers: ["x-id", "constructor"],
      coerce: [
        ["n", { types: ["integer"] }],
        ["l", { types: ["array"], items: { types: ["number"] }, bracketed: true }],
      ],
    }),
    byType("b", { unwrap: plan }),
    webhook("c", {
      route: [
        { in: "header", at: "x-event", value: ["c", 1] },
        { in: "path", at: "", value: "/c/{id}" },
      ],
    }),
    webhook("d", { route: [{ in: "query", at: "which", value: "d" }] }),
    webhook("e", { route: [{ in: "body", at: "/p/q/__proto__", value: null }] }),
  );

  test.each([undefined, null])(
    "what is no delivery (%s) is a rejection, as whoever awaits it expects",
    async (given) => {
      const decoded = decode(given as never);
      await expect(decoded).rejects.toThrow(TypeError);
    },
  );

  test("decode answers and never rejects", async () => {
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.json(),
      fc.constantFrom(
        '{"type":"a"}',
        '{"type":"b","p":"{\\"x\\":\\"1\\"}"}',
        "type=a&n=1&l=[1,2]&l[]=3&type[a]=4",
        '{"p":"{\\"q\\":null}"}',
        "",
      ),
    );
    const delivery: fc.Arbitrary<Delivery> = fc.record(
      {
        method: fc.oneof(fc.constantFrom("GET", "POST", "HEAD", "delete", ""), fc.string()),
        url: fc.oneof(
          fc.webUrl({ withQueryParameters: true, withFragments: true }),
          fc.constantFrom("/c/1", "/?which=d", "?type=a&n=5", "/%", "/?%=%", "//", "", "/?a[b][c]=1&a[__proto__]=2"),
          fc.string(),
        ),
        headers: fc.oneof(
          fc.dictionary(
            fc.oneof(
              fc.constantFrom("content-type", "Content-Type", "x-event", "X-ID", "get", "__proto__"),
              fc.string(),
            ),
            fc.oneof(
              fc.constantFrom("application/json", "application/x-www-form-urlencoded", "c", ";", ""),
              fc.string(),
              fc.array(fc.string()),
              fc.constant(undefined),
            ),
          ),
          fc.constant(new Headers({ "content-type": "text/json", "x-event": "c" })),
        ),
        body: fc.oneof(text, text.map(bytes), fc.uint8Array()),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(delivery, async (given) => {
        const decoded = await decode(given);
        if (decoded.ok) expect(["a", "b", "c", "d", "e"]).toContain(decoded.webhook);
        else expect(decoded.errors.length).toBeGreaterThan(0);
      }),
      { numRuns: runs(3_000) },
    );
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});

describe("webhooks that only their forms tell apart", () => {
  const has = (name: string) => async () =>
    validator((event) => typeof event === "object" && event !== null && Object.hasOwn(event, name));
  const decode = decoder(webhook("a", { load: has("a") }), webhook("b", { forms: [form], load: has("b") }));
  const deliver = (type: string, sent: string) => decode({ headers: { "content-type": type }, body: sent });
  const [JSON_TYPE, FORM_TYPE] = ["application/json", "application/x-www-form-urlencoded"];

  test.each([
    { why: "the one that fits", type: JSON_TYPE, body: '{"a":1}', want: "a" },
    {
      why: "the one that fits, though it is not written so: a recorded payload",
      type: JSON_TYPE,
      body: '{"b":1}',
      want: "b",
    },
    { why: "of two that fit the one that is written so", type: FORM_TYPE, body: "a=1&b=1", want: "b" },
    {
      why: "of none that fits the one that is written so, whose errors are said",
      type: FORM_TYPE,
      body: "c=1",
      want: "invalid-payload test",
    },
  ])("$why", async ({ type, body, want }) => {
    expect(short(await deliver(type, body))).toBe(want);
  });

  test("a body without headers may have been written in any way", async () => {
    expect(short(await decode({ body: '{"c":1}' }))).toBe("unknown-event route");
  });
});

describe("a list that may be several webhooks", () => {
  const items = (type: string) => async () =>
    validator((event) => Array.isArray(event) && event.every((item) => typeof item === type));
  const object = async () => validator((event) => !Array.isArray(event));
  const decode = decoder(
    webhook("single", { load: object }),
    webhook("numbers", { isList: true, load: items("number") }),
    webhook("any", { load: async () => validator((event) => Array.isArray(event) && event[0] === null) }),
  );

  test.each([
    { why: "is the one that it fits", body: "[1]", want: "numbers" },
    { why: "is one that may be other than a list too", body: "[null]", want: "any" },
    { why: "that fits none is an invalid list, and not anything else", body: '["a"]', want: "invalid-payload test" },
    { why: "what is none may be the others", body: "{}", want: "single" },
  ])("$why", async ({ body, want }) => {
    expect(short(await decode({ body }))).toBe(want);
  });
});
