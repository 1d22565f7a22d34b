import { nearest, quote } from "../diagnostics/index.ts";
import {
  formatPointer,
  isArray,
  isArrayIndex,
  isContainer,
  isObject,
  joinPointer,
  parentPointer,
  parseJson,
  parsePointer,
  setOwn,
} from "../json/index.ts";
import type { Json, JsonObject } from "../model/index.ts";
import { Refusal, someOf } from "./refusal.ts";

/** A change to a payload, as an option says it. */
export type Edit =
  | { readonly kind: "set"; readonly pointer: string; readonly value: Json }
  | { readonly kind: "unset"; readonly pointer: string };

/**
 * Reads `POINTER=JSON`; what is not JSON is a string. A pointer may hold `=` itself only where what stands before the first
 * `=` is none of a payload's.
 */
export function parseSet(text: string): Edit | Refusal {
  const equals = text.indexOf("=");
  if (equals < 0) return new Refusal(`--set ${text} has no value.`, "write --set /pointer=value");
  const written = text.slice(equals + 1);
  const pointer = text.slice(0, equals);
  const json = parseJson(written);
  return checkPointer("--set", pointer) ?? { kind: "set", pointer, value: json === undefined ? written : json };
}

export function parseUnset(pointer: string): Edit | Refusal {
  if (pointer === "") return new Refusal("--unset needs a pointer to a member of the payload.", "such as --unset /id");
  return checkPointer("--unset", pointer) ?? { kind: "unset", pointer };
}

function checkPointer(option: string, pointer: string): Refusal | null {
  if (parsePointer(pointer) !== null) return null;
  const meant = formatPointer(pointer.replace(/^\$\.?/, "").split(/[./]/));
  const hint = pointer.startsWith("/")
    ? "a tilde is written ~0, a slash in a name ~1"
    : `did you mean ${option} ${meant}`;
  return new Refusal(`${option}: ${quote(pointer)} is no JSON pointer.`, hint);
}

/**
 * A payload with the changes made one after the other. Pointers go on inside strings that hold JSON, which are written as strings
 * again. Objects that a pointer leads through are made where they are missing; `-` is the place behind a list's last item.
 */
export function editPayload(payload: Json, edits: readonly Edit[]): Json | Refusal {
  let edited = payload;
  for (const edit of edits) {
    const changed = change(edited, parsePointer(edit.pointer) ?? [], edit, "");
    if (changed instanceof Refusal) return changed;
    edited = changed;
  }
  return edited;
}

function change(value: Json, tokens: readonly string[], edit: Edit, at: string): Json | Refusal {
  const [token, ...rest] = tokens;
  if (token === undefined) return edit.kind === "set" ? replaced(value, edit.value) : value;
  const option = `--${edit.kind} ${edit.pointer}`;
  if (typeof value === "string") {
    const inner = parseJson(value);
    if (!isContainer(inner)) return noMembers(option, at, "a string that holds no JSON");
    const changed = change(inner, tokens, edit, at);
    return changed instanceof Refusal ? changed : JSON.stringify(changed);
  }
  if (isArray(value)) return changeItem(value, token, rest, { edit, option, at });
  if (!isObject(value)) return noMembers(option, at, value === null ? "null" : `a ${typeof value}`);
  const here = joinPointer(at, token);
  const before = Object.hasOwn(value, token) ? value[token] : undefined;
  if (before === undefined && edit.kind === "unset") return missing(option, here, token, Object.keys(value));
  if (rest.length === 0 && edit.kind === "unset") return without(value, token);
  const changed = change(before ?? (rest.length === 0 ? null : {}), rest, edit, here);
  return changed instanceof Refusal ? changed : withMember(value, token, changed);
}

function changeItem(
  list: readonly Json[],
  token: string,
  rest: readonly string[],
  { edit, option, at }: { edit: Edit; option: string; at: string },
): Json | Refusal {
  const index = token === "-" && edit.kind === "set" ? list.length : isArrayIndex(token) ? Number(token) : -1;
  const isNew = index === list.length && edit.kind === "set";
  if (index < 0 || (index >= list.length && !isNew)) {
    const size = list.length === 1 ? "1 item" : `${list.length} items`;
    const hint = edit.kind === "set" ? `index from 0, or - for a new item at the end` : undefined;
    return new Refusal(`${option}: ${quote(at)} is a list of ${size} and has none at ${quote(token)}.`, hint);
  }
  if (rest.length === 0 && edit.kind === "unset") return list.toSpliced(index, 1);
  const changed = change(list[index] ?? (rest.length === 0 ? null : {}), rest, edit, joinPointer(at, token));
  return changed instanceof Refusal ? changed : isNew ? [...list, changed] : list.with(index, changed);
}

/** An object or list in the place of JSON in a string stays JSON in a string. */
function replaced(before: Json, value: Json): Json {
  const isJsonString = typeof before === "string" && isContainer(parseJson(before));
  return isJsonString && isContainer(value) ? JSON.stringify(value) : value;
}

function noMembers(option: string, at: string, what: string): Refusal {
  const place = at === "" ? "the payload" : quote(at);
  return new Refusal(`${option}: ${place} is ${what}, and has no members.`);
}

function missing(option: string, here: string, token: string, names: readonly string[]): Refusal {
  const near = nearest(token, names);
  const hint =
    near === undefined
      ? `there are ${someOf(names) || "none"}`
      : `did you mean ${joinPointer(parentPointer(here), near)}`;
  return new Refusal(`${option}: the payload has nothing at ${quote(here)}.`, hint);
}

function without(object: JsonObject, name: string): JsonObject {
  return copyOf(Object.entries(object).filter(([key]) => key !== name));
}

function withMember(object: JsonObject, name: string, value: Json): JsonObject {
  const entries = Object.entries(object);
  return copyOf(
    Object.hasOwn(object, name)
      ? entries.map(([key, before]) => [key, key === name ? value : before] as const)
      : [...entries, [name, value] as const],
  );
}

function copyOf(entries: readonly (readonly [string, Json])[]): JsonObject {
  const object: Record<string, Json> = {};
  for (const [name, value] of entries) setOwn(object, name, value);
  return object;
}
