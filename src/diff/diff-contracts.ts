import { joinPointer } from "../json/index.ts";
import type { Change, Condition, Reply, Webhook } from "../model/index.ts";
import { type Pair, pairsLeadingTo } from "./compare/pair.ts";
import { SchemaComparer } from "./compare/schema-comparer.ts";
import { ChangeList, type ReportTarget } from "./report.ts";
import { SchemaSide } from "./schema/schema-side.ts";
import type { DiffSide } from "./side.ts";
import { compareForms, normalizedMediaType } from "./webhooks/compare-forms.ts";
import { compareProse } from "./webhooks/compare-prose.ts";
import { compareRoutes, leavesOpen } from "./webhooks/compare-routes.ts";
import { compareSecurity } from "./webhooks/compare-security.ts";
import { likenessOf } from "./webhooks/likeness.ts";
import { matchReplies } from "./webhooks/match-replies.ts";
import { familyOf, matchWebhooks } from "./webhooks/match-webhooks.ts";
import { tellingConditions } from "./webhooks/telling-conditions.ts";

export interface DiffOptions {
  /** Report changed titles, descriptions, examples and tags as well. Default false. */
  readonly prose?: boolean;
}

/**
 * What changed between two contracts, judged for a receiver that was built from `base` and now gets what `revision` describes.
 * @returns each change of each webhook once: first the webhooks that are gone, then the others as the base orders them, then
 *          those that are new
 */
export function diffContracts(
  sides: { readonly base: DiffSide; readonly revision: DiffSide },
  options: DiffOptions = {},
): readonly Change[] {
  return new ContractComparison(sides, options).run();
}

interface WebhookPair {
  readonly base: Webhook;
  readonly revision: Webhook;
}

/** Two schemas of a webhook that were compared, and how to speak of them. */
interface Compared {
  readonly pair: Pair;
  readonly target: ReportTarget;
}

class ContractComparison {
  readonly #base: DiffSide;
  readonly #revision: DiffSide;
  readonly #options: DiffOptions;
  readonly #schemas: SchemaComparer;
  readonly #isTelling: (condition: Condition) => boolean;

  constructor({ base, revision }: { readonly base: DiffSide; readonly revision: DiffSide }, options: DiffOptions) {
    this.#base = base;
    this.#revision = revision;
    this.#options = options;
    this.#isTelling = tellingConditions(base.contract.webhooks);
    this.#schemas = new SchemaComparer(new SchemaSide(base), new SchemaSide(revision));
  }

  run(): readonly Change[] {
    const { pairs, gone, added, kin } = matchWebhooks(this.#base, this.#revision, {
      areEqual: (base, revision) => this.#schemas.isEqual(...this.#nodes(base.payload, revision.payload)),
      likeness: (base, revision) => likenessOf(...this.#nodes(base.payload, revision.payload), this.#schemas),
      isGeneral: (whole, part) => {
        const isOfBase = this.#base.contract.webhooks.includes(whole);
        return leavesOpen({ webhook: whole, schemas: isOfBase ? this.#schemas.base : this.#schemas.revision }, part);
      },
    });
    // Schemas are compared first and for all webhooks: what they share is looked at once.
    const compared = pairs.map((pair) => ({ pair, schemas: this.#compareSchemas(pair) }));
    const leads = pairsLeadingTo(compared.flatMap(({ schemas }) => schemas.map(({ pair }) => pair)));
    return [
      ...gone.flatMap((webhook) => this.#gone(webhook, kin.successors.get(webhook))),
      ...compared.flatMap(({ pair, schemas }) => this.#changesOf(pair, schemas, leads)),
      ...added.flatMap((webhook) => this.#new(webhook, kin.predecessors.get(webhook))),
    ];
  }

  #gone(webhook: Webhook, successors: readonly Webhook[] = []): readonly Change[] {
    const list = new ChangeList();
    const difference = { kind: "webhook-gone", renamedTo: successors.map(({ name }) => name) } as const;
    const { source: base } = this.#originOf(this.#base, webhook);
    list.add(difference, { ...ofWebhook(webhook), base, revision: null });
    return list.changes;
  }

  #new(webhook: Webhook, predecessors: readonly Webhook[] = []): readonly Change[] {
    const list = new ChangeList();
    const difference = { kind: "webhook-new", renamedFrom: predecessors.map(({ name }) => name) } as const;
    const { source: revision } = this.#originOf(this.#revision, webhook);
    list.add(difference, { ...ofWebhook(webhook), base: null, revision });
    return list.changes;
  }

  #changesOf(pair: WebhookPair, schemas: readonly Compared[], leads: ReadonlySet<Pair>): readonly Change[] {
    const list = new ChangeList();
    this.#addWebhookChanges(pair, list);
    for (const { pair: compared, target } of schemas) list.addSchemas(compared, target, leads);
    return list.changes;
  }

  #addWebhookChanges({ base, revision }: WebhookPair, list: ChangeList): void {
    const [before, after] = [this.#base.contract, this.#revision.contract];
    const [was, is] = [this.#originOf(this.#base, base), this.#originOf(this.#revision, revision)];
    const place = { ...ofWebhook(base), base: was.source, revision: is.source };
    const statesAddresses = familyOf(before) === familyOf(after) && familyOf(after) === "asyncapi";
    for (const difference of compareForms(base.forms, revision.forms, { statesAddresses })) list.add(difference, place);
    const route = compareRoutes(
      { webhook: base, schemas: this.#schemas.base, isTelling: this.#isTelling },
      { webhook: revision, schemas: this.#schemas.revision },
    );
    if (route !== null) list.add(route, place);
    const security = compareSecurity({ contract: before, webhook: base }, { contract: after, webhook: revision });
    if (security !== null) list.add(security, place, "security");
    if (revision.deprecated === true && base.deprecated !== true) list.add({ kind: "deprecated" }, place);
    this.#addReplies({ base, revision }, list);
    if (this.#options.prose === true) for (const prose of compareProse(base, revision)) list.add(prose, place);
  }

  #addReplies({ base, revision }: WebhookPair, list: ChangeList): void {
    const { pairs, gone, added } = this.#replies({ base, revision });
    const place = (status: string) => ({
      ...ofWebhook(base),
      part: "reply" as const,
      producer: "receiver" as const,
      pointer: joinPointer("", status),
      base: this.#originOf(this.#base, base).source,
      revision: this.#originOf(this.#revision, revision).source,
    });
    for (const status of gone) list.add({ kind: "reply-gone", status }, place(status));
    for (const status of added) list.add({ kind: "reply-new", status }, place(status));
    for (const [before, after] of pairs) {
      const [from, to] = [normalizedMediaType(before.contentType ?? ""), normalizedMediaType(after.contentType ?? "")];
      if (from !== "" && to !== "" && from !== to) list.add({ kind: "content-type", from, to }, place(before.status));
    }
  }

  /** Where the revision's family has other means, that it documents no reply at all says nothing. */
  #replies({ base, revision }: WebhookPair): ReturnType<typeof matchReplies> {
    const isSilent =
      revision.replies.length === 0 && familyOf(this.#base.contract) !== familyOf(this.#revision.contract);
    return isSilent ? { pairs: [], gone: [], added: [] } : matchReplies(base.replies, revision.replies);
  }

  #compareSchemas(pair: WebhookPair): readonly Compared[] {
    const { base, revision } = pair;
    const common = { webhook: base.name, base: base.source, revision: revision.source };
    const compare = (
      before: Webhook["payload"] | undefined,
      after: Webhook["payload"] | undefined,
      target: Pick<ReportTarget, "part" | "producer" | "prefix" | "areHeaders">,
    ): readonly Compared[] => {
      if (before === undefined && after === undefined) return [];
      return [
        {
          pair: this.#schemas.compare(...this.#nodes(before ?? true, after ?? true)),
          target: { ...common, ...target },
        },
      ];
    };
    return [
      ...compare(base.payload, revision.payload, {
        part: "payload",
        producer: "sender",
        prefix: "",
        areHeaders: false,
      }),
      ...compare(base.headers, revision.headers, { part: "headers", producer: "sender", prefix: "", areHeaders: true }),
      ...this.#replies(pair).pairs.flatMap(([before, after]: readonly [Reply, Reply]) => {
        const prefix = joinPointer("", before.status);
        const reply = { part: "reply", producer: "receiver" } as const;
        return [
          ...compare(before.payload, after.payload, { ...reply, prefix: `${prefix}/payload`, areHeaders: false }),
          ...compare(before.headers, after.headers, { ...reply, prefix: `${prefix}/headers`, areHeaders: true }),
        ];
      }),
    ];
  }

  #nodes(before: Webhook["payload"], after: Webhook["payload"]) {
    return [this.#schemas.base.node([before]), this.#schemas.revision.node([after])] as const;
  }

  #originOf(side: DiffSide, webhook: Webhook) {
    return { source: side.webhookOrigin?.(webhook) ?? webhook.source };
  }
}

function ofWebhook({ name }: Webhook) {
  return { webhook: name, part: "webhook", producer: "sender", pointer: "" } as const;
}
