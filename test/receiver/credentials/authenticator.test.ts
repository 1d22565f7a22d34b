import { describe, expect, test } from "vitest";
import { utf8 } from "../../../src/receiver/authenticity/bytes.ts";
import type { RawDelivery } from "../../../src/receiver/authenticity/types.ts";
import { createAuthenticator } from "../../../src/receiver/credentials/authenticator.ts";
import { completeSecurity, type DeclaredScheme } from "../../../src/receiver/credentials/complete-security.ts";
import type { Authentication, Secrets, SecuredContract } from "../../../src/receiver/credentials/types.ts";

const TOKEN = "0123456789abcdef";
const OTHER = "fedcba9876543210";

type Security = SecuredContract["webhooks"][number]["security"];

const needs = (...names: readonly string[]) => Object.fromEntries(names.map((name) => [name, []]));

function contractOf(
  security: Readonly<Record<string, DeclaredScheme>>,
  webhooks: Readonly<Record<string, Security>> = { a: Object.keys(security).map((name) => needs(name)) },
): SecuredContract {
  return {
    webhooks: Object.entries(webhooks).map(([name, own]) => ({ name, security: own })),
    security: completeSecurity(security),
  };
}

function delivery(headers: NonNullable<RawDelivery["headers"]> = {}, url = "/hooks"): RawDelivery {
  return { method: "POST", url, headers, body: utf8('{"id":1}') };
}

const basic = (text: string | Buffer) => `Basic ${Buffer.from(text).toString("base64")}`;
const short = (one: Authentication) => (one.ok ? "ok" : `${one.reason} ${one.scheme}`);

const header = { type: "apiKey", in: "header", name: "X-Token" } satisfies DeclaredScheme;
const query: DeclaredScheme = { type: "apiKey", in: "query", name: "key" };
const cookie: DeclaredScheme = { type: "apiKey", in: "cookie", name: "session" };
const http = (scheme: string): DeclaredScheme => ({ type: "http", scheme });

describe("one scheme", () => {
  const cases: readonly {
    readonly scheme: DeclaredScheme;
    readonly secret?: Secrets[string];
    readonly given: readonly (readonly [Record<string, string | string[]> | string, string])[];
  }[] = [
    {
      scheme: header,
      given: [
        [{ "X-Token": TOKEN }, "ok"],
        [{ "x-token": [TOKEN] }, "ok"],
        [{ "x-token": [TOKEN, TOKEN] }, "wrong-credentials s"],
        [{ "x-token": OTHER }, "wrong-credentials s"],
        [{ "x-token": TOKEN.slice(1) }, "wrong-credentials s"],
        [{ "x-token": TOKEN + TOKEN }, "wrong-credentials s"],
        [{ "x-token": `${TOKEN}0` }, "wrong-credentials s"],
        [{ "x-token": "" }, "wrong-credentials s"],
        [{ "x-token": TOKEN.toUpperCase() }, "wrong-credentials s"],
        [{}, "missing-credentials s"],
        [`/hooks?X-Token=${TOKEN}`, "missing-credentials s"],
      ],
    },
    {
      scheme: query,
      given: [
        [`/hooks?key=${TOKEN}`, "ok"],
        [`https://example.com/hooks?a=1&key=${TOKEN}#key=${OTHER}`, "ok"],
        [`/hooks?key=${OTHER}`, "wrong-credentials s"],
        [`/hooks?key=${OTHER}&key=${TOKEN}`, "wrong-credentials s"],
        ["/hooks?key=", "wrong-credentials s"],
        [`/hooks#?key=${TOKEN}`, "missing-credentials s"],
        [{ key: TOKEN }, "missing-credentials s"],
      ],
    },
    {
      scheme: cookie,
      given: [
        [{ cookie: `a=b; session=${TOKEN}; c=d` }, "ok"],
        [{ cookie: `session="${TOKEN}"` }, "ok"],
        [{ cookie: `xsession=${TOKEN}` }, "missing-credentials s"],
        [{ cookie: "session" }, "missing-credentials s"],
        [{ cookie: `session=${OTHER}; session=${TOKEN}` }, "wrong-credentials s"],
      ],
    },
    {
      scheme: http("bearer"),
      given: [
        [{ authorization: `Bearer ${TOKEN}` }, "ok"],
        [{ Authorization: `bearer  ${TOKEN}` }, "ok"],
        [{ authorization: TOKEN }, "missing-credentials s"],
        [{ authorization: `Basic ${TOKEN}` }, "missing-credentials s"],
        [{ authorization: `Bearer ${OTHER}` }, "wrong-credentials s"],
        [{ authorization: "Bearer " }, "wrong-credentials s"],
      ],
    },
    ...[http("basic"), http("Basic"), { type: "userPassword" }].map((scheme) => ({
      scheme,
      secret: { username: "jörg", password: "päss:wörd" },
      given: [
        [{ authorization: basic("jörg:päss:wörd") }, "ok"],
        [{ authorization: basic("jörg:päss:wörd").replace("Basic", "bAsIc") }, "ok"],
        [{ authorization: basic("jörg:passwort") }, "wrong-credentials s"],
        [{ authorization: basic(Buffer.from("jörg:päss:wörd", "latin1")) }, "ok"],
        [{ authorization: basic("jörg") }, "wrong-credentials s"],
        [{ authorization: "Basic" }, "missing-credentials s"],
        [{ authorization: "Basic ===" }, "wrong-credentials s"],
        [{ authorization: "Basic \u0000" }, "wrong-credentials s"],
        [{}, "missing-credentials s"],
      ] as const,
    })),
    { scheme: http("basic"), secret: `sender:${TOKEN}`, given: [[{ authorization: basic(`sender:${TOKEN}`) }, "ok"]] },
    {
      scheme: { type: "apiKey", in: "user" },
      given: [
        [{ authorization: basic(`${TOKEN}:`) }, "ok"],
        [{ authorization: basic(`${TOKEN}:anything`) }, "ok"],
        [{ authorization: basic(`x:${TOKEN}`) }, "wrong-credentials s"],
        [{ authorization: "Basic ===" }, "wrong-credentials s"],
      ],
    },
    {
      scheme: { type: "apiKey", in: "password" },
      given: [
        [{ authorization: basic(`anyone:${TOKEN}`) }, "ok"],
        [{ authorization: basic(`${TOKEN}:x`) }, "wrong-credentials s"],
      ],
    },
    {
      scheme: header,
      secret: [TOKEN, OTHER],
      given: [
        [{ "x-token": TOKEN }, "ok"],
        [{ "x-token": OTHER }, "ok"],
        [{ "x-token": `${TOKEN},${OTHER}` }, "wrong-credentials s"],
      ],
    },
    {
      scheme: { type: "oauth2" },
      secret: ({ headers }) => (headers as Record<string, string>)["x-mark"] === "yes",
      given: [
        [{ "x-mark": "yes" }, "ok"],
        [{ "x-mark": "no" }, "wrong-credentials s"],
      ],
    },
    { scheme: { type: "mutualTLS" }, secret: false, given: [[{}, "ok"]] },
    {
      scheme: header,
      secret: "tökën-tökën",
      given: [
        [{ "x-token": "tökën-tökën" }, "ok"],
        [{ "x-token": Buffer.from("tökën-tökën").toString("latin1") }, "ok"],
        [{ "x-token": "token-token" }, "wrong-credentials s"],
      ],
    },
  ];

  test.each(
    cases.flatMap(({ scheme, secret = TOKEN, given }) =>
      given.map(([parts, want]) => ({ scheme, secret, parts, want })),
    ),
  )("$scheme $parts: $want", async ({ scheme, secret, parts, want }) => {
    const authenticate = createAuthenticator(contractOf({ s: scheme }), { s: secret });
    const given = typeof parts === "string" ? delivery({}, parts) : delivery(parts);
    expect(short(await authenticate(given))).toBe(want);
  });

  test.each([1, "yes", {}, null, undefined])(
    "a check of one's own that answers %j has not said true",
    async (answer) => {
      const authenticate = createAuthenticator(contractOf({ s: header }), { s: async () => answer as never });
      expect(short(await authenticate(delivery()))).toBe("wrong-credentials s");
    },
  );

  test("a signature, though the scheme is called a key in a header", async () => {
    const { createHmac } = await import("node:crypto");
    const contract = contractOf({ s: { ...header, signature: "github" } });
    const authenticate = createAuthenticator(contract, { s: TOKEN });
    const signature = createHmac("sha256", TOKEN).update('{"id":1}').digest("hex");
    const right = delivery({ "x-hub-signature-256": `sha256=${signature}`, "x-github-delivery": "d1" });
    expect(await authenticate(right)).toMatchObject({ ok: true, id: "d1" });
    expect(short(await authenticate({ ...right, body: utf8("{}") }))).toBe("wrong-signature s");
    expect(short(await authenticate(delivery({ "x-token": TOKEN })))).toBe("missing-signature s");
  });
});

describe("several schemes", () => {
  const security = { a: header, b: query };
  const [withA, withB] = [{ "x-token": TOKEN }, `/hooks?key=${OTHER}`];
  const secrets = { a: TOKEN, b: OTHER };

  test.each<{ why: string; alternatives: Security; secrets: Secrets; given: RawDelivery; want: string }>([
    { why: "one of two", alternatives: [needs("a"), needs("b")], secrets, given: delivery(withA), want: "ok" },
    { why: "the other", alternatives: [needs("a"), needs("b")], secrets, given: delivery({}, withB), want: "ok" },
    {
      why: "neither",
      alternatives: [needs("a"), needs("b")],
      secrets,
      given: delivery(),
      want: "missing-credentials a",
    },
    {
      why: "one wrong, which says more than one missing",
      alternatives: [needs("a"), needs("b")],
      secrets,
      given: delivery({}, `/hooks?key=${TOKEN}`),
      want: "wrong-credentials b",
    },
    { why: "both", alternatives: [needs("a", "b")], secrets, given: delivery(withA, withB), want: "ok" },
    { why: "half", alternatives: [needs("a", "b")], secrets, given: delivery(withA), want: "missing-credentials b" },
    {
      why: "an alternative without secret is none",
      alternatives: [needs("a"), needs("b")],
      secrets: { a: TOKEN },
      given: delivery({}, withB),
      want: "missing-credentials a",
    },
    {
      why: "none needed, but a secret given",
      alternatives: [{}, needs("a")],
      secrets: { a: TOKEN },
      given: delivery(),
      want: "missing-credentials a",
    },
    { why: "none needed and none given", alternatives: [{}, needs("a")], secrets: {}, given: delivery(), want: "ok" },
    { why: "none documented", alternatives: [], secrets: {}, given: delivery(), want: "ok" },
    {
      why: "none documented, but a secret given",
      alternatives: [],
      secrets: { a: TOKEN },
      given: delivery(),
      want: "missing-credentials a",
    },
    {
      why: "none documented, one of two secrets",
      alternatives: [],
      secrets,
      given: delivery({}, withB),
      want: "ok",
    },
    {
      why: "none documented, and one scheme that is not checked opens nothing",
      alternatives: [],
      secrets: { a: TOKEN, b: false },
      given: delivery(),
      want: "missing-credentials a",
    },
  ])("$why: $want", async ({ alternatives, secrets: own, given, want }) => {
    const authenticate = createAuthenticator(contractOf(security, { w: alternatives }), own);
    expect(short(await authenticate(given))).toBe(want);
  });

  test("webhooks that ask for different ones are checked again when it is known which it is", async () => {
    const contract = contractOf(security, { first: [needs("a")], second: [needs("b")], third: [] });
    const found = await createAuthenticator(contract, secrets)(delivery(withA));
    expect(found.ok).toBe(true);
    if (!found.ok) return;
    expect(found.missingFor("first")).toBeNull();
    expect(found.missingFor("second")).toEqual({ ok: false, reason: "missing-credentials", scheme: "b" });
    expect(found.missingFor("third")).toBeNull();
  });

  test("a contract without webhooks still knows whom to listen to", async () => {
    const authenticate = createAuthenticator(contractOf(security, {}), { a: TOKEN });
    expect(short(await authenticate(delivery()))).toBe("missing-credentials a");
    expect(short(await authenticate(delivery(withA)))).toBe("ok");
  });

  test("a scheme that the document lacks is added", async () => {
    const contract = contractOf({}, { w: [] });
    const authenticate = createAuthenticator(contract, { own: TOKEN }, { schemes: { own: header } });
    expect(short(await authenticate(delivery(withA)))).toBe("ok");
    expect(short(await authenticate(delivery()))).toBe("missing-credentials own");
  });

  test("what was asked for is said to who has not brought it", () => {
    expect(createAuthenticator(contractOf({ s: http("basic") }), { s: "a:12345678" }).challenge).toMatch(
      /^Basic realm=/,
    );
    expect(createAuthenticator(contractOf(security), secrets).challenge).toBe('ApiKey realm="webhooks"');
    expect(createAuthenticator(contractOf({ s: header }), { s: false }).challenge).toBeNull();
  });
});

describe("what does not start", () => {
  const bearer = { s: http("bearer") };
  test.each<{ why: string; security: Record<string, DeclaredScheme>; secrets: Secrets; want: RegExp }>([
    { why: "no secret", security: bearer, secrets: {}, want: /secrets lack s, what a asks for: s is a bearer token/ },
    { why: "a variable that is not set", security: bearer, secrets: { s: undefined }, want: /secrets\.s is undefined/ },
    { why: "null", security: bearer, secrets: { s: null as never }, want: /secrets\.s is null/ },
    { why: "an empty token", security: bearer, secrets: { s: "" }, want: /secrets\.s: The token is empty/ },
    { why: "a short token", security: bearer, secrets: { s: "hunter2" }, want: /has 7 bytes; fewer than 8/ },
    { why: "a short one among others", security: bearer, secrets: { s: [TOKEN, "x"] }, want: /has 1 bytes/ },
    { why: "an empty list", security: bearer, secrets: { s: [] }, want: /list of secrets is empty/ },
    { why: "a line break", security: bearer, secrets: { s: `${TOKEN}\n` }, want: /white space around it/ },
    { why: "a number", security: bearer, secrets: { s: 1 as never }, want: /must be a string/ },
    {
      why: "an empty signing key",
      security: { s: { ...header, signature: "github" } },
      secrets: { s: "" },
      want: /is empty/,
    },
    {
      why: "a short signing key",
      security: { s: { ...header, signature: "github" } },
      secrets: { s: TOKEN.slice(1) },
      want: /15 bytes/,
    },
    {
      why: "an empty password",
      security: { s: http("basic") },
      secrets: { s: { username: "u", password: "" } },
      want: /password is empty/,
    },
    {
      why: "a short password",
      security: { s: http("basic") },
      secrets: { s: { username: "u", password: "1234567" } },
      want: /7 bytes/,
    },
    {
      why: "no password",
      security: { s: http("basic") },
      secrets: { s: "username" },
      want: /needs \{ username, password \}/,
    },
    {
      why: "half an object",
      security: { s: http("basic") },
      secrets: { s: { username: "u" } as never },
      want: /needs \{ username/,
    },
    {
      why: "a colon in the name",
      security: { s: http("basic") },
      secrets: { s: { username: "u:v", password: TOKEN } },
      want: /colon/,
    },
    { why: "an unknown name", security: bearer, secrets: { s: TOKEN, t: TOKEN }, want: /secrets\.t: .* it has s/ },
    {
      why: "a name that every object has",
      security: bearer,
      secrets: { s: TOKEN, constructor: TOKEN },
      want: /secrets\.constructor/,
    },
    {
      why: "OAuth",
      security: { s: { type: "oauth2" } },
      secrets: { s: TOKEN },
      want: /Give a function that does, or false/,
    },
    { why: "mutual TLS", security: { s: { type: "mutualTLS" } }, secrets: {}, want: /s is mutualTLS.*Give false/ },
    { why: "digest", security: { s: http("digest") }, secrets: { s: TOKEN }, want: /A secret is not enough/ },
    {
      why: "an unknown preset",
      security: { s: { ...header, signature: "acme" } },
      secrets: { s: TOKEN },
      want: /no signature preset "acme"/,
    },
  ])("$why", ({ security, secrets, want }) => {
    expect(() => createAuthenticator(contractOf(security), secrets)).toThrow(want);
  });

  test("no secret is quoted, and everything is said at once", () => {
    const contract = contractOf({ s: http("bearer"), t: http("basic") }, { a: [needs("s", "t")] });
    const start = () => createAuthenticator(contract, { s: "hunter2", t: "u:hunter3" });
    expect(start).toThrow(/secrets\.s[\s\S]*secrets\.t/);
    expect(start).not.toThrow(/hunter/);
  });

  test("an added scheme whose secret is not set lets nobody in", () => {
    const start = (secrets: Secrets) =>
      createAuthenticator(contractOf({}, { w: [] }), secrets, { schemes: { own: header } });
    expect(() => start({})).toThrow(/schemes\.own has no secret/);
    expect(() => start({ own: undefined })).toThrow(/secrets\.own is undefined/);
  });

  test("however many webhooks lack it, it is said once", () => {
    const contract = contractOf({ s: header }, { a: [needs("s")], b: [needs("s")], c: [needs("s")] });
    expect(() => createAuthenticator(contract)).toThrow(
      /^.*\n- secrets lack s, what a and 2 other webhooks ask for: .*\n$/,
    );
  });
});
