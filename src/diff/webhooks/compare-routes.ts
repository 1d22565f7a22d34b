import { equal, isArray, parsePointer } from "../../json/index.ts";
import type { Condition, Json, Scalar, Webhook } from "../../model/index.ts";
import type { WebhookDifference } from "../difference.ts";
import type { SchemaSide } from "../schema/schema-side.ts";
import type { Node } from "../schema/shape.ts";
import { TYPE_NAMES } from "../schema/types.ts";
import { withoutValues } from "../schema/values.ts";

interface Side {
  readonly webhook: Webhook;
  readonly schemas: SchemaSide;
}

interface Telling {
  /** Whether a condition is about which event it is. */
  readonly isTelling: (condition: Condition) => boolean;
}

/**
 * Whether receivers that recognise the base's event by its route recognise the revision's: each condition has to hold for all
 * deliveries. That more can be compared now harms nobody. Addresses are compared as such.
 */
export function compareRoutes(before: Side & Telling, after: Side): WebhookDifference | null {
  const lost = before.webhook.route.filter(
    (condition) => before.isTelling(condition) && !stillHolds(condition, before, after),
  );
  if (lost.length === 0) return null;
  const to = after.webhook.route.filter(({ in: place }) => place !== "path");
  return { kind: "route", from: inWords(lost), to: to.length === 0 ? "no such value" : inWords(to) };
}

function stillHolds(condition: Condition, before: Side, after: Side): boolean {
  if (condition.in === "path") return true;
  const wanted = valuesOf(condition);
  const same = after.webhook.route.find(({ in: place, at }) => place === condition.in && at === condition.at);
  if (same !== undefined) return withoutValues(valuesOf(same), wanted).length === 0;
  const sent = sentAt(condition, after);
  if (sent !== null) return withoutValues(sent, wanted).length === 0;
  // What no schema has ever said is no promise that could be broken; but a route of its own says where to look now.
  return sentAt(condition, before) === null && after.webhook.route.every(({ in: place }) => place === "path");
}

/** Whether a webhook's own schema lets through what another is recognised by, and more: it may be both and others. */
export function leavesOpen(whole: Side, part: Webhook): boolean {
  const conditions = part.route.filter(({ in: place }) => place === "body" || place === "header");
  const isFree = conditions.map((condition) => {
    const sent = sentAt(condition, whole);
    const values = valuesOf(condition);
    if (sent !== null && withoutValues(values, sent).length > 0) return null;
    return sent === null || sent.length > values.length;
  });
  return isFree.includes(true) && !isFree.includes(null);
}

function valuesOf({ value }: Condition): readonly Scalar[] {
  return isArray(value) ? (value as readonly Scalar[]) : [value as Scalar];
}

/** All values that a place of the delivery can have; null where the schema does not list them. */
function sentAt({ in: place, at }: Condition, { webhook, schemas }: Side): readonly Json[] | null {
  const root = place === "header" ? webhook.headers : webhook.payload;
  const tokens = place === "body" ? parsePointer(at) : [at];
  return root === undefined || tokens === null ? null : valuesAt(schemas.node([root]), tokens, schemas);
}

function valuesAt(node: Node, tokens: readonly string[], schemas: SchemaSide): readonly Json[] | null {
  const { shapes } = schemas.typed(node);
  const [token, ...rest] = tokens;
  const found: Json[] = [];
  for (const shape of TYPE_NAMES.flatMap((name) => shapes[name])) {
    let values: readonly Json[] | null;
    if (shape.content?.isJson === true && token !== undefined) {
      values = valuesAt(schemas.node(shape.content.schemas), tokens, schemas);
    } else if (token === undefined) {
      values = shape.type === "null" ? [null] : (shape.values?.value ?? null);
    } else {
      values = shape.type === "object" ? valuesAt(schemas.property(shape.object, token), rest, schemas) : [];
    }
    if (values === null) return null;
    found.push(...values.filter((value) => !found.some((one) => equal(one, value))));
  }
  return found;
}

function inWords(conditions: readonly Condition[]): string {
  return conditions
    .map((condition) => {
      const values = valuesOf(condition).map((value) => JSON.stringify(value));
      const place = condition.in === "body" ? condition.at || "the body" : `${condition.in} ${condition.at}`;
      return `${place} = ${values.join(" or ")}`;
    })
    .join(" and ");
}
