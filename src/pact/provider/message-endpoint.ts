import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { isObject, parseJson } from "../../json/index.ts";
import type { Json, JsonObject } from "../../model/index.ts";
import type { ProviderState } from "../pact-file.ts";

export interface MessageRequest {
  readonly description: string;
  readonly providerStates: readonly ProviderState[];
}

export interface Answer {
  readonly payload: Json;
  readonly headers: JsonObject;
}

export interface MessageEndpoint {
  readonly port: number;
  readonly close: () => void;
}

/** Serves what the verifier asks for in Pact's protocol for messages; null is answered as a failure. */
export async function serveMessages(
  answer: (request: MessageRequest) => Promise<Answer | null>,
): Promise<MessageEndpoint> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const asked = parseJson(Buffer.concat(chunks).toString());
    const made = isObject(asked) ? await answer(asked as unknown as MessageRequest).catch(() => null) : null;
    if (made === null) {
      response.writeHead(500, { "content-type": "text/plain" }).end("nothing was produced");
      return;
    }
    const metadata = Buffer.from(JSON.stringify({ ...made.headers, contentType: "application/json" })).toString(
      "base64",
    );
    response.writeHead(200, { "content-type": "application/json", "pact-message-metadata": metadata });
    response.end(JSON.stringify(made.payload));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  return { port: (server.address() as AddressInfo).port, close: () => server.close() };
}
