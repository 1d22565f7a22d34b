/** The words in which pairs of documents are written down here, short since there are many. */
export type Document = Record<string, unknown>;
/** What was changed, the two documents, and what is to be told: `level rule webhook pointer`. */
export type Case = readonly [what: string, base: Document, revision: Document, told: readonly string[]];

export const oa = (webhooks: object, schemas: object = {}, more: object = {}): Document => ({
  openapi: "3.1.0",
  info: { title: "T", version: "1" },
  webhooks,
  components: { schemas, ...more },
});
export const wh = (schema: unknown, rest: object = {}, type = "application/json") => ({
  post: {
    requestBody: { content: { [type]: { schema } } },
    responses: { "200": { description: "ok" } },
    ...rest,
  },
});
export const obj = (properties: object, required: readonly string[] = [], rest: object = {}) => ({
  type: "object",
  properties,
  ...(required.length > 0 ? { required } : {}),
  ...rest,
});
export const R = (name: string) => ({ $ref: `#/components/schemas/${name}` });
export const N = { "x-webhook-name": "e" };
export const s = { type: "string" };
export const i = { type: "integer" };
export const n = { type: "number" };
export const b = { type: "boolean" };

export const E = (schema: unknown, schemas = {}, rest = {}) => oa({ e: wh(schema, { ...N, ...rest }) }, schemas);
/** `if` and `then`; the second by its name, since what has a `then` passes for a promise. */
export const when = (condition: unknown, consequence: unknown): object => ({
  if: condition,
  ...keyed("then", consequence),
});
const keyed = (key: string, value: unknown): object => ({ [key]: value });
