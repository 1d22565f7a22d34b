import { equal } from "../../json/index.ts";
import type { Json, Webhook } from "../../model/index.ts";
import type { WebhookDifference } from "../difference.ts";

/** What differs between two webhooks that people read and programs do not. */
export function compareProse(before: Webhook, after: Webhook): readonly WebhookDifference[] {
  const texts = ["summary", "description", "tags", "externalDocs"] as const;
  const changed = texts.filter((what) => !equal((before[what] ?? null) as Json, (after[what] ?? null) as Json));
  const differences = changed.map((what) => ({ kind: "prose", what }) as const);
  const areSame = equal(examplesOf(before), examplesOf(after));
  return areSame ? differences : [...differences, { kind: "prose", what: "examples" }];
}

function examplesOf({ examples }: Webhook): Json {
  return examples.map(({ source, ...example }) => example) as unknown as Json;
}
