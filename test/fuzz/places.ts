import { setOwn } from "../../src/json/index.ts";

/** A JSON value that may be changed in place. */
export type Mutable = string | number | boolean | null | Mutable[] | { [key: string]: Mutable };
export type MutableObject = { [key: string]: Mutable };

/** A member of an object or an item of an array. */
export interface Place {
  readonly holder: Mutable[] | MutableObject;
  readonly key: string;
}

export function isMutableObject(value: Mutable | undefined): value is MutableObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Every place in a value, outer ones first. */
export function placesOf(value: Mutable): Place[] {
  const places: Place[] = [];
  const pending: Mutable[] = [value];
  for (let current = pending.pop(); current !== undefined; current = pending.pop()) {
    if (typeof current !== "object" || current === null) continue;
    for (const key of Object.keys(current)) {
      const place = { holder: current, key };
      places.push(place);
      pending.push(valueAt(place));
    }
  }
  return places;
}

export function valueAt({ holder, key }: Place): Mutable {
  return Array.isArray(holder) ? (holder[Number(key)] as Mutable) : (holder[key] as Mutable);
}

export function setAt({ holder, key }: Place, value: Mutable): void {
  if (Array.isArray(holder)) holder[Number(key)] = value;
  else setOwn(holder, key, value);
}

export function removeAt({ holder, key }: Place): void {
  if (Array.isArray(holder)) holder.splice(Number(key), 1);
  else delete holder[key];
}

export function copyOf<Value extends Mutable>(value: Value): Value {
  return JSON.parse(JSON.stringify(value)) as Value;
}
