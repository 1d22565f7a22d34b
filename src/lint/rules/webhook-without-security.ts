import { diagnose } from "../../diagnostics/index.ts";
import { getAt, isArray, isObject, own, parsePointer } from "../../json/index.ts";
import type { Contract, Json, Webhook } from "../../model/index.ts";
import { forAllOrEach } from "../for-all-or-each.ts";
import type { LintRule, LintTools } from "../rule.ts";

/**
 * A webhook that does not say how a receiver knows that a delivery is the sender's. An empty `security`, or `{}` in it, says
 * that there is nothing to know it by, which is an answer.
 */
export const webhookWithoutSecurity: LintRule = {
  id: "webhook-without-security",
  severity: "warning",
  check(contract, tools) {
    const saysNone = emptySecurity(contract, tools);
    return forAllOrEach(
      contract,
      tools,
      (webhook) => webhook.security.length === 0 && !saysNone(webhook),
      (webhooks, source) => diagnose("webhook-without-security", { webhooks }, source),
    );
  },
};

/**
 * Whether `security` is there and empty. OpenAPI has it in the operation. In AsyncAPI a message may belong to several operations
 * and servers; where any of them has an empty one, the matter was thought of.
 */
function emptySecurity({ format }: Contract, { set, webhookOrigin }: LintTools): (webhook: Webhook) => boolean {
  if (format.startsWith("asyncapi")) {
    const { value } = set.entry;
    const channels = membersOf(value, "channels").flatMap((channel) => Object.values(isObject(channel) ? channel : {}));
    const isEmpty = [...membersOf(value, "operations"), ...membersOf(value, "servers"), ...channels].some(
      hasEmptySecurity,
    );
    return () => isEmpty;
  }
  return (webhook) => {
    const { file, pointer } = webhookOrigin(webhook);
    return hasEmptySecurity(getAt(set.documents.get(file)?.value ?? null, parsePointer(pointer) ?? []));
  };
}

function membersOf(document: Json, field: string): readonly Json[] {
  const map = isObject(document) ? own(document, field) : undefined;
  return isObject(map) ? Object.values(map) : [];
}

function hasEmptySecurity(value: Json | undefined): boolean {
  const security = isObject(value) ? own(value, "security") : undefined;
  return isArray(security) && security.length === 0;
}
