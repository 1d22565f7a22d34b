import { quote } from "../diagnostics/index.ts";
import { isObject } from "../json/index.ts";
import type { Form, Json, Webhook } from "../model/index.ts";
import type { EncodedDelivery } from "../runtime/types.ts";
import { Refusal } from "./refusal.ts";
import type { OutgoingRequest } from "./request.ts";

export interface ComposeOptions {
  readonly webhook: Webhook;
  readonly form: Form;
  /** As on the wire. */
  readonly payload: Json;
  /** That go with the event, lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly to: URL;
  readonly userAgent: string;
  readonly write: (payload: Json, form: Form) => EncodedDelivery;
}

/** Writes an event as the request that its sender would make, before its credentials are in it. */
export function composeRequest(options: ComposeOptions): OutgoingRequest | Refusal {
  const { webhook, form, payload, headers, to, userAgent, write } = options;
  if (form.encoding !== "json" && !isObject(payload)) {
    const way = form.encoding === "query" ? "a query" : "a form";
    return new Refusal(`${quote(webhook.name)} is sent as ${way}, and its payload is no object that has fields.`);
  }
  if (!TOKEN.test(form.method)) return new Refusal(`${quote(form.method)} is no method of HTTP.`);
  const written = write(payload, concrete(form));
  return {
    method: written.method,
    url: addressOf(to, written.query),
    headers: { "user-agent": userAgent, accept: "*/*", ...headers, ...written.headers },
    body: written.body,
  };
}

/** Methods whose requests say their length even where there is none. */
const WITH_BODY: ReadonlySet<string> = new Set(["PATCH", "POST", "PUT"]);

/**
 * A request with the headers that follow from the rest of it, and checked for what HTTP does not allow.
 * @param changes  what the user wants in the place of a header; null takes it away
 */
export function finishRequest(
  request: OutgoingRequest,
  changes: ReadonlyMap<string, string | null>,
): OutgoingRequest | Refusal {
  const length = new TextEncoder().encode(request.body).length;
  const headers: Record<string, string> = { host: new URL(request.url).host, ...request.headers };
  if (length > 0 || WITH_BODY.has(request.method)) headers["content-length"] = String(length);
  headers["connection"] = "close";
  for (const [name, value] of changes) {
    if (value === null) delete headers[name];
    else headers[name] = value;
  }
  for (const [name, value] of Object.entries(headers)) {
    if (!TOKEN.test(name)) return new Refusal(`${quote(name)} is no name of a header.`);
    if (NOT_IN_HEADERS.test(value))
      return new Refusal(`The header ${name} has a line break or another control character in it.`);
  }
  return { ...request, headers };
}

/** @see https://www.rfc-editor.org/rfc/rfc9110#section-5.5 */
const NOT_IN_HEADERS = /(?!\t)\p{Cc}/u;

/** Reads `name: value`; `name:` takes a header away, and `name;` sends one without a value. */
export function parseHeader(text: string): readonly [name: string, value: string | null] | Refusal {
  const [, name = "", separator, value = ""] = /^([^:;]+)([:;])(.*)$/s.exec(text) ?? [];
  if (separator === undefined || !TOKEN.test(name) || (separator === ";" && value !== "")) {
    return new Refusal(`--header ${quote(text)} is no header.`, 'write --header "name: value"; "name:" takes one away');
  }
  return [name.toLowerCase(), value.trim() === "" && separator === ":" ? null : value.trim()];
}

/** @see https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2 */
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** A content type that stands for several is no header's value. */
function concrete(form: Form): Form {
  return form.encoding === "json" && form.contentType.includes("*")
    ? { ...form, contentType: "application/json" }
    : form;
}

function addressOf(to: URL, query: string): string {
  const url = new URL(to);
  url.username = "";
  url.password = "";
  url.hash = "";
  if (query !== "") url.search = url.search === "" ? query : `${url.search}&${query}`;
  return url.href;
}
