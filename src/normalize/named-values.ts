import { getAt, isObject, type JsonValue, joinPointer, parsePointer } from "../json/index.ts";
import type { Scalar } from "../model/index.ts";
import { type Constant, constantsOf, schemaExamplesOf } from "./constants.ts";
import type { WebhookDraft } from "./draft.ts";
import { saysEvent, wordsOf } from "./event-place.ts";
import type { Schemas } from "./schema-lookup.ts";

/** Values that the document names a webhook by without fixing them in its schema. */
export interface NamedValues {
  /** By JSON pointer. */
  readonly body: ReadonlyMap<string, string>;
  /** By lower-case name. */
  readonly header: ReadonlyMap<string, string>;
}

/**
 * Looks for the places whose value is the webhook's name, though its schema allows others there. Many vendors list the types
 * of all events in one shared enum, or leave the type an open string and show it in the examples, and say which event is
 * which by the key alone: `order.paid`, with `type: { enum: [order.paid, order.refunded] }`.
 */
export function namedValuesOf(
  draft: WebhookDraft,
  constants: ReadonlyMap<string, Constant>,
  schemas: Schemas,
): NamedValues {
  const key = wordsOf(draft.documentKey);
  const body = new Map<string, string>();
  const header = new Map<string, string>();
  if (key.length === 0) return { body, header };
  for (const [at, { values }] of constants) {
    const value = values.length > 1 ? namedBy(key, values) : undefined;
    if (value !== undefined) body.set(at, value);
  }
  for (const [at, { values }] of constantsOf(draft.headers ?? true, schemas)) {
    const value = values.length > 1 ? namedBy(key, values) : undefined;
    if (value !== undefined && at.length > 1) header.set(at.slice(1), value);
  }
  for (const [at, values] of shownValues(draft, schemas)) {
    const value = constants.has(at) ? undefined : namedBy(key, values);
    if (value !== undefined) body.set(at, value);
  }
  return { body, header };
}

/** How vendors write a key as a value. */
const WAYS: readonly ((key: string) => string)[] = [
  (key) => key,
  (key) => key.replace(/^\/+/, ""),
  (key) => wordsOf(key).join("."),
  (key) => wordsOf(key).join("_"),
  (key) => wordsOf(key).join("-"),
  (key) => wordsOf(key).join("_").toUpperCase(),
];

/**
 * Fills what is missing where more than half of the keys have a value, and one way of writing keys as values makes all of
 * these.
 */
export function inOneWay(
  keys: readonly string[],
  values: readonly (string | undefined)[],
): readonly (string | undefined)[] {
  const known = values.filter((value) => value !== undefined).length;
  if (known === values.length || known < 3 || known * 2 <= values.length) return values;
  const way = WAYS.find((write) =>
    values.every((value, index) => value === undefined || value === write(keys[index] ?? "")),
  );
  return way === undefined ? values : keys.map(way);
}

/** The strings that examples have at the places that vendors name events in: one place, one value in all of them. */
function shownValues(draft: WebhookDraft, schemas: Schemas): ReadonlyMap<string, readonly Scalar[]> {
  const found = new Map<string, readonly Scalar[]>();
  for (const [at, examples] of schemaExamplesOf(draft.payload, schemas)) {
    const [only] = examples;
    if (saysEvent(at) && examples.length === 1 && typeof only === "string") found.set(at, [only]);
  }
  const [first, ...others] = draft.examples;
  for (const at of first === undefined ? [] : namePlaces(first.payload)) {
    const tokens = parsePointer(at) ?? [];
    const value = getAt(first?.payload ?? null, tokens);
    if (typeof value === "string" && others.every(({ payload }) => getAt(payload, tokens) === value))
      found.set(at, [value]);
  }
  return found;
}

/** Deeper than in an envelope's envelope nobody names an event. */
const DEPTH_MAX = 3;

function namePlaces(payload: JsonValue, at = "", depth = 0): readonly string[] {
  if (!isObject(payload) || depth === DEPTH_MAX) return [];
  return Object.entries(payload).flatMap(([name, value]) => {
    const pointer = joinPointer(at, name);
    return typeof value === "string" ? (saysEvent(pointer) ? [pointer] : []) : namePlaces(value, pointer, depth + 1);
  });
}

/**
 * The one value that a key speaks of: in the same words, however they are joined; or, where neither says all, the longer one
 * ending in the shorter (`CustomerCreated` is `crm.customer.created`).
 */
function namedBy(key: readonly string[], values: readonly Scalar[]): string | undefined {
  const texts = values.filter((value) => typeof value === "string");
  const words = texts.map(wordsOf);
  for (const fits of [isEqual, endsIn, isEndOf]) {
    const fitting = texts.filter((_, index) => fits(words[index] ?? [], key));
    if (fitting.length > 0) return fitting.length === 1 ? fitting[0] : undefined;
  }
  return undefined;
}

const isEqual = (value: readonly string[], key: readonly string[]) => value.join("") === key.join("");
const endsIn = (value: readonly string[], key: readonly string[]) =>
  value.length > key.length && isEqual(value.slice(-key.length), key);
/** One word is too little: that of `invoice.paid` might be a status. */
const isEndOf = (value: readonly string[], key: readonly string[]) => value.length > 1 && endsIn(key, value);
