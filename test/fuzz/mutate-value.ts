import type { Json } from "../../src/model/index.ts";
import { HOSTILE_NAMES, ODD_STRINGS, oddValue, REFERENCES } from "./odd-values.ts";
import {
  copyOf,
  isMutableObject,
  type Mutable,
  type MutableObject,
  type Place,
  placesOf,
  removeAt,
  setAt,
  valueAt,
} from "./places.ts";
import type { Random } from "./random.ts";

interface Tools {
  readonly random: Random;
  readonly places: readonly Place[];
  readonly place: Place;
  /** Other documents, from which parts are taken. */
  readonly donors: readonly Json[];
}

type Mutation = (tools: Tools) => void;

/** Changes a parsed document in place in one to five ways, and says in which. */
export function mutateValue(document: Mutable, donors: readonly Json[], random: Random): readonly string[] {
  const names: string[] = [];
  for (
    let count = random.weighted([
      [5, 1],
      [4, 2],
      [2, 3],
      [1, 5],
    ]);
    count > 0;
    count--
  ) {
    const places = placesOf(document);
    if (places.length === 0) return names;
    const [name, mutation] = random.weighted(MUTATIONS);
    mutation({ random, places, place: random.pick(places), donors });
    names.push(name);
  }
  return names;
}

const MUTATIONS: readonly (readonly [weight: number, choice: readonly [name: string, mutation: Mutation]])[] = [
  [3, ["delete", ({ place }) => removeAt(place)]],
  [3, ["replace", ({ place, random }) => setAt(place, oddValue(random))]],
  [2, ["replace-string", ({ place, random }) => setAt(place, random.pick(ODD_STRINGS))]],
  [3, ["retype", ({ place, random }) => setAt(place, retyped(valueAt(place), random))]],
  [3, ["refer", ({ place, places, random }) => setAt(place, { $ref: reference(places, random) })]],
  [2, ["refer-beside", referBeside]],
  [3, ["swap", swap]],
  [3, ["graft", ({ place, donors, random }) => setAt(place, partOf(donors, random))]],
  [2, ["copy-elsewhere", ({ place, places, random }) => setAt(place, copyOf(valueAt(random.pick(places))))]],
  [3, ["rename", ({ place, random }) => rename(place, random.pick(HOSTILE_NAMES))]],
  [2, ["rename-as-sibling", renameAsSibling]],
  [2, ["add", ({ place, random }) => add(valueAt(place), oddValue(random), random)]],
  [2, ["duplicate", duplicate]],
  [1, ["wrap", ({ place, random }) => setAt(place, wrapped(valueAt(place), random))]],
  [1, ["swap-keyword-values", swapKeywordValues]],
];

/** The same thing as another type of JSON value. */
function retyped(value: Mutable, random: Random): Mutable {
  if (Array.isArray(value)) return random.pick<Mutable>([{ ...value }, value[0] ?? null, JSON.stringify(value)]);
  if (isMutableObject(value)) {
    return random.pick<Mutable>([Object.values(value), Object.keys(value), [value], JSON.stringify(value), true]);
  }
  return random.pick<Mutable>([String(value), Number(value) || 0, Boolean(value), [value], { value }, null]);
}

function wrapped(value: Mutable, random: Random): Mutable {
  const word = random.pick(["allOf", "oneOf", "anyOf", "items", "schema", "payload", "not", "properties", "content"]);
  return { [word]: /Of$/.test(word) ? [value, ...(random.chance(0.5) ? [copyOf(value)] : [])] : value };
}

/** Mostly to a place that is there, so that cycles and references into the middle of things come up. */
function reference(places: readonly Place[], random: Random): string {
  if (random.chance(0.3)) return random.pick(REFERENCES);
  const target = random.pick(places);
  const path: string[] = [target.key];
  const above = new Map(places.map((place) => [valueAt(place), place] as const));
  for (
    let holder = above.get(target.holder);
    holder !== undefined && path.length < 50;
    holder = above.get(holder.holder)
  ) {
    path.unshift(holder.key);
  }
  const pointer = path.map((key) => `/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
  return `#${random.chance(0.1) ? encodeURI(pointer.replace(/\p{Cs}/gu, "")) : pointer}`;
}

function referBeside({ place, places, random }: Tools): void {
  const value = valueAt(place);
  if (isMutableObject(value)) value["$ref"] = random.chance(0.9) ? reference(places, random) : oddValue(random);
}

function swap({ place, places, random }: Tools): void {
  const other = random.pick(places);
  const [one, two] = [copyOf(valueAt(place)), copyOf(valueAt(other))];
  setAt(place, two);
  setAt(other, one);
}

function partOf(donors: readonly Json[], random: Random): Mutable {
  const places = placesOf(random.pick(donors) as Mutable);
  return places.length === 0 ? null : copyOf(valueAt(random.pick(places)));
}

function rename(place: Place, name: string): void {
  const { holder } = place;
  if (Array.isArray(holder)) return;
  // In its place, since the order of members may count.
  const entries = Object.entries(holder);
  for (const key of Object.keys(holder)) delete holder[key];
  for (const [key, value] of entries) setAt({ holder, key: key === place.key ? name : key }, value);
}

function renameAsSibling({ place, places, random }: Tools): void {
  rename(place, random.pick(places).key);
}

function add(target: Mutable, value: Mutable, random: Random): void {
  if (Array.isArray(target)) target.splice(random.integer(0, target.length), 0, value);
  else if (isMutableObject(target)) setAt({ holder: target, key: random.pick(HOSTILE_NAMES) }, value);
}

function duplicate({ place, random }: Tools): void {
  const copy = copyOf(valueAt(place));
  if (Array.isArray(place.holder)) place.holder.push(copy);
  else
    setAt(
      { holder: place.holder, key: random.pick([`${place.key}2`, place.key.toUpperCase(), `${place.key}-`]) },
      copy,
    );
}

/** The values of two members with different names change places: each keyword gets what another one wants. */
function swapKeywordValues({ place, random }: Tools): void {
  const value = valueAt(place);
  const holder: MutableObject = isMutableObject(value) ? value : Array.isArray(place.holder) ? {} : place.holder;
  const keys = Object.keys(holder);
  if (keys.length < 2) return;
  const [one, two] = [random.pick(keys), random.pick(keys)];
  const first = valueAt({ holder, key: one });
  setAt({ holder, key: one }, valueAt({ holder, key: two }));
  setAt({ holder, key: two }, first);
}
