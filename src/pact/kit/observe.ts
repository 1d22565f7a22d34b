import { AsyncLocalStorage } from "node:async_hooks";
import { isObject } from "../../json/index.ts";
import type { Json } from "../../model/index.ts";
import { headerOf } from "../../runtime/headers.ts";
import type { Delivery } from "../../runtime/types.ts";
import { type Recording, record, takeWhole } from "../recording/recorder.ts";

/** A handler as the receiver calls it. */
type Handler = (event: unknown, delivery: ObservedDelivery) => unknown;

interface ObservedDelivery {
  readonly webhook: string;
  readonly headers?: unknown;
  readonly request?: Pick<Delivery, "headers">;
}

/** What was seen of one delivery. */
export interface Observation {
  readonly webhook: string;
  readonly event: Recording;
  /** Lower-case names of the headers that were read. */
  readonly headers: ReadonlySet<string>;
  /** Settles when the handler is done; its error, if it threw one. */
  readonly done: Promise<unknown>;
}

/** By this header a delivery is known when it reaches a handler. */
export const DELIVERY_HEADER = "x-hookbook-delivery";

/** Where the receiver looks before it calls a handler: generated code brings a receiver of its own, which shares nothing else. */
const OBSERVE = Symbol.for("hookbook.observe");
type Global = typeof globalThis & { [OBSERVE]?: (handler: Handler) => Handler };

const waiting = new Map<string, (observation: Observation) => void>();
const watched = new AsyncLocalStorage<true>();

/** Has the handler of a delivery be watched when the delivery comes to it. */
export function observe(id: string, onObserved: (observation: Observation) => void): void {
  (globalThis as Global)[OBSERVE] ??= watch;
  watchClones();
  waiting.set(id, onObserved);
}

export function stopObserving(id: string): void {
  waiting.delete(id);
  if (waiting.size > 0) return;
  delete (globalThis as Global)[OBSERVE];
}

function watch(handler: Handler): Handler {
  return (event, delivery) => {
    const id = headerOf(delivery.request?.headers ?? {}, DELIVERY_HEADER);
    const onObserved = id === null ? undefined : waiting.get(id);
    if (onObserved === undefined) return handler(event, delivery);
    const recording = record(event as Json);
    const headers = new Set<string>();
    const { value } = recording;
    // A handler that takes nothing reads nothing; what one takes and never asks for anything was handed on as a whole.
    recording.usage.isReached = handler.length > 0;
    const result = watched.run(true, () =>
      settled(() => handler(value, watchedDelivery(delivery, recording, headers))),
    );
    onObserved({ webhook: delivery.webhook, event: recording, headers, done: result.then(({ error }) => error) });
    return result.then(({ error, returned }) => {
      if (error !== undefined) throw error;
      return returned;
    });
  };
}

async function settled(call: () => unknown): Promise<{ readonly error?: unknown; readonly returned?: unknown }> {
  try {
    return { returned: await call() };
  } catch (error) {
    return { error: error ?? new Error("The handler threw nothing.") };
  }
}

/** The delivery with the recorded event, and headers that note their names; who looks at the raw request reads everything. */
function watchedDelivery(delivery: ObservedDelivery, recording: Recording, read: Set<string>): ObservedDelivery {
  const given = isObject(delivery.headers) ? delivery.headers : {};
  const headers = new Proxy({ ...given } as Record<string, unknown>, {
    get(target, name) {
      if (typeof name === "string" && Object.hasOwn(target, name)) read.add(name);
      return Reflect.get(target, name);
    },
    has(target, name) {
      if (typeof name === "string" && Object.hasOwn(target, name)) read.add(name);
      return Reflect.has(target, name);
    },
    getOwnPropertyDescriptor(target, name) {
      if (typeof name === "string" && Object.hasOwn(target, name)) read.add(name);
      return Reflect.getOwnPropertyDescriptor(target, name);
    },
  });
  return Object.defineProperties(Object.create(Object.getPrototypeOf(delivery)), {
    ...Object.getOwnPropertyDescriptors(delivery),
    event: { value: recording.value, enumerable: true, configurable: true },
    headers: { value: headers, enumerable: true, configurable: true },
    request: {
      get: () => {
        takeWhole(recording.value);
        return delivery.request;
      },
      enumerable: true,
      configurable: true,
    },
  });
}

let clonesAreWatched = false;

/** A recorded event cannot be cloned by the engine, and cloning it reads all of it. */
function watchClones(): void {
  if (clonesAreWatched) return;
  clonesAreWatched = true;
  const original = globalThis.structuredClone;
  globalThis.structuredClone = (value, options) =>
    original(watched.getStore() === true ? (takeWhole(value) as typeof value) : value, options);
}
