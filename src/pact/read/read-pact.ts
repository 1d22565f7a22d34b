import { isArray, isContainer, isObject, type JsonValue } from "../../json/index.ts";
import type { Json, JsonObject } from "../../model/index.ts";
import { type Expectation, type PactProblem, type PactVersion, type ReadPact, rootLocation } from "./expectation.ts";
import { Problems } from "./problems.ts";
import { readInteraction } from "./read-interaction.ts";

/** A pact as it was read, and what was found on the way. A file that is no pact has only problems. */
export interface PactReading {
  readonly pact: ReadPact | null;
  readonly problems: readonly PactProblem[];
}

/** Objects and arrays within each other; what is written by hand or by a library has some ten. */
const DEPTH_MAX = 300;
/** Far above what any consumer has: more would not be read by anybody. */
const INTERACTIONS_MAX = 50_000;

/**
 * Reads a pact file of version 1 to 4: HTTP interactions and messages, matching rules in either spelling. Whatever the text
 * is, it ends in a value: a pact, problems, or both.
 * @param file  what it is called in results
 */
export function readPact(text: string, file: string): PactReading {
  const problems = new Problems();
  const value = parse(text, problems);
  if (value === undefined) return { pact: null, problems: problems.all };
  const lists = isObject(value) ? listsOf(value) : [];
  if (!isObject(value) || lists.length === 0) {
    problems.add({
      code: "pact.not-a-pact",
      type: "error",
      message: "This is no pact: it has neither interactions nor messages.",
      tokens: [],
    });
    return { pact: null, problems: problems.all };
  }
  const version = versionOf(value, problems);
  const expectations = lists.flatMap(({ key, items }) =>
    items.slice(0, INTERACTIONS_MAX).flatMap((item, index): Expectation[] => {
      const read = readInteraction(item, [key, index], { version, listed: key }, problems);
      return read === null ? [] : [read];
    }),
  );
  for (const { key, items } of lists) {
    if (items.length <= INTERACTIONS_MAX) continue;
    const message = `This pact has ${items.length} ${key}; those after the first ${INTERACTIONS_MAX} are not compared.`;
    problems.add({ code: "pact.too-many", type: "error", message, tokens: [key] });
  }
  reportDuplicates(expectations, problems);
  const pact: ReadPact = {
    file,
    consumer: participant(value, "consumer"),
    provider: participant(value, "provider"),
    version,
    expectations,
    metadata: isObject(value["metadata"]) ? value["metadata"] : {},
    written: value,
  };
  return { pact, problems: problems.all };
}

function parse(text: string, problems: Problems): Json | undefined {
  const plain = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  const unreadable = (message: string) => problems.add({ code: "pact.unreadable", type: "error", message, tokens: [] });
  let value: Json;
  try {
    value = JSON.parse(plain) as Json;
  } catch (error) {
    const reason = plain.trim() === "" ? "it is empty" : reasonOf(error);
    unreadable(`This is not JSON: ${reason}.`);
    return undefined;
  }
  const flaw = flawOf(value);
  if (flaw === null) return value;
  unreadable(flaw);
  return undefined;
}

/** The engine's message quotes the text around; the first words say what is wrong. */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : "";
  const place = /\(?line (\d+) column (\d+)\)?/.exec(message);
  const what = message.replace(/,? ?"[\s\S]*$| in JSON[\s\S]*$| at position[\s\S]*$|\.\.\.[\s\S]*$/, "").toLowerCase();
  return `${what || "it cannot be parsed"}${place === null ? "" : ` at ${place[1]}:${place[2]}`}`;
}

/** What code that walks by recursion, or writes numbers, could not cope with. */
function flawOf(value: JsonValue): string | null {
  const open: { readonly value: JsonValue; readonly depth: number }[] = [{ value, depth: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next.value === "number" && !Number.isFinite(next.value))
      return "This pact holds a number that is too large.";
    if (!isContainer(next.value)) continue;
    if (next.depth >= DEPTH_MAX) return `This pact is nested more than ${DEPTH_MAX} deep.`;
    for (const item of isArray(next.value) ? next.value : Object.values(next.value)) {
      if (isContainer(item) || typeof item === "number") open.push({ value: item, depth: next.depth + 1 });
    }
  }
  return null;
}

interface InteractionList {
  readonly key: "interactions" | "messages";
  readonly items: readonly Json[];
}

function listsOf(pact: JsonObject): readonly InteractionList[] {
  return (["interactions", "messages"] as const).flatMap((key) => {
    const items = pact[key];
    return isArray(items) ? [{ key, items }] : [];
  });
}

function participant(pact: JsonObject, role: "consumer" | "provider"): string {
  const value = pact[role];
  const name = isObject(value) ? value["name"] : value;
  return typeof name === "string" && name !== "" ? name : `unknown ${role}`;
}

/** The version that the file names, in any of the ways that writers have; else the one that it looks like. */
function versionOf(pact: JsonObject, problems: Problems): PactVersion {
  const metadata = isObject(pact["metadata"]) ? pact["metadata"] : {};
  const places = ["pactSpecification", "pact-specification", "pactSpecificationVersion", "pact-specification-version"];
  for (const place of places) {
    const found = metadata[place];
    const written = isObject(found) ? found["version"] : found;
    if (typeof written !== "string" && typeof written !== "number") continue;
    const major = Number.parseInt(String(written), 10);
    if (major === 1 || major === 2 || major === 3 || major === 4) return major;
    const message = `This pact is of version ${JSON.stringify(written)}, which is not known; it is read as version 4.`;
    problems.add({
      code: "pact.version-unknown",
      type: "warning",
      message,
      tokens: ["metadata", place],
      value: found as Json,
    });
    return 4;
  }
  if (isArray(pact["messages"])) return 3;
  const first = isArray(pact["interactions"]) ? pact["interactions"].find(isObject) : undefined;
  return isObject(first) && typeof first["type"] === "string" ? 4 : 2;
}

/** Pact knows an interaction by its description and states: of two that share them, libraries keep the last. */
function reportDuplicates(expectations: readonly Expectation[], problems: Problems): void {
  const first = new Map<string, Expectation>();
  for (const expectation of expectations) {
    const key = JSON.stringify([expectation.kind, expectation.description, expectation.stateKey]);
    const known = first.get(key);
    if (known === undefined) {
      first.set(key, expectation);
      continue;
    }
    const where = rootLocation(known.tokens);
    problems.add({
      code: "pact.interaction.duplicate",
      type: "warning",
      message: `The interaction at ${where} has the same description and states: Pact keeps one of the two only.`,
      tokens: expectation.tokens,
      interaction: expectation,
      value: expectation.description,
    });
  }
}
