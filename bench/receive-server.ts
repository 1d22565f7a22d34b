/** One server of one case in a process of its own; says its port, and its memory when asked. */
import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createReceiver as createWebRtcReceiver } from "../generated/bandwidth-webrtc/index.js";
import { createReceiver as createConferenceReceiver } from "../generated/conference/index.js";
import { toNodeListener } from "../generated/runtime/node.js";
import { SECRET, TOKEN } from "./receive-cases.ts";

const [name = "", kind = ""] = process.argv.slice(2);

const server = await makeServer();
// Connections wait while others are measured.
server.keepAliveTimeout = 120_000;
server.listen(0, "127.0.0.1", () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.on("message", (what) => {
  if (what === "cpu") {
    process.send?.(process.cpuUsage());
    return;
  }
  (globalThis as { gc?: () => void }).gc?.();
  process.send?.(process.memoryUsage());
});
process.on("disconnect", () => process.exit());

async function makeServer(): Promise<Server> {
  switch (kind) {
    case "bare":
      return createServer(bare());
    case "hookbook":
      return createServer(toNodeListener(await hookbook()));
    case "hookbook-with-ids": {
      let count = 0;
      const on = { conference_end() {} };
      const duplicates = { id: () => `delivery-${count++}` };
      return createServer(
        toNodeListener(createConferenceReceiver({ secrets: { signingToken: TOKEN }, on, duplicates })),
      );
    }
    case "octokit": {
      const { createNodeMiddleware, Webhooks } = await import("@octokit/webhooks");
      const webhooks = new Webhooks({ secret: SECRET });
      webhooks.on("pull_request", () => {});
      return createServer(createNodeMiddleware(webhooks, { path: "/hooks" }));
    }
    case "express-standardwebhooks-zod":
      return createServer(await expressServer());
    case "fastify-ajv":
      return fastifyServer();
    default:
      throw new Error(`no server ${kind}`);
  }
}

/** What is left of a receiver without checks of the payload: bytes, the same HMAC where there is one, `JSON.parse`. */
function bare(): RequestListener {
  return (request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks);
      if (name === "github") {
        const made = Buffer.from(`sha256=${createHmac("sha256", SECRET).update(body).digest("hex")}`);
        const given = Buffer.from(String(request.headers["x-hub-signature-256"]));
        if (made.length !== given.length || !timingSafeEqual(made, given)) {
          response.writeHead(401).end();
          return;
        }
      }
      JSON.parse(body.toString());
      response.writeHead(204).end();
    });
  };
}

async function hookbook() {
  switch (name) {
    case "webrtc":
      return createWebRtcReceiver({ on: { onConnect() {}, onLeave() {}, onDisconnect() {} } });
    case "conference":
      return createConferenceReceiver({ secrets: { signingToken: TOKEN }, on: { conference_end() {} } });
    default: {
      const { generatedGitHub } = await import("./receive-github.ts");
      const { createReceiver } = await generatedGitHub();
      const recipe = {
        header: "x-hub-signature-256",
        algorithm: "hmac-sha256",
        encoding: "hex",
        format: "sha256={signature}",
        signedContent: "{body}",
        timestampUnit: "seconds",
        toleranceSeconds: 300,
        secretEncoding: "utf8",
      } as const;
      return createReceiver({
        schemes: { hub: { type: "apiKey", signature: recipe } },
        secrets: { hub: SECRET },
        on: {},
      });
    }
  }
}

async function expressServer(): Promise<RequestListener> {
  const [{ default: express }, { Webhook }, { z }] = await Promise.all([
    import("express"),
    import("standardwebhooks"),
    import("zod"),
  ]);
  const schema = z.looseObject({ event: z.literal("conference_end"), payload: z.string() });
  const payload = z.looseObject({ conference_id: z.number() });
  const webhook = new Webhook(SECRET);
  const app = express();
  app.post("/hooks", express.raw({ type: "application/json" }), (request, response) => {
    const event = schema.parse(webhook.verify(request.body.toString(), request.headers as Record<string, string>));
    payload.parse(JSON.parse(event.payload));
    response.status(204).end();
  });
  return app;
}

async function fastifyServer(): Promise<Server> {
  const { fastify } = await import("fastify");
  const app = fastify();
  const schema = {
    type: "object",
    required: ["event", "payload"],
    properties: { event: { const: "conference_end" }, payload: { type: "string" } },
  };
  app.post("/hooks", { schema: { body: schema } }, (request, reply) => {
    if (request.headers["x-signing-token"] !== TOKEN) {
      reply.code(401).send();
      return;
    }
    JSON.parse((request.body as { payload: string }).payload);
    reply.code(204).send();
  });
  await app.ready();
  return app.server;
}
