import type { Answer, OutcomeName } from "./types.ts";

/** Those that are not answered as if all were well. */
export type FailureName = Exclude<OutcomeName, "handled" | "accepted" | "unhandled" | "duplicate">;

interface Failure {
  readonly status: number;
  /** The status in words (RFC 9110 §15). */
  readonly title: string;
  /** For whoever sent it. It says nothing of the payload, nor how near the credentials were. */
  readonly detail: string;
}

/**
 * Senders try again after 5xx, and most after 4xx too: what would fail again in the same way is 4xx, what may succeed later 5xx.
 */
const ANSWERS: Readonly<Record<FailureName, Failure>> = {
  "method-not-allowed": { status: 405, title: "Method Not Allowed", detail: "No webhook is delivered by this method." },
  "too-large": { status: 413, title: "Content Too Large", detail: "The body is larger than this receiver takes." },
  "not-authentic": {
    status: 401,
    title: "Unauthorized",
    detail: "The delivery's credentials or signature are not right.",
  },
  stale: { status: 401, title: "Unauthorized", detail: "The delivery was signed too long ago, or in the future." },
  "unsupported-media-type": {
    status: 415,
    title: "Unsupported Media Type",
    detail: "No webhook is written in this media type or content encoding.",
  },
  "not-json": { status: 400, title: "Bad Request", detail: "The body cannot be read as its content type says." },
  "unknown-event": {
    status: 404,
    title: "Not Found",
    detail: "The payload is none of the events that are received here.",
  },
  "invalid-payload": {
    status: 422,
    title: "Unprocessable Content",
    detail: "The payload does not fit the event's schema.",
  },
  "in-progress": {
    status: 503,
    title: "Service Unavailable",
    detail: "This delivery is being handled. Try again later.",
  },
  "handler-failed": { status: 500, title: "Internal Server Error", detail: "The event could not be handled." },
  "timed-out": { status: 503, title: "Service Unavailable", detail: "Handling the event took too long." },
  "store-failed": { status: 503, title: "Service Unavailable", detail: "The event cannot be handled at the moment." },
  "incomplete-body": { status: 400, title: "Bad Request", detail: "The body ended before it was whole." },
  "slow-body": { status: 408, title: "Request Timeout", detail: "The body took too long to come." },
  "body-already-read": { status: 500, title: "Internal Server Error", detail: "The receiver is not set up rightly." },
  "internal-error": { status: 500, title: "Internal Server Error", detail: "The delivery could not be received." },
};

/** What a failure is answered with: the same for every delivery, so nothing of one gets into it. */
export function failureAnswer(name: FailureName, headers?: Readonly<Record<string, string>>): Answer {
  const { status, title, detail } = ANSWERS[name];
  return {
    status,
    // A problem document, RFC 9457.
    headers: { "content-type": "application/problem+json", ...headers },
    body: JSON.stringify({ title, status, detail, outcome: name }),
  };
}

/** The first status that a webhook's sender documents for success, without a body. */
export function successAnswer(replies: readonly string[]): Answer {
  const documented = replies.find((status) => /^2\d\d$/.test(status));
  return { status: documented === undefined ? 204 : Number(documented), headers: NO_HEADERS, body: "" };
}

const NO_HEADERS = Object.freeze({});
