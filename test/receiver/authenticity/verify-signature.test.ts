import { createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { utf8 } from "../../../src/receiver/authenticity/bytes.ts";
import type { SignatureDeclaration } from "../../../src/receiver/authenticity/declaration.ts";
import { type PresetName, presets } from "../../../src/receiver/authenticity/presets.ts";
import { createSigner } from "../../../src/receiver/authenticity/sign.ts";
import type { RawDelivery, Verification } from "../../../src/receiver/authenticity/types.ts";
import { createVerifier } from "../../../src/receiver/authenticity/verify-signature.ts";

const SECRET = "0123456789abcdef0123456789abcdef";
const NOW = 1_700_000_000_000;
const now = () => NOW;
const BODY = '{"id":1}';

const short = (verification: Verification) => (verification.ok ? "ok" : verification.reason);
const hex = (content: string, secret = SECRET) => createHmac("sha256", secret).update(content).digest("hex");

/** A recipe in which everything that can be signed is signed. */
const full = {
  header: "x-signature",
  algorithm: "hmac-sha256",
  encoding: "hex",
  format: "t={timestamp};s={signature}",
  separator: ";",
  signedContent: "{id}.{timestamp}.{method}.{url}.{body}",
  idHeader: "x-id",
} as const satisfies SignatureDeclaration;

interface Parts {
  readonly id?: string;
  readonly time?: string;
  readonly method?: string;
  readonly url?: string;
  readonly body?: string;
  readonly secret?: string;
}

function signedBy({ id = "i", time = "1700000000", method = "POST", url = "/a", body = BODY, secret }: Parts): string {
  return hex(`${id}.${time}.${method}.${url}.${body}`, secret);
}

function delivery(signature: string, rest: Partial<RawDelivery> = {}): RawDelivery {
  const headers = { "x-id": "i", "x-signature": `t=1700000000;s=${signature}` };
  return { method: "POST", url: "/a", headers, body: utf8(BODY), ...rest };
}

function withOtherFirstByte(signature: string): string {
  return (signature.startsWith("00") ? "ff" : "00") + signature.slice(2);
}

describe("every part that is signed", () => {
  const verify = createVerifier(full, SECRET, { now });

  test("is right as it was signed", async () => {
    expect(await verify(delivery(signedBy({})))).toEqual({ ok: true, signedAt: NOW, id: "i" });
  });

  test.each<{ why: string; given: RawDelivery; want: string }>([
    { why: "another body", given: delivery(signedBy({ body: '{"id":2}' })), want: "wrong-signature" },
    {
      why: "the body with a space",
      given: delivery(signedBy({}), { body: utf8('{"id": 1}') }),
      want: "wrong-signature",
    },
    { why: "no body", given: delivery(signedBy({}), { body: utf8("") }), want: "wrong-signature" },
    { why: "another method", given: delivery(signedBy({}), { method: "PUT" }), want: "wrong-signature" },
    { why: "another URL", given: delivery(signedBy({}), { url: "/b" }), want: "wrong-signature" },
    { why: "another id", given: delivery(signedBy({ id: "j" })), want: "wrong-signature" },
    { why: "another time", given: delivery(signedBy({ time: "1700000001" })), want: "wrong-signature" },
    { why: "another secret", given: delivery(signedBy({ secret: `${SECRET}0` })), want: "wrong-signature" },
    {
      why: "a first byte that is another",
      given: delivery(withOtherFirstByte(signedBy({}))),
      want: "wrong-signature",
    },
    { why: "a digit less", given: delivery(signedBy({}).slice(1)), want: "missing-signature" },
    { why: "a byte more", given: delivery(`${signedBy({})}00`), want: "wrong-signature" },
    { why: "a byte less", given: delivery(signedBy({}).slice(2)), want: "wrong-signature" },
    { why: "no hex", given: delivery("z".repeat(64)), want: "missing-signature" },
    { why: "upper case, which is the same", given: delivery(signedBy({}).toUpperCase()), want: "ok" },
    { why: "no headers", given: delivery("", { headers: {} }), want: "missing-signature" },
    { why: "an empty header", given: delivery("", { headers: { "x-signature": "" } }), want: "missing-signature" },
    {
      why: "no id",
      given: delivery("", { headers: { "x-signature": `t=1700000000;s=${signedBy({ id: "" })}` } }),
      want: "malformed-signature",
    },
    {
      why: "no time",
      given: delivery("", { headers: { "x-id": "i", "x-signature": `s=${signedBy({ time: "" })}` } }),
      want: "malformed-signature",
    },
    {
      why: "a time that is none",
      given: delivery("", { headers: { "x-id": "i", "x-signature": `t=soon;s=${signedBy({ time: "soon" })}` } }),
      want: "malformed-signature",
    },
    {
      why: "header names in any case, spaces around the parts, parts of other kinds",
      given: delivery("", {
        headers: { "X-ID": "i", "X-Signature": ` v=2 ; t=1700000000 ; s=${"0".repeat(64)}; s=${signedBy({})} ` },
      }),
      want: "ok",
    },
  ])("$why: $want", async ({ given, want }) => {
    expect(short(await verify(given))).toBe(want);
    expect(short(await createVerifier(full, SECRET, { now, web: true })(given))).toBe(want);
  });
});

test.each([
  { before: 15, want: "ok" },
  { before: 16, want: "wrong-signature" },
  { before: 5_000, want: "wrong-signature" },
])("a signature after $before others: $want", async ({ before, want }) => {
  const others = `s=${"0".repeat(64)};`.repeat(before);
  const headers = { "x-id": "i", "x-signature": `t=1700000000;${others}s=${signedBy({})}` };
  expect(short(await createVerifier(full, SECRET, { now })(delivery("", { headers })))).toBe(want);
});

describe("the time of signing", () => {
  test.each([
    { seconds: -300, want: "ok" },
    { seconds: 300, want: "ok" },
    { seconds: -301, want: "stale" },
    { seconds: 301, want: "stale" },
    { seconds: -301, tolerance: 600, want: "ok" },
    { seconds: -86_400, tolerance: 0, want: "ok" },
    { seconds: -2, tolerance: 1, want: "stale" },
  ])("$seconds s from now, tolerance $tolerance: $want", async ({ seconds, tolerance, want }) => {
    const time = String(NOW / 1_000 + seconds);
    const recipe = tolerance === undefined ? full : { ...full, toleranceSeconds: tolerance };
    const headers = { "x-id": "i", "x-signature": `t=${time};s=${signedBy({ time })}` };
    expect(short(await createVerifier(recipe, SECRET, { now })(delivery("", { headers })))).toBe(want);
  });

  test("a wrong signature of a wrong time is wrong, not stale", async () => {
    const headers = { "x-id": "i", "x-signature": `t=1;s=${signedBy({ time: "2" })}` };
    expect(short(await createVerifier(full, SECRET, { now })(delivery("", { headers })))).toBe("wrong-signature");
  });

  test.each([
    { timestampUnit: "milliseconds", time: "1700000000123", want: 1_700_000_000_123 },
    { timestampUnit: "rfc3339", time: "2023-11-14T22:13:20Z", want: NOW },
    { timestampUnit: "seconds", time: "1700000000.5", want: NOW + 500 },
  ] as const)("in $timestampUnit", async ({ timestampUnit, time, want }) => {
    const recipe = {
      header: "x-s",
      algorithm: "hmac-sha256",
      encoding: "hex",
      signedContent: "{timestamp}.{body}",
      timestampHeader: "x-t",
      timestampUnit,
    } as const;
    const headers = { "x-t": time, "x-s": hex(`${time}.${BODY}`) };
    expect(await createVerifier(recipe, SECRET, { now })(delivery("", { headers }))).toMatchObject({ signedAt: want });
  });

  test.each(["1e9", "-1700000000", "0x10", " 1700000000", "9".repeat(16), "NaN", "2023"])(
    "%j is no time",
    async (time) => {
      const recipe = { ...full, ...(time === "2023" ? { timestampUnit: "rfc3339" as const } : {}) };
      const headers = { "x-id": "i", "x-signature": `t=${time};s=${signedBy({ time })}` };
      expect(short(await createVerifier(recipe, SECRET, { now })(delivery("", { headers })))).toBe(
        "malformed-signature",
      );
    },
  );
});

describe("secrets", () => {
  const old = "an-older-secret-that-is-still-used";

  test("several, while the sender changes from one to the next", async () => {
    const verify = createVerifier("github", [SECRET, old]);
    for (const secret of [SECRET, old]) {
      const headers = { "x-hub-signature-256": `sha256=${hex(BODY, secret)}` };
      expect(short(await verify(delivery("", { headers })))).toBe("ok");
    }
    const headers = { "x-hub-signature-256": `sha256=${hex(BODY, "a-secret-that-nobody-knows")}` };
    expect(short(await verify(delivery("", { headers })))).toBe("wrong-signature");
  });

  test.each<{ why: string; preset?: PresetName; secret: string | string[]; want: RegExp }>([
    { why: "empty", secret: "", want: /is empty/ },
    { why: "none", secret: [], want: /without a secret/ },
    { why: "one of them empty", secret: [SECRET, ""], want: /is empty/ },
    { why: "short", secret: "0123456789abcde", want: /15 bytes; fewer than 16/ },
    { why: "only the prefix", preset: "standard-webhooks", secret: "whsec_", want: /is empty/ },
    {
      why: "not base64",
      preset: "standard-webhooks",
      secret: "whsec_not base64 at all!",
      want: /not written in base64/,
    },
    { why: "short in bytes", preset: "standard-webhooks", secret: "whsec_MDEyMzQ1Njc4OWFiY2Q=", want: /14 bytes/ },
    { why: "not hex", preset: "adyen", secret: "xyz".repeat(20), want: /not written in hex/ },
  ])("refused: $why", ({ preset = "github", secret, want }) => {
    expect(() => createVerifier(preset, secret)).toThrow(want);
  });

  test("a message never quotes the secret", () => {
    expect(() => createVerifier("github", "hunter2")).not.toThrow(/hunter2/);
  });

  test("with or without its prefix", async () => {
    const headers = await createSigner("standard-webhooks", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")(unsigned);
    const verify = createVerifier("standard-webhooks", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", { now });
    expect(short(await verify(delivery("", { headers })))).toBe("ok");
  });
});

const unsigned = { method: "POST", url: "/a", body: BODY, signedAt: NOW, id: "i" };

describe("twilio", () => {
  const url = "https://hooks.example.com/sms?a=1";
  const form = { "content-type": "application/x-www-form-urlencoded" };
  const sign = createSigner("twilio", SECRET);
  const verify = createVerifier("twilio", SECRET);

  test("form fields are signed, whatever their order", async () => {
    const headers = await sign({ ...unsigned, url, body: "b=2&a=1", contentType: form["content-type"] });
    const given = (body: string) => ({ method: "POST", url, headers: { ...form, ...headers }, body: utf8(body) });
    expect(short(await verify(given("a=1&b=2")))).toBe("ok");
    expect(short(await verify(given("a=1&b=3")))).toBe("wrong-signature");
  });

  test("any other body only through its hash in the URL", async () => {
    const hash = "0".repeat(64);
    const right = "e8b57b2f5b1f4a5c3c1d8d0f1b4e6a7c";
    for (const [address, want] of [
      [url, "wrong-signature"],
      [`${url}&bodySHA256=${hash}`, "wrong-signature"],
      [`${url}&bodySHA256=${right}`, "wrong-signature"],
      [`${url}&bodySHA256=none`, "wrong-signature"],
      [`${url}&bodySHA256=${await sha256(BODY)}`, "ok"],
    ] as const) {
      const headers = await sign({ ...unsigned, url: address, contentType: "application/json" });
      const given = { url: address, headers: { "content-type": "application/json", ...headers }, body: utf8(BODY) };
      expect(short(await verify(given))).toBe(want);
      expect(short(await createVerifier("twilio", SECRET, { web: true })(given))).toBe(want);
    }
  });

  async function sha256(text: string): Promise<string> {
    return Buffer.from(await crypto.subtle.digest("SHA-256", utf8(text))).toString("hex");
  }
});

describe("declarations", () => {
  test.each([
    { why: "an unknown preset", declaration: "acme", want: /no signature preset "acme"/ },
    { why: "a preset that every object inherits", declaration: "constructor", want: /no signature preset/ },
    {
      why: "an algorithm that nobody knows",
      declaration: { header: "x", algorithm: "hmac-md5", encoding: "hex" },
      want: /no algorithm "hmac-md5"/,
    },
    {
      why: "an encoding that nobody knows",
      declaration: { header: "x", algorithm: "hmac-sha256", encoding: "base32" },
      want: /no encoding "base32"/,
    },
    {
      why: "nothing of the body is signed",
      declaration: { ...full, signedContent: "{id}.{timestamp}" },
      want: /signedContent must have \{body\} or \{form\}/,
    },
    {
      why: "a time is signed that no header says",
      declaration: { ...full, format: "s={signature}" },
      want: /\{timestamp\} is signed, but neither format nor timestampHeader/,
    },
    {
      why: "an id is signed that no header says",
      declaration: { ...full, idHeader: undefined },
      want: /\{id\} is signed, but no idHeader/,
    },
    {
      why: "something is signed that nobody knows",
      declaration: { ...full, signedContent: "{nonce}{body}" },
      want: /signedContent has \{nonce\}/,
    },
    { why: "no header", declaration: { algorithm: "hmac-sha256", encoding: "hex" }, want: /needs header/ },
    { why: "no algorithm", declaration: { header: "x", encoding: "hex" }, want: /needs header, algorithm/ },
  ])("$why", ({ declaration, want }) => {
    expect(() => createVerifier(declaration as SignatureDeclaration, SECRET)).toThrow(want);
  });

  test("a preset, and what differs from it", async () => {
    const declaration = { preset: "github", header: "x-acme" } as const;
    const headers = { "x-acme": `sha256=${hex(BODY)}` };
    expect(short(await createVerifier(declaration, SECRET)(delivery("", { headers })))).toBe("ok");
  });
});

describe("promises", () => {
  const names = Object.keys(presets) as (keyof typeof presets)[];

  test("what a sender signs is right, and one change of its bytes is wrong, by every preset", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...names),
        fc.uint8Array({ minLength: 1, maxLength: 60 }),
        fc.nat(),
        fc.boolean(),
        async (preset, body, at, web) => {
          const secret = preset === "adyen" ? "ab".repeat(16) : "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3";
          const hash = Buffer.from(await crypto.subtle.digest("SHA-256", body as Uint8Array<ArrayBuffer>)).toString(
            "hex",
          );
          const url = `https://x.example/?bodySHA256=${hash}`;
          const headers = await createSigner(preset, secret)({ ...unsigned, url, body });
          const verify = createVerifier(preset, secret, { now, web });
          expect(short(await verify({ method: "POST", url, headers, body }))).toBe("ok");
          const changed = Uint8Array.from(body);
          changed[at % body.length] = (changed[at % body.length] ?? 0) ^ 1;
          expect(short(await verify({ method: "POST", url, headers, body: changed }))).toBe("wrong-signature");
        },
      ),
      { numRuns: 200 },
    );
  });

  test("no header makes it throw or take long", async () => {
    const verifiers = names.map((name) =>
      createVerifier(name, name === "adyen" ? "ab".repeat(16) : "MDEyMzQ1Njc4OWFiY2RlZjAx"),
    );
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary", maxLength: 400 }), async (value) => {
        for (const [index, verify] of verifiers.entries()) {
          const { header } = presets[names[index] as keyof typeof presets];
          expect((await verify({ headers: { [header]: value }, body: utf8(BODY) })).ok).toBe(false);
        }
      }),
    );
    const long = `t=1,${"v1=00,".repeat(100_000)}`;
    expect(
      (await createVerifier("stripe", SECRET)({ headers: { "stripe-signature": long }, body: utf8(BODY) })).ok,
    ).toBe(false);
  });
});

describe("a header that came several times", () => {
  const right = `sha256=${hex(BODY)}`;
  const wrong = `sha256=${"0".repeat(64)}`;
  const github = createVerifier("github", SECRET);
  const stripe = createVerifier("stripe", SECRET, { now });
  const time = String(NOW / 1_000);
  const of = (header: string, values: string | readonly string[]): RawDelivery => ({
    headers: { [header]: values },
    body: utf8(BODY),
  });

  test("is no signature where the sender writes one", async () => {
    for (const values of [[right, wrong], [wrong, right], [right, right], `${right}, ${wrong}`, `${wrong},${right}`]) {
      expect(await github(of("x-hub-signature-256", values))).toEqual({ ok: false, reason: "missing-signature" });
    }
    expect(await github(of("x-hub-signature-256", [right]))).toMatchObject({ ok: true });
  });

  test("is one list where the sender writes a list, and none of its times makes another's signature right", async () => {
    const signature = hex(`${time}.${BODY}`);
    const old = hex(`1.${BODY}`);
    const ok = { ok: true, signedAt: NOW };
    expect(await stripe(of("stripe-signature", [`t=${time},v1=00`, `v1=${signature}`]))).toMatchObject(ok);
    for (const values of [
      [`t=${time},v1=00`, "v1=11"],
      [`t=1,v1=${old}`, `t=${time},v1=00`],
      [`t=${time},v1=${old}`, "t=1"],
      [`t=${time}`, `v1=${old}`],
    ]) {
      expect(await stripe(of("stripe-signature", values)), String(values)).toMatchObject({ ok: false });
    }
  });
});
