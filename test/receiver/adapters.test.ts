/** Each adapter in the framework it is for, over a socket: raw bytes in, the receiver's answer out. */
import { createHmac } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import express from "express";
import fastify, { type FastifyInstance } from "fastify";
import { Hono } from "hono";
import { afterEach, describe, expect, test } from "vitest";
import { completeRecipe } from "../../src/receiver/authenticity/declaration.ts";
import { createReceiver } from "../../src/receiver/create-receiver.ts";
import { toExpressHandler } from "../../src/receiver/express.ts";
import { toFastifyPlugin } from "../../src/receiver/fastify.ts";
import { toHonoHandler } from "../../src/receiver/hono.ts";
import { type LambdaEvent, toLambdaHandler } from "../../src/receiver/lambda.ts";
import { toNodeListener } from "../../src/receiver/node.ts";
import type { Outcome, Receiver, ReceiverContract } from "../../src/receiver/types.ts";
import { contractOf, SECRET, signed, signedContract, webhook } from "./helpers.ts";

interface Running {
  readonly origin: string;
  readonly close: () => Promise<void>;
}

const running: Running[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map(({ close }) => close()));
});

function record(contract: unknown = signedContract(), secret = SECRET) {
  const outcomes: Outcome[] = [];
  const events: unknown[] = [];
  const receiver = createReceiver(contract as ReceiverContract<{ a: unknown }, unknown, { signature: string }>, {
    secrets: { signature: secret },
    on: { a: (event) => events.push(event) },
    onOutcome: (outcome) => outcomes.push(outcome),
    publicUrl: "https://hooks.example.com",
  });
  return { receiver, outcomes, events };
}

async function listening(server: Server): Promise<Running> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { origin: `http://127.0.0.1:${port}`, close };
}

async function listeningFastify(app: FastifyInstance): Promise<Running> {
  const origin = await app.listen({ port: 0, host: "127.0.0.1" });
  return { origin, close: () => app.close() };
}

/** As a function URL calls a function; no Lambda runs here. */
function lambdaServer(receiver: Receiver): Server {
  const handler = toLambdaHandler(receiver);
  return createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { pathname, search } = new URL(request.url ?? "/", "http://localhost");
    const event: LambdaEvent = {
      rawPath: pathname,
      rawQueryString: search.slice(1),
      headers: request.headers as Record<string, string>,
      requestContext: { domainName: "abc.lambda-url.example", http: { method: request.method } },
      body: Buffer.concat(chunks).toString("base64"),
      isBase64Encoded: true,
    };
    const { statusCode, headers, cookies = [], body, isBase64Encoded } = await handler(event);
    response
      .writeHead(statusCode, { ...headers, "set-cookie": [...cookies] })
      .end(isBase64Encoded ? Buffer.from(body, "base64") : body);
  });
}

/** Mounted at `/hooks` in each. */
const SERVERS: Readonly<Record<string, (receiver: Receiver) => Promise<Running>>> = {
  "node:http": (receiver) => listening(createServer(toNodeListener(receiver))),
  Express: (receiver) => {
    const router = express.Router();
    router.all("/", toExpressHandler(receiver));
    return listening(createServer(express().use("/hooks", router).use(express.json())));
  },
  "Express behind express.raw()": (receiver) => {
    const app = express().use(express.raw({ type: "*/*", limit: "10mb" }));
    return listening(createServer(app.use("/hooks", toExpressHandler(receiver))));
  },
  "Express that keeps raw bodies": (receiver) => {
    const keep = express.json({
      limit: "10mb",
      verify: (request, _response, bytes) => Object.assign(request, { rawBody: bytes }),
    });
    return listening(createServer(express().use(keep).use("/hooks", toExpressHandler(receiver))));
  },
  Fastify: (receiver) => {
    const app = fastify({ bodyLimit: 10 });
    app.register(toFastifyPlugin(receiver), { prefix: "/hooks" });
    return listeningFastify(app);
  },
  Hono: (receiver) => {
    const app = new Hono().all("/hooks", toHonoHandler(receiver));
    return listening(createAdaptorServer(app) as Server);
  },
  Lambda: (receiver) => listening(lambdaServer(receiver)),
};

async function start(server: (receiver: Receiver) => Promise<Running>, receiver: Receiver): Promise<string> {
  const started = await server(receiver);
  running.push(started);
  return `${started.origin}/hooks`;
}

describe.each(Object.entries(SERVERS))("%s", (_name, server) => {
  const delivery = () => signed('{ "type":"a",\n "count": 1 }', { signedAt: Date.now() });

  test("an authentic delivery reaches its handler, whatever white space was signed", async () => {
    const { receiver, outcomes, events } = record();
    const url = await start(server, receiver);
    const { headers, body } = delivery();
    const response = await fetch(url, {
      method: "POST",
      headers: headers as Record<string, string>,
      body: body as Uint8Array<ArrayBuffer>,
    });
    expect([response.status, await response.text()]).toEqual([204, ""]);
    expect(events).toEqual([{ type: "a", count: 1 }]);
    expect(outcomes.map(({ name }) => name)).toEqual(["handled"]);
  });

  test("a forged one is refused", async () => {
    const { receiver, outcomes, events } = record();
    const url = await start(server, receiver);
    const { headers } = delivery();
    const response = await fetch(url, {
      method: "POST",
      headers: headers as Record<string, string>,
      body: '{"type":"a","count":2}',
    });
    expect(response.status).toBe(401);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(events).toEqual([]);
    expect(outcomes.map(({ name }) => name)).toEqual(["not-authentic"]);
  });

  test("another method is told which to use, and too long a body how it ended", async () => {
    const { receiver, outcomes } = record();
    const url = await start(server, receiver);
    const wrong = await fetch(url, { method: "PUT", body: "{}" });
    expect([wrong.status, wrong.headers.get("allow")]).toEqual([405, "POST"]);
    const long = await fetch(url, { method: "POST", body: "x".repeat(2_000_000) }).catch(() => null);
    if (long !== null) expect(long.status).toBe(413);
    expect(outcomes.map(({ name }) => name)).toEqual(["method-not-allowed", "too-large"]);
  });

  test("an answer of several cookies is given whole", async () => {
    const receiver = createReceiver(contractOf() as unknown as ReceiverContract<{ a: unknown }>, {
      on: {
        a: () => {
          const headers = new Headers({ "x-a": "1", "content-type": "text/xml" });
          for (const value of ["2", "3"]) headers.append("x-a", value);
          for (const value of ["a=1, b; Path=/", "c=2"]) headers.append("set-cookie", value);
          return new Response("<Response/>", { status: 201, headers });
        },
      },
    });
    const url = await start(server, receiver);
    const headers = { "content-type": "application/json" };
    const response = await fetch(url, { method: "POST", headers, body: '{"type":"a"}' });
    expect([response.status, await response.text()]).toEqual([201, "<Response/>"]);
    expect(response.headers.getSetCookie()).toEqual(["a=1, b; Path=/", "c=2"]);
    expect(response.headers.get("x-a")).toBe("1, 2, 3");
    expect(response.headers.get("content-type")).toBe("text/xml");
  });

  test("a signature over the URL covers the whole of it, with the query", async () => {
    const recipe = completeRecipe("twilio");
    const contract = contractOf([webhook("a", { security: [{ signature: [] }] })], {
      signature: { type: "apiKey", signature: recipe },
    });
    const token = "0123456789abcdef0123456789abcdef";
    const { receiver, outcomes } = record(contract, token);
    const url = await start(server, receiver);
    const body = '{"type":"a"}';
    const { createHash } = await import("node:crypto");
    const query = `?x=1&bodySHA256=${createHash("sha256").update(body).digest("hex")}`;
    const signature = createHmac("sha1", token).update(`https://hooks.example.com/hooks${query}`).digest("base64");
    const headers = { "content-type": "application/json", "x-twilio-signature": signature };
    await fetch(url + query, { method: "POST", headers, body });
    expect(outcomes.map(({ name, hint }) => [name, hint])).toEqual([["handled", undefined]]);
  });
});

describe("where something in front has parsed the body", () => {
  const PARSING: Readonly<Record<string, (receiver: Receiver) => Promise<Running>>> = {
    "Express behind express.json()": (receiver) =>
      listening(createServer(express().use(express.json()).use("/hooks", toExpressHandler(receiver)))),
    "Fastify with a hook that reads": (receiver) => {
      const app = fastify();
      app.addHook("preParsing", async (_request, _reply, payload) => {
        for await (const _chunk of payload);
        return undefined;
      });
      app.register(toFastifyPlugin(receiver), { prefix: "/hooks" });
      return listeningFastify(app);
    },
    "Hono behind a middleware that reads": (receiver) => {
      const app = new Hono()
        .use(async (context, next) => {
          await context.req.json();
          await next();
        })
        .post("/hooks", toHonoHandler(receiver));
      return listening(createAdaptorServer(app) as Server);
    },
  };

  test.each(Object.entries(PARSING))("%s: refused, and the log says what to do", async (_name, server) => {
    const { receiver, outcomes, events } = record();
    const url = await start(server, receiver);
    const { headers, body } = signed('{"type":"a"}', { signedAt: Date.now() });
    const response = await fetch(url, {
      method: "POST",
      headers: headers as Record<string, string>,
      body: body as Uint8Array<ArrayBuffer>,
    });
    expect(response.status).toBe(500);
    expect(events).toEqual([]);
    expect(outcomes).toMatchObject([
      { name: "body-already-read", hint: expect.stringContaining("in front of the receiver") },
    ]);
  });
});

describe("Lambda", () => {
  const event = (parts: Partial<LambdaEvent>): LambdaEvent => ({
    rawPath: "/hooks",
    requestContext: { http: { method: "POST" } },
    ...parts,
  });

  test("a body that is text is taken as its UTF-8", async () => {
    const { receiver, events } = record();
    const { headers, body } = signed('{"type":"a","name":"ü"}', { signedAt: Date.now() });
    const handler = toLambdaHandler(receiver);
    const text = new TextDecoder().decode(body);
    const result = await handler(event({ headers: headers as Record<string, string>, body: text }));
    expect(result).toMatchObject({ statusCode: 204, body: "", isBase64Encoded: false });
    expect(events).toEqual([{ type: "a", name: "ü" }]);
  });

  test("an event of another format, and base64 that is none, are refused with a name", async () => {
    const { receiver, outcomes } = record();
    const handler = toLambdaHandler(receiver);
    const old = { httpMethod: "POST", path: "/hooks", headers: {}, body: "{}" };
    expect(await handler(old as LambdaEvent)).toMatchObject({ statusCode: 500 });
    expect(await handler(event({ body: "%", isBase64Encoded: true }))).toMatchObject({ statusCode: 400 });
    expect(outcomes).toMatchObject([
      { name: "internal-error", hint: expect.stringContaining("2.0") },
      { name: "incomplete-body" },
    ]);
  });

  test("what a handler answers in bytes is written as base64", async () => {
    const receiver = createReceiver(
      signedContract() as unknown as ReceiverContract<{ a: unknown }>,
      {
        secrets: { signature: SECRET },
        on: { a: () => new Response(new Uint8Array([0xff, 0])) },
      } as never,
    );
    const { headers, body } = signed('{"type":"a"}', { signedAt: Date.now() });
    const encoded = Buffer.from(body).toString("base64");
    const parts = { headers: headers as Record<string, string>, body: encoded, isBase64Encoded: true };
    expect(await toLambdaHandler(receiver)(event(parts))).toMatchObject({ body: "/wA=", isBase64Encoded: true });
  });
});
