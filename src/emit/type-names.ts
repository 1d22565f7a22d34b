import type { Contract } from "../model/index.ts";
import { type DecodedSchemas, leadsToJsonString, soleReference } from "./decoded-schemas.ts";

/** Names that the emitted types use themselves, or that TypeScript's own types would be hidden by. */
const TAKEN: readonly string[] = (
  "Array Date Error Exclude Extract JsonString Map Number Object Omit Partial Pick Promise ReadonlyArray Record " +
  "Required Set String Symbol WithRequired Boolean Function RegExp Uint8Array URL Headers Request Response globalThis"
).split(" ");

/** The TypeScript names of everything in a contract; each is used once. */
export interface TypeNames {
  /** By webhook name: the type of the decoded event. */
  readonly events: ReadonlyMap<string, string>;
  /** By webhook name: the type of the body on the wire, where it differs from the event and no schema's name says it. */
  readonly wires: ReadonlyMap<string, string>;
  readonly headers: ReadonlyMap<string, string>;
  /** By schema key: the type of the value on the wire. */
  readonly schemas: ReadonlyMap<string, string>;
  /** By schema key: the type of the decoded value, where it differs. */
  readonly decoded: ReadonlyMap<string, string>;
}

export function typeNames(contract: Contract, { differing }: DecodedSchemas): TypeNames {
  const taken = new Set(TAKEN);
  const take = (...candidates: readonly string[]): string => {
    const free = candidates.find((name) => !taken.has(name));
    const last = candidates.at(-1) ?? "";
    let name = free ?? last;
    for (let count = 2; taken.has(name); count++) name = `${last}${count}`;
    taken.add(name);
    return name;
  };
  const events = new Map(contract.webhooks.map(({ name, key }) => [name, take(`${pascalCase(key)}Event`)]));
  const wires = new Map(
    contract.webhooks
      .filter(({ payload }) => soleReference(payload) === null && leadsToJsonString(payload, differing))
      .map(({ name, key }) => [name, take(`${pascalCase(key)}Wire`)] as const),
  );
  const headers = new Map(contract.webhooks.map(({ name, key }) => [name, take(`${pascalCase(key)}Headers`)]));
  const keys = Object.keys(contract.schemas);
  const schemas = new Map(keys.map((key) => [key, take(pascalCase(key), `${pascalCase(key)}Schema`)]));
  // A schema that is an event's whole payload is, decoded, that event.
  const eventOfKey = new Map<string, string>();
  for (const { name, payload } of contract.webhooks) {
    const key = soleReference(payload);
    if (key !== null && !eventOfKey.has(key)) eventOfKey.set(key, events.get(name) ?? "");
  }
  const decoded = new Map(
    keys
      .filter((key) => differing.has(key))
      .map((key) => [key, eventOfKey.get(key) ?? take(`${pascalCase(key)}Decoded`)] as const),
  );
  return { events, wires, headers, schemas, decoded };
}

/** `conference_end` → `ConferenceEnd`, `onLeave` → `OnLeave`; the parts of a safe key stay safe. */
function pascalCase(key: string): string {
  const name = key
    .split("_")
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join("");
  return /^[A-Za-z]/.test(name) ? name : `_${name}`;
}
