import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { utf8 } from "../../../src/receiver/authenticity/bytes.ts";
import { createAuthenticator } from "../../../src/receiver/credentials/authenticator.ts";
import { completeSecurity, type DeclaredScheme } from "../../../src/receiver/credentials/complete-security.ts";
import { createDeliverySigner } from "../../../src/receiver/credentials/sign-delivery.ts";
import type { Secret, SecuredContract, SendableDelivery } from "../../../src/receiver/credentials/types.ts";

const TOKEN = "0123456789abcdef0123456789abcdef";

const SCHEMES: Readonly<Record<string, DeclaredScheme>> = {
  header: { type: "apiKey", in: "header", name: "X-Token" },
  query: { type: "apiKey", in: "query", name: "ke y" },
  cookie: { type: "apiKey", in: "cookie", name: "session" },
  bearer: { type: "http", scheme: "bearer" },
  basic: { type: "http", scheme: "basic" },
  user: { type: "apiKey", in: "user" },
  password: { type: "apiKey", in: "password" },
  standard: { type: "apiKey", in: "header", name: "webhook-signature", signature: "standard-webhooks" },
  github: { type: "apiKey", in: "header", name: "x-hub-signature-256", signature: "github" },
  twilio: { type: "apiKey", in: "header", name: "x-twilio-signature", signature: "twilio" },
};

const secretOf = (name: string): Secret => (name === "basic" ? { username: "sender", password: TOKEN } : TOKEN);

function contractOf(...security: readonly (readonly string[])[]): SecuredContract {
  const own = security.map((names) => Object.fromEntries(names.map((name) => [name, []])));
  return { webhooks: [{ name: "w", security: own }], security: completeSecurity(SCHEMES) };
}

const unsigned: SendableDelivery = {
  method: "POST",
  url: "https://example.com/hooks?a=1",
  headers: { "Content-Type": "application/json" },
  body: '{"id":1}',
};

const raw = (body: Uint8Array | string) => (typeof body === "string" ? utf8(body) : body);

test("what is signed is authentic, whichever schemes are asked for", async () => {
  // One of those that stand in the same header.
  const names = fc
    .uniqueArray(fc.constantFrom(...Object.keys(SCHEMES)), { minLength: 1, maxLength: 4 })
    .filter((list) => {
      return list.filter((name) => ["bearer", "basic", "user", "password"].includes(name)).length < 2;
    });
  const bodies = fc.oneof(fc.json(), fc.uint8Array({ maxLength: 50 }));
  await fc.assert(
    fc.asyncProperty(names, bodies, fc.constantFrom("?a=1", "", "?", "?a=1#b", "#b"), async (all, body, query) => {
      const contract = contractOf(all);
      const secrets = Object.fromEntries(all.map((name) => [name, secretOf(name)]));
      const sent = { ...unsigned, url: `https://example.com/hooks${query}`, body };
      const signed = await createDeliverySigner(contract, secrets)("w", sent);
      const authenticate = createAuthenticator(contract, secrets);
      const whole = { ...signed, body: raw(signed.body) };
      expect(await authenticate(whole)).toMatchObject({ ok: true });
      // What lacks one of them is not.
      const wrong = Object.fromEntries(
        all.map((name) => [name, name === "basic" ? `u:${TOKEN}` : TOKEN.replace("0", "1")]),
      );
      expect(await createAuthenticator(contract, wrong)(whole)).toMatchObject({ ok: false });
    }),
    { numRuns: 100 },
  );
});

describe("which schemes", () => {
  const headersOf = async (contract: SecuredContract, secrets: Record<string, Secret>) =>
    Object.keys((await createDeliverySigner(contract, secrets)("w", unsigned)).headers);

  test.each<{ why: string; security: string[][]; secrets: string[]; want: string[] }>([
    {
      why: "the first alternative that has its secrets",
      security: [["bearer"], ["header"]],
      secrets: ["header"],
      want: ["x-token"],
    },
    {
      why: "all of one",
      security: [["bearer", "header"]],
      secrets: ["bearer", "header"],
      want: ["authorization", "x-token"],
    },
    {
      why: "none rather than nothing, where a secret is given",
      security: [[], ["header"]],
      secrets: ["header"],
      want: ["x-token"],
    },
    { why: "none where none is needed", security: [[], ["header"]], secrets: [], want: [] },
    { why: "those that are given where the document is silent", security: [], secrets: ["header"], want: ["x-token"] },
  ])("$why", async ({ security, secrets, want }) => {
    const given = Object.fromEntries(secrets.map((name) => [name, secretOf(name)]));
    expect(await headersOf(contractOf(...security), given)).toEqual(["content-type", ...want]);
  });

  test("a webhook that cannot be sent with these says what it needs", async () => {
    const sign = createDeliverySigner(contractOf(["header"], ["bearer"]), {});
    await expect(sign("w", unsigned)).rejects.toThrow(
      '"w" is sent with header (a token in the header X-Token), or bearer (a bearer token): its secret is not given.',
    );
    await expect(sign("v", unsigned)).rejects.toThrow('There is no webhook "v".');
  });

  test.each<{ why: string; secrets: Record<string, Secret>; want: RegExp }>([
    { why: "an unknown name", secrets: { nothing: TOKEN }, want: /no security scheme "nothing"/ },
    { why: "an inherited name", secrets: { constructor: TOKEN }, want: /no security scheme "constructor"/ },
    { why: "a short token", secrets: { header: "short" }, want: /secrets\.header: .*5 bytes/ },
    { why: "a short key", secrets: { github: "short" }, want: /secrets\.github: .*5 bytes/ },
    { why: "a check", secrets: { header: () => true }, want: /needs the secret itself/ },
  ])("$why is refused", ({ secrets, want }) => {
    expect(() => createDeliverySigner(contractOf(), secrets)).toThrow(want);
  });

  test("of several secrets the first; id and time as given; what was there stays", async () => {
    const contract = contractOf(["standard", "cookie"]);
    const sign = createDeliverySigner(contract, { standard: [TOKEN, "x"], cookie: TOKEN });
    const { headers, url } = await sign("w", {
      ...unsigned,
      headers: { Cookie: "a=b" },
      id: "msg_1",
      signedAt: 1_700_000_000_000,
    });
    expect(headers).toMatchObject({
      cookie: `a=b; session=${TOKEN}`,
      "webhook-id": "msg_1",
      "webhook-timestamp": "1700000000",
    });
    expect(url).toBe(unsigned.url);
  });
});
