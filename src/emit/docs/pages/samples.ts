import type { Contract, Example, Json, Webhook } from "../../../model/index.ts";
import { webhookSample } from "../../../samples/index.ts";
import { type CodeBlock, codeBlock, type Tab, tabs } from "../code-block.ts";
import { decodedExample } from "../decoded-example.ts";
import type { DocsContract } from "../docs-site.ts";
import { leastFields } from "../fields/count-fields.ts";
import type { Field } from "../fields/field.ts";
import { type Html, html, nothing } from "../html.ts";
import { renderInline } from "../markdown.ts";
import type { Secret } from "../secrets.ts";
import { curlCommand, sendCommand } from "../shell.ts";
import { jsonText, requestText, wireRequest } from "../wire.ts";

export interface SamplesInput {
  readonly docs: DocsContract;
  readonly webhook: Webhook;
  readonly secrets: readonly Secret[];
  /** Of the payload. */
  readonly fields: Field;
}

/** A delivery of each example: as it comes, as a command that sends it, and as handlers get it. */
export function samples(input: SamplesInput): Html {
  const { docs, webhook, secrets, fields } = input;
  if (webhook.examples.length > 0) {
    const list = webhook.examples.map((example, index) => ({
      label: shortName(example.name, webhook.name),
      content: sample({ ...input, example, name: example.name, id: `delivery-${index + 1}` }),
    }));
    return html`${tabs("example", "Examples", list)}`;
  }
  const payload = madePayload(docs.contract, webhook, fields);
  if (payload !== undefined) {
    const example = { payload, summary: "Made from the schema: the document has no example of this event." };
    return sample({ ...input, example, name: null, id: "delivery-1" });
  }
  const [form] = webhook.forms;
  const code = sendCommand({ documentPath: docs.documentPath, webhook, example: null, form, secrets });
  return html`<p class="sample-text">The document has no example of this event.</p>${codeBlock({ code, language: "bash", label: "hookbook send" })}`;
}

/** Examples are mostly called after their event, which the page is about. */
function shortName(example: string, webhook: string): string {
  const short = example.startsWith(webhook) ? example.slice(webhook.length).replace(/^[-_. ]+/, "") : example;
  return short === "" ? example : short;
}

/** A payload with everything in it is the better example, as long as it can be read. */
const FULL_LENGTH_MAX = 5_000;
/** Longer than that it is no example any more. */
const LENGTH_MAX = 60_000;
/** No line of an example is shorter: margin, name, value and comma. */
const LINE_LENGTH_MIN = 12;

function madePayload(contract: Contract, webhook: Webhook, fields: Field): Json | undefined {
  const isTooLong = leastFields(fields) * LINE_LENGTH_MIN > FULL_LENGTH_MAX;
  for (const [mode, lengthMax] of [
    ...(isTooLong ? [] : [["full", FULL_LENGTH_MAX] as const]),
    ["minimal", LENGTH_MAX],
  ] as const) {
    const made = webhookSample(contract, webhook, mode);
    if (made.ok && jsonText(made.value).length <= lengthMax) return made.value;
  }
  return undefined;
}

interface SampleInput extends SamplesInput {
  readonly example: Pick<Example, "payload" | "headers" | "summary" | "description">;
  /** Of the document's example; null for one that was made. */
  readonly name: string | null;
  readonly id: string;
}

function sample({ docs, webhook, secrets, example, name, id }: SampleInput): Html {
  const { contract, documentPath } = docs;
  const { summary, description, payload } = example;
  const isOnly = webhook.forms.length === 1;
  const blocks: Tab[] = webhook.forms.flatMap((form) => {
    const request = wireRequest({ webhook, docs, form, example, secrets });
    const of = isOnly ? "" : ` ${form.method}`;
    const code = curlCommand({ form, request, secrets });
    return [
      tab(isOnly ? "Request" : form.method, { code: requestText(request), language: "http", label: `Request${of}` }),
      tab(`curl${of}`, { code, language: "bash", label: `curl${of}` }, signatureNote(secrets)),
    ];
  });
  const [form] = webhook.forms;
  const send = sendCommand({ documentPath, webhook, example: name, form, secrets });
  blocks.push(tab("send", { code: send, language: "bash", label: "hookbook send" }));
  const decoded = decodedExample(payload, webhook.payload, contract);
  if (decoded !== payload) {
    blocks.push(tab("Decoded", { code: jsonText(decoded), language: "json", label: "What handlers get" }));
  }
  const text = summary ?? description;
  return html`${text === undefined ? null : html`<p class="sample-text">${renderInline(text)}</p>`}${tabs(id, name === null ? "Ways to see it" : `Ways to see ${name}`, blocks)}`;
}

function tab(label: string, block: CodeBlock, note: Html = nothing): Tab {
  return { label, content: html`${codeBlock(block)}${note}` };
}

function signatureNote(secrets: readonly Secret[]): Html {
  const signed = secrets.find(({ kind }) => kind === "signature");
  if (signed === undefined) return nothing;
  return html`<p class="note"><code>$${signed.variable}</code> stands for a signature, which depends on the body; <code>hookbook send</code> computes it.</p>`;
}
