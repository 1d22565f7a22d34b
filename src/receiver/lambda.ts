import type { Answer, Receiver } from "./types.ts";

/**
 * The event of a function URL, or of an HTTP API with payload format 2.0.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-payloads
 */
export interface LambdaEvent {
  readonly rawPath?: string | undefined;
  readonly rawQueryString?: string | undefined;
  /** Lower-case names; repeated headers are joined by commas. */
  readonly headers?: Readonly<Record<string, string | undefined>> | undefined;
  readonly cookies?: readonly string[] | undefined;
  readonly requestContext?: {
    readonly domainName?: string | undefined;
    readonly http?: { readonly method?: string | undefined } | undefined;
  };
  readonly body?: string | null | undefined;
  readonly isBase64Encoded?: boolean | undefined;
}

/** What the function returns. */
export interface LambdaResult {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  /** `set-cookie`, which this format has apart. */
  readonly cookies?: readonly string[];
  readonly body: string;
  readonly isBase64Encoded: boolean;
}

/**
 * Fits a receiver to AWS Lambda: `export const handler = toLambdaHandler(receive)`. Such a function is frozen once it has
 * answered, so handlers must be done by then: `acknowledge: "first"` is not for it.
 */
export function toLambdaHandler(receiver: Receiver): (event: LambdaEvent) => Promise<LambdaResult> {
  return async (event) => toResult(await answer(receiver, event));
}

const OTHER_FORMAT =
  "The event is none of payload format 2.0: set the API's payload format to 2.0, or use a function URL.";

async function answer({ direct }: Receiver, event: LambdaEvent): Promise<Answer> {
  const { rawPath = "/", rawQueryString = "", requestContext, isBase64Encoded } = event;
  const method = requestContext?.http?.method;
  if (method === undefined) return direct.refuse("internal-error", OTHER_FORMAT);
  const origin = requestContext?.domainName === undefined ? "" : `https://${requestContext.domainName}`;
  const url = `${origin}${rawPath}${rawQueryString === "" ? "" : `?${rawQueryString}`}`;
  const headers = { ...event.headers, ...(event.cookies === undefined ? {} : { cookie: event.cookies.join("; ") }) };
  const refused = await direct.admit({ method, url, headers });
  if (refused !== null) return refused;
  const text = event.body ?? "";
  const body = isBase64Encoded === true ? fromBase64(text) : new TextEncoder().encode(text);
  return body === null ? direct.refuse("incomplete-body") : direct.deliver({ method, url, headers, body });
}

function fromBase64(text: string): Uint8Array | null {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return null;
  }
}

function toResult({ status, headers: { "set-cookie": cookies = [], ...others }, body }: Answer): LambdaResult {
  const headers = Object.fromEntries(Object.entries(others).map(([name, value]) => [name, String(value)]));
  const isText = typeof body === "string";
  return {
    statusCode: status,
    headers,
    ...(cookies.length === 0 ? {} : { cookies: [cookies].flat() }),
    body: isText ? body : btoa(Array.from(body, (byte) => String.fromCharCode(byte)).join("")),
    isBase64Encoded: !isText,
  };
}
