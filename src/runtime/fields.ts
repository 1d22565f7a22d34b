import { textOf } from "./body.ts";
import type { WebhookDefinition } from "./decode.ts";
import { headerOf } from "./headers.ts";
import { setMember } from "./own.ts";
import type { CoercePlan, CoercePlans } from "./plan.ts";
import type { Delivery, FormFile } from "./types.ts";
import { queryOf } from "./url.ts";

/** What a query or form holds. */
export interface Fields {
  /** The payload as a webhook has it; without one, all values as text. Made anew each time, since decoding changes it. */
  readonly payload: (definition?: WebhookDefinition) => Record<string, unknown>;
  /** Of a multipart body only. */
  readonly files?: readonly FormFile[];
}

/**
 * Reads the query or the form of a delivery.
 * @returns a text that says what is wrong with it
 */
export async function readFields(
  encoding: "form" | "multipart" | "query",
  { url = "", headers = {}, body = "" }: Delivery,
): Promise<Fields | string> {
  if (encoding === "multipart") {
    const { readMultipart } = await import("./multipart.ts");
    const multipart = readMultipart(body, headerOf(headers, "content-type") ?? "");
    if (typeof multipart === "string") return `is not multipart/form-data: ${multipart}`;
    const { fields, files } = multipart;
    return {
      payload: (definition) => coerceFields(fields(definition), definition && (definition.coerce ?? [])),
      files,
    };
  }
  const text = encoding === "query" ? queryOf(url) : textOf(body);
  if (text === null) return "is not UTF-8 text";
  const fields = new URLSearchParams(text);
  return { payload: (definition) => coerceFields(fields, definition && (definition.coerce ?? [])) };
}

/** More digits than a double keeps exactly stay text. */
const INTEGER = /^-?\d{1,16}$/;
const NUMBER = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** Fields as they were nested by their names, before anything is known of their types. */
type Nested = string[] | Map<string, Nested>;

/** Names deeper than this stay names: no form nests so deep, and a hostile one must not build a tower. */
const NESTED_MAX = 10;

/**
 * Reads the fields of a query or form into an object, typed by the schema: numbers and booleans where it says so,
 * objects from JSON text or from names such as `customer[id]`, arrays from repeated names, `tags[]`, JSON text, or
 * `[a, b]` where the schema says `bracketed`. A text that cannot be read so stays text, and the validator says what is
 * wrong with it.
 * @param plans  how each name is read; left out, names are nested wherever they are written so, and values stay text
 */
export function coerceFields(
  fields: Iterable<readonly [string, string]>,
  plans?: CoercePlans,
): Record<string, unknown> {
  const planByName = new Map(plans);
  const nested = new Map<string, Nested>();
  for (const [name, text] of fields) {
    const path = nestedPath(name);
    const isNested = path.length > 1 && (plans === undefined || isContainer(planByName.get(path[0] ?? "")));
    add(nested, name, isNested ? path : [name], text);
  }
  return coerceMembers(nested, planByName);
}

/** `customer[address][city]` → `["customer", "address", "city"]`; a name without brackets, or with odd ones, is one token. */
function nestedPath(name: string): readonly string[] {
  const match = /^([^[\]]+)((?:\[[^[\]]*\])+)$/.exec(name);
  if (match === null) return [name];
  const path = [match[1] ?? "", ...(match[2] ?? "").slice(1, -1).split("][")];
  return path.length > NESTED_MAX ? [name] : path;
}

function isContainer(plan: CoercePlan | undefined): boolean {
  return plan !== undefined && (plan.types.includes("object") || plan.types.includes("array"));
}

/**
 * Puts a text where its path leads; `[]` at the end adds one to a list. A path that contradicts an earlier one (`a=1` and
 * `a[b]=2`) loses nothing: its name stays whole, or its text stands beside the members under the empty name.
 */
function add(tree: Map<string, Nested>, name: string, path: readonly string[], text: string): void {
  const steps = path.length > 1 && path.at(-1) === "" ? path.slice(0, -1) : path;
  let current = tree;
  for (const step of steps.slice(0, -1)) {
    const next = current.get(step) ?? new Map<string, Nested>();
    if (!(next instanceof Map)) {
      append(tree, name, text);
      return;
    }
    current.set(step, next);
    current = next;
  }
  append(current, steps.at(-1) ?? "", text);
}

function append(members: Map<string, Nested>, name: string, text: string): void {
  const known = members.get(name);
  if (known instanceof Map) append(known, "", text);
  else if (known === undefined) members.set(name, [text]);
  else known.push(text);
}

function coerceMembers(
  members: ReadonlyMap<string, Nested>,
  plans: ReadonlyMap<string, CoercePlan>,
): Record<string, unknown> {
  const object: Record<string, unknown> = {};
  for (const [name, value] of members) setMember(object, name, coerceNested(value, plans.get(name)));
  return object;
}

function coerceNested(value: Nested, plan: CoercePlan | undefined): unknown {
  if (!(value instanceof Map)) return coerceField(value, plan);
  const isList = plan?.types.includes("array") === true && [...value.keys()].every((key) => /^\d{1,6}$/.test(key));
  if (!isList) return coerceMembers(value, new Map(plan?.properties));
  // By their numbers, without the gaps that a hostile form could make a list of millions with.
  return [...value].sort(([a], [b]) => Number(a) - Number(b)).map(([, item]) => coerceNested(item, plan.items));
}

function coerceField(texts: readonly string[], plan: CoercePlan | undefined): unknown {
  const [text = ""] = texts;
  if (plan?.types.includes("array") === true) return readArray(texts, plan);
  // One name twice where one value belongs is no value that could be chosen: the validator refuses the list.
  if (texts.length > 1) return [...texts];
  return plan === undefined ? text : readValue(text, plan);
}

function readValue(text: string, plan: CoercePlan): unknown {
  const { types } = plan;
  if (types.includes("integer") && INTEGER.test(text) && Number.isSafeInteger(Number(text))) {
    return readNumber(text, types);
  }
  if (types.includes("number") && NUMBER.test(text)) return readNumber(text, types);
  if (types.includes("boolean") && (text === "true" || text === "false")) return text === "true";
  if (types.includes("null") && (text === "" || text === "null")) return null;
  if (types.includes("object") || types.includes("array")) return readJson(text, types) ?? text;
  return text;
}

/** Where text is allowed as well, `007` is text: a number would lose how it was written. */
function readNumber(text: string, types: readonly string[]): number | string {
  const number = Number(text);
  return types.includes("string") && String(number) !== text ? text : number;
}

function readArray(texts: readonly string[], plan: CoercePlan): unknown {
  const [text = ""] = texts;
  if (texts.length === 1) {
    const json = readJson(text, ["array"]);
    // `[1, 2]` is JSON too, but not of strings, which `bracketed` writes without quotes.
    if (json !== undefined && (plan.bracketed !== true || fits(json, plan.items))) return json;
    if (plan.bracketed === true) return readBracketed(text)?.map((item) => readItem(item, plan)) ?? text;
  }
  return texts.map((item) => readItem(item, plan));
}

function fits(list: unknown, items: CoercePlan | undefined): boolean {
  const isOfStrings = items?.types.length === 1 && items.types[0] === "string";
  return !isOfStrings || !Array.isArray(list) || list.every((item) => typeof item === "string");
}

function readItem(text: string, plan: CoercePlan): unknown {
  return plan.items === undefined ? text : readValue(text, plan.items);
}

/** `[a, b]` without quotes; null where the brackets are missing. */
function readBracketed(text: string): string[] | null {
  const trimmed = text.trim();
  if (!trimmed.startsWith("[") || !trimmed.endsWith("]")) return null;
  const inner = trimmed.slice(1, -1).trim();
  return inner === "" ? [] : inner.split(",").map((item) => item.trim());
}

/** JSON text of one of the types that only JSON can write; undefined where it is none. */
function readJson(text: string, types: readonly string[]): unknown {
  const start = text.trimStart().charAt(0);
  if (!(start === "{" && types.includes("object")) && !(start === "[" && types.includes("array"))) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Writes an object as the fields of a query or form, so that `coerceFields` reads the same object again. */
export function fieldsOf(
  object: Readonly<Record<string, unknown>>,
  plans: CoercePlans,
): readonly (readonly [name: string, text: string])[] {
  const planByName = new Map(plans);
  return Object.entries(object).flatMap(([name, value]) => {
    if (value === undefined) return [];
    const texts = Array.isArray(value) ? writeList(value, planByName.get(name)) : [writeValue(value)];
    return texts.map((text) => [name, text] as const);
  });
}

/** Writes an object as a query or urlencoded form. */
export function writeFields(object: Readonly<Record<string, unknown>>, plans: CoercePlans): string {
  return new URLSearchParams(fieldsOf(object, plans).map(([name, text]): [string, string] => [name, text])).toString();
}

/** In brackets or by repeating the name; as JSON where that would not come back as it was: a list of one, an item with a comma. */
function writeList(list: readonly unknown[], plan: CoercePlan | undefined): readonly string[] {
  const items = list.map(writeValue);
  const texts = plan?.bracketed === true ? [`[${items.join(", ")}]`] : items;
  const json = JSON.stringify(list);
  return texts.length > 0 && JSON.stringify(coerceField(texts, plan)) === json ? texts : [json];
}

function writeValue(value: unknown): string {
  if (value === null) return "null";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
