import { type DiffOptions, type DiffSide, diffContracts } from "../../src/diff/index.ts";
import type { Change, SourceLocation } from "../../src/model/index.ts";
import { normalize } from "../../src/normalize/index.ts";
import { createMemoryReader, readDocuments } from "../../src/read/index.ts";
import { resolveDocuments } from "../../src/resolve/index.ts";

/** One webhook, as every format can say it. */
export interface WebhookSpec {
  readonly payload?: unknown;
  /** Object schema of headers. */
  readonly headers?: { readonly properties: Readonly<Record<string, unknown>>; readonly required?: readonly string[] };
  readonly method?: string;
  /** A path; formats that know no addresses leave it out. */
  readonly address?: string;
  readonly contentType?: string;
  /** Security Scheme Objects that are all needed. */
  readonly security?: Readonly<Record<string, unknown>>;
  /** Schema by status. */
  readonly replies?: Readonly<Record<string, unknown>>;
  readonly deprecated?: boolean;
  readonly name?: string;
  /** A second way to deliver it. */
  readonly otherContentType?: string;
  readonly description?: string;
}

/** Some webhooks by the keys of the document, and the schemas that they refer to by `#/components/schemas/…`. */
export interface DocumentSpec {
  readonly webhooks: Readonly<Record<string, WebhookSpec>>;
  readonly schemas?: Readonly<Record<string, unknown>>;
}

export const FORMATS = ["OpenAPI webhooks", "OpenAPI callbacks", "AsyncAPI 3"] as const;
export type FormatName = (typeof FORMATS)[number];

/** The same webhooks in one of the formats. */
export function documentOf(spec: DocumentSpec, format: FormatName): Record<string, unknown> {
  switch (format) {
    case "OpenAPI webhooks":
      return openapi(spec, {
        webhooks: mapValues(spec.webhooks, pathItem),
      });
    case "OpenAPI callbacks":
      return openapi(spec, {
        paths: {
          "/subscriptions": {
            post: {
              responses: { "201": { description: "created" } },
              callbacks: mapValues(spec.webhooks, (webhook) => ({
                [webhook.address === undefined ? "{$request.body#/url}" : `https://receiver.example${webhook.address}`]:
                  pathItem(webhook),
              })),
            },
          },
        },
      });
    case "AsyncAPI 3":
      return asyncapi(spec);
    default:
      return format satisfies never;
  }
}

function openapi({ webhooks, schemas }: DocumentSpec, rest: Record<string, unknown>): Record<string, unknown> {
  const securitySchemes = Object.assign({}, ...Object.values(webhooks).map(({ security }) => security ?? {}));
  return {
    openapi: "3.1.0",
    info: { title: "T", version: "1" },
    ...rest,
    components: { schemas: schemas ?? {}, securitySchemes },
  };
}

function pathItem(webhook: WebhookSpec): Record<string, unknown> {
  const { payload = true, headers, method = "POST", contentType = "application/json", otherContentType } = webhook;
  const required = new Set(headers?.required ?? []);
  const content = Object.fromEntries(
    [contentType, otherContentType].flatMap((type) => (type === undefined ? [] : [[type, { schema: payload }]])),
  );
  return {
    [method.toLowerCase()]: {
      ...(webhook.name === undefined ? {} : { "x-webhook-name": webhook.name }),
      ...(webhook.deprecated === undefined ? {} : { deprecated: webhook.deprecated }),
      ...(webhook.description === undefined ? {} : { description: webhook.description }),
      parameters: Object.entries(headers?.properties ?? {}).map(([name, schema]) => ({
        name,
        in: "header",
        required: required.has(name),
        schema,
      })),
      requestBody: { content },
      ...(webhook.security === undefined ? {} : { security: [mapValues(webhook.security, () => [])] }),
      responses: mapValues(webhook.replies ?? {}, (schema) => ({
        description: "",
        ...(schema === null ? {} : { content: { "application/json": { schema } } }),
      })),
    },
  };
}

function asyncapi({ webhooks, schemas }: DocumentSpec): Record<string, unknown> {
  const entries = Object.entries(webhooks);
  const channels: Record<string, unknown> = {};
  const operations: Record<string, unknown> = {};
  const securitySchemes = Object.assign({}, ...entries.map(([, { security }]) => security ?? {}));
  for (const [key, webhook] of entries) {
    const types = [webhook.contentType ?? "application/json", webhook.otherContentType];
    types.forEach((contentType, index) => {
      if (contentType === undefined) return;
      const id = index === 0 ? key : `${key}Again`;
      const replies = Object.entries(webhook.replies ?? {});
      channels[id] = {
        address: webhook.address ?? null,
        messages: {
          [key]: {
            ...(webhook.name === undefined ? {} : { "x-webhook-name": webhook.name }),
            ...(webhook.description === undefined ? {} : { description: webhook.description }),
            contentType,
            payload: webhook.payload ?? true,
            ...(webhook.headers === undefined ? {} : { headers: { type: "object", ...webhook.headers } }),
          },
          ...Object.fromEntries(
            replies.map(([status, schema]) => [
              `reply${status}`,
              {
                name: status,
                bindings: { http: { statusCode: Number(status) } },
                contentType: "application/json",
                payload: schema ?? true,
              },
            ]),
          ),
        },
      };
      operations[id] = {
        action: "send",
        channel: { $ref: `#/channels/${id}` },
        messages: [{ $ref: `#/channels/${id}/messages/${key}` }],
        bindings: { http: { method: webhook.method ?? "POST" } },
        ...(webhook.deprecated === undefined ? {} : { "x-deprecated": webhook.deprecated }),
        ...(webhook.security === undefined
          ? {}
          : {
              security: Object.keys(webhook.security).map((name) => ({ $ref: `#/components/securitySchemes/${name}` })),
            }),
        ...(replies.length === 0
          ? {}
          : { reply: { messages: replies.map(([status]) => ({ $ref: `#/channels/${id}/messages/reply${status}` })) } }),
      };
    });
  }
  return {
    asyncapi: "3.0.0",
    info: { title: "T", version: "1" },
    channels,
    operations,
    components: { schemas: schemas ?? {}, securitySchemes },
  };
}

function mapValues<Value, Mapped>(object: Readonly<Record<string, Value>>, map: (value: Value) => Mapped) {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, map(value)]));
}

/** read → resolve → normalize of a document that is only in memory, as a value or as text. */
export async function sideOf(document: unknown, file = "api.json"): Promise<DiffSide> {
  const text = typeof document === "string" ? document : JSON.stringify(document);
  const reader = createMemoryReader({ [file]: text }, { cwd: "/w" });
  const read = await readDocuments(file, { cwd: "/w", reader });
  if (read.value === null) throw new Error(read.diagnostics.map(({ message }) => message).join("\n"));
  const { value: contract, schemaSource, webhookOrigin } = normalize(resolveDocuments(read.value), { id: "case" });
  return { contract, schemaSource, webhookOrigin };
}

export async function diffDocuments(
  base: unknown,
  revision: unknown,
  options?: DiffOptions,
): Promise<readonly Change[]> {
  const [before, after] = [await sideOf(base), await sideOf(revision)];
  return diffContracts({ base: before, revision: after }, options);
}

/** Two payload schemas of one webhook, in OpenAPI unless another format is named. */
export async function diffSchemas(
  base: unknown,
  revision: unknown,
  {
    schemas = [{}, {}],
    format = "OpenAPI webhooks" as FormatName,
  }: {
    readonly schemas?: readonly [Record<string, unknown>, Record<string, unknown>];
    readonly format?: FormatName;
  } = {},
): Promise<readonly Change[]> {
  const [before, after] = [base, revision].map((payload, index) =>
    documentOf({ webhooks: { event: { payload } }, schemas: schemas[index] ?? {} }, format),
  );
  return diffDocuments(before, after);
}

/** `breaking property-removed /a`, one for each change. */
export function told(changes: readonly Change[]): readonly string[] {
  return changes.map(({ level, rule, pointer, in: part }) => {
    const place = part === "payload" ? pointer : `${part} ${pointer}`.trimEnd();
    return `${level} ${rule}${place === "" ? "" : ` ${place}`}`;
  });
}

/** Where a change is, for tests that read it. */
export function placeText(place: SourceLocation | null): string {
  return place === null ? "-" : `${place.file}#${place.pointer}`;
}
