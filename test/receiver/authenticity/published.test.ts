/**
 * The examples that vendors publish to check an implementation against: their secrets, bodies and signatures, word for word.
 */
import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { fromText, toText, utf8 } from "../../../src/receiver/authenticity/bytes.ts";
import { ed25519PrivateKey, ed25519PublicKey, hmacKey } from "../../../src/receiver/authenticity/crypto.ts";
import { createSigner } from "../../../src/receiver/authenticity/sign.ts";
import { contentWriter } from "../../../src/receiver/authenticity/signed-content.ts";
import type { RawDelivery } from "../../../src/receiver/authenticity/types.ts";
import { createVerifier } from "../../../src/receiver/authenticity/verify-signature.ts";

const SLACK_BODY =
  "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar" +
  "&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com" +
  "%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121" +
  ".803a0bc887a14d10d2c447fce8b6703c";

const published = [
  {
    preset: "standard-webhooks",
    secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    signedAt: 1_614_265_330,
    headers: {
      "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
      "webhook-timestamp": "1614265330",
      "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    },
    body: '{"test": 2432232314}',
  },
  {
    preset: "svix",
    secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    signedAt: 1_614_265_330,
    headers: {
      "svix-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
      "svix-timestamp": "1614265330",
      "svix-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    },
    body: '{"test": 2432232314}',
  },
  {
    preset: "github",
    secret: "It's a Secret to Everybody",
    signedAt: 0,
    headers: {
      "x-hub-signature-256": "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17",
    },
    body: "Hello, World!",
  },
  {
    preset: "slack",
    secret: "8f742231b10e8888abcd99yyyzzz85a5",
    signedAt: 1_531_420_618,
    headers: {
      "x-slack-request-timestamp": "1531420618",
      "x-slack-signature": "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503",
    },
    body: SLACK_BODY,
  },
] as const;

describe.each(published)("$preset", ({ preset, secret, signedAt, headers, body }) => {
  const delivery: RawDelivery = { method: "POST", url: "/hooks", headers, body: utf8(body) };

  test.each([{ web: false }, { web: true }])("is right, with WebCrypto: $web", async ({ web }) => {
    const verify = createVerifier(preset, secret, { now: () => signedAt * 1_000, web });
    expect(await verify(delivery)).toMatchObject({ ok: true });
  });

  test("and is what a sender writes", async () => {
    const id = Object.entries(headers).find(([name]) => name.endsWith("-id"))?.[1];
    const signed = await createSigner(
      preset,
      secret,
    )({
      method: "POST",
      url: "/hooks",
      body,
      signedAt: signedAt * 1_000,
      ...(id === undefined ? {} : { id }),
    });
    expect(signed).toMatchObject(headers);
  });
});

test("twilio: the URL and the sorted fields", async () => {
  const fields = new URLSearchParams([
    ["CallSid", "CA1234567890ABCDE"],
    ["Caller", "+14158675309"],
    ["Digits", "1234"],
    ["From", "+14158675309"],
    ["To", "+18005551212"],
  ]);
  const url = "https://mycompany.com/myapp.php?foo=1&bar=2";
  const content = contentWriter("{url}{form}")({
    method: "POST",
    url,
    body: utf8(fields.toString()),
    isForm: true,
    timestamp: "",
    id: "",
  });
  // The published token is too short for a receiver to take.
  expect(toText(await hmacKey("hmac-sha1", utf8("12345")).sign(content), "base64")).toBe(
    "RSOYDt4T1cUTdK1PDd93/VVr8B8=",
  );
});

test("adyen: a key in hex, a signature in base64", async () => {
  const key = "44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056";
  const content = "7914073381342284::TestMerchant:TestPayment-1407325143704:1130:EUR:AUTHORISATION:true";
  const verify = createVerifier("adyen", key);
  const headers = { hmacsignature: "coqCmt/IZ4E3CzPvMY8zTjQVL5hYJUiBRg8UU+iCWo0=" };
  expect(await verify({ headers, body: utf8(content) })).toMatchObject({ ok: true });
});

describe("ed25519: test 3 of RFC 8032 §7.1", () => {
  const bytes = (hex: string) => fromText(hex, "hex") as Uint8Array<ArrayBuffer>;
  const seed = bytes("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7");
  const publicKey = bytes("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025");
  const signature = bytes(
    "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
  );

  test.each([{ web: false }, { web: true }])("is right, with WebCrypto: $web", async ({ web }) => {
    expect(await ed25519PublicKey(publicKey, web).verify(bytes("af82"), [signature])).toBe(true);
    expect(await ed25519PublicKey(publicKey, web).verify(bytes("af83"), [signature])).toBe(false);
  });

  test("and is what a sender writes", async () => {
    expect(await ed25519PrivateKey(seed).sign(bytes("af82"))).toEqual(signature);
  });
});

describe("vendors without a published example, against Node's own cryptography", () => {
  const secret = "a-secret-of-a-good-length";
  const body = '{"id":1}';
  const hmac = (content: string, encoding: "hex" | "base64") =>
    createHmac("sha256", secret).update(content).digest(encoding);

  test.each([
    { preset: "stripe", headers: { "stripe-signature": `t=1700000000,v1=${hmac(`1700000000.${body}`, "hex")},v0=00` } },
    { preset: "shopify", headers: { "x-shopify-hmac-sha256": hmac(body, "base64") } },
    {
      preset: "zoom",
      headers: {
        "x-zm-request-timestamp": "1700000000",
        "x-zm-signature": `v0=${hmac(`v0:1700000000:${body}`, "hex")}`,
      },
    },
  ] as const)("$preset", async ({ preset, headers }) => {
    const verify = createVerifier(preset, secret, { now: () => 1_700_000_000_000 });
    expect(await verify({ headers, body: utf8(body) })).toMatchObject({ ok: true });
  });
});
