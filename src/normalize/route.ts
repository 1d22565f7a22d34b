import { diagnose } from "../diagnostics/index.ts";
import { payloadShapes } from "../json/index.ts";
import type { Condition, Diagnostic, Form, Scalar } from "../model/index.ts";
import { type Constant, constantsOf } from "./constants.ts";
import type { RouteWish, WebhookDraft } from "./draft.ts";
import { mayNameAlone, saysEvent, usualness } from "./event-place.ts";
import { inOneWay, type NamedValues, namedValuesOf } from "./named-values.ts";
import { pathTemplate } from "./path-template.ts";
import type { Schemas } from "./schema-lookup.ts";

/** Headers that say how a body is written or by whom, which is the same for all events of a vendor. */
const NO_TELLTALE_HEADERS: ReadonlySet<string> = new Set([
  "accept",
  "authorization",
  "content-length",
  "content-type",
  "host",
  "user-agent",
]);

interface Candidate {
  readonly draft: WebhookDraft;
  readonly constants: ReadonlyMap<string, Constant>;
  /** Found only where nothing else tells webhooks apart. */
  readonly namedValues: () => NamedValues;
  /** How it may be written: method, encoding, and whether it is a list. What two never share tells them apart unsaid. */
  readonly ways: ReadonlySet<string>;
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
  /** Values that the schemas do not fix, but the webhooks' names speak of. */
  readonly inferred?: true;
}

/**
 * Finds how a receiver recognises each webhook: the fewest places that tell it from the others.
 *
 * `x-webhook-route` decides where it is written. Otherwise a place is chosen that tells the most webhooks apart, and again
 * within each group that is still alike, looking first at discriminators, then at string properties with one value per
 * event, then at header parameters with one value, then at the address, and last at values that webhooks are named by. So a
 * webhook carries no condition that it does not need: a wrong value elsewhere stays an invalid payload and does not turn into
 * an unknown event.
 *
 * @returns one route per draft, in their order, and what is to be reported, once the webhooks have the names that it says.
 */
export function assignRoutes(
  drafts: readonly WebhookDraft[],
  schemas: Schemas,
  commonRoute: readonly RouteWish[] | undefined,
): {
  routes: readonly (readonly Condition[])[];
  report: (names: readonly string[]) => readonly Diagnostic[];
} {
  const missing: { readonly candidate: Candidate; readonly wish: RouteWish }[] = [];
  const inferred: Diagnostic[] = [];
  const candidates = drafts.map((draft) => toCandidate(draft, schemas));
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
  return { routes: candidates.map((candidate) => routes.get(candidate) ?? []), report };

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
    if (telltale.inferred) {
      const values = [...new Set(telltale.values.flatMap((value) => value ?? []))].map(String);
      const { in: place, at } = telltale;
      inferred.push(diagnose("route-inferred", { in: place, at, values }, only.draft.source));
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
        missing.push({ candidate, wish: { ...wish, at } });
        return undefined;
      }
      conditions.push({ in: wish.in, at, value });
    }
    return conditions;
  }

  function report(names: readonly string[]): readonly Diagnostic[] {
    const nameByDraft = new Map(drafts.map((draft, index) => [draft, names[index] ?? draft.documentKey]));
    const nameOf = ({ draft }: Candidate) => nameByDraft.get(draft) ?? draft.documentKey;
    const valuesMissing = missing.map(({ candidate, wish: { in: place, at } }) =>
      diagnose("route-value-missing", { webhook: nameOf(candidate), in: place, at }, candidate.draft.source),
    );
    const ambiguous = alikeGroups().flatMap((group) => {
      const source = group[0]?.draft.source;
      return source === undefined ? [] : [diagnose("route-ambiguous", { webhooks: group.map(nameOf) }, source)];
    });
    return [...inferred, ...valuesMissing, ...ambiguous];
  }

  /** Webhooks of the same conditions that are delivered by the same method and written alike: a form is no JSON. */
  function alikeGroups(): readonly (readonly Candidate[])[] {
    const byRoute = new Map<string, Map<string, Candidate[]>>();
    for (const candidate of candidates) {
      const conditions = (routes.get(candidate) ?? []).map((condition) => JSON.stringify(condition)).sort();
      const route = JSON.stringify(conditions);
      const byForm = byRoute.get(route) ?? new Map<string, Candidate[]>();
      byRoute.set(route, byForm);
      // Only where nothing else tells them apart is a list of events no single one.
      const written = conditions.length === 0 ? candidate.ways : candidate.draft.forms.map(formOf);
      for (const form of new Set(written)) {
        const group = byForm.get(form);
        if (group === undefined) byForm.set(form, [candidate]);
        else group.push(candidate);
      }
    }
    return [...byRoute.values()].flatMap((byForm) =>
      // What is alike in one form and in another as well is said once.
      [...byForm.values()].filter(
        (group, index, groups) =>
          group.length > 1 &&
          !groups.some((other, at) => {
            const isWithin = other.length >= group.length && group.every((candidate) => other.includes(candidate));
            return isWithin && (other.length > group.length || at < index);
          }),
      ),
    );
  }
}

function toCandidate(draft: WebhookDraft, schemas: Schemas): Candidate {
  const constants = constantsOf(draft.payload, schemas);
  let named: NamedValues | undefined;
  const namedValues = () => {
    named ??= namedValuesOf(draft, constants, schemas);
    return named;
  };
  const shapes = payloadShapes(draft.payload, schemas);
  const ways = draft.forms.flatMap((form) =>
    shapes.length === 0 ? formOf(form) : shapes.map((shape) => `${formOf(form)} ${shape}`),
  );
  return { draft, constants, namedValues, ways: new Set(ways) };
}

function formOf({ method, encoding }: Form): string {
  return `${method} ${encoding}`;
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
  for (const kind of [byDiscriminator, byConstant, byHeader, byAddress, byName]) {
    if (group.length === 1 && (kind === byAddress || kind === byName)) return undefined;
    const telling = kind(group)
      .filter((telltale) => !used.has(`${telltale.in} ${telltale.at}`))
      .filter((telltale) => (group.length === 1 ? namesAlone(telltale) : partCount(telltale) > 1));
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
  const telling = [...names].filter((name) => !NO_TELLTALE_HEADERS.has(name));
  return telling.map((at, rank) => ({
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

/**
 * Places where each webhook of the group has a value, and at least some only by their names. All or none: were one left open,
 * the others' routes would rest on a guess that nothing supports. Where most show theirs, and all of these write their key in
 * one way, so do the others: examples are copied carelessly. One that is written as no other is needs no value.
 */
function byName(group: readonly Candidate[]): Telltale[] {
  const alike = group.filter(
    ({ ways }) => group.filter((other) => [...ways].some((way) => other.ways.has(way))).length > 1,
  );
  const places = new Map<string, Pick<Telltale, "in" | "at">>();
  for (const { namedValues } of alike) {
    for (const place of ["body", "header"] as const) {
      for (const at of namedValues()[place].keys()) places.set(`${place} ${at}`, { in: place, at });
    }
  }
  return [...places.values()].flatMap(({ in: place, at }, rank): Telltale[] => {
    const values = alike.map((candidate) => {
      const named = place === "query" || place === "path" ? undefined : candidate.namedValues()[place].get(at);
      const fixed = valueFor(candidate, place, at);
      return named ?? (typeof fixed === "string" ? fixed : undefined);
    });
    const keys = alike.map(({ draft }) => draft.documentKey);
    const complete = new Map<Candidate, readonly string[]>();
    inOneWay(keys, values).forEach((value, index) => {
      if (value !== undefined) complete.set(alike[index] as Candidate, [value]);
    });
    if (complete.size < alike.length) return [];
    const telling = group.map((candidate) => complete.get(candidate));
    return [{ in: place, at, rank, required: true, values: telling, inferred: true }];
  });
}

function partCount({ values }: Telltale): number {
  return new Set(values.map((value) => JSON.stringify(value) ?? "open")).size;
}

/**
 * Whether a place is worth a condition where no other webhook has to be told from: one that vendors name events in. A payload
 * may hold many other things of one value, such as a currency, that say nothing of the event.
 */
function namesAlone({ in: place, at, required }: Telltale): boolean {
  return place === "header" || saysEvent(at) || (required && mayNameAlone(at));
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

function depth(at: string): number {
  return at.split("/").length;
}

function toCondition(telltale: Telltale, values: readonly Scalar[]): Condition {
  return { in: telltale.in, at: telltale.at, value: values.length === 1 ? (values[0] as Scalar) : values };
}
