import { isObject } from "../../json/index.ts";
import type { Encoding, Json, Schema, SourceLocation } from "../../model/index.ts";
import type { ExpectedPart } from "../read/expectation.ts";
import { coerceFields, coerceText } from "./coerce.ts";
import { type Evaluator, type Fault, isOpen, namesOf, type Reading } from "./evaluate.ts";
import type { Finding } from "./findings.ts";
import { guaranteeFindings } from "./guarantee.ts";
import { shown } from "./keywords.ts";
import type { SchemaNode } from "./schema-view.ts";

/** What a document says of a message, a request or a response. */
export interface DescribedPart {
  readonly payload: Schema | undefined;
  readonly headers: Schema | undefined;
  readonly contentTypes: readonly string[];
  readonly encoding: Encoding;
  /** Headers that the document speaks of elsewhere: those of security schemes. Lower case. */
  readonly otherHeaders: ReadonlySet<string>;
  readonly place: SourceLocation;
  /** Bodies and headers that the document shows. */
  readonly samples: readonly { readonly payload: Json; readonly headers?: Readonly<Record<string, Json>> }[];
}

/** Findings by what of the part they are about. */
export interface PartFindings {
  readonly payload: readonly Finding[];
  readonly headers: readonly Finding[];
  readonly contentType: readonly Finding[];
}

/** @param reading  `part`: it is read, so what it counts on must be promised. `whole`: it is sent, so it must be right. */
export function comparePart(
  expected: ExpectedPart,
  described: DescribedPart,
  reading: Reading,
  evaluator: Evaluator,
): PartFindings {
  return {
    payload: comparePayload(expected, described, reading, evaluator),
    headers: compareHeaders(expected, described, reading, evaluator),
    contentType: compareContentType(expected, described),
  };
}

/** Whether a document allows an example, whatever it promises of it. */
export function fits(
  expected: ExpectedPart,
  described: DescribedPart,
  reading: Reading,
  evaluator: Evaluator,
): boolean {
  const payload = payloadOf(expected, described, evaluator);
  const isRight = payload === null || evaluator.faults(payload.value, payload.nodes, reading).length === 0;
  return isRight && compareContentType(expected, described).length === 0;
}

function comparePayload(
  expected: ExpectedPart,
  described: DescribedPart,
  reading: Reading,
  evaluator: Evaluator,
): readonly Finding[] {
  const payload = payloadOf(expected, described, evaluator);
  if (payload === null || expected.body === null) return [];
  const faults = evaluator.faults(payload.value, payload.nodes, reading);
  const found = faults.map((fault) => toFinding(fault, reading));
  const samples = described.samples.map((sample) => sample.payload);
  const site = { ...payload, cursor: expected.body.rules.cursor(), path: "", samples };
  const promised = guaranteeFindings(site, evaluator, new Set(faults.map(({ path }) => path)));
  // Who sends decides alone what is sent: nothing has to be promised to it.
  return [...found, ...promised.filter(({ kind }) => reading === "part" || kind === "contradiction")];
}

/** The value that is compared, and with what; null where one of them is missing. */
function payloadOf(
  { body }: ExpectedPart,
  { payload, encoding, place }: DescribedPart,
  evaluator: Evaluator,
): { readonly value: Json; readonly nodes: readonly SchemaNode[] } | null {
  if (body === null || body.content === undefined || payload === undefined) return null;
  const nodes = [evaluator.view.node(payload, place)];
  return { value: encoding === "json" ? body.content : coerceFields(body.content, nodes, evaluator), nodes };
}

function toFinding({ path, keyword, message, value, node, causes }: Fault, reading: Reading): Finding {
  const what = path === "" ? "the payload" : path;
  const isUnknown = keyword === "additionalProperties" || keyword === "unevaluatedProperties";
  const expects = reading === "part" ? `the pact expects ${shown(value)}` : `the pact sends ${shown(value)}`;
  const text = isUnknown ? `${message} (the document knows no such field)` : `${message}, but ${expects}`;
  return {
    kind: "incompatible",
    path,
    message: `${what} ${text}`,
    value,
    node,
    keyword,
    ...(causes === undefined ? {} : { causes: causes.map((cause) => toFinding(cause, reading)) }),
  };
}

function compareContentType({ contentType }: ExpectedPart, { contentTypes, place }: DescribedPart): readonly Finding[] {
  if (contentType === null || contentTypes.length === 0) return [];
  const wanted = essenceOf(contentType);
  if (contentTypes.some((one) => isWithin(wanted, essenceOf(one)))) return [];
  return [
    {
      kind: "incompatible",
      path: "content-type",
      message: `the pact expects the content type ${shown(contentType)}; the document has ${contentTypes.join(", ")}`,
      value: contentType,
      node: { schema: {}, place },
      keyword: null,
    },
  ];
}

function essenceOf(contentType: string): string {
  return (contentType.split(";")[0] ?? "").trim().toLowerCase();
}

/** A range such as `application/*` holds every type of it. */
function isWithin(type: string, range: string): boolean {
  if (type === range || range === "*/*") return true;
  return range.endsWith("/*") && type.startsWith(range.slice(0, -1));
}

/** Headers of HTTP itself and those that proxies add: no document lists them, and each delivery has some. */
const USUAL: ReadonlySet<string> = new Set([
  "accept",
  "accept-encoding",
  "connection",
  "content-length",
  "date",
  "host",
  "traceparent",
  "tracestate",
  "transfer-encoding",
  "user-agent",
]);

function compareHeaders(
  { headers }: ExpectedPart,
  described: DescribedPart,
  reading: Reading,
  evaluator: Evaluator,
): readonly Finding[] {
  const { place } = described;
  const nodes = described.headers === undefined ? [] : [evaluator.view.node(described.headers, place)];
  const written = Object.fromEntries(headers.map(({ name, value }) => [name.toLowerCase(), value]));
  const { parts } = nodes.length === 0 ? { parts: [] } : evaluator.resolve(written, nodes, "part", "");
  const required = new Set(
    parts.flatMap(({ schema }) => namesOf(schema["required"])).map((name) => name.toLowerCase()),
  );
  const findings = headers.flatMap(({ name, value, tokens, rules }): Finding[] => {
    const lower = name.toLowerCase();
    const found: Finding[] = [];
    const add = (kind: Finding["kind"], message: string, more: Partial<Finding> = {}) =>
      found.push({ kind, path: lower, message, value, node: parts[0] ?? null, keyword: null, tokens, ...more });
    if (name !== lower && reading === "part") {
      add("case", `the header ${shown(name)} is not in lower case, and Pact compares names exactly`);
    }
    const nodesOfHeader = headerNodes(parts, lower, evaluator);
    if (nodesOfHeader.length === 0) {
      if (USUAL.has(lower) || described.otherHeaders.has(lower)) return found;
      const isClosed = parts.some(({ schema }) => isObject(schema["properties"])) && !parts.some(isOpen);
      add(
        isClosed && reading === "part" ? "incompatible" : "unknown",
        `the document knows no header ${shown(lower)}, which the pact ${reading === "part" ? "expects" : "sends"}`,
        isClosed ? { keyword: "properties" } : {},
      );
      return found;
    }
    if (!required.has(lower) && reading === "part") {
      const message = `the pact counts on the header ${lower}, which the document says is optional`;
      add("optional", message, { node: nodesOfHeader[0] ?? null });
    }
    const typed = coerceText(typeof value === "string" ? value : JSON.stringify(value), nodesOfHeader, evaluator);
    const faults = evaluator.faults(typed, nodesOfHeader, reading);
    for (const { message, keyword, node } of faults) {
      add("incompatible", `the header ${lower} ${message}, but the pact has ${shown(value)}`, { keyword, node });
    }
    const samples = described.samples.flatMap((sample) =>
      sample.headers !== undefined && Object.hasOwn(sample.headers, lower) ? [sample.headers[lower] as Json] : [],
    );
    const site = { value: typed, nodes: nodesOfHeader, cursor: rules.cursor(), path: "", samples };
    for (const finding of guaranteeFindings(site, evaluator, new Set(faults.map(({ path }) => path)))) {
      if (reading === "whole" && finding.kind !== "contradiction") continue;
      const message = finding.message.replace(/^the payload/, `the header ${lower}`);
      found.push({ tokens, ...finding, path: lower, message });
    }
    return found;
  });
  return reading === "part" ? findings : [...findings, ...missingHeaders(written, required, parts)];
}

function headerNodes(parts: readonly SchemaNode[], name: string, { view }: Evaluator): readonly SchemaNode[] {
  return parts.flatMap((node): SchemaNode[] => {
    const { properties } = node.schema;
    const key = isObject(properties) ? Object.keys(properties).find((one) => one.toLowerCase() === name) : undefined;
    return key === undefined ? [] : [view.child(node, "properties", key)];
  });
}

function missingHeaders(
  written: Readonly<Record<string, Json>>,
  required: ReadonlySet<string>,
  parts: readonly SchemaNode[],
): readonly Finding[] {
  return [...required].flatMap((name): Finding[] => {
    if (Object.hasOwn(written, name)) return [];
    const message = `the document requires the header ${name}, which the pact does not send`;
    return [{ kind: "incompatible", path: name, message, value: null, node: parts[0] ?? null, keyword: "required" }];
  });
}
