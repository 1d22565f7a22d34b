import { isArray, isContainer, parseJson, parsePointer } from "../../json/index.ts";
import type { Json, Webhook } from "../../model/index.ts";
import type { Expectation, ExpectedPart } from "../read/expectation.ts";
import { accepts } from "./accepts.ts";
import type { Finding } from "./findings.ts";
import type { Scope } from "./results.ts";
import type { ValueTests } from "./value-tests.ts";

/** An interaction with the webhook that it was compared with. */
export interface Relied {
  readonly consumer: string;
  readonly expectation: Expectation;
  readonly webhook: Webhook | null;
  readonly found: readonly { readonly finding: Finding; readonly scope: Scope }[];
}

/**
 * The findings that another interaction of the same consumer on the same webhook answers: a field that is optional and
 * missing there, a value that is refused here and taken there. A consumer says by several interactions what it can handle,
 * since a single one cannot.
 */
export function withoutCovered(outcomes: readonly Relied[], tests: ValueTests): ReadonlySet<Finding> {
  const groups = new Map<string, Relied[]>();
  for (const outcome of outcomes) {
    if (outcome.webhook === null || outcome.expectation.kind !== "message") continue;
    const key = JSON.stringify([outcome.consumer, outcome.webhook.name]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [outcome]);
    else group.push(outcome);
  }
  const covered = new Set<Finding>();
  for (const group of groups.values()) {
    if (group.length < 2) continue;
    for (const outcome of group) {
      for (const { finding, scope } of outcome.found) {
        if (finding.kind !== "optional" && finding.kind !== "narrow") continue;
        const others = group.filter((other) => other !== outcome).slice(0, SIBLINGS_MAX);
        if (others.some((other) => covers(other.expectation.delivery, finding, scope, tests))) covered.add(finding);
      }
    }
  }
  return covered;
}

/** More variants of one event than any consumer has; without a bound, comparing each with each would take too long. */
const SIBLINGS_MAX = 200;

function covers(delivery: ExpectedPart, finding: Finding, { prefix }: Scope, tests: ValueTests): boolean {
  if (prefix === "message.headers") {
    const header = delivery.headers.find(({ name }) => name.toLowerCase() === finding.path);
    if (header === undefined) return finding.kind === "optional";
    if (finding.witness === undefined) return false;
    return accepts(header.rules.cursor().effective(), header.value, finding.witness.value, tests) === true;
  }
  const { body } = delivery;
  if (prefix !== "message.payload" || body?.content === undefined) return false;
  const tokens = parsePointer(finding.path) ?? [];
  let value: Json | undefined = body.content;
  let cursor = body.rules.cursor();
  for (const [index, token] of tokens.entries()) {
    if (typeof value === "string") value = parseJson(value);
    const isLast = index === tokens.length - 1;
    const key = isArray(value) ? Number(token) : token;
    if (!isContainer(value)) return false;
    if (!Object.hasOwn(value, key)) {
      // Who has the object without the field handles that; of another value in it this says nothing.
      return isLast && !isArray(value) && finding.kind === "optional";
    }
    cursor = cursor.step(key);
    value = (value as Readonly<Record<string | number, Json>>)[key];
  }
  if (finding.witness === undefined || value === undefined) return false;
  return accepts(cursor.effective(), value, finding.witness.value, tests) === true;
}
