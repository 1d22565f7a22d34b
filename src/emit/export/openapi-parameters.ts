import { equal, isArray, isObject, setOwn } from "../../json/index.ts";
import type { Contract, Json, JsonObject, Schema, Webhook } from "../../model/index.ts";
import { listHeaders } from "./headers.ts";
import { enumerated, type Loss, quoted } from "./loss.ts";
import { describedParameter, examplesOf } from "./openapi-parts.ts";

/** Header parameters that OpenAPI says to ignore: other parts of an operation describe them. */
const DESCRIBED_ELSEWHERE: ReadonlySet<string> = new Set(["accept", "authorization", "content-type"]);

/** The name of the parameter that is the whole query; in the query itself it does not occur. */
const WHOLE_QUERY = "fields";

/**
 * Writes the headers of a webhook as parameters, its examples' values with them: `example` where it is the same in all of
 * them, else one for each by the name of the example.
 * @see https://spec.openapis.org/oas/v3.1.1.html#parameter-object
 */
export function writeHeaderParameters(
  webhook: Webhook,
  contract: Contract,
  schema: (of: Schema) => Schema,
): { readonly parameters: readonly JsonObject[]; readonly losses: readonly Loss[] } {
  const losses: Loss[] = [];
  const { headers, others } = listHeaders(webhook.headers, contract);
  if (others.length > 0) {
    const what = `what is said of its headers together (${enumerated(others.map(quoted))})`;
    losses.push({ webhook, part: "headers", what });
  }
  const written = headers.filter(({ name }) => !DESCRIBED_ELSEWHERE.has(name));
  for (const { name } of headers) {
    if (!DESCRIBED_ELSEWHERE.has(name)) continue;
    losses.push({ webhook, part: "headers", what: `its header ${quoted(name)}, which OpenAPI has no parameter for` });
  }
  const names = new Set(written.map(({ name }) => name));
  for (const { name, headers: values = {} } of webhook.examples) {
    const unsaid = Object.keys(values).filter((header) => !names.has(header));
    if (unsaid.length === 0) continue;
    const what = `${enumerated(unsaid.map(quoted))} of its example ${quoted(name)}: no parameter describes this header`;
    losses.push({ webhook, part: "examples", what });
  }
  const parameters = written.map((header) => ({
    name: header.name,
    in: "header",
    ...(header.required ? { required: true } : {}),
    ...describedParameter(schema(header.schema)),
    ...headerExamples(webhook, header.name),
  }));
  return { parameters, losses };
}

function headerExamples({ examples }: Webhook, name: string): JsonObject {
  const values = examples.flatMap((example) =>
    example.headers !== undefined && Object.hasOwn(example.headers, name)
      ? [{ name: example.name, value: example.headers[name] as Json }]
      : [],
  );
  const [first] = values;
  if (first === undefined) return {};
  const isCommon = values.length === examples.length && values.every(({ value }) => equal(value, first.value));
  if (isCommon) return { example: first.value };
  const map: Record<string, Json> = {};
  for (const { name: example, value } of values) setOwn(map, example, { value });
  return { examples: map };
}

/**
 * Writes a payload that comes in the query: a parameter for each field where the schema is a plain list of them, else one
 * object that is written field by field (`explode`).
 * @see https://spec.openapis.org/oas/v3.1.1.html#style-values
 */
export function writeQueryParameters(webhook: Webhook, schema: (of: Schema) => Schema): readonly JsonObject[] {
  const { payload, examples, forms } = webhook;
  const fields = examples.length === 0 && forms.length === 1 ? plainFields(payload) : null;
  if (payload === true) return [];
  if (fields !== null) return fields.map((field) => fieldParameter(field, schema));
  const whole = {
    name: WHOLE_QUERY,
    in: "query",
    required: true,
    style: "form",
    explode: true,
    schema: schema(payload),
    ...examplesOf(examples),
  };
  return [whole];
}

interface Field {
  readonly name: string;
  readonly schema: Schema;
  readonly required: boolean;
}

/** The fields of an object schema that says nothing else; null for any other. */
function plainFields(payload: Schema): readonly Field[] | null {
  if (!isObject(payload)) return null;
  const { type, properties, required = [], ...others } = payload;
  if (type !== "object" || !isObject(properties) || !isArray(required) || Object.keys(others).length > 0) return null;
  const names = Object.keys(properties);
  if (names.length === 0 || !required.every((name) => names.includes(name as string))) return null;
  return names.map((name) => ({
    name,
    schema: properties[name] as Schema,
    required: required.includes(name),
  }));
}

/** An object in the query is JSON text there, which is what `content` says. */
function fieldParameter({ name, schema: of, required }: Field, schema: (of: Schema) => Schema): JsonObject {
  const { schema: inner = true, ...described } = describedParameter(schema(of));
  const isJson = isObject(inner) && (inner["type"] === "object" || isObject(inner["properties"]));
  return {
    name,
    in: "query",
    ...(required ? { required } : {}),
    ...described,
    ...(isJson ? { content: { "application/json": { schema: inner } } } : { schema: inner }),
  };
}
