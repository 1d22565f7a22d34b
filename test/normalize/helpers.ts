import type { Condition, Contract, Diagnostic, Form } from "../../src/model/index.ts";
import { type NormalizeOptions, normalize } from "../../src/normalize/index.ts";
import { createMemoryReader, readDocuments } from "../../src/read/index.ts";
import { resolveDocuments } from "../../src/resolve/index.ts";

export interface Normalized {
  readonly contract: Contract;
  /** Of reading, resolving and normalizing together. */
  readonly diagnostics: readonly Diagnostic[];
}

/** read → resolve → normalize of files that are only in memory, given as values or as text; the first is the entry. */
export async function contractOf(
  files: Readonly<Record<string, unknown>>,
  options: Omit<NormalizeOptions, "id"> = {},
): Promise<Normalized> {
  const texts = Object.fromEntries(
    Object.entries(files).map(([file, value]) => [file, typeof value === "string" ? value : JSON.stringify(value)]),
  );
  const reader = createMemoryReader(texts, { cwd: "/w" });
  const read = await readDocuments(Object.keys(files)[0] ?? "", { cwd: "/w", reader });
  if (read.value === null) throw new Error(read.diagnostics.map(({ message }) => message).join("\n"));
  const set = resolveDocuments(read.value);
  const { value, diagnostics } = normalize(set, { id: "case", ...options });
  return { contract: value, diagnostics: [...read.diagnostics, ...set.diagnostics, ...diagnostics] };
}

/** An OpenAPI 3.1 document as the only file. */
export function openapi(parts: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return { "openapi.json": { openapi: "3.1.0", info: { title: "T", version: "1" }, ...parts } };
}

/** An AsyncAPI 3.0 document as the only file. */
export function asyncapi(parts: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return { "asyncapi.json": { asyncapi: "3.0.0", info: { title: "T", version: "1" }, ...parts } };
}

/** A path item with one POST operation whose body is JSON of this schema. */
export function post(schema: unknown, rest: Readonly<Record<string, unknown>> = {}) {
  return { post: { requestBody: { content: { "application/json": { schema } } }, ...rest } };
}

/** An object schema in which these properties are required, each with one value. */
export function fixed(constants: Readonly<Record<string, unknown>>, rest: Readonly<Record<string, unknown>> = {}) {
  const properties = Object.fromEntries(Object.entries(constants).map(([name, value]) => [name, { const: value }]));
  return { type: "object", required: Object.keys(constants), properties, ...rest };
}

export const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

/** `body /type = "a" and header x-b = "b"`; `-` where there is no condition. */
function routeText(route: readonly Condition[]): string {
  const parts = route.map(({ in: place, at, value }) => {
    const values = (Array.isArray(value) ? value : [value]).map((one) => JSON.stringify(one)).join("|");
    return `${place}${at === "" ? "" : ` ${at}`} = ${values}`;
  });
  return parts.join(" and ") || "-";
}

function formText({ method, address, contentType, encoding }: Form): string {
  return `${method} ${address ?? "?"} ${contentType} ${encoding}`;
}

export const names = ({ contract }: Normalized) => contract.webhooks.map(({ name }) => name);
export const keys = ({ contract }: Normalized) => contract.webhooks.map(({ key }) => key);
export const routes = ({ contract }: Normalized) =>
  Object.fromEntries(contract.webhooks.map(({ name, route }) => [name, routeText(route)]));
export const forms = ({ contract }: Normalized) =>
  Object.fromEntries(contract.webhooks.map(({ name, forms }) => [name, forms.map(formText)]));
export const omissions = ({ contract }: Normalized) =>
  contract.omissions.map(({ pointer, reason }) => `${pointer}: ${reason}`);
export const codes = ({ diagnostics }: Normalized) => diagnostics.map(({ code }) => code);
