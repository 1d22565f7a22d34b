import { equal } from "../../json/index.ts";
import type { Contract, Example, Json, Reply, Webhook } from "../../model/index.ts";
import { headersSchema, listHeaders } from "./headers.ts";
import { type Loss, quoted } from "./loss.ts";
import { sameSchema } from "./same-schema.ts";

/** Something that a contract read from an exported document has otherwise than the contract that was exported. */
export interface Difference extends Loss {
  /** Of the webhook in the exported contract; -1: of the contract as a whole. */
  readonly index: number;
}

/**
 * Compares a contract with what was read from its export. Not compared is what belongs to a document and not to what it
 * describes: its format, places, omissions, the order of its webhooks, and the names of its schemas.
 * @param places  as in `Written`
 */
export function compareContracts(
  contract: Contract,
  read: Contract,
  places: readonly (readonly string[])[],
): readonly Difference[] {
  const byPlace = new Map(read.webhooks.map((webhook) => [webhook.source.pointer, webhook]));
  const differences: Difference[] = ofContract(contract, read).map((loss) => ({ ...loss, index: -1 }));
  contract.webhooks.forEach((webhook, index) => {
    const place = places[index]?.find((pointer) => byPlace.has(pointer));
    const other = place === undefined ? undefined : byPlace.get(place);
    const losses: readonly Loss[] =
      other === undefined
        ? [{ webhook, part: "webhook", what: "everything: no operation of the document is read as it" }]
        : ofWebhook(webhook, other, { left: contract, right: read });
    for (const loss of losses) differences.push({ ...loss, index });
  });
  return differences;
}

function ofContract(contract: Contract, read: Contract): readonly Loss[] {
  const losses: Loss[] = [];
  for (const part of ["title", "version", "description"] as const) {
    if (contract[part] !== read[part]) losses.push({ webhook: null, part, what: `its ${part}` });
  }
  const used = new Set(read.webhooks.flatMap(({ security }) => security.flatMap(Object.keys)));
  for (const [name, scheme] of Object.entries(contract.security)) {
    if (!used.has(name)) continue;
    const other = Object.hasOwn(read.security, name) ? read.security[name] : undefined;
    if (other !== undefined && equal(scheme as unknown as Json, other as unknown as Json)) continue;
    losses.push({ webhook: null, part: "security", what: `details of its security scheme ${quoted(name)}` });
  }
  return losses;
}

function ofWebhook(webhook: Webhook, read: Webhook, of: { left: Contract; right: Contract }): readonly Loss[] {
  const losses: Loss[] = [];
  const lose = (part: Loss["part"], what: string) => losses.push({ webhook, part, what });
  for (const part of ["name", "key", "summary", "description", "deprecated"] as const) {
    if (webhook[part] !== read[part]) lose(part, `its ${part === "deprecated" ? "deprecation" : part}`);
  }
  for (const part of ["route", "tags", "externalDocs", "security"] as const) {
    if (!equal(json(webhook[part]), json(read[part]))) lose(part, NAMES[part]);
  }
  if (!sameForms(webhook, read)) lose("forms", "how it is delivered");
  if (!sameSchema(webhook.payload, read.payload, of)) lose("payload", "parts of its payload's schema");
  if (!sameHeaders(webhook, read, of)) lose("headers", "parts of what is said of its headers");
  for (const example of webhook.examples) {
    if (!read.examples.some((other) => equal(exampleJson(example), exampleJson(other)))) {
      lose("examples", `its example ${quoted(example.name)} or a part of it`);
    }
  }
  if (!sameReplies(webhook, read, of)) lose("replies", "parts of its replies");
  return losses;
}

const NAMES = {
  route: "how a receiver recognises it",
  tags: "its tags",
  externalDocs: "its external documentation",
  security: "its security requirements",
} as const;

/** The first is the usual one; the order of the others says nothing. */
function sameForms({ forms }: Webhook, { forms: read }: Webhook): boolean {
  if (forms.length > 0 && !equal(json(forms[0]), json(read[0]))) return false;
  return equal(sortedJson(forms), sortedJson(read));
}

function sameHeaders(webhook: Webhook, read: Webhook, of: { left: Contract; right: Contract }): boolean {
  const [left, right] = [listHeaders(webhook.headers, of.left), listHeaders(read.headers, of.right)];
  if (!equal(left.others, right.others)) return false;
  return sameSchema(headersSchema(left) ?? true, headersSchema(right) ?? true, of);
}

/** The first with a status of success is what a receiver answers; the order of the others says nothing. */
function sameReplies(webhook: Webhook, read: Webhook, of: { left: Contract; right: Contract }): boolean {
  const same = (a: Reply, b: Reply) =>
    a.status === b.status &&
    a.description === b.description &&
    // A payload without a content type gets one.
    (a.contentType === b.contentType || (a.contentType === undefined && a.payload !== undefined)) &&
    sameSchema(a.payload ?? true, b.payload ?? true, of) &&
    sameSchema(a.headers ?? true, b.headers ?? true, of);
  const success = ({ replies }: Webhook) => replies.find(({ status }) => status.startsWith("2"));
  const [first, other] = [success(webhook), success(read)];
  if (first !== undefined && (other === undefined || !same(first, other))) return false;
  if (webhook.replies.length !== read.replies.length) return false;
  return webhook.replies.every((reply) => read.replies.some((candidate) => same(reply, candidate)));
}

function exampleJson({ source, ...example }: Example): Json {
  return json(example);
}

function sortedJson(items: readonly object[]): Json {
  return items.map((item) => JSON.stringify(item)).sort();
}

function json(value: unknown): Json {
  return (value ?? null) as Json;
}
