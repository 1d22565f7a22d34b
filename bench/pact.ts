import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** How many interactions a check is measured with. */
export const INTERACTIONS = 1_000;

/** Writes a pact of so many interactions about the published events of the conference contract, half of them with matchers. */
export function writePact(specs: string, file: string): void {
  const folder = join(specs, "conference/examples");
  const events = readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => ({
      name: name.replace(/\.json$/, ""),
      content: JSON.parse(readFileSync(join(folder, name), "utf8")),
    }));
  const matcher = (rule: object) => ({ combine: "AND", matchers: [rule] });
  const interactions = Array.from({ length: INTERACTIONS }, (_, index) => {
    const event = events[index % events.length];
    const rules = {
      "$.payload": matcher({ match: "contentType", value: "application/json" }),
      "$.timestamp": matcher({ match: "regex", regex: `\\A[0-9]{4}-[0-9]{2}-[0-9]{2}T.{${index % 7},60}\\z` }),
    };
    return {
      type: "Asynchronous/Messages",
      description: `${event?.name}: variant ${index}`,
      contents: { content: event?.content, contentType: "application/json", encoded: false },
      ...(index % 2 === 0 ? { matchingRules: { body: rules } } : {}),
    };
  });
  const metadata = { pactSpecification: { version: "4.0" } };
  const pact = { consumer: { name: "bench" }, provider: { name: "conference" }, interactions, metadata };
  writeFileSync(file, JSON.stringify(pact));
}

/** Interactions of the repository's own pacts: each is delivered to its consumer once, and verified once. */
export function countContractSuite(generated: string): number {
  const folder = join(generated, "pacts");
  const files = readdirSync(folder).filter((name) => name.endsWith(".json"));
  const counts = files.map((name) => JSON.parse(readFileSync(join(folder, name), "utf8")).interactions.length);
  return 2 * counts.reduce((sum, count) => sum + count, 0);
}
