import { describe, expect, test, vi } from "vitest";
import type { Delivery } from "../../src/runtime/types.ts";
import { contractOf, NOW, post, receiver, SECRET, signed, signedContract, webhook } from "./helpers.ts";

const open = contractOf();
const now = () => NOW;
const secrets = { signature: SECRET };
const a = { type: "a", count: 1 };

describe("every step has its outcome", () => {
  const cases: readonly {
    why: string;
    given: Delivery & { readonly body: Uint8Array };
    want: string;
    status: number;
  }[] = [
    { why: "a handled event", given: signed(a), want: "handled", status: 204 },
    { why: "an event without handler", given: signed({ type: "b" }), want: "unhandled", status: 204 },
    { why: "another method", given: { ...signed(a), method: "PUT" }, want: "method-not-allowed", status: 405 },
    { why: "HEAD", given: { ...signed(a), method: "HEAD" }, want: "method-not-allowed", status: 405 },
    { why: "an odd method", given: { ...signed(a), method: "P\r\nX: y" }, want: "method-not-allowed", status: 405 },
    { why: "the method in lower case", given: { ...signed(a), method: "post" }, want: "handled", status: 204 },
    { why: "no method", given: { ...signed(a), method: undefined }, want: "handled", status: 204 },
    { why: "too large", given: signed({ type: "a", text: "x".repeat(1_000) }), want: "too-large", status: 413 },
    { why: "no signature", given: post(a), want: "not-authentic", status: 401 },
    {
      why: "another secret",
      given: signed(a, { secret: SECRET.replace("0", "1") }),
      want: "not-authentic",
      status: 401,
    },
    { why: "of yesterday", given: signed(a, { signedAt: NOW - 86_400_000 }), want: "stale", status: 401 },
    { why: "of tomorrow", given: signed(a, { signedAt: NOW + 86_400_000 }), want: "stale", status: 401 },
    {
      why: "another media type",
      given: { ...signed(a), headers: { ...signed(a).headers, "content-type": "text/xml" } },
      want: "unsupported-media-type",
      status: 415,
    },
    {
      why: "compressed",
      given: { ...signed(a), headers: { ...signed(a).headers, "content-encoding": "gzip" } },
      want: "unsupported-media-type",
      status: 415,
    },
    {
      why: "compressed by nothing",
      given: { ...signed(a), headers: { ...signed(a).headers, "Content-Encoding": " Identity" } },
      want: "handled",
      status: 204,
    },
    { why: "no JSON", given: signed('{"type":"a",'), want: "not-json", status: 400 },
    { why: "no body", given: signed(""), want: "not-json", status: 400 },
    { why: "a byte-order mark", given: signed(`\ufeff${JSON.stringify(a)}`), want: "handled", status: 204 },
    { why: "an unknown event", given: signed({ type: "z" }), want: "unknown-event", status: 204 },
    { why: "an array", given: signed("[]"), want: "unknown-event", status: 204 },
    { why: "an invalid event", given: signed({ type: "a", count: "x" }), want: "invalid-payload", status: 422 },
  ];

  test.each(cases)("$why: $want $status", async ({ given, want, status }) => {
    const handle = vi.fn();
    const { deliver, outcomes } = receiver(signedContract(), { now, secrets, on: { a: handle }, bodyBytesMax: 900 });
    const reply = await deliver(given);
    expect(reply).toMatchObject({ status, outcome: { name: want, status } });
    expect(outcomes).toEqual([reply.outcome]);
    expect(handle).toHaveBeenCalledTimes(want === "handled" ? 1 : 0);
    if (status >= 400) {
      expect(reply.headers["content-type"]).toBe("application/problem+json");
      expect(JSON.parse(reply.body as string)).toMatchObject({ status, outcome: want });
    } else expect(reply.body).toBe("");
  });

  test("what is said in headers", async () => {
    const { deliver, admit, refuse } = receiver(signedContract(), { now, secrets });
    expect((await deliver({ ...signed(a), method: "GET" })).headers["allow"]).toBe("POST");
    expect((await deliver(post(a))).headers["www-authenticate"]).toBe('Signature realm="webhooks"');
    const gzip = { ...signed(a).headers, "content-encoding": "gzip" };
    expect((await deliver({ ...signed(a), headers: gzip })).headers["accept-encoding"]).toBe("identity");
    expect(admit({ method: "PUT" })).toMatchObject({ status: 405, headers: { allow: "POST" } });
    expect(admit({ method: "POST", headers: { "Content-Length": "1048577" } })).toMatchObject({ status: 413 });
    expect(admit({ method: "POST", headers: { "Content-Length": "1048576" } })).toBeNull();
    expect(refuse("slow-body")).toMatchObject({ status: 408, outcome: { name: "slow-body" } });
  });

  test("a method of a document that no header could hold is none", async () => {
    const forms = [{ method: "PO\r\nST", address: null, contentType: "application/json", encoding: "json" as const }];
    const { deliver } = receiver(contractOf([webhook("a", { forms })]));
    expect((await deliver({ ...post(a), method: "PUT" })).headers["allow"]).toBe("POST");
  });

  test("the first documented success is the answer, for what nobody handles too", async () => {
    const contract = contractOf([
      webhook("a", { replies: ["default", "404", "202", "200"] }),
      webhook("b", { replies: ["2XX"] }),
    ]);
    const { deliver } = receiver(contract, { on: { a() {} } });
    expect((await deliver(post(a))).status).toBe(202);
    expect((await deliver(post({ type: "b" }))).status).toBe(204);
    expect((await deliver(post({ type: "z" }))).status).toBe(202);
  });
});

describe("what a handler is told", () => {
  test("of a valid event", async () => {
    const handle = vi.fn();
    const { deliver } = receiver(signedContract(webhook("a", { headers: ["x-region"] })), {
      now,
      secrets,
      on: { a: handle },
    });
    const given = signed(a);
    const request = { ...given, headers: { ...given.headers, "X-Region": "eu" } };
    await deliver(request);
    const [event, delivery] = handle.mock.calls[0] ?? [];
    expect(event).toEqual(a);
    expect(delivery).toMatchObject({ webhook: "a", id: "msg_1", signedAt: NOW, headers: { "x-region": "eu" } });
    expect(delivery).toMatchObject({ event: a, valid: true, problems: [], files: [] });
    expect(delivery.request).toBe(request);
    expect(delivery.signal.aborted).toBe(false);
  });

  test("of an unknown one", async () => {
    const unknownEvent = vi.fn();
    const { deliver, outcomes } = receiver(open, { unknownEvent });
    await deliver(post({ type: "z" }));
    expect(unknownEvent.mock.calls[0]?.[0]).toEqual({ type: "z" });
    expect(unknownEvent.mock.calls[0]?.[1]).toMatchObject({ webhook: null, candidates: [], id: null });
    expect(outcomes.map(({ name }) => name)).toEqual(["unknown-event"]);
  });

  test("of one that may be several", async () => {
    const unknownEvent = vi.fn();
    const contract = contractOf([webhook("a", { route: [] }), webhook("b", { route: [] })]);
    await receiver(contract, { unknownEvent }).deliver(post({ x: 1 }));
    expect(unknownEvent.mock.calls[0]?.[1].candidates).toEqual(["a", "b"]);
  });
});

describe("policies", () => {
  const invalid = post({ type: "a", count: "x" });
  const names = async (options: Parameters<typeof receiver>[1], given = invalid) => {
    const { deliver } = receiver(open, options);
    const { status, outcome } = await deliver(given);
    return `${outcome.name} ${status}`;
  };

  test("unknown events", async () => {
    const unknown = post({ type: "z" });
    expect(await names({}, unknown)).toBe("unknown-event 204");
    expect(await names({ unknownEvent: "accept" }, unknown)).toBe("unknown-event 204");
    expect(await names({ unknownEvent: "reject" }, unknown)).toBe("unknown-event 404");
    expect(await names({ unknownEvent: () => new Response("?", { status: 202 }) }, unknown)).toBe("unknown-event 202");
    expect(
      await names(
        {
          unknownEvent: () => {
            throw new Error("no");
          },
        },
        unknown,
      ),
    ).toBe("handler-failed 500");
  });

  test("invalid payloads are reported where it is wanted, with what is wrong", async () => {
    const handle = vi.fn();
    const { deliver, outcomes } = receiver(open, { invalidPayload: "report", on: { a: handle } });
    expect(await deliver(invalid)).toMatchObject({ status: 204, outcome: { name: "handled" } });
    const [event, delivery] = handle.mock.calls[0] ?? [];
    expect(event).toEqual({ type: "a", count: "x" });
    expect(delivery).toMatchObject({ valid: false, problems: [{ instancePath: "/count", keyword: "type" }] });
    expect(outcomes[0]?.problems).toHaveLength(1);
  });

  test("by webhook, over the rule for all", async () => {
    const on = { a() {}, b() {} };
    expect(await names({ on, invalidPayloadOf: { a: "report" } })).toBe("handled 204");
    expect(await names({ on, invalidPayloadOf: { b: "report" } })).toBe("invalid-payload 422");
    expect(await names({ on, invalidPayload: "report", invalidPayloadOf: { a: "reject" } })).toBe(
      "invalid-payload 422",
    );
    expect(await names({ on, invalidPayload: "report", invalidPayloadOf: { a: undefined } })).toBe("handled 204");
  });

  test("what is not even JSON is never reported", async () => {
    expect(await names({ invalidPayload: "report", on: { a() {} } }, post("{"))).toBe("not-json 400");
  });
});

describe("webhooks that ask for different credentials", () => {
  const schemes = {
    one: { type: "apiKey", in: "header", name: "x-1" },
    two: { type: "apiKey", in: "header", name: "x-2" },
  };
  const contract = contractOf(
    [webhook("a", { security: [{ one: [] }] }), webhook("b", { security: [{ two: [] }] })],
    schemes,
  );
  const headersOf = (name: string) => ({ "content-type": "application/json", [name]: SECRET });

  test("one's are not good for the other, valid or not", async () => {
    const on = { a: vi.fn(), b: vi.fn() };
    const { deliver } = receiver(contract, { secrets: { one: SECRET, two: SECRET }, on });
    expect((await deliver(post(a, { headers: headersOf("x-1") }))).outcome.name).toBe("handled");
    const refused = await deliver(post(a, { headers: headersOf("x-2") }));
    expect(refused).toMatchObject({ status: 401, outcome: { name: "not-authentic", scheme: "one" } });
    const invalid = await deliver(post({ type: "a", count: "x" }, { headers: headersOf("x-2") }));
    expect(invalid.status).toBe(401);
    expect(on.a).toHaveBeenCalledTimes(1);
    expect(on.b).not.toHaveBeenCalled();
  });
});

describe("nothing leaks", () => {
  const canary = "canary-4711";

  test("neither payload nor secret is in an answer or in what the hook is told", async () => {
    const on = { a() {} };
    const deliveries = [
      signed({ type: "a", count: canary }),
      signed({ type: canary }),
      signed(`{"type":"${canary}`),
      signed({ type: "a", text: canary }, { secret: SECRET.replace("0", "1") }),
      signed({ type: "a", text: canary }, { signedAt: 0 }),
      post({ type: canary }),
      post({ type: canary }, { headers: { "content-type": canary, "webhook-signature": canary } }),
      post({ type: canary }, { method: canary }),
    ];
    const { deliver, outcomes } = receiver(signedContract(), { now, secrets, on });
    for (const delivery of deliveries) {
      const { status, headers, body, outcome } = await deliver(delivery);
      const text = JSON.stringify({ status, headers, body, outcome });
      expect(text).not.toContain(canary);
      expect(text).not.toContain(SECRET);
    }
    expect(JSON.stringify(outcomes)).not.toContain(canary);
  });
});

describe("the hook", () => {
  test("is told how long each step took", async () => {
    const on = { a: () => new Promise((resolve) => setTimeout(resolve, 20)) };
    const { deliver, outcomes } = receiver(signedContract(), { now, secrets, on });
    await deliver(signed(a));
    const { authenticate, decode, handle, total } = outcomes[0]?.timings ?? {
      authenticate: 0,
      decode: 0,
      handle: 0,
      total: 0,
    };
    expect(authenticate).toBeGreaterThan(0);
    expect(decode).toBeGreaterThan(0);
    expect(handle).toBeGreaterThan(15);
    expect(total).toBeGreaterThanOrEqual(authenticate + decode + handle);
  });

  test("changes nothing by failing", async () => {
    for (const onOutcome of [
      () => {
        throw new Error("no disk");
      },
      () => Promise.reject(new Error("no network")),
    ]) {
      expect((await receiver(open, { onOutcome }).deliver(post(a))).outcome.name).toBe("unhandled");
    }
  });

  test("is given hints that help", async () => {
    const { deliver, outcomes } = receiver(signedContract(), { now, secrets });
    const hintOf = async (delivery: Parameters<typeof deliver>[0]) => {
      await deliver(delivery);
      return outcomes.at(-1)?.hint ?? "";
    };
    const value = { type: "a", text: "é/ü", list: [1, { b: null }] };
    const written = {
      javascript: JSON.stringify(value),
      indented: JSON.stringify(value, null, 2),
      python: '{"type": "a", "text": "\\u00e9/\\u00fc", "list": [1, {"b": null}]}',
      php: '{"type":"a","text":"\\u00e9\\/\\u00fc","list":[1,{"b":null}]}',
    };
    for (const [sender, content] of Object.entries(written)) {
      for (const [middle, body] of Object.entries(written)) {
        const hint = await hintOf(signed(body, { content }));
        if (sender === middle) expect(hint).toBe("");
        else expect(hint, `${sender}, ${middle}`).toMatch(/same JSON written in another way/);
      }
    }
    expect(await hintOf(signed(a, { content: '{"type":"b"}' }))).toMatch(/secret is another/);
    expect(await hintOf(signed(a, { signedAt: 0 }))).toMatch(/clock/);
    expect(await hintOf({ ...signed(a), headers: { ...signed(a).headers, "webhook-id": undefined } })).toMatch(/id/);
  });

  test("a token that is called a signature is said to be one", async () => {
    const schemes = { key: { type: "apiKey", in: "header", name: "X-Hub-Signature-256" } };
    const { deliver, outcomes } = receiver(contractOf(), { schemes, secrets: { key: SECRET } });
    await deliver(post(a, { headers: { "x-hub-signature-256": "sha256=00" } }));
    expect(outcomes[0]?.hint).toMatch(/x-webhook-signature/);
  });
});

test("URLs that are signed are those that the sender knows", async () => {
  const { createHmac } = await import("node:crypto");
  const { completeRecipe } = await import("../../src/receiver/authenticity/declaration.ts");
  const signature = completeRecipe({
    header: "x-s",
    algorithm: "hmac-sha256",
    encoding: "hex",
    signedContent: "{url}{body}",
  });
  const schemes = { s: { type: "apiKey", signature } };
  const url = "https://example.com/base/hooks?a=1";
  const value = createHmac("sha256", SECRET)
    .update(`${url}${JSON.stringify(a)}`)
    .digest("hex");
  const given = post(a, { url: "/hooks?a=1", headers: { "x-s": value } });
  const nameOf = async (publicUrl?: string) => {
    const options = { schemes, secrets: { s: SECRET }, ...(publicUrl === undefined ? {} : { publicUrl }) };
    const { deliver } = receiver(contractOf(), options);
    const { outcome } = await deliver(given);
    const behindProxy = await deliver({ ...given, url: "http://10.0.0.1:8080/hooks?a=1#x" });
    return [outcome.name, behindProxy.outcome.name, outcome.hint ?? ""];
  };
  expect(await nameOf("https://example.com/base/")).toEqual(["unhandled", "unhandled", ""]);
  expect(await nameOf()).toEqual(["not-authentic", "not-authentic", expect.stringMatching(/publicUrl/)]);
});

describe("a receiver does not start", () => {
  test.each<{ why: string; options: object; want: RegExp }>([
    {
      why: "with a handler of no webhook",
      options: { on: { c() {} } },
      want: /on\.c: the contract has no such webhook; it has a, b/,
    },
    { why: "with a handler that is none", options: { on: { a: 1 } }, want: /on\.a must be a function/ },
    { why: "without handlers", options: { on: undefined }, want: /on is missing/ },
    {
      why: "with a misspelt option",
      options: { unknownEvents: "accept" },
      want: /no option unknownEvents; there are acknowledge/,
    },
    {
      why: "with another policy",
      options: { unknownEvent: "ignore" },
      want: /unknownEvent must be accept or reject, or a handler/,
    },
    {
      why: "with another policy for one",
      options: { invalidPayloadOf: { a: "no" } },
      want: /must be reject or report/,
    },
    { why: "with a policy for none", options: { invalidPayloadOf: { c: "report" } }, want: /invalidPayloadOf\.c/ },
    { why: "with no time", options: { handlerSecondsMax: 0 }, want: /handlerSecondsMax must be above 0/ },
    { why: "with NaN", options: { bodyBytesMax: Number.NaN }, want: /bodyBytesMax must be above 0/ },
    { why: "with a URL that is none", options: { publicUrl: "example.com" }, want: /publicUrl must be/ },
    { why: "with a hook that is none", options: { onOutcome: "log" }, want: /onOutcome must be a function/ },
    { why: "without secrets", options: { contract: signedContract() }, want: /secrets lack signature/ },
  ])(
    "$why",
    ({ options: { contract = open, ...options }, want }: { options: { contract?: typeof open }; want: RegExp }) => {
      expect(() => receiver(contract, options)).toThrow(want);
    },
  );
});

test("a check of one's own that throws is an internal error", async () => {
  const contract = contractOf([webhook("a", { security: [{ own: [] }] })], { own: { type: "oauth2" } });
  const own = () => {
    throw new Error("no key server");
  };
  const { deliver } = receiver(contract, { secrets: { own } });
  expect(await deliver(post(a))).toMatchObject({ status: 500, outcome: { name: "internal-error" } });
});
