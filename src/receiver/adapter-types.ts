/**
 * What adapters take of the servers that they fit a receiver to, said here so that no project needs the types of any of them.
 */

/** The part of Node's `IncomingMessage` that is used, said here so that no project needs Node's types for it. */
export interface NodeRequest {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  /** The whole of it, where a router has changed `url`. */
  readonly originalUrl?: string | undefined;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Whether somebody has read of it. */
  readonly readableDidRead?: boolean;
  /** What frameworks put there: parsed, or raw where they were asked for it. */
  readonly body?: unknown;
  readonly rawBody?: unknown;
  // Any function will do for the compiler: each version of Node's types says another list of what may be listened to.
  readonly on: (...given: never[]) => unknown;
  readonly off: (...given: never[]) => unknown;
  readonly resume: () => unknown;
  readonly destroy: () => unknown;
}

/** The part of Node's `ServerResponse` that is used. */
export interface NodeResponse {
  statusCode: number;
  readonly headersSent: boolean;
  setHeader(name: string, value: string | readonly string[]): unknown;
  end(body?: string | Uint8Array): unknown;
}

/** What `http.createServer` takes; a server of one's own may call it for some of its addresses. */
export type NodeListener = (request: NodeRequest, response: NodeResponse) => void;
