import { once } from "node:events";
import { createServer, type IncomingMessage, request as send } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import type { NodeRequest } from "../../src/receiver/adapter-types.ts";
import { createBodyReader } from "../../src/receiver/node-body.ts";

const LIMITS = { bodyBytesMax: 200_000, bodySecondsMax: 5 };
const readBody = createBodyReader(LIMITS);

/** What is read of a request that is sent over a socket. */
async function received(
  body: string,
  { prepare, later }: { prepare?: (request: IncomingMessage) => void; later?: string } = {},
) {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const result = new Promise<unknown>((resolve) => {
    server.on("request", (request, response) => {
      prepare?.(request);
      readBody(request as unknown as NodeRequest, (body) => {
        resolve(body);
        response.end();
      });
    });
  });
  const client = send({ port, host: "127.0.0.1", method: "POST" });
  client.on("error", () => {});
  client.on("response", (response) => response.resume());
  if (later === undefined) client.end(body);
  else {
    client.write(body);
    setTimeout(() => client.end(later), 20);
  }
  try {
    return await result;
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

function textOf(read: unknown): string {
  expect(read).toBeInstanceOf(Uint8Array);
  return Buffer.from(read as Uint8Array).toString();
}

const TEXT = '{"name":"Zoë €"}';

test("a body that comes with its head, and one that comes later", async () => {
  expect(textOf(await received(TEXT))).toBe(TEXT);
  expect(textOf(await received(TEXT.slice(0, 5), { later: TEXT.slice(5) }))).toBe(TEXT);
});

test.each([
  ["none", ""],
  ["small", TEXT],
  ["of several chunks", `"${"ë".repeat(90_000)}"`],
])("a body (%s) that something in front has asked for as text is the same bytes", async (_, body) => {
  const read = await received(body, { prepare: (request) => request.setEncoding("utf8") });
  expect(read).toBeInstanceOf(Uint8Array);
  expect(Buffer.from(read as Uint8Array).equals(Buffer.from(body))).toBe(true);
});

test.each([
  ["at once", undefined],
  ["later", "x"],
])("one that is too large is not read (%s)", async (_, later) => {
  const read = await received("x".repeat(LIMITS.bodyBytesMax + 1), later === undefined ? {} : { later });
  expect(read).toBe("too-large");
});
