import type { DecodeFailure, DecodeFailureReason, ValidationError } from "./types.ts";

export function failure(
  reason: DecodeFailureReason,
  webhook: string | null,
  errors: readonly ValidationError[],
): DecodeFailure {
  return { ok: false, reason, webhook, errors };
}

export function jsonError(message: string): ValidationError {
  return wholeError("json", message);
}

/** The engine's own message quotes the payload, which must not end up in a log line: only the position is kept. */
export function syntaxError(error: unknown): ValidationError {
  const position = /position (\d+)/.exec(error instanceof Error ? error.message : "")?.[1];
  return jsonError(position === undefined ? "is not JSON" : `is not JSON (at position ${position})`);
}

/** A payload that could not be judged: nested too deep, as a rule. */
export function judgementError(error: unknown): ValidationError {
  const isTooDeep = error instanceof RangeError;
  return wholeError("depth", isTooDeep ? "is nested too deep" : "cannot be judged by its schema");
}

export function mediaTypeError(): ValidationError {
  return wholeError("contentType", "is written in a media type or by a method that no webhook of this contract uses");
}

export function routeError(candidates: readonly string[]): ValidationError {
  const message =
    candidates.length === 0
      ? "is no webhook of this contract"
      : `cannot be told apart: it may be ${candidates.map((name) => JSON.stringify(name)).join(" or ")}`;
  return wholeError("route", message, { candidates });
}

/** What is wrong with the delivery as a whole. */
function wholeError(keyword: string, message: string, params: ValidationError["params"] = {}): ValidationError {
  return { instancePath: "", schemaPath: "#", keyword, params, message };
}
