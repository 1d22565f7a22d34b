import { isArray, isObject, stableStringify } from "../../json/index.ts";
import type { Example, Form, Json, Webhook } from "../../model/index.ts";
import type { DocsContract } from "./docs-site.ts";
import type { Secret } from "./secrets.ts";

type DeliveryFields = readonly (readonly [name: string, text: string])[];

/** One delivery as a receiver's server gets it, as far as the document says how. */
export interface WireRequest {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
  /** Of a query or form: what the body or the target is written of. */
  readonly fields: DeliveryFields;
  readonly bodyLanguage: "json" | "xml" | "text";
}

/** The address that a receiver under development listens on. */
export const LOCAL_ORIGIN = "http://localhost:3000";

export interface WireOptions {
  readonly webhook: Webhook;
  readonly docs: Pick<DocsContract, "fieldsOf">;
  readonly form: Form;
  readonly example: Pick<Example, "payload" | "headers">;
  readonly secrets: readonly Secret[];
}

export function wireRequest({ webhook, docs, form, example, secrets }: WireOptions): WireRequest {
  const query: (readonly [string, string])[] = webhook.route.flatMap(({ in: place, at, value }) =>
    place === "query" && form.encoding !== "query" ? [[at, String([value].flat()[0])] as [string, string]] : [],
  );
  for (const secret of secrets)
    if (secret.place.in === "query") query.push([secret.place.name, `<${secret.variable}>`]);
  const isFields = form.encoding !== "json";
  const fields = isFields ? docs.fieldsOf(webhook, example.payload) : [];
  if (form.encoding === "query") query.unshift(...fields);
  const search = query.map(([name, value]) => `${encodeURIComponent(name)}=${encodePart(value)}`).join("&");
  const { body, bodyLanguage, contentType } = bodyOf(form, example.payload, fields);
  const headers: [string, string][] = contentType === null ? [] : [["content-type", contentType]];
  for (const [name, value] of headersOf(webhook, example))
    if (!headers.some(([one]) => one === name)) headers.push([name, value]);
  for (const secret of secrets) headers.push(...headerOf(secret));
  return {
    method: form.method,
    target: pathOf(form.address) + (search === "" ? "" : `?${search}`),
    headers,
    body,
    fields,
    bodyLanguage,
  };
}

/** A placeholder in angle brackets stays readable. */
function encodePart(value: string): string {
  return /^<[\w ]+>$/.test(value) ? value : encodeURIComponent(value);
}

/** The path of an address as far as it can be called: without templates and expressions, which only the sender can fill. */
export function pathOf(address: string | null): string {
  if (address === null || /[{}\s\\]/.test(address)) return "/";
  if (!/^(?:https?:)?\//.test(address)) return "/";
  const url = URL.parse(address, LOCAL_ORIGIN);
  return url === null ? "/" : url.pathname;
}

function bodyOf(form: Form, payload: Json, fields: DeliveryFields) {
  switch (form.encoding) {
    case "query":
      return { body: "", bodyLanguage: "text", contentType: null } as const;
    case "json":
      return {
        body: typeof payload === "string" && !/\bjson\b/i.test(form.contentType) ? payload : jsonText(payload),
        bodyLanguage: "json",
        contentType: form.contentType,
      } as const;
    case "form":
      return {
        body: new URLSearchParams(fields.map(([name, value]): [string, string] => [name, value])).toString(),
        bodyLanguage: "text",
        contentType: form.contentType,
      } as const;
    case "multipart": {
      const parts = fields.map(
        ([name, value]) =>
          `--boundary\ncontent-disposition: form-data; name="${name.replace(/["\r\n]/g, "_")}"\n\n${value}\n`,
      );
      return {
        body: `${parts.join("")}--boundary--`,
        bodyLanguage: "text",
        contentType: `${form.contentType.split(";")[0]}; boundary=boundary`,
      } as const;
    }
    default:
      return form.encoding satisfies never;
  }
}

/** JSON as people read it, its members in the order of the document. */
export function jsonText(value: Json): string {
  return stableStringify(value, { keys: "given" });
}

function textOf(value: Json): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** Headers of an example, those that the event is recognised by, and those that have one value. */
function headersOf(webhook: Webhook, example: Pick<Example, "headers">): readonly (readonly [string, string])[] {
  const found = new Map<string, string>();
  for (const { in: place, at, value } of webhook.route) {
    if (place === "header") found.set(at, String([value].flat()[0]));
  }
  const properties = isObject(webhook.headers) ? webhook.headers["properties"] : undefined;
  for (const [name, schema] of isObject(properties) ? Object.entries(properties) : []) {
    const value = isObject(schema) ? (schema["const"] ?? schema["example"] ?? first(schema["examples"])) : undefined;
    if (value !== undefined && value !== null && !found.has(name)) found.set(name, textOf(value));
  }
  for (const [name, value] of Object.entries(example.headers ?? {})) {
    if (value !== null && value !== undefined) found.set(name.toLowerCase(), textOf(value));
  }
  return [...found].map(([name, value]) => [name, value.replace(/[\r\n]+/g, " ")] as const);
}

function first(value: Json | undefined): Json | undefined {
  return isArray(value) ? value[0] : undefined;
}

function headerOf({ place, variable, kind }: Secret): [string, string][] {
  if (place.in === "cookie") return [["cookie", `${place.name}=<${variable}>`]];
  if (place.in !== "header") return [];
  if (kind === "basic") return [["authorization", `Basic <base64 of ${variable}_USERNAME:${variable}_PASSWORD>`]];
  if (kind === "bearer") return [["authorization", `Bearer <${variable}>`]];
  return [[place.name.toLowerCase(), `<${variable}>`]];
}

/** A request as it goes over the wire. */
export function requestText({ method, target, headers, body }: WireRequest): string {
  const lines = [`${method} ${target} HTTP/1.1`, ...headers.map(([name, value]) => `${name}: ${value}`)];
  return body === "" ? lines.join("\n") : `${lines.join("\n")}\n\n${body}`;
}
