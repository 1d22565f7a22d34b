import { diagnose } from "../diagnostics/index.ts";
import { takesOnlyLists } from "../json/index.ts";
import type { Condition, Diagnostic, Scalar } from "../model/index.ts";
import { type Constant, constantsOf } from "./constants.ts";
import type { RouteWish, WebhookDraft } from "./draft.ts";
import type { Schemas } from "./schema-lookup.ts";

/** Property names by which vendors usually tell their events apart, the likeliest first. */
const USUAL_NAMES: readonly string[] = [
  "event",
  "type",
  "eventtype",
  "event_type",
  "event-type",
  "eventname",
  "event_name",
  "topic",
  "action",
  "kind",
  "name",
  "subject",
  "status",
];

interface Candidate {
  readonly draft: WebhookDraft;
  readonly constants: ReadonlyMap<string, Constant>;
}

/** A place to look at: where it is, and what each webhook has there. */
interface Telltale {
  readonly in: Condition["in"];
  readonly at: string;
  /** One value, several (a closed enum), or undefined where the webhook leaves the place open. */
  readonly values: readonly (readonly Scalar[] | undefined)[];
  readonly required: boolean;
  /** Order in which it was found: earlier documents and kinds first. */
  readonly rank: number;
}

/**
 * Finds how a receiver recognises each webhook: the fewest places that tell it from the others.
 *
 * `x-webhook-route` decides where it is written. Otherwise a place is chosen that tells the most webhooks apart, and again
 * within each group that is still alike, looking first at discriminators, then at string properties with one value per
 * event, then at header parameters with one value, then at the address. So a webhook carries no condition that it does not
 * need: a wrong value elsewhere stays an invalid payload and does not turn into an unknown event.
 *
 * @returns one route per draft, in their order.
 */
export function assignRoutes(
  drafts: readonly WebhookDraft[],
  schemas: Schemas,
  commonRoute: readonly RouteWish[] | undefined,
): { routes: readonly (readonly Condition[])[]; diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const candidates = drafts.map((draft): Candidate => ({ draft, constants: constantsOf(draft.payload, schemas) }));
  const routes = new Map<Candidate, readonly Condition[]>();

  const open: Candidate[] = [];
  for (const candidate of candidates) {
    const own = candidate.draft.ownRoute && fulfil(candidate, candidate.draft.ownRoute);
    if (own) routes.set(candidate, own);
    else open.push(candidate);
  }
  const shared = new Map<string, { conditions: readonly Condition[]; group: Candidate[] }>();
  for (const candidate of open) {
    const conditions = (commonRoute && fulfil(candidate, commonRoute)) ?? [];
    const id = JSON.stringify(conditions);
    const entry = shared.get(id) ?? { conditions, group: [] };
    entry.group.push(candidate);
    shared.set(id, entry);
  }
  for (const { conditions, group } of shared.values()) refine(group, conditions);
  for (const candidate of open) specialize(candidate);
  reportAmbiguous();
  return { routes: candidates.map((candidate) => routes.get(candidate) ?? []), diagnostics };

  function refine(group: readonly Candidate[], conditions: readonly Condition[]): void {
    const [only] = group;
    if (only === undefined) return;
    const done = group.length === 1 && (conditions.length > 0 || drafts.length === 0);
    const used = new Set(conditions.map((condition) => `${condition.in} ${condition.at}`));
    const telltale = done ? undefined : chooseTelltale(group, used);
    if (telltale === undefined) {
      for (const candidate of group) routes.set(candidate, conditions);
      return;
    }
    const parts = new Map<string, { next: readonly Condition[]; members: Candidate[] }>();
    group.forEach((candidate, index) => {
      const values = telltale.values[index];
      const next = values === undefined ? conditions : [...conditions, toCondition(telltale, values)];
      const id = JSON.stringify(values) ?? "open";
      const part = parts.get(id) ?? { next, members: [] };
      part.members.push(candidate);
      parts.set(id, part);
    });
    for (const { next, members } of parts.values()) {
      if (members.length === group.length) for (const candidate of members) routes.set(candidate, next);
      else refine(members, next);
    }
  }

  /**
   * A webhook whose every delivery meets another one's route, too, takes that one's conditions over, so that it has more of
   * them and wins: `cause = CALL_REJECTED` alone would be level with `eventType = hangup`.
   */
  function specialize(candidate: Candidate): void {
    for (const other of candidates) {
      const own = routes.get(candidate) ?? [];
      const general = routes.get(other) ?? [];
      if (other === candidate || general.length === 0 || general.length < own.length) continue;
      if (!general.every((condition) => always(candidate, condition))) continue;
      if (own.every((condition) => always(other, condition))) continue;
      const known = new Set(general.map((condition) => `${condition.in} ${condition.at}`));
      routes.set(candidate, [...general, ...own.filter((condition) => !known.has(`${condition.in} ${condition.at}`))]);
    }
  }

  /** Reads the values that the document leaves to the schemas; undefined where one is missing. */
  function fulfil(candidate: Candidate, wishes: readonly RouteWish[]): readonly Condition[] | undefined {
    const conditions: Condition[] = [];
    for (const wish of wishes) {
      const at = wish.in === "header" ? wish.at.toLowerCase() : wish.at;
      const value = wish.value ?? valueFor(candidate, wish.in, at);
      if (value === undefined) {
        const { source, documentKey } = candidate.draft;
        diagnostics.push(diagnose("route-value-missing", { webhook: documentKey, in: wish.in, at }, source));
        return undefined;
      }
      conditions.push({ in: wish.in, at, value });
    }
    return conditions;
  }

  function reportAmbiguous(): void {
    const groups = new Map<string, Candidate[]>();
    for (const candidate of candidates) {
      const route = routes.get(candidate) ?? [];
      // Where nothing else tells them apart, a list of events is no single one.
      const isList = route.length === 0 && takesOnlyLists(candidate.draft.payload, schemas);
      const id = JSON.stringify([isList, ...route.map((condition) => JSON.stringify(condition)).sort()]);
      groups.set(id, [...(groups.get(id) ?? []), candidate]);
    }
    for (const alike of groups.values()) {
      for (const group of writtenAlike(alike)) {
        const [first] = group;
        if (first === undefined || group.length < 2) continue;
        const webhooks = group.map(({ draft }) => draft.wantedName ?? draft.documentKey);
        diagnostics.push(diagnose("route-ambiguous", { webhooks }, first.draft.source));
      }
    }
  }
}

/** A form is no JSON: webhooks of one group may still be told apart by how they are written. */
function writtenAlike(group: readonly Candidate[]): readonly (readonly Candidate[])[] {
  const parts = (["json", "form", "multipart", "query"] as const).map((encoding) =>
    group.filter(({ draft }) => draft.forms.some((form) => form.encoding === encoding)),
  );
  const isWithin = (part: readonly Candidate[], other: readonly Candidate[]) =>
    part.every((one) => other.includes(one));
  return parts.filter((part, index) =>
    parts.every((other, place) => {
      if (place === index || !isWithin(part, other)) return true;
      return part.length === other.length && index < place;
    }),
  );
}

/** Whether every delivery of a webhook meets a condition, as far as its schemas tell. */
function always(candidate: Candidate, { in: place, at, value }: Condition): boolean {
  const own = valueFor(candidate, place, at);
  const allowed: readonly Scalar[] = [value].flat();
  return own !== undefined && [own].flat().every((one) => allowed.includes(one));
}

function valueFor(candidate: Candidate, place: Condition["in"], at: string): Condition["value"] | undefined {
  if (place === "header") return candidate.draft.headerConstants.get(at);
  if (place !== "body") return undefined;
  const { discriminator } = candidate.draft;
  if (discriminator?.at === at) return discriminator.value;
  const values = candidate.constants.get(at)?.values;
  return values?.length === 1 ? values[0] : values;
}

/** The best place of the first kind that tells anything apart within a group. */
function chooseTelltale(group: readonly Candidate[], used: ReadonlySet<string>): Telltale | undefined {
  for (const kind of [byDiscriminator, byConstant, byHeader, byAddress]) {
    if (group.length === 1 && kind === byAddress) return undefined;
    const telling = kind(group)
      .filter((telltale) => !used.has(`${telltale.in} ${telltale.at}`))
      .filter((telltale) => group.length === 1 || partCount(telltale) > 1);
    const [best] = telling.sort(compareTelltales);
    if (best !== undefined) return best;
  }
  return undefined;
}

function byDiscriminator(group: readonly Candidate[]): Telltale[] {
  const places = new Set(group.flatMap(({ draft }) => draft.discriminator?.at ?? []));
  return [...places].map((at, rank) => ({
    in: "body",
    at,
    required: true,
    rank,
    values: group.map(({ draft }) =>
      draft.discriminator?.at === at ? ([draft.discriminator.value].flat() as readonly Scalar[]) : undefined,
    ),
  }));
}

function byConstant(group: readonly Candidate[]): Telltale[] {
  const places = new Set<string>();
  for (const { constants } of group) {
    for (const [at, { values }] of constants) {
      if (at !== "" && values.length === 1 && typeof values[0] === "string") places.add(at);
    }
  }
  return [...places].map((at, rank) => {
    const constants = group.map(({ constants }) => constants.get(at));
    return {
      in: "body",
      at,
      rank,
      required: constants.every((constant) => constant === undefined || constant.required),
      values: constants.map((constant) => constant?.values),
    };
  });
}

function byHeader(group: readonly Candidate[]): Telltale[] {
  const names = new Set(group.flatMap(({ draft }) => [...draft.headerConstants.keys()]));
  return [...names].map((at, rank) => ({
    in: "header",
    at,
    rank,
    required: true,
    values: group.map(({ draft }) => {
      const value = draft.headerConstants.get(at);
      return value === undefined ? undefined : [value];
    }),
  }));
}

/** Addresses that are, in the end, a literal path: a runtime expression alone says nothing that a receiver could compare. */
function byAddress(group: readonly Candidate[]): Telltale[] {
  const values = group.map(({ draft }) => {
    const path = draft.forms[0]?.address ? pathTemplate(draft.forms[0].address) : null;
    return path === null ? undefined : [path];
  });
  return values.every((value) => value === undefined) ? [] : [{ in: "path", at: "", rank: 0, required: true, values }];
}

/** The path of an address as a template that starts with `/`; null where nothing literal is in it. */
function pathTemplate(address: string): string | null {
  // An expression may hold what would otherwise end the path (`{$request.body#/id}`).
  const withoutExpressions = address.replace(/^\{\$[^}]*\}/, "").replace(/\{\$[^}]*\}/g, "{}");
  const withoutOrigin = withoutExpressions.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, "");
  const path = withoutOrigin
    .replace(/[?#].*$/, "")
    .replace(/^\/*/, "/")
    .replace(/\/+$/, "");
  return /\/[^/{}]+/.test(path) ? path : null;
}

function partCount({ values }: Telltale): number {
  return new Set(values.map((value) => JSON.stringify(value) ?? "open")).size;
}

/** More parts first; then places that every payload has, usual names, shallow places, and the document's order. */
function compareTelltales(a: Telltale, b: Telltale): number {
  return (
    partCount(b) - partCount(a) ||
    Number(b.required) - Number(a.required) ||
    usualness(a.at) - usualness(b.at) ||
    depth(a.at) - depth(b.at) ||
    a.rank - b.rank
  );
}

function usualness(at: string): number {
  const name = at.slice(at.lastIndexOf("/") + 1).toLowerCase();
  const index = USUAL_NAMES.indexOf(name);
  return index === -1 ? USUAL_NAMES.length : index;
}

function depth(at: string): number {
  return at.split("/").length;
}

function toCondition(telltale: Telltale, values: readonly Scalar[]): Condition {
  return { in: telltale.in, at: telltale.at, value: values.length === 1 ? (values[0] as Scalar) : values };
}
