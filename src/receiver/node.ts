import type { NodeListener, NodeRequest, NodeResponse } from "./adapter-types.ts";
import { ALREADY_READ, createBodyReader, discardRest } from "./node-body.ts";
import type { Answer, Receiver } from "./types.ts";
import { when } from "./when.ts";

/**
 * Fits a receiver to servers of `node:http`, and to what hands on their requests and responses, as Express and Connect do. It
 * reads the body itself, so it comes before whatever parses bodies.
 */
export function toNodeListener({ direct, limits }: Receiver): NodeListener {
  const readBody = createBodyReader(limits);

  return function listen(request, response) {
    const { method, headers } = request;
    // A router that the receiver is mounted on has cut the beginning off, which a signature may cover.
    const url = request.originalUrl ?? request.url;
    settle(response, () =>
      when(direct.admit({ method, url, headers }), (refused) => {
        if (refused !== null) return refuse(refused, request, response);
        readBody(request, (body) =>
          settle(response, () => {
            if (typeof body !== "string") {
              return when(direct.deliver({ method, url, headers, body }), (answer) => write(response, answer));
            }
            if (body === "body-already-read") {
              return when(direct.refuse(body, ALREADY_READ), (answer) => write(response, answer));
            }
            return when(direct.refuse(body), (answer) => refuse(answer, request, response));
          }),
        );
      }),
    );
  };
}

/** Answers by what cannot go wrong where writing an answer does, as with a header that is none. */
function settle(response: NodeResponse, act: () => void | Promise<void>): void {
  const broken = () => {
    if (response.headersSent) return;
    response.statusCode = 500;
    response.end();
  };
  try {
    const acting = act();
    if (acting instanceof Promise) acting.catch(broken);
  } catch {
    broken();
  }
}

function write(response: NodeResponse, { status, headers, body }: Answer): void {
  response.statusCode = status;
  for (const name in headers) response.setHeader(name, headers[name] ?? "");
  response.end(body.length === 0 ? undefined : body);
}

/** Answers before the body was read whole, and closes the connection: what is left of the body is no next request. */
function refuse(answer: Answer, request: NodeRequest, response: NodeResponse): void {
  response.setHeader("connection", "close");
  write(response, answer);
  discardRest(request);
}
