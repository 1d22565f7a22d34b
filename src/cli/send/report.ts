import { styleText } from "node:util";
import { visible, visibleJson } from "../../diagnostics/index.ts";
import type { Reply, Webhook } from "../../model/index.ts";
import type { ValidationError } from "../../runtime/types.ts";
import { curlCommand, type Verdict } from "../../send/index.ts";
import type { ReceivedReply, Undelivered } from "./deliver.ts";
import type { PreparedEvent } from "./prepare-event.ts";

const ERRORS_MAX = 20;
const LINES_MAX = 40;
const CHARACTERS_MAX = 4_000;

/** What a receiver that goes by the document would find wrong with the event; empty where it is nothing. */
export function verdictText({ webhook, chosen, isEdited }: PreparedEvent, verdict: Verdict): string {
  const { errors, recognised, candidates } = verdict;
  const lines: string[] = [];
  if (errors.length > 0) {
    const what = isEdited ? "The event" : `The ${chosen.origin === "published" ? "document's own example" : "event"}`;
    lines.push(`warning: ${what} breaks the schema of ${quoted(webhook.name)}:`);
    lines.push(...errors.slice(0, ERRORS_MAX).map((error) => `  ${errorText(error)}`));
    if (errors.length > ERRORS_MAX) lines.push(`  and ${errors.length - ERRORS_MAX} more`);
  }
  if (recognised === null && candidates.length > 1) {
    lines.push(
      `warning: Nothing tells it from ${candidates
        .filter((name) => name !== webhook.name)
        .map(quoted)
        .join(" and ")}.`,
    );
  } else if (recognised === null) {
    lines.push(`warning: A receiver does not recognise it${routeHint(webhook)}.`);
  } else if (recognised !== webhook.name) {
    lines.push(`warning: A receiver takes it for ${quoted(recognised)}.`);
  }
  return lines.map((line) => `${visible(line)}\n`).join("");
}

function routeHint({ name, route }: Webhook): string {
  const conditions = route.map(({ in: place, at, value }) => {
    const values = [value]
      .flat()
      .map((one) => JSON.stringify(one))
      .join(" or ");
    return place === "path"
      ? `a path that ends in ${values}`
      : `${place === "body" ? "" : `${place} `}${at} = ${values}`;
  });
  return conditions.length === 0 ? "" : `: ${quoted(name)} is told by ${conditions.join(" and ")}`;
}

function errorText({ instancePath, message, keyword }: ValidationError): string {
  return `${instancePath || "the payload"} ${message} (${keyword})`;
}

export function undeliveredText({ problem, hint }: Undelivered): string {
  return `${visible(problem)}${hint === undefined ? "" : `\n  hint: ${visible(hint)}`}\n`;
}

/** What was sent, and what came back. Without a result: what would be sent, whole, and the same as a command. */
export function sentText(prepared: PreparedEvent, result: ReceivedReply | Undelivered | null, colors: boolean): string {
  const { request } = prepared;
  const lines = [eventLine(prepared)];
  if (result === null) {
    const { method, url, headers, body } = request;
    const { pathname, search } = new URL(url);
    lines.push("", visible(`${method} ${pathname}${search} HTTP/1.1`));
    lines.push(...Object.entries(headers).map(([name, value]) => visible(`${name}: ${value}`)));
    if (body !== "") lines.push("", ...body.split(/\r?\n/).map(visible));
    return `${[...lines, "", "As a command:", "", curlCommand(request)].join("\n")}\n`;
  }
  if ("status" in result) lines.push(...replyLines(prepared, result, colors));
  return `${lines.join("\n")}\n`;
}

function eventLine({ webhook, chosen, isEdited, request, schemes }: PreparedEvent): string {
  const made = chosen.name === "given" ? "the payload given" : `${quoted(chosen.name)} made from the schema`;
  const origin = chosen.origin === "published" ? `example ${quoted(chosen.name)}` : made;
  const edited = isEdited && chosen.name !== "given" ? ", changed" : "";
  const signed = schemes.length === 0 ? "" : `, with ${schemes.join(" and ")}`;
  return visible(`${webhook.name} (${origin}${edited}) to ${request.method} ${shortUrl(request.url)}${signed}`);
}

/** A query form has all of the event in its address. */
function shortUrl(url: string): string {
  const { origin, pathname, search } = new URL(url);
  return `${origin}${pathname}${search.length > 60 ? `${search.slice(0, 57)}…` : search}`;
}

function replyLines({ webhook }: PreparedEvent, reply: ReceivedReply, colors: boolean): readonly string[] {
  const { status, statusText, headers, body, cut, milliseconds } = reply;
  const isAccepted = status >= 200 && status < 300;
  const paint = (text: string) =>
    colors ? styleText(isAccepted ? "green" : "red", text, { validateStream: false }) : text;
  const lines = [
    `${paint(visible(`${status} ${statusText}`.trim()))} in ${Math.round(milliseconds)} ms${documentedText(webhook, status)}`,
  ];
  for (const [name, value] of headers.slice(0, LINES_MAX)) lines.push(visible(`  ${name}: ${value.slice(0, 500)}`));
  if (status >= 300 && status < 400) lines.push("  (redirects are not followed)");
  const text = bodyText(body);
  if (text !== null && text.trim() !== "") lines.push("", ...bodyLines(text));
  else if (text === null) lines.push("", `  (${body.length} bytes that are no text)`);
  if (cut !== null) lines.push(`  ${CUTS[cut]}`);
  return lines;
}

const CUTS: Readonly<Record<NonNullable<ReceivedReply["cut"]>, string>> = {
  "too-long": "(the rest was not read)",
  "time-out": "(the rest did not come in time)",
  "broken-off": "(the connection broke off here)",
};

function bodyLines(text: string): readonly string[] {
  const shown = text.slice(0, CHARACTERS_MAX).split(/\r?\n/).slice(0, LINES_MAX);
  const lines = shown.map((line) => `  ${visible(line)}`);
  return shown.join("\n").length < text.replaceAll("\r\n", "\n").trimEnd().length ? [...lines, "  …"] : lines;
}

/** Null for bytes that are no text. */
function bodyText(body: Uint8Array): string | null {
  const text = new TextDecoder().decode(body);
  return /[\0\ufffd]/.test(text.slice(0, CHARACTERS_MAX)) ? null : text;
}

/** What the document says of a reply with this status. */
function documentedText({ replies }: Webhook, status: number): string {
  const reply = documentedReply(replies, status);
  if (reply?.description !== undefined) return visible(` – ${quoted(reply.description.slice(0, 200))}`);
  if (reply !== undefined || replies.length === 0) return "";
  return visible(` (the document knows ${replies.map((one) => one.status).join(", ")})`);
}

function documentedReply(replies: readonly Reply[], status: number): Reply | undefined {
  const range = `${Math.floor(status / 100)}XX`;
  const by = (wanted: string) => replies.find((reply) => reply.status.toUpperCase() === wanted);
  return by(String(status)) ?? by(range) ?? by("DEFAULT");
}

function quoted(text: string): string {
  return JSON.stringify(text);
}

/** The whole as JSON; `request` is a delivery that `validate` reads. */
export function sendJson(
  prepared: PreparedEvent,
  verdict: Verdict,
  result: ReceivedReply | Undelivered | null,
): string {
  const { contract, webhook, chosen, request } = prepared;
  const { method, url, headers, body } = request;
  const isAnswered = result !== null && "status" in result;
  const value = {
    contract: contract.id,
    webhook: webhook.name,
    example: chosen.name,
    origin: chosen.origin,
    request: { method, url, headers, bodyBase64: Buffer.from(body).toString("base64") },
    curl: curlCommand(request),
    valid: verdict.errors.length === 0,
    errors: verdict.errors,
    recognised: verdict.recognised,
    reply: isAnswered ? replyJson(result) : null,
    accepted: isAnswered ? result.status >= 200 && result.status < 300 : null,
    problem: result === null || isAnswered ? null : result.problem,
  };
  return `${visibleJson(value)}\n`;
}

function replyJson({ status, statusText, headers, body, cut, milliseconds }: ReceivedReply) {
  const byName: Record<string, string> = {};
  for (const [name, value] of headers) byName[name] = byName[name] === undefined ? value : `${byName[name]}, ${value}`;
  const bodyBase64 = Buffer.from(body).toString("base64");
  return { status, statusText, headers: byName, bodyBase64, cut, milliseconds: Math.round(milliseconds) };
}
