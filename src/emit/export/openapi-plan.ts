import type { Form, Reply, Webhook } from "../../model/index.ts";
import { enumerated, type Loss, quoted } from "./loss.ts";

/** The fields of a Path Item Object that hold operations. */
const METHODS: ReadonlySet<string> = new Set("get put post delete options head patch trace".split(" "));

/** One path item of a webhook. */
export interface PlannedPathItem {
  /** Null: one of the `webhooks`. Several refer to one path item among the components. */
  readonly addresses: readonly (string | null)[];
  /** The same for all of the addresses, each once. */
  readonly forms: readonly Form[];
  /** In lower case; an operation each. */
  readonly methods: readonly string[];
  /** By method: what is answered there. */
  readonly replies: ReadonlyMap<string, readonly Reply[]>;
}

export interface PathItemPlan {
  readonly items: readonly PlannedPathItem[];
  readonly operationCount: number;
  readonly losses: readonly Loss[];
}

/** Distributes the forms of a webhook over as few path items as can be, in their order. */
export function planPathItems(webhook: Webhook): PathItemPlan {
  const losses: Loss[] = [];
  const forms = webhook.forms.flatMap((form, index) => sayable(webhook, form, index, losses));
  const byAddress = new Map<string | null, Form[]>();
  for (const form of forms) byAddress.set(form.address, [...(byAddress.get(form.address) ?? []), form]);
  const byForms = new Map<string, { readonly addresses: (string | null)[]; readonly forms: readonly Form[] }>();
  for (const [address, group] of byAddress) {
    const id = JSON.stringify(group.map(({ method, contentType, encoding }) => [method, contentType, encoding]));
    const known = byForms.get(id);
    if (known === undefined) byForms.set(id, { addresses: [address], forms: group });
    else known.addresses.push(address);
  }
  const groups = [...byForms.values()].map(({ addresses, forms: group }) => ({
    addresses,
    forms: group,
    methods: [...new Set(group.map(({ method }) => method.toLowerCase()))],
  }));
  const operationCount = groups.reduce((count, { methods }) => count + methods.length, 0);
  const replies = distributeReplies(webhook, operationCount, losses);
  let operation = 0;
  const items = groups.map((group) => ({
    ...group,
    replies: new Map(group.methods.map((method) => [method, replies[operation++] ?? []])),
  }));
  return { items, operationCount, losses };
}

/** The form as OpenAPI can say it, which is not at all where it has no such operation. */
function sayable(webhook: Webhook, form: Form, index: number, losses: Loss[]): readonly Form[] {
  const { forms } = webhook;
  const lose = (what: string) => losses.push({ webhook, part: "forms", what });
  if (!METHODS.has(form.method.toLowerCase())) {
    lose(`its ${quoted(form.method)} form: a Path Item Object has no such operation`);
    return [];
  }
  // Said beside a body, the query would be no part of the payload.
  const isBeside = ({ method, address, encoding }: Form) =>
    encoding !== "query" && method === form.method && address === form.address;
  if (form.encoding === "query" && forms.some(isBeside)) {
    lose(`that its ${form.method} form may be written in the query as well as in a body`);
    return [];
  }
  const repeated = forms.findIndex((other) => JSON.stringify(other) === JSON.stringify(form)) < index;
  if (repeated) return [];
  if (form.address === null || !form.address.startsWith("x-")) return [form];
  lose(`the address ${quoted(form.address)}: a Callback Object takes it for an extension`);
  return [{ ...form, address: null }];
}

/**
 * What is answered by operation. A status has one description in OpenAPI and one entry for each content type; a further reply
 * of the same status goes to a further operation, where there is one.
 * @see https://spec.openapis.org/oas/v3.1.1.html#responses-object
 */
function distributeReplies(webhook: Webhook, operationCount: number, losses: Loss[]): readonly (readonly Reply[])[] {
  const byStatus = new Map<string, (readonly Reply[])[]>();
  for (const reply of webhook.replies) {
    if (!/^(?:[1-5](?:[0-9]{2}|XX)|default)$/.test(reply.status)) {
      losses.push({ webhook, part: "replies", what: `its reply with the status ${quoted(reply.status)}` });
      continue;
    }
    const responses = byStatus.get(reply.status) ?? [];
    const index = responses.findIndex((response) => response.every((other) => canShareResponse(other, reply)));
    if (index >= 0) responses[index] = [...(responses[index] ?? []), reply];
    else responses.push([reply]);
    byStatus.set(reply.status, responses);
  }
  for (const [status, responses] of byStatus) {
    const count = responses.length - Math.max(1, operationCount);
    if (count <= 0) continue;
    const which = responses
      .slice(-count)
      .flat()
      .map((reply) => quoted(reply.description ?? reply.contentType ?? status));
    const what = `${count} of its replies with the status ${status}, since a status has one response: ${enumerated(which)}`;
    losses.push({ webhook, part: "replies", what });
  }
  return Array.from({ length: operationCount }, (_, operation) =>
    [...byStatus.values()].flatMap((responses) => responses[responses.length === 1 ? 0 : operation] ?? []),
  );
}

/** Replies that differ by nothing but content type and payload. */
function canShareResponse(a: Reply, b: Reply): boolean {
  const isSame = a.description === b.description && JSON.stringify(a.headers) === JSON.stringify(b.headers);
  return isSame && contentTypeOf(a) !== null && contentTypeOf(b) !== null && contentTypeOf(a) !== contentTypeOf(b);
}

/** A payload without content type is taken for JSON; null where there is no content at all. */
export function contentTypeOf({ contentType, payload }: Reply): string | null {
  return contentType ?? (payload === undefined ? null : "application/json");
}
