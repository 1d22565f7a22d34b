import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { emitContractFiles, loadContract } from "../../src/pipeline.ts";
import type { Decoded } from "../../src/runtime/decode.ts";
import type { Delivery, EncodedDelivery } from "../../src/runtime/types.ts";
import { load, written } from "./helpers.ts";

/** What generated code of a document does. */
interface Generated {
  readonly webhookNames: readonly string[];
  readonly decode: (delivery: Delivery) => Promise<Decoded>;
  readonly encode: (webhook: string, event: unknown) => Promise<EncodedDelivery>;
}

async function generated(name: string, document: string): Promise<Generated> {
  const cwd = fileURLToPath(new URL(`../fixtures/documents/${name}/`, import.meta.url));
  const { value } = await loadContract(document, { id: name, cwd });
  if (value === null) throw new Error(`${document} cannot be read`);
  const files = await emitContractFiles(value.contract, {});
  return load<Generated>(await written({ [name]: files.value }), name, "index.js");
}

/** `name` for an event; `reason: pointer message` of each error for none. */
function short(decoded: Decoded): string {
  if (decoded.ok) return decoded.webhook;
  return `${decoded.reason}: ${decoded.errors.map(({ instancePath, message }) => `${instancePath} ${message}`).join("; ")}`;
}

/** How each delivery is decoded, by what is special about it. */
async function outcomes(
  { decode }: Generated,
  deliveries: Readonly<Record<string, Delivery>>,
): Promise<Record<string, string>> {
  const decoded = await Promise.all(Object.values(deliveries).map(async (delivery) => short(await decode(delivery))));
  return Object.fromEntries(Object.keys(deliveries).map((why, index) => [why, decoded[index] ?? ""]));
}

/** Encodes an event, and decodes that again as another process would get it. */
async function thereAndBack({ decode, encode }: Generated, webhook: string, event: unknown): Promise<Decoded> {
  const { method, headers, body, query } = await encode(webhook, event);
  return decode({
    method,
    headers,
    body: new TextEncoder().encode(body),
    url: `/hook${query === "" ? "" : `?${query}`}`,
  });
}

const json = (value: unknown, type = "application/json", headers: Readonly<Record<string, string>> = {}): Delivery => ({
  headers: { "Content-Type": type, ...headers },
  body: JSON.stringify(value),
});
const urlencoded = (fields: Readonly<Record<string, string>>): Delivery => ({
  headers: { "content-type": "application/x-www-form-urlencoded" },
  body: new URLSearchParams(fields).toString(),
});

/** A form as the platform writes it. */
async function multipart(fields: Readonly<Record<string, string | File>>): Promise<Delivery> {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.append(name, value);
  const response = new Response(data);
  return { headers: response.headers, body: new Uint8Array(await response.arrayBuffer()) };
}

test("CloudEvents in structured mode are recognised by their type, alone and in batches", async () => {
  const library = await generated("cloudevents", "openapi.yaml");
  const STRUCTURED = "application/cloudevents+json; charset=UTF-8";
  const BATCH = "application/cloudevents-batch+json";
  const envelope = { specversion: "1.0", id: "a-1", source: "/branches/7" };
  const lent = { ...envelope, type: "com.example.book.lent", data: { book: 12, reader: "r-3" } };
  const returned = { ...envelope, type: "com.example.book.returned", data_base64: "AAE=" };
  expect(
    await outcomes(library, {
      lent: json(lent, STRUCTURED),
      "binary data": json(returned, STRUCTURED),
      "an extension attribute": json({ ...lent, traceparent: "00-1-2-3" }, STRUCTURED),
      "a type that nobody knows": json({ ...lent, type: "com.example.book.burnt" }, STRUCTURED),
      "another version": json({ ...lent, specversion: "0.3" }, STRUCTURED),
      "data that are wrong": json({ ...lent, data: { book: "12", reader: "r" } }, STRUCTURED),
      "a batch": json([lent, returned], BATCH),
      "an empty batch": json([], BATCH),
      "a batch whose second event is wrong": json([lent, { ...returned, id: 5 }], BATCH),
    }),
  ).toEqual({
    lent: "com.example.book.lent",
    "binary data": "com.example.book.returned",
    "an extension attribute": "com.example.book.lent",
    "a type that nobody knows": "unknown-event:  is no webhook of this contract",
    "another version": "invalid-payload: /specversion must be equal to constant",
    "data that are wrong": "invalid-payload: /data/book must be integer",
    "a batch": "batch",
    "an empty batch": "batch",
    "a batch whose second event is wrong": expect.stringMatching(/^invalid-payload: \/1/),
  });
  const { headers } = await library.encode("com.example.book.lent", lent);
  expect(headers).toEqual({ "content-type": "application/cloudevents+json; charset=utf-8" });
  expect(await thereAndBack(library, "com.example.book.lent", lent)).toMatchObject({ ok: true, event: lent });
  expect(await thereAndBack(library, "batch", [returned, lent])).toMatchObject({
    webhook: "batch",
    event: [returned, lent],
  });
});

test("CloudEvents in binary mode are recognised by a header, and the others come with the event", async () => {
  const library = await generated("cloudevents-headers", "asyncapi.yaml");
  const attributes = (type: string) => ({
    "ce-specversion": "1.0",
    "Ce-Id": "a-1",
    "CE-Source": "/b",
    "ce-type": type,
  });
  const lent = { book: 12, reader: "r-3" };
  expect(
    await outcomes(library, {
      lent: json(lent, "application/json", attributes("com.example.book.lent")),
      returned: json(lent, "application/json", attributes("com.example.book.returned")),
      "a type that nobody knows": json(lent, "application/json", attributes("com.example.book.burnt")),
      "data that are wrong": json({ book: 12 }, "application/json", attributes("com.example.book.lent")),
      "no headers, as in a recorded payload": { body: JSON.stringify({ book: 12 }) },
    }),
  ).toEqual({
    lent: "com.example.book.lent",
    returned: "com.example.book.returned",
    "a type that nobody knows": "unknown-event:  is no webhook of this contract",
    "data that are wrong": "invalid-payload:  must have required property 'reader'",
    "no headers, as in a recorded payload": "com.example.book.returned",
  });
  const delivery = json(lent, "application/json", attributes("com.example.book.lent"));
  expect(await library.decode(delivery)).toMatchObject({
    headers: { "ce-specversion": "1.0", "ce-id": "a-1", "ce-source": "/b", "ce-type": "com.example.book.lent" },
  });
  expect(await thereAndBack(library, "com.example.book.lent", lent)).toMatchObject({ ok: true, event: lent });
});

test("JSON in a form's field is opened and judged, whatever the form and however it is described", async () => {
  const office = await generated("forms", "openapi.yaml");
  const mail = {
    event: "mail",
    from: "ada@example.com",
    score: "1.5",
    tags: "new",
    envelope: '{"to":["b@example.com"]}',
  };
  const signature = { event: "signature", signer: "p-1", pages: [1, 2] };
  const file = (value: unknown) => new File([JSON.stringify(value)], "blob", { type: "application/json" });
  const scan = new File([new Uint8Array([137, 80, 255, 0])], "scan.png", { type: "image/png" });
  expect(
    await outcomes(office, {
      "an object in a field": await multipart({ json: JSON.stringify(signature) }),
      "an object in a part of its own type": await multipart({ json: file(signature) }),
      "an object that is wrong": await multipart({ json: JSON.stringify({ ...signature, pages: [1, "2"] }) }),
      "a string that holds JSON": await multipart(mail),
      "a string that holds wrong JSON": await multipart({ ...mail, envelope: '{"to":[1]}' }),
      "a string that holds none": await multipart({ ...mail, envelope: "to b" }),
      "a number that is none": await multipart({ ...mail, score: "high" }),
      "an urlencoded form": urlencoded({ payload: '{"event":"button","user":{"id":"u-1"}}' }),
      "an urlencoded form that is wrong": urlencoded({ payload: '{"event":"button","user":{"id":1}}' }),
      "another event": await multipart({ event: "fax" }),
    }),
  ).toEqual({
    "an object in a field": "signature",
    "an object in a part of its own type": "signature",
    "an object that is wrong": "invalid-payload: /json/pages/1 must be integer",
    "a string that holds JSON": "mail",
    "a string that holds wrong JSON": "invalid-payload: /envelope/to/0 must be string",
    "a string that holds none": "invalid-payload: /envelope must be a string that holds JSON",
    "a number that is none": "invalid-payload: /score must be number",
    "an urlencoded form": "button",
    "an urlencoded form that is wrong": "invalid-payload: /payload/user/id must be string",
    "another event": "unknown-event:  is no webhook of this contract",
  });
  expect(await office.decode(await multipart({ ...mail, attachment: scan }))).toMatchObject({
    event: { score: 1.5, tags: ["new"], envelope: { to: ["b@example.com"] }, attachment: "scan.png" },
    files: [{ field: "attachment", name: "scan.png", type: "image/png", bytes: new Uint8Array([137, 80, 255, 0]) }],
  });
  const event = { event: "mail", from: "a", tags: ["x", "y"], envelope: { to: ["ä"] } };
  expect(await thereAndBack(office, "mail", event)).toMatchObject({ ok: true, event });
  expect(await thereAndBack(office, "signature", { json: signature })).toMatchObject({
    ok: true,
    event: { json: signature },
  });
});

test("a batch is judged event by event, wherever the list stands", async () => {
  const post = await generated("batches", "openapi.yaml");
  const delivered = { event: "delivered", mail: "m-1", at: 1735689600 };
  const bounced = { event: "bounced", mail: "m-2", at: 1735689601, reason: "Mailbox full" };
  const change = { changeType: "moved", resource: "/mails/1" };
  expect(
    await outcomes(post, {
      "the payload": json([delivered, bounced]),
      "the payload, an event wrong": json([delivered, { ...delivered, at: "now" }]),
      "the payload, empty": json([]),
      "one event where only lists come": json(delivered),
      "a member": json({ value: [change, change] }),
      "a member, an event wrong": json({ value: [change, {}] }),
      "a form's field": urlencoded({ events: JSON.stringify([delivered, bounced]) }),
      "a form's field, an event wrong": urlencoded({ events: JSON.stringify([{ ...bounced, mail: 2 }]) }),
    }),
  ).toEqual({
    "the payload": "mails",
    "the payload, an event wrong": expect.stringMatching(/^invalid-payload: \/1\/at must be integer/),
    "the payload, empty": "invalid-payload:  must NOT have fewer than 1 items",
    "one event where only lists come": "invalid-payload:  must have required property 'value'",
    "a member": "changes",
    "a member, an event wrong": "invalid-payload: /value/1 must have required property 'changeType'",
    "a form's field": "parcels",
    "a form's field, an event wrong": expect.stringMatching(/^invalid-payload: .*\/events\/0\/mail must be string/),
  });
  expect(await thereAndBack(post, "mails", [bounced])).toMatchObject({ webhook: "mails", event: [bounced] });
  expect(await thereAndBack(post, "parcels", { events: [delivered] })).toMatchObject({ webhook: "parcels" });
});

test("plain JSON that is described in Avro", async () => {
  const parcels = await generated("avro", "asyncapi.yaml");
  const address = { city: "Ghent", street: null };
  const shipped = {
    event: "PARCEL_SHIPPED",
    id: "0f8fad5b-d9cb-469f-a165-70867728950e",
    carrier: "SHIP",
    sender: address,
    recipient: address,
    stops: [address, { city: "Lyon" }],
    labels: {},
    price: 12.5,
    shippedAt: 1735689600000,
    note: 7,
    digest: "0123456789abcdef",
  };
  expect(
    await outcomes(parcels, {
      "a symbol that the enum does not know": json(shipped),
      "the record in itself": json({ ...shipped, parent: { ...shipped, parent: shipped } }),
      "wrong deep in itself": json({ ...shipped, parent: { ...shipped, stops: [{ street: null }] } }),
      "wrong by a name used again": json({ ...shipped, recipient: { city: 1 } }),
      "a value of no type of the union": json({ ...shipped, note: true }),
    }),
  ).toEqual({
    "a symbol that the enum does not know": "PARCEL_SHIPPED",
    "the record in itself": "PARCEL_SHIPPED",
    "wrong deep in itself": expect.stringContaining("/parent/stops/0 must have required property 'city'"),
    "wrong by a name used again": "invalid-payload: /recipient/city must be string",
    "a value of no type of the union": expect.stringContaining("invalid-payload: /note must be"),
  });
});
