import type { Contract, JsonObject, Webhook } from "../../model/index.ts";
import { createRecogniser } from "../../runtime/recognise.ts";
import type { Expectation } from "../read/expectation.ts";
import type { WebhookReferences } from "../webhook-references.ts";

/** Which webhook an interaction is about. */
export type Found =
  | {
      readonly kind: "found";
      readonly webhook: Webhook;
      readonly by: "reference" | "description" | "route" | "payload";
    }
  /** The interaction names an operation or webhook that the document does not have. */
  | { readonly kind: "unknown"; readonly name: string; readonly tokens: readonly string[] }
  /** It is a call of the vendor's API, which is no webhook. */
  | { readonly kind: "call" }
  /** Several could be meant, or none: those that come nearest. */
  | { readonly kind: "several" | "none"; readonly nearest: readonly Webhook[] };

export interface FindContext {
  readonly contract: Contract;
  readonly references: WebhookReferences;
  /** Whether a webhook's schemas allow what the interaction expects. */
  readonly fits: (expectation: Expectation, webhook: Webhook) => boolean;
}

/** Webhooks whose schemas are tried; of a contract with more, the interaction has to say which it means. */
const TRIED_MAX = 300;

/**
 * Finds the webhook of an interaction: by what it refers to, by its description `"<webhook>: <variant>"`, by the contract's
 * route on its example, by the one webhook whose schemas allow the example. Each step narrows what the next has to choose from.
 */
export function createFinder({ contract, references, fits }: FindContext): (expectation: Expectation) => Found {
  const byName = new Map<string, readonly Webhook[]>();
  for (const [key, webhooks] of references.byKey) byName.set(key, [...webhooks]);
  for (const webhook of contract.webhooks) byName.set(webhook.key, [webhook]);
  for (const webhook of contract.webhooks) byName.set(webhook.name, [webhook]);
  const namesByLength = [...byName.keys()].sort((a, b) => b.length - a.length);
  const { recognise } = createRecogniser(contract.webhooks, null);

  return (expectation) => {
    const referred = byReference(expectation);
    if (referred !== null && "kind" in referred) return referred;
    if (referred?.length === 1) return found(referred, "reference");
    const known = referred ?? contract.webhooks;
    const described = byDescription(expectation.description).filter((webhook) => known.includes(webhook));
    if (described.length === 1) return found(described, "description");
    const candidates = described.length > 0 ? described : known;
    const routed = byRoute(expectation, candidates);
    if (routed.length === 1) return found(routed, "route");
    const addressed = byAddress(expectation, routed.length > 0 ? routed : candidates);
    if (expectation.kind === "http" && referred === null && routed.length === 0) {
      if (references.isCall(expectation.method, expectation.path)) return { kind: "call" };
      if (addressed.length === 0) return { kind: "none", nearest: [] };
    }
    const tried = addressed.slice(0, TRIED_MAX).filter((webhook) => fits(expectation, webhook));
    if (tried.length === 1) return found(tried, "payload");
    if (tried.length > 1) return { kind: "several", nearest: tried };
    return { kind: "none", nearest: addressed };
  };

  function found([webhook]: readonly Webhook[], by: Extract<Found, { kind: "found" }>["by"]): Found {
    return { kind: "found", webhook: webhook as Webhook, by };
  }

  /** Null where the interaction refers to nothing of this document. */
  function byReference({ references: written }: Expectation): readonly Webhook[] | Found | null {
    const openApi = written.get("openapi");
    if (openApi !== undefined && Object.keys(openApi).some((key) => key !== "operationId")) {
      const webhooks = references.ofOpenApi(openApi);
      if (webhooks.length > 0) return webhooks;
      if (contract.format.startsWith("openapi-")) return unknown(nameOf(openApi), ["OpenAPI"]);
    }
    for (const [key, spelling] of [
      ["asyncapi", "AsyncAPI"],
      ["openapi", "OpenAPI"],
    ] as const) {
      const operationId = written.get(key)?.["operationId"];
      if (typeof operationId !== "string") continue;
      const webhooks = references.ofOperation(operationId);
      if (webhooks !== undefined && webhooks.length > 0) return webhooks;
      // The same receiver may be described in the other family as well, and refer to that.
      if (contract.format.startsWith(key)) return unknown(operationId, [spelling, "operationId"]);
    }
    return null;
  }

  function unknown(name: string, tokens: readonly string[]): Found {
    return { kind: "unknown", name, tokens };
  }

  function byDescription(description: string): readonly Webhook[] {
    const exact = byName.get(description);
    if (exact !== undefined) return exact;
    const name = namesByLength.find(
      (one) => description.startsWith(one) && /^\s*[:·]/.test(description.slice(one.length)),
    );
    return (name === undefined ? undefined : byName.get(name)) ?? [];
  }

  /** What the example itself says, where it holds what receivers look at. */
  function byRoute(expectation: Expectation, candidates: readonly Webhook[]): readonly Webhook[] {
    const { delivery } = expectation;
    const payload =
      delivery.body?.content ?? (expectation.kind === "http" ? Object.fromEntries(expectation.query) : null);
    if (payload === null || payload === undefined) return [];
    const headers = Object.fromEntries(delivery.headers.map(({ name, value }) => [name.toLowerCase(), String(value)]));
    const recognised = recognise(payload, {
      headers: Object.keys(headers).length === 0 ? undefined : headers,
      ...(expectation.kind === "http" ? { method: expectation.method, url: expectation.path } : {}),
    } as never);
    return recognised.filter((webhook) => candidates.includes(webhook) && webhook.route.length > 0);
  }
}

/** The webhooks that a request could be a delivery of, by its method and the end of its path. */
export function byAddress(expectation: Expectation, webhooks: readonly Webhook[]): readonly Webhook[] {
  if (expectation.kind === "message") return webhooks;
  const { method, path } = expectation;
  return webhooks.filter(({ forms }) =>
    forms.some((form) => form.method === method && (form.address === null || isAt(path, form.address))),
  );
}

/** An address that is an expression may be any path; a receiver may serve a literal one below any other. */
function isAt(path: string, address: string): boolean {
  const wanted = address.replace(/^[A-Za-z][A-Za-z0-9+.-]*:\/\/[^/{]*/, "").replace(/[?#].*$/, "");
  const segments = path.split("/").filter((segment) => segment !== "");
  const parts = wanted.split("/").filter((segment) => segment !== "");
  if (parts.some((part) => part.startsWith("{$")) || address.startsWith("{")) return true;
  const tail = segments.slice(segments.length - parts.length);
  if (parts.length > segments.length) return false;
  return parts.every((part, index) => /[{}]/.test(part) || part === tail[index]);
}

function nameOf(reference: JsonObject): string {
  return ["webhook", "path", "method", "callback", "expression", "pointer"]
    .flatMap((key) => (typeof reference[key] === "string" ? [reference[key]] : []))
    .join(" ");
}
