import { isObject, parsePointer } from "../json/index.ts";
import type { Contract, Json, Webhook } from "../model/index.ts";
import { fullSample, type SampleVariant, sampleVariants } from "../samples/index.ts";
import type { ProviderState } from "./pact-file.ts";

/** One event in one shape: what becomes an interaction of a pact. */
export interface PlannedInteraction {
  /** `"<webhook>: <variant>"`; unique in the contract and the same on every run. */
  readonly description: string;
  readonly webhook: Webhook;
  readonly variant: SampleVariant;
  /** Documented headers, lower-case names, as they are on the wire. */
  readonly headers: Readonly<Record<string, string>>;
  readonly providerStates: readonly ProviderState[];
  /** Where the event is described, by Pact's groups of references. */
  readonly references: References;
}

export type References = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Every event of a contract in every shape that its schema knows, in the document's order. */
export function planInteractions(contract: Contract): readonly PlannedInteraction[] {
  return contract.webhooks.flatMap((webhook) =>
    sampleVariants(contract, webhook).map((variant) => ({
      description: `${webhook.name}: ${variant.name}`,
      webhook,
      variant,
      headers: headersOf(contract, webhook, variant),
      providerStates: [{ name: `${webhook.name} is sent`, params: { variant: variant.name } }],
      references: referencesOf(contract, webhook),
    })),
  );
}

/** `content-type` is said by the contents. */
function headersOf(contract: Contract, { headers }: Webhook, variant: SampleVariant): PlannedInteraction["headers"] {
  if (headers === undefined) return {};
  const sample = variant.headers ?? sampleOf(contract, headers);
  const texts = Object.entries(sample).map(([name, value]) => [name.toLowerCase(), headerText(value)] as const);
  return Object.fromEntries(texts.filter(([name]) => name !== "content-type").sort(([a], [b]) => (a < b ? -1 : 1)));
}

function sampleOf(contract: Contract, headers: NonNullable<Webhook["headers"]>): Readonly<Record<string, Json>> {
  const sample = fullSample(contract, headers);
  return sample.ok && isObject(sample.value) ? sample.value : {};
}

function headerText(value: Json): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/**
 * Tools that compare pacts with AsyncAPI look for `references.AsyncAPI.operationId`. Nobody has said how an operation of
 * OpenAPI is referred to, so those words are our own.
 * @see https://docs.pact.io/implementation_guides/javascript/docs/messages
 */
function referencesOf({ format }: Contract, { source, references }: Webhook): References {
  if (references !== undefined) return references;
  const tokens = parsePointer(source.pointer) ?? [];
  const [first = "", second = "", third = ""] = tokens;
  if (format.startsWith("asyncapi-")) {
    if (first === "operations") return { AsyncAPI: { operationId: second } };
    return { AsyncAPI: { pointer: source.pointer } };
  }
  if (first === "webhooks" || first === "x-webhooks") return { OpenAPI: { webhook: second, method: third } };
  const callbacks = tokens.indexOf("callbacks");
  if (first === "paths" && callbacks === 3) {
    const [callback = "", expression = ""] = tokens.slice(4);
    return { OpenAPI: { path: second, method: third, callback, expression } };
  }
  return { OpenAPI: { pointer: source.pointer } };
}
