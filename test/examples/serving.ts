import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

/** Starts a server on a free port until the test is over. */
export async function serving(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A generated contract's index and examples, as far as tests of any contract need them. */
export interface Generated {
  readonly webhookNames: readonly string[];
  readonly webhooks: Readonly<Record<string, { readonly forms: readonly { readonly method: string }[] }>>;
  readonly encode: (
    webhook: never,
    event: never,
    options?: { readonly method: string },
  ) => Promise<{ method: string; headers: Readonly<Record<string, string>>; body: string; query: string }>;
}

export interface WrittenExample {
  readonly title: string;
  readonly webhook: string;
  readonly method: string;
  readonly event: unknown;
}

/** Every example of a contract, in each of the ways that its webhook may be written. */
export function writtenExamples(
  { webhookNames, webhooks }: Generated,
  examples: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
): readonly WrittenExample[] {
  return webhookNames.flatMap((webhook) =>
    (webhooks[webhook]?.forms ?? []).flatMap(({ method }) =>
      Object.entries(examples[webhook] ?? {}).map(([name, event]) => ({
        title: `${webhook}: ${name} by ${method}`,
        webhook,
        method,
        event,
      })),
    ),
  );
}

/** Delivers an event as its sender would, but for the credentials, which the caller adds. */
export async function deliver(
  { encode }: Generated,
  { webhook, event, method }: WrittenExample,
  to: { readonly url: string; readonly headers?: Readonly<Record<string, string>> },
): Promise<Response> {
  const { headers, body, query } = await encode(webhook as never, event as never, { method });
  const url = new URL(to.url);
  for (const [name, value] of new URLSearchParams(query)) url.searchParams.append(name, value);
  const init = { method, headers: { ...headers, ...to.headers } };
  return fetch(url, body === "" ? init : { ...init, body });
}
