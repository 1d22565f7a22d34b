import type { Webhook } from "../../model/index.ts";

/** What both specifications allow as the key of a component, and nearly every tool as any key. */
const COMPONENT_KEY = /^[A-Za-z0-9._-]+$/;

/** Hands out keys of one map, each once: a key that is taken gets `-2`, `-3`, …. */
export class Keys {
  readonly #taken = new Set<string>();

  constructor(reserved: readonly string[] = []) {
    for (const key of reserved) this.#taken.add(key);
  }

  has(key: string): boolean {
    return this.#taken.has(key);
  }

  take(wanted: string): string {
    let key = wanted;
    for (let count = 2; this.#taken.has(key); count++) key = `${wanted}-${count}`;
    this.#taken.add(key);
    return key;
  }
}

/**
 * A key for each webhook under which documents keep it: its name, where that can be the key of a component, else its key.
 * @see https://www.asyncapi.com/docs/reference/specification/v3.0.0#componentsObject
 * @see https://spec.openapis.org/oas/v3.1.1.html#components-object
 */
export function componentKeys(webhooks: readonly Webhook[]): readonly string[] {
  const keys = new Keys(webhooks.flatMap(({ name }) => (isComponentKey(name) ? name : [])));
  return webhooks.map(({ name, key }) => (isComponentKey(name) ? name : keys.take(key)));
}

/** A name as the key of a component; what cannot be in one becomes `_`. */
export function toComponentKey(name: string): string {
  return COMPONENT_KEY.test(name) ? name : name.replace(/[^A-Za-z0-9._-]+/g, "_") || "_";
}

/** `x-…` would be an extension in some maps, and `constructor` is something that every object of JavaScript has. */
function isComponentKey(name: string): boolean {
  return COMPONENT_KEY.test(name) && !name.startsWith("x-") && !(name in {});
}
