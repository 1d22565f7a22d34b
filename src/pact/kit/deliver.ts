import { createPayloadWriter, type PayloadWriter } from "../../bridge/payload-writer.ts";
import type { Contract, Form, Json, Webhook } from "../../model/index.ts";
import { completeSecurity, createDeliverySigner, type Schemes, type Secrets } from "../../receiver/index.ts";
import { DELIVERY_HEADER } from "./observe.ts";

export interface DeliveryReply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

export interface Message {
  readonly webhook: Webhook;
  /** As on the wire. */
  readonly payload: Json;
  readonly headers: Readonly<Record<string, string>>;
  /** Tells it from all others. */
  readonly id: string;
}

/** Delivers an event as its sender would: written in the webhook's first form, signed, by HTTP. */
export type Deliverer = (message: Message, to: string, signal: AbortSignal) => Promise<DeliveryReply>;

/** @throws TypeError for secrets that cannot be used */
export function createDeliverer(
  contract: Contract,
  { secrets, schemes }: { readonly secrets: Secrets | undefined; readonly schemes: Schemes | undefined },
): Deliverer {
  const security = { ...completeSecurity(contract.security), ...schemes };
  const secured = { webhooks: contract.webhooks, security };
  const sign = createDeliverySigner(secured, secrets ?? {});
  const writers = new Map<Webhook, PayloadWriter>();
  const writerOf = (webhook: Webhook) => {
    const writer = writers.get(webhook) ?? createPayloadWriter(contract, webhook);
    writers.set(webhook, writer);
    return writer;
  };
  return async function deliver({ webhook, payload, headers, id }, to, signal) {
    const form = webhook.forms.find(({ encoding }) => encoding === "json") ?? webhook.forms[0] ?? POST;
    const written = writerOf(webhook)(payload, { ...form, method: usable(form.method) });
    const unsigned = {
      method: written.method,
      url: addressOf(to, webhook, written.query),
      headers: { ...headers, ...written.headers, [DELIVERY_HEADER]: id },
      body: written.body,
    };
    const signed = await sign(webhook.name, unsigned);
    const response = await fetch(signed.url, {
      method: signed.method,
      headers: signed.headers as Record<string, string>,
      ...(signed.method === "GET" || signed.method === "HEAD"
        ? {}
        : { body: signed.body as Uint8Array<ArrayBuffer> | string }),
      redirect: "manual",
      signal,
    });
    return { status: response.status, headers: response.headers, body: await response.text() };
  };
}

const POST: Form = { method: "POST", address: null, contentType: "application/json", encoding: "json" };

/** A webhook that says no usable method is posted. */
function usable(method: string): string {
  return /^[A-Z]+$/.test(method) ? method : "POST";
}

/** To a receiver that knows an event by its path the path must be such a one. */
function addressOf(to: string, { route }: Webhook, query: string): string {
  const url = new URL(to);
  const template = route.find(({ in: place }) => place === "path")?.value;
  if (template !== undefined && url.pathname === "/") {
    const path = String([template].flat()[0]).replace(/\{[^{}]*\}/g, "example");
    url.pathname = path.startsWith("/") ? path : `/${path}`;
  }
  for (const [name, value] of new URLSearchParams(query)) url.searchParams.append(name, value);
  return url.href;
}
