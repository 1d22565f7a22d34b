import { nearest, quote } from "../diagnostics/index.ts";
import type { Contract, Form, Json, JsonObject, Webhook } from "../model/index.ts";
import { minimalSample, type SampleVariant, sampleVariants, webhookSample } from "../samples/index.ts";
import { Refusal, someOf } from "./refusal.ts";

/** A payload to send, and where it comes from. */
export interface ChosenPayload {
  readonly name: string;
  /** `published`: an example of the document; `made`: made from the schema. */
  readonly origin: "published" | "made";
  readonly payload: Json;
  readonly headers: JsonObject;
}

/** The webhook that a name or key means. */
export function chooseWebhook({ id, webhooks }: Contract, wanted: string): Webhook | Refusal {
  const found = webhooks.find(({ name }) => name === wanted) ?? webhooks.find(({ key }) => key === wanted);
  if (found !== undefined) return found;
  const names = webhooks.map(({ name }) => name);
  const near = nearest(wanted, [...new Set([...names, ...webhooks.map(({ key }) => key)])]);
  const hint = near === undefined ? `it has ${someOf(names) || "none"}` : `did you mean ${quote(near)}`;
  return new Refusal(`The contract ${quote(id)} has no webhook ${quote(wanted)}.`, hint);
}

/**
 * The payload that an example's name means; without a name, the first example, else one that is made with every property. What can
 * be made has names too: `minimal`, `full`, and one for each branch and each null.
 */
export function choosePayload(
  contract: Contract,
  described: Webhook,
  { example: wanted, form }: { readonly example?: string | undefined; readonly form: Form },
): ChosenPayload | Refusal {
  // A query and a form have fields, and a schema need not say so.
  const webhook =
    form.encoding === "json"
      ? described
      : { ...described, payload: { allOf: [{ type: "object" }, described.payload] } };
  const { name: webhookName, examples } = webhook;
  const published = wanted === undefined ? examples[0] : examples.find(({ name }) => name === wanted);
  if (published !== undefined) {
    const { name, payload, headers = {} } = published;
    return { name, origin: "published", payload, headers };
  }
  if (wanted === undefined || wanted === "full" || wanted === "minimal") {
    return makePayload(contract, webhook, wanted ?? "full");
  }
  const variants = sampleVariants(contract, webhook).filter(({ kind }) => kind !== "example");
  const variant = variants.find(({ name }) => name === wanted);
  if (variant !== undefined) return { name: variant.name, origin: "made", payload: variant.payload, headers: {} };
  return unknownExample(webhookName, wanted, [...examples.map(({ name }) => name), ...variants.map(nameOf)]);
}

function makePayload(contract: Contract, webhook: Webhook, mode: "full" | "minimal"): ChosenPayload | Refusal {
  const sample = webhookSample(contract, webhook, mode);
  if (sample.ok) return { name: mode, origin: "made", payload: sample.value, headers: {} };
  // A schema that is too large for everything may not be for what is required.
  const smaller = mode === "full" ? webhookSample(contract, webhook, "minimal") : sample;
  if (smaller.ok) return { name: "minimal", origin: "made", payload: smaller.value, headers: {} };
  return new Refusal(
    `${quote(webhook.name)} has no example, and none can be made from its schema: ${sample.reason}.`,
    "give the whole payload: --set =JSON",
  );
}

function nameOf({ name }: SampleVariant): string {
  return name;
}

function unknownExample(webhook: string, wanted: string, names: readonly string[]): Refusal {
  const near = nearest(wanted, names);
  const hint = near === undefined ? `it has ${someOf(names) || "none"}` : `did you mean ${quote(near)}`;
  return new Refusal(`${quote(webhook)} has no example ${quote(wanted)}.`, hint);
}

/** The form that a method, an encoding or a content type means; without any, the first. */
export function chooseForm({ name, forms }: Webhook, wanted: string | undefined): Form | Refusal {
  const [first] = forms;
  if (first === undefined) return new Refusal(`The document does not say how ${quote(name)} is delivered.`);
  if (wanted === undefined) return first;
  const lower = wanted.toLowerCase();
  const found = forms.find(
    ({ method, encoding, contentType }) =>
      method.toLowerCase() === lower || encoding === lower || contentType.toLowerCase() === lower,
  );
  if (found !== undefined) return found;
  const known = forms.map((form) => (form.encoding === "query" ? form.method : `${form.method} (${form.contentType})`));
  return new Refusal(`${quote(name)} is not delivered by ${quote(wanted)}.`, `it is by ${someOf([...new Set(known)])}`);
}

/**
 * The headers that go with a payload beside those that say what it is: an example's, then those that the document requires or gives a
 * value for.
 */
export function eventHeaders(
  contract: Contract,
  { headers }: Webhook,
  shown: JsonObject,
): Readonly<Record<string, string>> {
  const texts: Record<string, string> = {};
  if (typeof headers === "object") {
    const sample = minimalSample(contract, headers);
    if (sample.ok) Object.assign(texts, textsOf(sample.value as JsonObject));
    Object.assign(texts, textsOf(valuesOf(headers)));
  }
  Object.assign(texts, textsOf(shown));
  return Object.fromEntries(Object.entries(texts).filter(([name]) => !OURS.has(name)));
}

/** What follows from the body and the address, whatever an example says. */
const OURS: ReadonlySet<string> = new Set([
  "connection",
  "content-length",
  "content-type",
  "host",
  "transfer-encoding",
]);

/** The values that a schema of headers itself gives. */
function valuesOf({ properties }: JsonObject): JsonObject {
  const found: Record<string, Json> = {};
  for (const [name, schema] of Object.entries(typeof properties === "object" ? (properties as JsonObject) : {})) {
    if (typeof schema !== "object" || schema === null) continue;
    const { const: constant, enum: values, examples, default: fallback } = schema as JsonObject;
    const lists = [examples, values].flatMap((list) => (Array.isArray(list) ? (list[0] as Json) : []));
    const value = [constant, ...lists, fallback].find((one) => one !== undefined && one !== null);
    if (value !== undefined) found[name] = value;
  }
  return found;
}

function textsOf(values: JsonObject): Record<string, string> {
  const entries = Object.entries(values).flatMap(([name, value]): [string, string][] => {
    if (value === null) return [];
    return [[name.toLowerCase(), typeof value === "object" ? JSON.stringify(value) : String(value)]];
  });
  return Object.fromEntries(entries);
}
