import type { NodeRequest, NodeResponse } from "./adapter-types.ts";
import { toNodeListener } from "./node.ts";
import type { Receiver } from "./types.ts";

/** The part of Fastify's instance that is used. */
export interface FastifyInstanceLike {
  removeAllContentTypeParsers(): unknown;
  addContentTypeParser(
    contentType: string,
    parser: (request: unknown, payload: unknown, done: (error: Error | null, body?: unknown) => void) => void,
  ): unknown;
  all(path: string, handler: (request: FastifyRequestLike, reply: FastifyReplyLike) => void): unknown;
}

export interface FastifyRequestLike {
  readonly raw: unknown;
  readonly body?: unknown;
}

export interface FastifyReplyLike {
  readonly raw: unknown;
  hijack(): unknown;
}

export type FastifyPlugin = (instance: FastifyInstanceLike, options: unknown, done: (error?: Error) => void) => void;

/**
 * Fits a receiver to Fastify: `app.register(toFastifyPlugin(receive), { prefix: "/webhooks" })`. Within the plugin nothing parses
 * bodies; elsewhere in the server everything stays as it is. The answer is written past Fastify's own, so its hooks for sending do
 * not see it; a hook that reads the body before the handler (`preParsing`) takes its bytes away.
 */
export function toFastifyPlugin(receiver: Receiver): FastifyPlugin {
  const listen = toNodeListener(receiver);
  return function webhooks(instance, _options, done) {
    instance.removeAllContentTypeParsers();
    // Left unread: the receiver reads the bytes itself, up to its own limits.
    instance.addContentTypeParser("*", (_request, _payload, parsed) => parsed(null));
    instance.all("/", (request, reply) => {
      reply.hijack();
      listen(request.raw as NodeRequest, reply.raw as NodeResponse);
    });
    done();
  };
}
