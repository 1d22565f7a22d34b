/** Requests of all kinds, and what must be true of the answer to each. */
import { createHmac } from "node:crypto";
import fc from "fast-check";
import { expect } from "vitest";
import { utf8 } from "../../src/receiver/authenticity/bytes.ts";
import { completeRecipe } from "../../src/receiver/authenticity/declaration.ts";
import { createReceiver } from "../../src/receiver/create-receiver.ts";
import type { Secrets } from "../../src/receiver/credentials/types.ts";
import type { ReceivableContract } from "../../src/receiver/options.ts";
import type { OutcomeName, Receiver } from "../../src/receiver/types.ts";
import type { Delivery } from "../../src/runtime/types.ts";
import { contractOf, NOW, post, SECRET, signed, signedContract, webhook } from "./helpers.ts";

/** Every outcome that a request may have whose handler is quick and whose body is there, and its status. */
const STATUSES: Partial<Record<OutcomeName, readonly number[]>> = {
  handled: [204],
  unhandled: [204],
  duplicate: [204],
  "unknown-event": [204],
  "not-authentic": [401],
  stale: [401],
  "invalid-payload": [422],
  "not-json": [400],
  "unsupported-media-type": [415],
  "method-not-allowed": [405],
  "too-large": [413],
};

type Request = Omit<Delivery, "body"> & { readonly body: Uint8Array };

interface Subject {
  readonly receiver: Receiver;
  readonly handled: unknown[];
  readonly valid: (payload: unknown) => Request;
  /** Says on its own, in another way than the code does, whether a request is from the sender. */
  readonly isAuthentic: (request: Request) => boolean;
}

function subject(
  contract: ReceivableContract,
  secrets: Secrets,
  rest: Pick<Subject, "valid" | "isAuthentic">,
): Subject {
  const handled: unknown[] = [];
  const options = { now: () => NOW, secrets, on: { a: (event: unknown) => handled.push(event) }, bodyBytesMax: 2_000 };
  return { receiver: createReceiver(contract as never, { ...options, onOutcome() {} } as never), handled, ...rest };
}

/** A header by any case of its name, joined where it came twice; undefined where it did not. */
function header({ headers }: Request, name: string): string | undefined {
  const all = headers as Record<string, string | string[] | undefined>;
  const own = Object.hasOwn(all, name) ? name : Object.keys(all).find((key) => key.toLowerCase() === name);
  const value = own === undefined ? undefined : all[own];
  return Array.isArray(value) ? value.join(", ") : value;
}

function subjects(): readonly Subject[] {
  const token = { token: { type: "apiKey", in: "header", name: "X-Token" } };
  const basic = { basic: { type: "http", scheme: "basic" } };
  const github = { github: { type: "apiKey", signature: completeRecipe("github") } };
  const secured = (schemes: Parameters<typeof contractOf>[1]) =>
    contractOf(
      ["a", "b"].map((name) => webhook(name, { security: [{ [Object.keys(schemes ?? {})[0] ?? ""]: [] }] })),
      schemes,
    );
  const json = { "content-type": "application/json" };
  const githubSignature = (body: Uint8Array) => `sha256=${createHmac("sha256", SECRET).update(body).digest("hex")}`;
  return [
    subject(
      signedContract(),
      { signature: SECRET },
      {
        valid: (payload) => signed(payload),
        isAuthentic: (request) => {
          const [id, time] = [header(request, "webhook-id"), header(request, "webhook-timestamp")];
          if (id === undefined || time === undefined || !/^\d+(\.\d+)?$/.test(time)) return false;
          const made = createHmac("sha256", Buffer.from(SECRET, "base64"))
            .update(`${id}.${time}.`)
            .update(request.body);
          const wanted = made.digest();
          const parts = (header(request, "webhook-signature") ?? "").split(" ").slice(0, 16);
          // Compared as bytes: the last character of a digest in base64 has two bits that stand for nothing (RFC 4648 §3.5).
          const isSigned = parts.some(
            (part) => part.startsWith("v1,") && wanted.equals(Buffer.from(part.slice(3), "base64")),
          );
          return isSigned && Math.abs(Number(time) * 1_000 - NOW) <= 300_000;
        },
      },
    ),
    subject(
      secured(github),
      { github: [SECRET, `${SECRET}-old`] },
      {
        valid: (payload) => {
          const body = utf8(JSON.stringify(payload));
          return { ...post(body), headers: { ...json, "x-hub-signature-256": githubSignature(body) } };
        },
        isAuthentic: (request) =>
          (header(request, "x-hub-signature-256") ?? "")
            .trim()
            .replace(/^(sha256=)(.*)$/s, (_, kind, hex) => kind + hex.toLowerCase()) === githubSignature(request.body),
      },
    ),
    subject(
      secured(token),
      { token: SECRET },
      {
        valid: (payload) => post(payload, { headers: { ...json, "x-token": SECRET } }),
        isAuthentic: (request) => header(request, "x-token") === SECRET,
      },
    ),
    subject(
      secured(basic),
      { basic: { username: "sender", password: SECRET } },
      {
        valid: (payload) => {
          const authorization = `Basic ${Buffer.from(`sender:${SECRET}`).toString("base64")}`;
          return post(payload, { headers: { ...json, authorization } });
        },
        isAuthentic: (request) => {
          const [, given = ""] = /^basic (.*)$/is.exec(header(request, "authorization") ?? "") ?? [];
          return Buffer.from(given.trim(), "base64").toString() === `sender:${SECRET}`;
        },
      },
    ),
  ];
}

const payloads = fc.oneof(
  fc.record({ type: fc.constantFrom("a", "b", "c") }),
  fc.record({ type: fc.constant("a"), count: fc.oneof(fc.integer(), fc.string()) }),
  fc.record({ type: fc.constant("a"), text: fc.string({ unit: "binary", maxLength: 40 }) }),
  fc.jsonValue(),
);

type Mutation = (request: Request) => Request;

const withHeaders = (request: Request, headers: Record<string, string | string[] | undefined>): Request => ({
  ...request,
  headers: { ...(request.headers as Record<string, string>), ...headers },
});

/** One header of a request, changed. */
const headerMutation = fc
  .tuple(
    fc.nat(),
    fc.constantFrom("drop", "empty", "twice", "flip", "case", "upper", "space", "cut", "grow"),
    fc.nat(),
    fc.string(),
  )
  .map(
    ([which, how, at, text]): Mutation =>
      (request) => {
        const names = Object.keys(request.headers as object);
        const name = names[which % Math.max(1, names.length)] ?? "x";
        const value = String((request.headers as Record<string, string>)[name] ?? "");
        const index = at % Math.max(1, value.length);
        const changed = {
          drop: undefined,
          empty: "",
          twice: [value, value],
          flip: value.slice(0, index) + String.fromCharCode(value.charCodeAt(index) ^ 1) + value.slice(index + 1),
          case: value,
          upper: value.toUpperCase(),
          space: ` ${value} `,
          cut: value.slice(0, index),
          grow: value + text,
        }[how];
        if (how !== "case") return withHeaders(request, { [name]: changed });
        const { [name]: _, ...others } = request.headers as Record<string, string>;
        return { ...request, headers: { ...others, [name.toUpperCase()]: value } };
      },
  );

const bodyMutation = fc
  .tuple(
    fc.constantFrom("flip", "cut", "grow", "empty", "other", "space", "huge"),
    fc.nat(),
    fc.uint8Array({ maxLength: 30 }),
  )
  .map(
    ([how, at, bytes]): Mutation =>
      (request) => {
        const { body } = request;
        const index = at % Math.max(1, body.length);
        const changed = {
          flip: () => body.map((byte, place) => (place === index ? byte ^ (1 << (at % 8)) : byte)),
          cut: () => body.slice(0, index),
          grow: () => Uint8Array.from([...body, ...bytes]),
          empty: () => new Uint8Array(0),
          other: () => bytes,
          space: () => Uint8Array.from([...body, 0x20]),
          huge: () => new Uint8Array(2_001),
        }[how]();
        return { ...request, body: changed };
      },
  );

const restMutation = fc.oneof(
  fc.constantFrom("GET", "PUT", "post", "HEAD", "OPTIONS", "", "P\r\nT").map(
    (method): Mutation =>
      (request) => ({ ...request, method }),
  ),
  fc.string().map(
    (url): Mutation =>
      (request) => ({ ...request, url }),
  ),
  fc.dictionary(fc.string(), fc.string(), { maxKeys: 4 }).map(
    (headers): Mutation =>
      (request) =>
        withHeaders(request, headers),
  ),
  fc.dictionary(fc.string(), fc.string(), { maxKeys: 4 }).map(
    (headers): Mutation =>
      (request) => ({ ...request, headers }),
  ),
  fc
    .constantFrom(
      "text/plain",
      "application/xml",
      "application/cloudevents+json",
      "multipart/form-data; boundary=x",
      "application/json;charset=x",
      "\u0000",
    )
    .map(
      (type): Mutation =>
        (request) =>
          withHeaders(request, { "content-type": type }),
    ),
  fc.constantFrom("gzip", "br", "identity", "").map(
    (coding): Mutation =>
      (request) =>
        withHeaders(request, { "content-encoding": coding }),
  ),
);

/** So many requests, valid ones and what is made of them: each has a named outcome, and none that is forged is handled. */
export async function checkRandomRequests(count: number): Promise<void> {
  const all = subjects();
  const seen = new Map<string, number>();
  const mutations = fc.array(fc.oneof(headerMutation, bodyMutation, restMutation), { maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: all.length - 1 }), payloads, mutations, async (which, payload, changes) => {
      const { receiver, handled, valid, isAuthentic } = all[which] as Subject;
      const request = changes.reduce((current, change) => change(current), valid(payload));
      const before = handled.length;
      const { status, headers, body, outcome } = await receiver.deliver(request);
      seen.set(outcome.name, (seen.get(outcome.name) ?? 0) + 1);
      expect(STATUSES[outcome.name], outcome.name).toContain(status);
      expect(JSON.stringify([headers, body])).not.toContain(SECRET);
      const wasHandled = handled.length > before;
      expect(wasHandled).toBe(outcome.name === "handled");
      // Forged deliveries come to nothing further than the check of who sent them.
      if (!isAuthentic(request)) {
        expect(["not-authentic", "stale", "method-not-allowed", "too-large"]).toContain(outcome.name);
      }
      if (changes.length === 0) expect(outcome.name).not.toBe("not-authentic");
    }),
    { numRuns: count },
  );
  // What is never reached is not checked.
  const common = ["handled", "not-authentic", "unknown-event", "method-not-allowed"];
  expect([...seen.keys()]).toEqual(expect.arrayContaining(common));
}
