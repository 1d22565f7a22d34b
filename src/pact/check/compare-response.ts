import type { Reply, Webhook } from "../../model/index.ts";
import type { HttpExpectation, PactTokens } from "../read/expectation.ts";
import { comparePart, type PartFindings } from "./compare-part.ts";
import type { Evaluator } from "./evaluate.ts";

export interface AnswerFindings extends PartFindings {
  readonly problems: readonly {
    readonly code: string;
    readonly type: "error" | "warning";
    readonly message: string;
    readonly tokens: PactTokens;
  }[];
}

/** What a sender counts on in the answer, against the replies that the document allows a receiver. */
export function compareResponse(expectation: HttpExpectation, webhook: Webhook, evaluator: Evaluator): AnswerFindings {
  const { status, statusTokens, response } = expectation;
  const nothing = { payload: [], headers: [], contentType: [], problems: [] };
  if (status === null || webhook.replies.length === 0) return nothing;
  const reply = replyOf(webhook.replies, status);
  if (reply === undefined) {
    const documented = webhook.replies.map((one) => one.status).join(", ");
    const message = `${webhook.name}: the pact expects the answer ${status}; the document allows ${documented}.`;
    return {
      ...nothing,
      problems: [{ code: "response.status.unknown", type: "error", message, tokens: statusTokens }],
    };
  }
  const { body } = response;
  if (body !== null && body.content !== undefined && reply.payload === undefined) {
    const message = `${webhook.name}: the pact expects a body in the answer ${status}, and the document describes none.`;
    return { ...nothing, problems: [{ code: "response.body.unknown", type: "error", message, tokens: body.tokens }] };
  }
  const described = {
    payload: reply.payload,
    headers: reply.headers,
    contentTypes: reply.contentType === undefined ? [] : [reply.contentType],
    encoding: "json" as const,
    otherHeaders: new Set<string>(),
    place: webhook.source,
    samples: [],
  };
  const isDefault = reply.status === "default";
  const message = `${webhook.name}: the document does not name the answer ${status}; it is compared with the default one.`;
  return {
    ...comparePart(response, described, "part", evaluator),
    problems: isDefault ? [{ code: "response.status.default", type: "warning", message, tokens: statusTokens }] : [],
  };
}

/** The exact status, else its range, else the default. */
function replyOf(replies: readonly Reply[], status: number): Reply | undefined {
  const text = String(status);
  const range = `${text.charAt(0)}XX`;
  return (
    replies.find((reply) => reply.status === text) ??
    replies.find((reply) => reply.status.toUpperCase() === range) ??
    replies.find((reply) => reply.status === "default")
  );
}
