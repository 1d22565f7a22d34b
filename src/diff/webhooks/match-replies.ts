import type { Reply } from "../../model/index.ts";
import { normalizedMediaType } from "./compare-forms.ts";

export interface MatchedReplies {
  readonly pairs: readonly (readonly [base: Reply, revision: Reply])[];
  /** Statuses. */
  readonly gone: readonly string[];
  readonly added: readonly string[];
}

/** Finds which replies of two webhooks are the same: a status, or the range it lies in, or `default`. */
export function matchReplies(before: readonly Reply[], after: readonly Reply[]): MatchedReplies {
  const pairs: [Reply, Reply][] = [];
  const gone = new Set<string>();
  const used = new Set<Reply>();
  for (const reply of before) {
    const other = find(reply, after);
    if (other === undefined) gone.add(reply.status);
    else {
      pairs.push([reply, other]);
      used.add(other);
    }
  }
  const added = after.filter((reply) => !used.has(reply) && find(reply, before) === undefined);
  return { pairs, gone: [...gone], added: [...new Set(added.map(({ status }) => status))] };
}

function find(reply: Reply, replies: readonly Reply[]): Reply | undefined {
  const isOfType = (other: Reply) =>
    normalizedMediaType(reply.contentType ?? "") === normalizedMediaType(other.contentType ?? "");
  for (const status of [reply.status, reply.status.replace(/^(\d)\d\d$/, "$1XX"), "default"]) {
    const alike = replies.filter((other) => other.status === status);
    const found = alike.find(isOfType) ?? alike[0];
    if (found !== undefined) return found;
  }
  return undefined;
}
