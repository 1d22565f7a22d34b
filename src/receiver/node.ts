import type { NodeListener, NodeRequest, NodeResponse } from "./adapter-types.ts";
import { ALREADY_READ, discardRest, rawBodyOf } from "./node-body.ts";
import type { Receiver, Reply } from "./types.ts";

/**
 * Fits a receiver to servers of `node:http`, and to what hands on their requests and responses, as Express and Connect do. It
 * reads the body itself, so it comes before whatever parses bodies.
 */
export function toNodeListener(receiver: Receiver): NodeListener {
  return function listen(request, response) {
    answer(receiver, request, response).catch(() => {
      // A reply that cannot be written, such as one with a header that is none.
      if (response.headersSent) return;
      response.statusCode = 500;
      response.end();
    });
  };
}

async function answer(receiver: Receiver, request: NodeRequest, response: NodeResponse): Promise<void> {
  const { method, url, headers } = request;
  const refused = await receiver.admit({ method, url, headers });
  if (refused !== null) return refuse(refused, request, response);
  const body = await rawBodyOf(request, receiver.limits);
  if (typeof body !== "string") return write(response, await receiver.deliver({ method, url, headers, body }));
  if (body === "body-already-read") return write(response, await receiver.refuse(body, ALREADY_READ));
  return refuse(await receiver.refuse(body), request, response);
}

function write(response: NodeResponse, { status, headers, body }: Reply): void {
  response.statusCode = status;
  for (const name in headers) response.setHeader(name, headers[name] ?? "");
  response.end(body.length === 0 ? undefined : body);
}

/** Answers before the body was read whole, and closes the connection: what is left of the body is no next request. */
function refuse(reply: Reply, request: NodeRequest, response: NodeResponse): void {
  response.setHeader("connection", "close");
  write(response, reply);
  discardRest(request);
}
