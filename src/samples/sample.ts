import { isArray, isObject } from "../json/index.ts";
import type { Contract, Json, JsonObject, Schema, Webhook } from "../model/index.ts";
import type { Choice } from "./conjunctions.ts";
import { Dice } from "./dice.ts";
import { Judge } from "./judge.ts";
import { Maker, type Mode, type Pins, type Place, TooLarge } from "./maker.ts";
import { publishedValues } from "./published-values.ts";

/** A payload as it is on the wire, or why there is none. */
export type Sample = { readonly ok: true; readonly value: Json } | { readonly ok: false; readonly reason: string };

/** What of a contract decides about its samples. */
export type SampledContract = Pick<Contract, "schemas" | "webhooks">;

/** A value with nothing but what the schema requires, the same on every run. */
export function minimalSample(contract: SampledContract, schema: Schema): Sample {
  return makeSample(contract, schema, { mode: "minimal" });
}

/** A value with every property that the schema describes, the optional ones too; what lies in itself is cut off. */
export function fullSample(contract: SampledContract, schema: Schema): Sample {
  return makeSample(contract, schema, { mode: "full" });
}

/**
 * A value with some of what the schema allows.
 * @param random  from 0 up to, but without, 1, as `Math.random`: the same numbers give the same value
 */
export function randomSample(contract: SampledContract, schema: Schema, random: () => number): Sample {
  return makeSample(contract, schema, { mode: "random", dice: new Dice(random) });
}

/** A webhook's payload, recognised as its own: what its route compares is there, be it described or not. */
export function webhookSample(contract: SampledContract, webhook: Webhook, mode: "minimal" | "full"): Sample {
  return makeSample(contract, webhook.payload, { mode, pins: routePins(webhook) });
}

export interface MakeOptions {
  readonly mode: Mode;
  readonly dice?: Dice;
  readonly pins?: Pins;
  readonly choose?: (place: Place, choice: Choice) => readonly number[] | null;
  readonly onNullable?: (place: Place) => void;
}

/** One sample in the way that the options say. */
export function makeSample(contract: SampledContract, schema: Schema, options: MakeOptions): Sample {
  const { judge, published } = knowledgeOf(contract);
  const { mode, dice = null, pins = new Map(), choose = () => null, onNullable = () => {} } = options;
  const maker = new Maker({ judge, published, pins, dice, choose, onNullable });
  try {
    const value = maker.make([schema], { pointer: "", name: "", depth: 0, number: 0, mode, within: [] });
    return value === undefined ? { ok: false, reason: reasonOf(maker) } : { ok: true, value };
  } catch (error) {
    if (error instanceof TooLarge) return { ok: false, reason: "its schema leads to too many values" };
    // Followed by recursion, as validators do.
    if (error instanceof RangeError) return { ok: false, reason: "its schema leads too deep" };
    throw error;
  }
}

function reasonOf({ failure }: Maker): string {
  const place = failure === null || failure.pointer === "" ? "its schema" : `the schema of ${failure.pointer}`;
  return `nothing was found that keeps to ${place}`;
}

/** The body's values by which a receiver recognises the webhook. */
export function routePins({ route }: Pick<Webhook, "route">): Pins {
  const pins = new Map<string, readonly Json[]>();
  for (const { in: place, at, value } of route) {
    if (place === "body") pins.set(at, isArray(value) ? value : [value as Json]);
  }
  return pins;
}

interface Knowledge {
  readonly judge: Judge;
  readonly published: (schema: JsonObject) => readonly Json[];
}

const known = new WeakMap<SampledContract, Knowledge>();

/** What is found out about a contract once for all its samples. */
export function knowledgeOf(contract: SampledContract): Knowledge {
  let knowledge = known.get(contract);
  if (knowledge === undefined) {
    const judge = new Judge(contract.schemas);
    knowledge = { judge, published: publishedValues(contract, judge) };
    known.set(contract, knowledge);
  }
  return knowledge;
}

/** The name of a branch for people: its title, the constant that tells it from others, the schema's key, or its number. */
export function branchName(branch: Schema | undefined, index: number, { schemas }: SampledContract): string {
  const own = isObject(branch) ? branch : {};
  const { $ref: ref, title } = own;
  const key = typeof ref === "string" ? ref.slice(ref.lastIndexOf("/") + 1) : undefined;
  const target = key === undefined ? undefined : schemas[key];
  const titles = [title, isObject(target) ? target["title"] : undefined].filter((one) => typeof one === "string");
  const type = own["type"];
  return titles[0] ?? key ?? constantOf(own) ?? (typeof type === "string" ? type : String(index + 1));
}

function constantOf({ const: value, properties }: JsonObject): string | undefined {
  if (value !== undefined && typeof value !== "object") return String(value);
  for (const property of isObject(properties) ? Object.values(properties) : []) {
    const constant = isObject(property) ? property["const"] : undefined;
    if (typeof constant === "string") return constant;
  }
  return undefined;
}
