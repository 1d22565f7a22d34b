import { isArray, isObject, own } from "../../json/index.ts";
import type { Json } from "../../model/index.ts";
import { itemsOf, newUsage, type Usage } from "./usage.ts";

/** A property that was asked for by its name. */
export interface NamedRead {
  /** Of the object that was asked, by names and `*` for the items of a list. */
  readonly path: readonly string[];
  readonly name: string;
  /** The line of code that asked, where the engine tells. */
  readonly stack: string;
}

export interface Recording {
  /** To be handed to whoever is watched. */
  readonly value: unknown;
  readonly plain: Json;
  readonly usage: Usage;
  /** Properties that were asked for and are not there, each once. */
  readonly missed: readonly NamedRead[];
  /** Those that are there and were asked for by name, and not because an object was gone through; each once. */
  readonly named: readonly NamedRead[];
}

/** What is noted while a value is read. */
interface Notes {
  readonly missed: NamedRead[];
  readonly named: NamedRead[];
}

/**
 * What language and libraries ask of any object to find out what it is. Nobody's payload is meant, unless it has such a
 * property.
 */
const PROBES: ReadonlySet<string> = new Set([
  ...Object.getOwnPropertyNames(Object.prototype),
  "$$typeof",
  "_bsontype",
  "asymmetricMatch",
  "nodeType",
  "tagName",
  "then",
  "toJSON",
  "inspect",
  "@@__IMMUTABLE_ITERABLE__@@",
  "@@__IMMUTABLE_RECORD__@@",
]);

/** By the object that was handed out: what it stands for. */
const recorded = new WeakMap<object, { readonly plain: Json; readonly usage: Usage }>();

/**
 * A copy of a value that notes which of its properties are read: by name, destructuring, spreading, iteration, `in`,
 * `JSON.stringify` and whatever else asks an object. What is given away without being asked (`queue.push(event)`) counts as
 * read as a whole, since nobody can see what becomes of it.
 */
export function record(value: Json): Recording {
  const notes: Notes = { missed: [], named: [] };
  const usage = newUsage();
  return { value: watch(value, usage, [], notes), plain: value, usage, ...notes };
}

/** The plain value behind a recorded one, which is read as a whole thereby; whatever else is given comes back as it is. */
export function takeWhole(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const known = recorded.get(value);
  if (known !== undefined) {
    known.usage.isReached = true;
    known.usage.isWhole = true;
    return known.plain;
  }
  if (Array.isArray(value)) return value.map(takeWhole);
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, takeWhole(member)]));
}

/**
 * The target of each proxy is a copy that has the proxies of its members, so that it may be frozen, changed and compared
 * like any other object.
 */
function watch(value: Json, usage: Usage, path: readonly string[], notes: Notes): unknown {
  if (isArray(value)) {
    const items = value.length === 0 ? newUsage() : itemsOf(usage);
    const copy = value.map((item) => watch(item, items, [...path, "*"], notes));
    return enlist(new Proxy(copy, listTraps(usage)), value, usage);
  }
  if (!isObject(value)) return value;
  const copy: Record<string, unknown> = {};
  for (const name of Object.keys(value)) {
    // The usage of a member is made when it is read; a member that nobody reads has none.
    const member = lazyUsage(usage, name);
    Object.defineProperty(copy, name, {
      value: watch(own(value, name) as Json, member, [...path, name], notes),
      writable: true,
      enumerable: true,
      configurable: true,
    });
  }
  return enlist(new Proxy(copy, objectTraps(value, usage, path, notes)), value, usage);
}

function enlist<Value extends object>(proxy: Value, plain: Json, usage: Usage): Value {
  recorded.set(proxy, { plain, usage });
  return proxy;
}

/** A usage that becomes its parent's member as soon as it is read; the items of a list share theirs. */
function lazyUsage(parent: Usage, name: string): Usage {
  const prepared = lazy.get(parent) ?? new Map<string, Usage>();
  lazy.set(parent, prepared);
  const usage = prepared.get(name) ?? newUsage();
  prepared.set(name, usage);
  return usage;
}

const lazy = new WeakMap<Usage, Map<string, Usage>>();

function objectTraps(value: object, usage: Usage, path: readonly string[], notes: Notes): ProxyHandler<object> {
  /** What the handler has put there itself is its own business. */
  const written = new Set<string>();
  const isTheirs = (name: string) => Object.hasOwn(value, name) && !written.has(name);
  /** Whoever has the list of names asks for each, and means none. */
  let isListed = false;
  const note = (list: NamedRead[], name: string) => {
    if (list.some((one) => one.name === name && same(one.path, path))) return;
    list.push({ path, name, stack: new Error().stack ?? "" });
  };
  const miss = (name: string) => {
    if (!written.has(name) && !PROBES.has(name)) note(notes.missed, name);
  };
  const meet = (name: string) => {
    if (!isListed) note(notes.named, name);
  };
  return {
    get(target, name) {
      const found: unknown = Reflect.get(target, name);
      if (typeof name !== "string") return found;
      usage.isOpened = true;
      if (isTheirs(name)) {
        meet(name);
        reach(usage, name, found);
      } else if (found === undefined) miss(name);
      return found;
    },
    has(target, name) {
      const isThere = Reflect.has(target, name);
      if (typeof name !== "string") return isThere;
      usage.isOpened = true;
      if (isTheirs(name)) {
        meet(name);
        touch(usage, name);
      } else if (!isThere) miss(name);
      return isThere;
    },
    getOwnPropertyDescriptor(target, name) {
      usage.isOpened = true;
      if (typeof name === "string" && isTheirs(name)) touch(usage, name);
      return Reflect.getOwnPropertyDescriptor(target, name);
    },
    ownKeys(target) {
      usage.isOpened = true;
      isListed = true;
      return Reflect.ownKeys(target);
    },
    set(target, name, next) {
      if (typeof name === "string") written.add(name);
      return Reflect.set(target, name, next);
    },
    defineProperty(target, name, descriptor) {
      if (typeof name === "string" && "value" in descriptor && descriptor.value !== Reflect.get(target, name))
        written.add(name);
      return Reflect.defineProperty(target, name, descriptor);
    },
  };
}

function listTraps(usage: Usage): ProxyHandler<unknown[]> {
  const open = (name: string | symbol) => {
    usage.isOpened = true;
    return typeof name === "string" && /^\d+$/.test(name);
  };
  return {
    get(target, name) {
      const found: unknown = Reflect.get(target, name);
      // Methods work on the proxy, and so ask it for all that they need.
      if (open(name) && usage.items !== null) arrive(usage.items, found);
      return found;
    },
    has(target, name) {
      open(name);
      return Reflect.has(target, name);
    },
    ownKeys(target) {
      usage.isOpened = true;
      return Reflect.ownKeys(target);
    },
  };
}

/** A member was read. */
function reach(parent: Usage, name: string, found: unknown): void {
  arrive(touch(parent, name), found);
}

/** It was asked whether a member is there. */
function touch(parent: Usage, name: string): Usage {
  const usage = lazyUsage(parent, name);
  parent.members.set(name, usage);
  return usage;
}

function arrive(usage: Usage, found: unknown): void {
  usage.isReached = true;
  if (typeof found !== "object" || found === null) usage.isWhole = true;
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((part, index) => part === b[index]);
}
