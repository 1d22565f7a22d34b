import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { formatPointer, getAt } from "../../json/index.ts";
import type { MessageInteraction } from "../pact-file.ts";
import type { Expectation, PactProblem, PactTokens, ReadPact } from "../read/expectation.ts";
import { readPact } from "../read/read-pact.ts";
import type { Place, ProducedProblem } from "./results.ts";

export interface PactEntry {
  readonly consumer: string;
  readonly description: string;
  readonly place: Place;
  /** What Pact's verifier takes; null where it is none, for the reason of `problem`. */
  readonly interaction: MessageInteraction | null;
  readonly problem: ProducedProblem | null;
}

/**
 * The interactions of pact files, and of all `.json` files in folders, that are with this provider; of a file that is named,
 * whoever it is with.
 * @throws Error with a sentence for a path that cannot be read, or where there is no pact at all
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

/** @param provider  of a file that was found in a folder, where other files may lie */
function readFile(file: string, provider: string | null): readonly PactEntry[] {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new Error(`The pact ${file} cannot be read: ${(error as Error).message}`, { cause: error });
  }
  const { pact, problems } = readPact(text, file);
  if (pact === null) {
    const isOther = provider !== null && problems.every(({ code }) => code === "pact.not-a-pact");
    return isOther ? [] : [unreadable(file, "unknown consumer", problems)];
  }
  if (provider !== null && pact.provider !== provider) return [];
  const byPlace = new Map<string, PactProblem[]>();
  for (const problem of problems) {
    const place = placeOf(problem.tokens);
    byPlace.set(place, [...(byPlace.get(place) ?? []), problem]);
  }
  const read = pact.expectations.map((one) => entryOf(one, byPlace.get(placeOf(one.tokens)) ?? [], pact));
  const known = new Set(read.map(({ place }) => place.pointer));
  const rest = problems
    .filter(({ type, tokens }) => (type === "error" || typeof tokens[1] === "number") && !known.has(placeOf(tokens)))
    .map(({ message, tokens, interaction }) => ({
      consumer: pact.consumer,
      description: interaction?.description || placeOf(tokens) || basename(file),
      place: { file, pointer: formatPointer(tokens.map(String)) },
      interaction: null,
      problem: { code: "pact-unsupported", message } as const,
    }));
  const entries = [...read, ...rest];
  if (provider !== null || entries.length > 0) return entries;
  return [unreadable(file, pact.consumer, [{ message: "This pact has no interactions." }])];
}

function unreadable(file: string, consumer: string, [first]: readonly Pick<PactProblem, "message">[]): PactEntry {
  const problem = { code: "pact-unreadable", message: first?.message ?? "This is no pact." } as const;
  return { consumer, description: basename(file), place: { file, pointer: "" }, interaction: null, problem };
}

/** The interaction that a place of a pact lies in. */
function placeOf(tokens: PactTokens): string {
  return formatPointer(tokens.slice(0, 2).map(String));
}

function entryOf(expectation: Expectation, problems: readonly PactProblem[], pact: ReadPact): PactEntry {
  const { tokens, description } = expectation;
  const place = { file: pact.file, pointer: placeOf(tokens) };
  const message = unsupported(expectation, problems, pact);
  const written = getAt(pact.written, tokens.map(String)) as unknown as MessageInteraction;
  return {
    consumer: pact.consumer,
    description: description || place.pointer,
    place,
    interaction: message === null ? written : null,
    problem: message === null ? null : { code: "pact-unsupported", message },
  };
}

/** Of what Pact's verifier would take in another way than it is meant, or pass over in silence. */
function unsupported(
  { kind, delivery }: Expectation,
  problems: readonly PactProblem[],
  { version }: ReadPact,
): string | null {
  if (kind === "http")
    return "an HTTP interaction, in which the sender would be the consumer; a webhook is a message of version 4";
  if (version < 4) return `a message of version ${version}; write the pact anew with version 4`;
  if (delivery.body === null) return "a message without contents";
  if (delivery.body.content === undefined) return `a message that is not JSON: ${delivery.body.problem}`;
  const [matcher] = problems.filter(({ code }) => code.startsWith("pact.matcher."));
  return matcher?.message ?? null;
}
