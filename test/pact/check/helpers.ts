import { createValueTests } from "../../../src/bridge/value-tests.ts";
import type { Contract, Json, JsonObject } from "../../../src/model/index.ts";
import { normalize } from "../../../src/normalize/index.ts";
import {
  type CheckContext,
  type CheckReport,
  checkPacts,
  readPact,
  webhookReferences,
  withReferences,
} from "../../../src/pact/static.ts";
import { createMemoryReader, readDocuments } from "../../../src/read/index.ts";
import { resolveDocuments } from "../../../src/resolve/index.ts";

/** Everything that a check of this document takes. */
export async function contextOf(document: unknown, name = "openapi.json"): Promise<CheckContext> {
  const { schemaSource, ...named } = await namedContract(document, name);
  return { contract: named.contract, schemaSource, references: webhookReferences(named), tests: createValueTests() };
}

/** The contract of a document as it is generated, with what pacts call its webhooks. */
export async function generatedContract(document: unknown, name = "openapi.json"): Promise<Contract> {
  return withReferences(await namedContract(document, name));
}

async function namedContract(document: unknown, name: string) {
  const text = typeof document === "string" ? document : JSON.stringify(document);
  const reader = createMemoryReader({ [name]: text }, { cwd: "/w" });
  const read = await readDocuments(name, { cwd: "/w", reader });
  if (read.value === null) throw new Error(read.diagnostics.map(({ message }) => message).join("\n"));
  const set = resolveDocuments(read.value);
  const { value: contract, schemaSource, webhookOrigin } = normalize(set, { id: "case" });
  return { contract, schemaSource, set, webhookOrigin };
}

/** A check of pacts, given as values or as text. */
export async function check(document: unknown, ...pacts: readonly unknown[]): Promise<CheckReport> {
  return checkWith(await contextOf(document), ...pacts);
}

export function checkWith(context: CheckContext, ...pacts: readonly unknown[]): CheckReport {
  const files = pacts.map((pact, index) => {
    const file = pacts.length === 1 ? "pact.json" : `pact-${index}.json`;
    return { file, reading: readPact(typeof pact === "string" ? pact : JSON.stringify(pact), file) };
  });
  return checkPacts(files, context);
}

/** `error message.payload.incompatible [root].interactions[0].contents.content.a`; what went well is left out. */
export function lines({ results }: CheckReport): string[] {
  return results
    .filter(({ code }) => !code.endsWith(".matched"))
    .map(({ code, type, mockDetails }) => `${type} ${code} ${mockDetails.location}`);
}

/** The same without the place of the content of the first interaction. */
export function shortLines(report: CheckReport): string[] {
  return lines(report).map((line) =>
    line.replace("message.payload.", "").replace(/ \[root\]\.interactions\[0\]\.contents\.content(?:\.|$)/, " /"),
  );
}

/** A pact of version 4. */
export function pact(...interactions: readonly object[]): object {
  return {
    consumer: { name: "billing" },
    provider: { name: "orders" },
    interactions,
    metadata: { pactSpecification: { version: "4.0" } },
  };
}

export interface MessageOptions {
  readonly description?: string;
  readonly rules?: Readonly<Record<string, Json>>;
  readonly metadata?: JsonObject;
  readonly contentType?: string;
  readonly [key: string]: unknown;
}

/** A message of version 4. */
export function message(content: unknown, options: MessageOptions = {}): object {
  const { description = "paid: used", rules, metadata, contentType = "application/json", ...rest } = options;
  return {
    type: "Asynchronous/Messages",
    description,
    contents: { content, contentType, encoded: false },
    ...(rules === undefined ? {} : { matchingRules: { body: rules } }),
    ...(metadata === undefined ? {} : { metadata }),
    ...rest,
  };
}

export const all = (...matchers: readonly JsonObject[]): JsonObject => ({ combine: "AND", matchers });
export const any = (...matchers: readonly JsonObject[]): JsonObject => ({ combine: "OR", matchers });
export const type = all({ match: "type" });

/** A document with one webhook, `paid`, of this payload. */
export function paid(schema: unknown, rest: object = {}, parts: object = {}): object {
  return {
    openapi: "3.1.0",
    info: { title: "Orders", version: "1.0.0" },
    webhooks: {
      paid: {
        post: {
          requestBody: { content: { "application/json": { schema } } },
          responses: { 204: { description: "Ok" } },
          ...rest,
        },
      },
    },
    ...parts,
  };
}

/** An object schema whose properties are all required. */
export function whole(properties: Readonly<Record<string, unknown>>, rest: object = {}): object {
  return { type: "object", required: Object.keys(properties), properties, ...rest };
}
