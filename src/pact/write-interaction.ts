import { isObject, own } from "../json/index.ts";
import type { Contract, Json, JsonObject, Schema } from "../model/index.ts";
import { type Expectation, expectationOf } from "./matchers/matching-rules.ts";
import { scalarRule } from "./matchers/scalar-rule.ts";
import type { MatchingRules, MessageInteraction } from "./pact-file.ts";
import type { PlannedInteraction } from "./plan-interactions.ts";
import type { Usage } from "./recording/usage.ts";

/** What a consumer reads of a delivery; all of it where nothing is said. */
export interface DeliveryUsage {
  readonly event: Usage;
  /** Lower-case names. */
  readonly headers: ReadonlySet<string>;
}

/** The interaction of a pact in which the consumer expects an event in one shape: all of it, or what it reads. */
export function writeInteraction(
  contract: Contract,
  planned: PlannedInteraction,
  usage: DeliveryUsage | null,
): MessageInteraction {
  const { description, webhook, variant, providerStates, references } = planned;
  const expectation = expectationOf(webhook.payload, variant.payload, contract.schemas, usage?.event);
  const names = Object.keys(planned.headers).filter((name) => usage === null || usage.headers.has(name));
  const headerRules = names.map((name) => [name, headerRule(webhook.headers, name, contract)] as const);
  const decoded = rulesInStrings(expectation);
  return {
    type: "Asynchronous/Messages",
    description,
    pending: false,
    providerStates,
    comments: {
      hookbook: { webhook: webhook.name, variant: variant.name, ...(decoded === null ? {} : { decoded }) },
      references: references as JsonObject,
    },
    contents: { content: expectation.content, contentType: contentTypeOf(planned), encoded: false },
    matchingRules: {
      body: expectation.rules,
      ...(names.length === 0 ? {} : { metadata: Object.fromEntries(headerRules) }),
    },
    ...(names.length === 0
      ? {}
      : { metadata: Object.fromEntries(names.map((name) => [name, planned.headers[name] ?? ""])) }),
  };
}

/** A pact holds what a form or query says as the object that it spells. */
function contentTypeOf({ webhook }: PlannedInteraction): string {
  const json = webhook.forms.find(({ encoding }) => encoding === "json");
  return json === undefined || !/json/i.test(json.contentType) ? "application/json" : json.contentType;
}

/** Rules for JSON that stands in strings, by the string's path: for those who look into it, as Pact does not. */
function rulesInStrings({ inStrings }: Expectation): JsonObject | null {
  const entries = Object.entries(inStrings).map(([path, inner]) => {
    const decoded = rulesInStrings(inner);
    return [path, { rules: inner.rules as unknown as Json, ...(decoded === null ? {} : { decoded }) }] as const;
  });
  return entries.length === 0 ? null : Object.fromEntries(entries);
}

/** A header is text, whatever its schema takes that text for. */
function headerRule(headers: Schema | undefined, name: string, { schemas }: Contract): MatchingRules {
  const properties = isObject(headers) ? own(headers, "properties") : undefined;
  const schema = isObject(properties) ? own(properties, name) : undefined;
  const rule = scalarRule([(schema ?? true) as Schema], "", schemas);
  const texts = rule.matchers.filter(({ match }) => match === "regex" || match === "type" || match === "equality");
  const isText = texts.length === rule.matchers.length && rule.combine !== "OR";
  return isText ? rule : { combine: "AND", matchers: [{ match: "type" }] };
}
