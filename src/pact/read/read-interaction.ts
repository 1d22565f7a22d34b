import { isArray, isObject, parseJson, stableStringify } from "../../json/index.ts";
import type { Json, JsonObject } from "../../model/index.ts";
import type {
  Expectation,
  ExpectedBody,
  ExpectedHeader,
  ExpectedPart,
  PactTokens,
  PactVersion,
} from "./expectation.ts";
import type { Problems } from "./problems.ts";
import { type PartRules, type RulesContext, readRules } from "./read-rules.ts";
import { RuleTree } from "./rule-tree.ts";

export interface InteractionContext {
  readonly version: PactVersion;
  /** The list that it stands in. */
  readonly listed: "interactions" | "messages";
}

/** Reads one interaction of any version; null, and a problem, where it is none that can be compared. */
export function readInteraction(
  item: Json,
  tokens: PactTokens,
  { version, listed }: InteractionContext,
  problems: Problems,
): Expectation | null {
  if (!isObject(item)) {
    const message = "This interaction is not an object.";
    problems.add({ code: "pact.interaction.invalid", type: "error", message, tokens, value: item });
    return null;
  }
  const description = typeof item["description"] === "string" ? item["description"] : "";
  const states = statesOf(item);
  const base = {
    description,
    states: states.map(({ name }) => name),
    stateKey: stableStringify(states as unknown as Json, { indent: 0 }),
    tokens,
    references: referencesOf(item),
  };
  const context: RulesContext = { interaction: base, problems };
  switch (kindOf(item, version, listed)) {
    case "message":
      return { ...base, kind: "message", delivery: readMessage(item, tokens, version, context) };
    case "http": {
      const { request, response } = item;
      if (isObject(request) && typeof request["method"] === "string") {
        return { ...base, ...readHttp(request, isObject(response) ? response : {}, tokens, context) };
      }
      const message = "This interaction has no request with a method, so there is nothing to compare.";
      problems.add({ code: "pact.interaction.invalid", type: "error", message, tokens, interaction: base });
      return null;
    }
    case "synchronous":
      problems.add({
        code: "pact.interaction.unsupported",
        type: "warning",
        message: "Synchronous messages are not compared: a webhook is a message that is answered by a status.",
        tokens,
        value: item["type"] ?? null,
        interaction: base,
      });
      return null;
    case "unknown":
      problems.add({
        code: "pact.interaction.unsupported",
        type: "warning",
        message: `Interactions of type ${JSON.stringify(item["type"])} are not compared.`,
        tokens: [...tokens, "type"],
        value: item["type"] ?? null,
        interaction: base,
      });
      return null;
  }
}

function kindOf(
  item: JsonObject,
  version: PactVersion,
  listed: InteractionContext["listed"],
): "message" | "http" | "synchronous" | "unknown" {
  const { type } = item;
  if (typeof type === "string") {
    const name = type.toLowerCase();
    if (name === "asynchronous/messages") return "message";
    if (name === "synchronous/http") return "http";
    return name === "synchronous/messages" ? "synchronous" : "unknown";
  }
  if (listed === "messages") return "message";
  if (item["request"] === undefined && item["contents"] !== undefined) return "message";
  return type === undefined || version < 4 ? "http" : "unknown";
}

interface State {
  readonly name: string;
  readonly params: Json;
}

/** `providerStates` of version 3 and 4, or the one `providerState` (`provider_state`) of the others. */
function statesOf(item: JsonObject): readonly State[] {
  const list = item["providerStates"];
  if (isArray(list)) {
    return list.flatMap((state): State[] => {
      if (typeof state === "string") return [{ name: state, params: null }];
      if (!isObject(state) || typeof state["name"] !== "string") return [];
      return [{ name: state["name"], params: state["params"] ?? null }];
    });
  }
  const single = item["providerState"] ?? item["provider_state"];
  return typeof single === "string" && single !== "" ? [{ name: single, params: null }] : [];
}

function referencesOf({ comments }: JsonObject): ReadonlyMap<string, JsonObject> {
  const references = isObject(comments) ? comments["references"] : undefined;
  const entries = isObject(references) ? Object.entries(references) : [];
  return new Map(entries.flatMap(([name, value]) => (isObject(value) ? [[name.toLowerCase(), value] as const] : [])));
}

function readMessage(item: JsonObject, tokens: PactTokens, version: PactVersion, context: RulesContext): ExpectedPart {
  const rules = readRules(item["matchingRules"], [...tokens, "matchingRules"], context);
  const metadataKey = item["metadata"] === undefined && item["metaData"] !== undefined ? "metaData" : "metadata";
  const metadata = item[metadataKey];
  const headers = headersOf(metadata, [...tokens, metadataKey], rules);
  const { contents } = item;
  const isWrapped = version === 4 && isObject(contents) && "content" in contents;
  const place = [...tokens, "contents"];
  if (isWrapped) {
    const own = typeof contents["contentType"] === "string" ? contents["contentType"] : null;
    const shown = own ?? contentTypeOf(headers)?.value ?? null;
    const body = bodyOf(contents, [...place, "content"], shown, rules);
    return { ...withoutContentType(headers, own, [...place, "contentType"]), body };
  }
  const part = withoutContentType(headers, null, place);
  if (contents === undefined || (version === 4 && isObject(contents) && Object.keys(contents).length === 0)) {
    return { ...part, body: null };
  }
  return { ...part, body: jsonOrText(contents, place, part.contentType, rules) };
}

function readHttp(request: JsonObject, response: JsonObject, tokens: PactTokens, context: RulesContext) {
  const status = response["status"];
  const query = queryOf(request["query"]);
  return {
    kind: "http",
    method: String(request["method"]).toUpperCase(),
    path: typeof request["path"] === "string" ? request["path"] : "/",
    query,
    queryTokens: [...tokens, "request", "query"],
    status: typeof status === "number" ? status : null,
    statusTokens: [...tokens, "response", "status"],
    delivery: readHttpPart(request, [...tokens, "request"], context),
    response: readHttpPart(response, [...tokens, "response"], context),
  } as const;
}

function readHttpPart(part: JsonObject, tokens: PactTokens, context: RulesContext): ExpectedPart {
  const rules = readRules(part["matchingRules"], [...tokens, "matchingRules"], context);
  const found = withoutContentType(headersOf(part["headers"], [...tokens, "headers"], rules), null, tokens);
  const { body } = part;
  const place = [...tokens, "body"];
  if (body === undefined || body === null) return { ...found, body: null };
  if (isObject(body) && "content" in body && ("contentType" in body || "encoded" in body)) {
    const own = typeof body["contentType"] === "string" ? body["contentType"] : found.contentType;
    return { ...found, contentType: own, body: bodyOf(body, [...place, "content"], own, rules) };
  }
  return { ...found, body: jsonOrText(body, place, found.contentType, rules) };
}

/** A body of version 4 may be encoded: as base64, or as JSON in a string. */
function bodyOf(wrapped: JsonObject, tokens: PactTokens, contentType: string | null, rules: PartRules): ExpectedBody {
  const { content = null, encoded } = wrapped;
  if (typeof encoded !== "string" || typeof content !== "string")
    return jsonOrText(content, tokens, contentType, rules);
  if (encoded.toLowerCase() === "json") return textBody(content, tokens, contentType, rules);
  const text = encoded.toLowerCase() === "base64" ? decodeBase64(content) : null;
  if (text !== null) return textBody(text, tokens, contentType, rules);
  return {
    content: undefined,
    problem: `its content is encoded as ${JSON.stringify(encoded)}`,
    tokens,
    rules: rules.body,
  };
}

function decodeBase64(text: string): string | null {
  if (!/^[A-Za-z0-9+/\s]*=*\s*$/.test(text)) return null;
  const bytes = Uint8Array.from(atob(text.replaceAll(/\s/g, "")), (character) => character.charCodeAt(0));
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Content that stands in a pact as JSON is its value, and text where its type is none of JSON's. */
function jsonOrText(content: Json, tokens: PactTokens, contentType: string | null, rules: PartRules): ExpectedBody {
  const isText = typeof content === "string" && contentType !== null && !isJsonType(contentType);
  return isText ? textBody(content, tokens, contentType, rules) : { content, tokens, rules: rules.body };
}

function textBody(text: string, tokens: PactTokens, contentType: string | null, rules: PartRules): ExpectedBody {
  const shared = { tokens, rules: rules.body };
  if (contentType !== null && /^application\/x-www-form-urlencoded/i.test(contentType)) {
    return { ...shared, content: fieldsOf(new URLSearchParams(text)) };
  }
  if (contentType !== null && !isJsonType(contentType)) {
    return { ...shared, content: undefined, problem: `its content is of type ${contentType}` };
  }
  const content = parseJson(text);
  return content === undefined ? { ...shared, content, problem: "its content is not JSON" } : { ...shared, content };
}

/** A form or query as an object: a name that comes several times has a list. */
export function fieldsOf(fields: Iterable<readonly [string, string]>): Json {
  const values = new Map<string, string[]>();
  for (const [name, value] of fields) values.set(name, [...(values.get(name) ?? []), value]);
  return Object.fromEntries([...values].map(([name, list]) => [name, list.length === 1 ? (list[0] ?? "") : list]));
}

function isJsonType(contentType: string): boolean {
  return /^\s*(?:application|text)\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(contentType);
}

/** A query is text in versions 1 and 2, an object of lists later. */
function queryOf(query: Json | undefined): ReadonlyMap<string, readonly string[]> {
  const values = new Map<string, readonly string[]>();
  if (typeof query === "string") {
    for (const [name, value] of new URLSearchParams(query)) values.set(name, [...(values.get(name) ?? []), value]);
  } else if (isObject(query)) {
    for (const [name, value] of Object.entries(query)) {
      values.set(
        name,
        (isArray(value) ? value : [value]).map((one) => (typeof one === "string" ? one : JSON.stringify(one))),
      );
    }
  }
  return values;
}

function headersOf(written: Json | undefined, tokens: PactTokens, { headers }: PartRules): readonly ExpectedHeader[] {
  if (!isObject(written)) return [];
  return Object.entries(written).map(([name, value]) => ({
    name,
    value: isArray(value) && value.length === 1 ? (value[0] ?? null) : value,
    tokens: [...tokens, name],
    rules: headers.get(name.toLowerCase()) ?? new RuleTree(),
  }));
}

/** Pact's writers call the content type of a message `contentType` as well. */
function contentTypeOf(headers: readonly ExpectedHeader[]): (ExpectedHeader & { readonly value: string }) | undefined {
  return headers.find(
    (header): header is ExpectedHeader & { readonly value: string } =>
      /^content-?type$/i.test(header.name) && typeof header.value === "string",
  );
}

function withoutContentType(headers: readonly ExpectedHeader[], own: string | null, place: PactTokens) {
  const found = contentTypeOf(headers);
  return {
    headers: headers.filter(({ name }) => !/^content-?type$/i.test(name)),
    contentType: own ?? found?.value ?? null,
    contentTypeTokens: own === null && found !== undefined ? found.tokens : place,
  };
}
