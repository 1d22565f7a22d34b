/**
 * Nothing that looks like a webhook is lost: each is a webhook of the contract, in every form that is described, or it is
 * among the omissions. The walk over the documents knows nothing of how Hookbook reads them.
 */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import type { Contract, SourceLocation, Webhook } from "../../src/model/index.ts";
import type { LoadedContract } from "../../src/pipeline.ts";
import { type CorpusDocument, documents as corpus, loaded, refused } from "./documents.ts";
import { RawDocuments, type RawNode } from "./raw-documents.ts";
import { type WebhookNode, webhookNodes } from "./webhook-nodes.ts";

const repository = fileURLToPath(new URL("../..", import.meta.url));

/** Every description in this repository that a contract comes of. */
const documents: readonly CorpusDocument[] = [
  ...corpus.filter((document) => !refused.includes(document)),
  ...descriptionsBelow("test/fixtures/documents"),
  ...descriptionsBelow("test/fixtures/lint"),
  ...descriptionsBelow("specs"),
];

describe("every webhook-like node is a webhook or an omission", () => {
  test.each(documents)("$name", async (document) => {
    const { value } = await loaded(document);
    const nodes = webhookNodes(new RawDocuments(document.folder), document.entry);
    const ledger = new Ledger(value);
    expect(nodes.flatMap((node) => ledger.missing(node, nodes))).toEqual([]);
  });

  test("one that was lost, or an omission that was, is noticed", async () => {
    for (const document of corpus.filter((one) => !refused.includes(one))) {
      const { value } = await loaded(document);
      const nodes = webhookNodes(new RawDocuments(document.folder), document.entry);
      const missing = (contract: Contract) => {
        const ledger = new Ledger({ ...value, contract });
        return nodes.flatMap((node) => ledger.missing(node, nodes)).length;
      };
      for (const lost of value.contract.webhooks) {
        const { file, pointer } = value.webhookOrigin(lost);
        const webhooks = value.contract.webhooks.filter((webhook) => {
          const origin = value.webhookOrigin(webhook);
          return origin.file !== file || origin.pointer !== pointer;
        });
        expect(
          missing({ ...value.contract, webhooks, omissions: [] }),
          `${document.name} ${lost.name}`,
        ).toBeGreaterThan(0);
      }
      const isSilent = value.contract.webhooks.length === 0 && nodes.length > 0;
      if (isSilent) expect(missing({ ...value.contract, omissions: [] }), document.name).toBeGreaterThan(0);
    }
  });

  test("and there are many", async () => {
    const nodes = documents.flatMap(({ folder, entry }) => webhookNodes(new RawDocuments(folder), entry));
    const count = (kind: WebhookNode["kind"]) => nodes.filter((node) => node.kind === kind).length;
    expect(count("operation")).toBeGreaterThan(130);
    expect(count("message")).toBeGreaterThan(190);
    for (const kind of ["broken", "empty", "other side", "unused"] as const) expect(count(kind)).toBeGreaterThan(1);
  });
});

/** What a contract says of the places of its document. */
class Ledger {
  readonly #contract: Contract;
  readonly #originOf: (webhook: Webhook) => SourceLocation;

  constructor({ contract, webhookOrigin }: LoadedContract) {
    this.#contract = contract;
    this.#originOf = webhookOrigin;
  }

  /** What of a node is neither in the contract nor among its omissions. */
  missing(node: WebhookNode, all: readonly WebhookNode[]): readonly string[] {
    const { at, kind, key } = node;
    if (this.#isOmitted(at)) return [];
    const place = `${kind} ${at.file}#${at.pointer}`;
    if (kind !== "operation" && kind !== "message") return [place];
    const contents = node.contents ?? [];
    if (contents.length > 0 && contents.every(([, media]) => this.#isOmitted(media))) return [];
    const webhooks = this.#webhooksOf(node);
    if (webhooks.length === 0) return [`${place}: no webhook`];

    const forms = webhooks.flatMap((webhook) => webhook.forms);
    const own = forms.filter((form) => form.address === node.address && (node.method ?? form.method) === form.method);
    const lacking: string[] = [];
    if (own.length === 0) lacking.push(`${place}: no form ${node.method ?? ""} ${node.address}`);
    const names = new Set(all.filter((other) => isSamePlace(other.at, at)).flatMap((other) => other.key ?? []));
    if (key !== undefined && webhooks.length < names.size)
      lacking.push(`${place}: not a webhook of its own for ${key}`);
    for (const [type, media] of contents) {
      const isRead = own.some(({ contentType }) => contentType === type) || type.includes("*");
      if (!isRead && !this.#isOmitted(media)) lacking.push(`${place}: no form of type ${type}`);
    }
    for (const example of node.examples ?? []) {
      const isIn = contents.some(([, media]) => this.#isOmitted(media) && isBelow(example, media));
      if (!isIn && !this.#isExample(webhooks, example)) lacking.push(`example ${example.file}#${example.pointer}`);
    }
    return lacking;
  }

  /** Those read from a place; or from another operation of its path item, where they are forms of one webhook. */
  #webhooksOf({ at, method, address }: WebhookNode): readonly Webhook[] {
    const own = this.#contract.webhooks.filter((webhook) => isSamePlace(this.#originOf(webhook), at));
    if (own.length > 0 || method === undefined) return own;
    const parent = { file: at.file, pointer: at.pointer.slice(0, at.pointer.lastIndexOf("/")) };
    return this.#contract.webhooks.filter(
      (webhook) =>
        isBelow(this.#originOf(webhook), parent) &&
        webhook.forms.some((form) => form.method === method && form.address === address),
    );
  }

  #isOmitted(place: { file: string; pointer: string }): boolean {
    const places = [place.pointer, `${place.pointer}/$ref`];
    return this.#contract.omissions.some(
      ({ source: { file, pointer } }) => file === place.file && places.includes(pointer),
    );
  }

  #isExample(webhooks: readonly Webhook[], node: RawNode): boolean {
    const isFound = webhooks.some(({ examples }) =>
      examples.some(({ source }) => isBelow(source, node) || (isExternal(node) && source.file !== node.file)),
    );
    return isFound || this.#contract.omissions.some(({ source }) => isBelow(source, node));
  }
}

function isExternal({ value }: RawNode): boolean {
  return typeof value === "object" && value !== null && Object.hasOwn(value, "externalValue");
}

function isSamePlace(a: { file: string; pointer: string }, b: { file: string; pointer: string }): boolean {
  return a.file === b.file && a.pointer === b.pointer;
}

function isBelow(inner: { file: string; pointer: string }, outer: { file: string; pointer: string }): boolean {
  return (
    inner.file === outer.file && (inner.pointer === outer.pointer || inner.pointer.startsWith(`${outer.pointer}/`))
  );
}

/** Each file directly in a folder of this folder that is a description. */
function descriptionsBelow(path: string): readonly CorpusDocument[] {
  return readdirSync(join(repository, path)).flatMap((name) => {
    const folder = join(repository, path, name);
    if (!existsSync(folder)) return [];
    return readdirSync(folder)
      .filter((file) => /\.(?:yaml|json)$/.test(file))
      .map((entry) => ({ name: `${name}/${entry}`, folder, entry }));
  });
}
