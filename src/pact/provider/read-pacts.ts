import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { isArray, isObject, joinPointer, own, parseJson } from "../../json/index.ts";
import type { Json, JsonObject } from "../../model/index.ts";
import type { MessageInteraction } from "../pact-file.ts";
import type { Place } from "./results.ts";

export interface PactEntry {
  readonly consumer: string;
  readonly description: string;
  readonly place: Place;
  /** Null for what is no message of version 4; `problem` says what it is. */
  readonly interaction: MessageInteraction | null;
  readonly problem: string;
}

/**
 * The interactions of pact files, and of all `.json` files in folders, that are with this provider; of a file that is named,
 * whoever it is with.
 * @throws Error with a sentence for a path that is no pact, or where there is none at all
 */
export function readPacts(paths: readonly string[], provider: string): readonly PactEntry[] {
  const entries = paths.flatMap((path) => {
    const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
    if (!isFolder) return readFile(path, null);
    const names = readdirSync(path).filter((name) => name.endsWith(".json"));
    return names.sort().flatMap((name) => readFile(join(path, name), provider));
  });
  if (entries.length === 0)
    throw new Error(`There is no pact with ${JSON.stringify(provider)} in ${paths.join(", ")}.`);
  return entries;
}

function readFile(file: string, provider: string | null): readonly PactEntry[] {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new Error(`The pact ${file} cannot be read: ${(error as Error).message}`, { cause: error });
  }
  const pact = parseJson(text);
  if (!isObject(pact)) throw new Error(`${file} is no pact: it is not JSON, or no object.`);
  if (provider !== null && nameOf(pact, "provider") !== provider) return [];
  const consumer = nameOf(pact, "consumer") ?? "unnamed";
  const entries = ["interactions", "messages"].flatMap((list) => {
    const items = own(pact, list);
    return isArray(items)
      ? items.map((item, index) => entryOf(item, { file, pointer: joinPointer("", list, index) }, consumer))
      : [];
  });
  if (provider === null && entries.length === 0) throw new Error(`${file} is no pact, or one without interactions.`);
  return entries;
}

function nameOf(pact: JsonObject, role: string): string | null {
  const participant = own(pact, role);
  const name = isObject(participant) ? own(participant, "name") : undefined;
  return typeof name === "string" ? name : null;
}

function entryOf(item: Json, place: Place, consumer: string): PactEntry {
  const description = isObject(item) ? own(item, "description") : undefined;
  const entry = { consumer, description: typeof description === "string" ? description : place.pointer, place };
  const problem = problemOf(item, place);
  return {
    ...entry,
    interaction: problem === null ? (item as unknown as MessageInteraction) : null,
    problem: problem ?? "",
  };
}

function problemOf(item: Json, { pointer }: Place): string | null {
  if (pointer.startsWith("/messages")) return "a message of version 3; write the pact anew with version 4";
  if (!isObject(item)) return "no interaction";
  const type = own(item, "type");
  if (type !== "Asynchronous/Messages") {
    return type === undefined || type === "Synchronous/HTTP"
      ? "an HTTP interaction, in which the sender would be the consumer; a webhook is a message of version 4"
      : `an interaction of type ${JSON.stringify(type)}, and no message`;
  }
  const contents = own(item, "contents");
  if (!isObject(contents) || own(contents, "content") === undefined) return "a message without contents";
  return own(contents, "encoded") === true || typeof own(contents, "encoded") === "string"
    ? "a message that is not JSON"
    : null;
}
