/** What comes over real sockets and is no delivery: each has its outcome, and nothing ends the server. */
import { createServer, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, test } from "vitest";
import { createReceiver } from "../../src/receiver/create-receiver.ts";
import { toNodeListener } from "../../src/receiver/node.ts";
import type { AnyOptions } from "../../src/receiver/options.ts";
import type { Outcome } from "../../src/receiver/types.ts";
import { NOW, SECRET, signed, signedContract } from "./helpers.ts";

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

interface Listening {
  readonly port: number;
  readonly server: Server;
  readonly outcomes: Outcome[];
  readonly handled: unknown[];
}

async function listening(options: Partial<AnyOptions> = {}): Promise<Listening> {
  const outcomes: Outcome[] = [];
  const handled: unknown[] = [];
  const receive = createReceiver(
    signedContract() as never,
    {
      now: () => NOW,
      secrets: { signature: SECRET },
      on: { a: (event: unknown) => handled.push(event) },
      onOutcome: (outcome: Outcome) => outcomes.push(outcome),
      ...options,
    } as never,
  );
  const server = createServer(toNodeListener(receive));
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { port: (server.address() as AddressInfo).port, server, outcomes, handled };
}

/** Writes parts to a socket, a pause after each, and gives all that comes back. */
async function exchange(
  port: number,
  parts: readonly (string | Uint8Array)[],
  { ends = false, pause = 10 } = {},
): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  let answer = "";
  socket.setEncoding("latin1");
  socket.on("data", (text) => {
    answer += text;
  });
  const closed = new Promise<void>((resolve) => {
    socket.on("close", () => resolve());
    socket.on("error", () => resolve());
  });
  for (const part of parts) {
    socket.write(part);
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
  if (ends) socket.destroy();
  else await Promise.race([closed, answered(() => answer)]);
  socket.destroy();
  return answer;
}

async function answered(answer: () => string): Promise<void> {
  for (let tries = 0; tries < 1_000 && !answer().includes("\r\n\r\n"); tries++) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 600 && !holds(); tries++) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(holds()).toBe(true);
}

function head(lines: Readonly<Record<string, string | readonly string[] | undefined>>, method = "POST"): string {
  const written = Object.entries(lines).flatMap(([name, value]) =>
    [value].flat().flatMap((one) => (one === undefined ? [] : [`${name}: ${one}\r\n`])),
  );
  return `${method} /hooks HTTP/1.1\r\nHost: localhost\r\n${written.join("")}\r\n`;
}

const body = JSON.stringify({ type: "a" });
const headersOf = (text: string) => signed(text).headers as Record<string, string>;
const status = (answer: string) => Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]);

/** After whatever came, the same server receives a delivery. */
async function stillReceives({ port, handled }: Listening): Promise<void> {
  const before = handled.length;
  const given = signed({ type: "a" }, { id: `after-${Math.random()}` });
  const response = await fetch(`http://127.0.0.1:${port}/hooks`, {
    method: "POST",
    headers: given.headers as Record<string, string>,
    body: given.body as Uint8Array<ArrayBuffer>,
  });
  expect(response.status).toBe(204);
  expect(handled).toHaveLength(before + 1);
}

describe("whole requests", () => {
  const length = (text: string | Uint8Array) => ({ "content-length": String(Buffer.byteLength(text)) });
  const cases: readonly { why: string; parts: readonly (string | Uint8Array)[]; status: number; outcome: string }[] = [
    { why: "another method", parts: [head({}, "DELETE")], status: 405, outcome: "method-not-allowed" },
    {
      why: "another method with a body",
      parts: [head(length(body), "PATCH"), body],
      status: 405,
      outcome: "method-not-allowed",
    },
    { why: "no body", parts: [head({ ...headersOf(""), "content-length": "0" })], status: 400, outcome: "not-json" },
    { why: "no body and no length", parts: [head(headersOf(""))], status: 400, outcome: "not-json" },
    {
      why: "names in any case",
      parts: [
        head(
          Object.fromEntries(
            Object.entries({ ...headersOf(body), ...length(body) }).map(([name, value]) => [name.toUpperCase(), value]),
          ),
        ),
        body,
      ],
      status: 204,
      outcome: "handled",
    },
    {
      why: "in pieces",
      parts: [
        head({ ...headersOf(body), "transfer-encoding": "chunked" }),
        ...Array.from(body, (character) => `1\r\n${character}\r\n`),
        "0\r\n\r\n",
      ],
      status: 204,
      outcome: "handled",
    },
    {
      why: "a byte-order mark",
      parts: [head({ ...headersOf(`\ufeff${body}`), ...length(`\ufeff${body}`) }), `\ufeff${body}`],
      status: 204,
      outcome: "handled",
    },
    {
      why: "another charset by name",
      parts: [
        head({ ...headersOf(body), "content-type": "application/json; charset=iso-8859-1", ...length(body) }),
        body,
      ],
      status: 204,
      outcome: "handled",
    },
    {
      why: "the signature twice",
      parts: [
        head({
          ...headersOf(body),
          "webhook-signature": [headersOf(body)["webhook-signature"] ?? "", "v1,AAAA"],
          ...length(body),
        }),
        body,
      ],
      status: 401,
      outcome: "not-authentic",
    },
    {
      why: "the id twice",
      parts: [head({ ...headersOf(body), "webhook-id": ["msg_1", "msg_2"], ...length(body) }), body],
      status: 401,
      outcome: "not-authentic",
    },
    {
      why: "a compressed body",
      parts: [head({ ...headersOf(body), "content-encoding": "gzip", ...length(gzipSync(body)) }), gzipSync(body)],
      status: 401,
      outcome: "not-authentic",
    },
  ];

  test.each(cases)("$why: $status $outcome", async ({ parts, status: want, outcome }) => {
    const server = await listening();
    const answer = await exchange(server.port, parts);
    expect(status(answer)).toBe(want);
    expect(server.outcomes.map(({ name }) => name)).toEqual([outcome]);
    await stillReceives(server);
  });

  test("a compressed body that was signed as it is sent is said to be compressed", async () => {
    const server = await listening();
    const bytes = gzipSync(body).toString("latin1");
    const { createHmac } = await import("node:crypto");
    const raw = Buffer.from(bytes, "latin1");
    const time = String(NOW / 1_000);
    const signature = createHmac("sha256", Buffer.from(SECRET, "base64"))
      .update(`i.${time}.`)
      .update(raw)
      .digest("base64");
    const headers = {
      "webhook-id": "i",
      "webhook-timestamp": time,
      "webhook-signature": `v1,${signature}`,
      "content-encoding": "gzip",
    };
    const answer = await exchange(server.port, [head({ ...headers, "content-length": String(raw.length) }), raw]);
    expect(status(answer)).toBe(415);
    expect(answer).toMatch(/accept-encoding: identity/i);
  });

  test("Latin-1 bytes are no UTF-8", async () => {
    const server = await listening();
    const raw = Buffer.from('{"type":"a","text":"é"}', "latin1");
    const { createHmac } = await import("node:crypto");
    const time = String(NOW / 1_000);
    const signature = createHmac("sha256", Buffer.from(SECRET, "base64"))
      .update(`i.${time}.`)
      .update(raw)
      .digest("base64");
    const headers = { "webhook-id": "i", "webhook-timestamp": time, "webhook-signature": `v1,${signature}` };
    const answer = await exchange(server.port, [head({ ...headers, "content-length": String(raw.length) }), raw]);
    expect([status(answer), server.outcomes[0]?.name]).toEqual([400, "not-json"]);
  });

  test("a line break in a header is no header", async () => {
    const server = await listening({
      unknownEvent: (_, { request }) => new Response(String(request.headers), { status: 200 }),
    });
    const answer = await exchange(server.port, [
      head({ ...headersOf(body), "x-a": "b\r\nset-cookie: a=b", "content-length": String(body.length) }),
      body,
    ]);
    expect(answer).not.toMatch(/set-cookie/i);
    await stillReceives(server);
  });
});

describe("bodies that do not end well", () => {
  test("one that is cut off is incomplete", async () => {
    const server = await listening();
    await exchange(server.port, [head({ ...headersOf(body), "content-length": "100" }), body], { ends: true });
    await until(() => server.outcomes.length > 0);
    expect(server.outcomes.map(({ name }) => name)).toEqual(["incomplete-body"]);
    expect(server.handled).toEqual([]);
    await stillReceives(server);
  });

  test("one that is longer than it says is cut to what it says, and refused", async () => {
    const server = await listening();
    const answer = await exchange(server.port, [head({ ...headersOf(body), "content-length": "5" }), body]);
    // What is over is no next request, which Node says as soon as it has seen it.
    expect([400, 401]).toContain(status(answer));
    expect(server.handled).toEqual([]);
    await stillReceives(server);
  });

  test("lengths that contradict each other never reach the receiver", async () => {
    const server = await listening();
    const answer = await exchange(server.port, [head({ ...headersOf(body), "content-length": ["5", "12"] }), body]);
    expect(status(answer)).toBe(400);
    expect(server.outcomes).toEqual([]);
    await stillReceives(server);
  });

  test("one that says it is too large is refused before it is read", async () => {
    const server = await listening();
    const answer = await exchange(server.port, [head({ ...headersOf(body), "content-length": "104857600" })]);
    expect(status(answer)).toBe(413);
    expect(answer).toMatch(/connection: close/i);
    expect(server.outcomes.map(({ name }) => name)).toEqual(["too-large"]);
    await stillReceives(server);
  });

  test("a stream of 100 MB is cut off at the limit, and not kept", async () => {
    const server = await listening();
    const socket = connect(server.port, "127.0.0.1");
    let answer = "";
    socket.setEncoding("latin1").on("data", (text) => {
      answer += text;
    });
    let isClosed = false;
    socket.on("close", () => {
      isClosed = true;
    });
    socket.on("error", () => {});
    socket.write(head({ ...headersOf(body), "transfer-encoding": "chunked" }));
    const chunk = Buffer.alloc(65_536, "x");
    const before = process.memoryUsage().arrayBuffers;
    let most = 0;
    for (let sent = 0; sent < 100 * 1_048_576 && !isClosed; sent += chunk.length) {
      const goesOn = socket.write(Buffer.concat([Buffer.from("10000\r\n"), chunk, Buffer.from("\r\n")]));
      if (!goesOn)
        await new Promise<void>((resolve) => {
          const done = () => resolve();
          socket.once("drain", done);
          socket.once("close", done);
        });
      most = Math.max(most, process.memoryUsage().arrayBuffers - before);
    }
    await until(() => isClosed);
    expect(server.outcomes.map(({ name }) => name)).toEqual(["too-large"]);
    expect(most).toBeLessThan(30 * 1_048_576);
    expect(answer === "" || status(answer) === 413).toBe(true);
    await stillReceives(server);
  });

  test("one that is slow is not waited for", async () => {
    const server = await listening({ bodySecondsMax: 0.1 });
    const answer = await exchange(server.port, [
      head({ ...headersOf(body), "content-length": String(body.length) }),
      body.slice(0, 3),
    ]);
    expect(status(answer)).toBe(408);
    expect(server.outcomes.map(({ name }) => name)).toEqual(["slow-body"]);
    await stillReceives(server);
  });

  test("one that was read before is said to be gone, unless its bytes were kept", async () => {
    const receive = createReceiver(
      signedContract() as never,
      {
        now: () => NOW,
        secrets: { signature: SECRET },
        on: {},
        duplicates: false,
      } as never,
    );
    const listen = toNodeListener(receive);
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk) => chunks.push(chunk));
      request.on("end", () => {
        const raw = Buffer.concat(chunks);
        const kept =
          request.url === "/raw"
            ? { rawBody: raw }
            : request.url === "/body"
              ? { body: raw }
              : { body: JSON.parse(raw.toString()) };
        listen(Object.assign(request, kept), response);
      });
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const send = async (path: string) => {
      const { headers, body: bytes } = signed({ type: "a" });
      const init = {
        method: "POST",
        headers: headers as Record<string, string>,
        body: bytes as Uint8Array<ArrayBuffer>,
      };
      const response = await fetch(`http://127.0.0.1:${port}${path}`, init);
      return `${response.status} ${(await response.text()).replace(/.*"outcome":"([^"]*)".*/, "$1")}`;
    };
    expect(await send("/parsed")).toBe("500 body-already-read");
    expect(await send("/raw")).toBe("204 ");
    expect(await send("/body")).toBe("204 ");
  });
});

describe("payloads", () => {
  const cases: readonly { why: string; text: string; outcome: string }[] = [
    { why: "nested deep", text: `${"[".repeat(400_000)}${"]".repeat(400_000)}`, outcome: "unknown-event" },
    {
      why: "nested deep inside",
      text: `{"type":"a","x":${"[".repeat(400_000)}${"]".repeat(400_000)}}`,
      outcome: "handled",
    },
    { why: "not closed", text: "[".repeat(1_000_000), outcome: "not-json" },
    { why: "a huge number", text: '{"type":"a","count":1e999}', outcome: "handled" },
    { why: "many digits", text: `{"type":"a","count":${"9".repeat(500_000)}}`, outcome: "handled" },
    {
      why: "__proto__",
      text: '{"type":"a","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}',
      outcome: "handled",
    },
    { why: "__proto__ instead of the event", text: '{"__proto__":{"type":"a"}}', outcome: "unknown-event" },
    { why: "half a surrogate", text: '{"type":"a","text":"\\ud800"}', outcome: "handled" },
    { why: "a name twice", text: '{"type":"b","type":"a"}', outcome: "handled" },
    { why: "null", text: "null", outcome: "unknown-event" },
  ];

  test.each(cases)("$why: $outcome", async ({ text, outcome }) => {
    const server = await listening();
    const { headers, body: bytes } = signed(text);
    const init = { method: "POST", headers: headers as Record<string, string>, body: bytes as Uint8Array<ArrayBuffer> };
    await (await fetch(`http://127.0.0.1:${server.port}/hooks`, init)).text();
    expect(server.outcomes.map(({ name }) => name)).toEqual([outcome]);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
    await stillReceives(server);
  });
});

describe("the web form", () => {
  const given = signed({ type: "a" });
  const headers = given.headers as Record<string, string>;
  const receiver = (options: object = {}) =>
    createReceiver(
      signedContract() as never,
      {
        now: () => NOW,
        secrets: { signature: SECRET },
        on: {},
        ...options,
      } as never,
    );
  const statusOf = async (request: Request, options: object = {}) => (await receiver(options)(request)).status;
  const stream = (
    pull: (controller: ReadableStreamDefaultController) => void | Promise<void>,
    options: object = {},
  ) => {
    const init = { method: "POST", headers, body: new ReadableStream({ pull }), duplex: "half" };
    return statusOf(new Request("https://example.com/hooks", init as RequestInit), options);
  };

  test("a body in pieces", async () => {
    const bytes = Array.from(given.body);
    expect(
      await stream((controller) => {
        const next = bytes.shift();
        if (next === undefined) controller.close();
        else controller.enqueue(new Uint8Array([next]));
      }),
    ).toBe(204);
  });

  test("a body without end is cut off", async () => {
    let chunks = 0;
    const endless = (controller: ReadableStreamDefaultController) => {
      chunks++;
      controller.enqueue(new Uint8Array(65_536));
    };
    expect(await stream(endless)).toBe(413);
    expect(chunks).toBeLessThan(25);
  });

  test("a body that breaks", async () => {
    expect(await stream((controller) => controller.error(new Error("reset")))).toBe(400);
  });

  test("a body that never comes", async () => {
    expect(await stream(() => new Promise(() => {}), { bodySecondsMax: 0.05 })).toBe(408);
  });

  test("a body that was read, no body, another method", async () => {
    const read = new Request("https://example.com/hooks", { method: "POST", headers, body: "x" });
    await read.text();
    expect(await statusOf(read)).toBe(500);
    expect(await statusOf(new Request("https://example.com/hooks", { method: "POST" }))).toBe(401);
    expect(await statusOf(new Request("https://example.com/hooks"))).toBe(405);
  });
});

test("the answer is written though a handler's header could not be", async () => {
  const odd = {
    status: 200,
    arrayBuffer: async () => new ArrayBuffer(0),
    headers: { forEach: (visit: (value: string, name: string) => void) => visit("a\r\nb", "x y") },
  };
  const server = await listening({ on: { a: () => odd } });
  const { headers, body: bytes } = signed({ type: "a" });
  const init = { method: "POST", headers: headers as Record<string, string>, body: bytes as Uint8Array<ArrayBuffer> };
  expect((await fetch(`http://127.0.0.1:${server.port}/hooks`, init)).status).toBe(500);
});
