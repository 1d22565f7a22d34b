import { eachSubschema, isObject, parsePointer } from "../../src/json/index.ts";
import type { Condition, Contract, Schema, SourceLocation, Webhook } from "../../src/model/index.ts";
import type { Problems } from "./problem.ts";

const ENCODINGS: ReadonlySet<string> = new Set(["json", "form", "multipart", "query"]);
const WINDOWS_DEVICE = /^(?:aux|con|nul|prn|com\d|lpt\d)$/i;

/** What every contract keeps to, whatever it was made of. */
export function checkContract(contract: Contract, files: ReadonlySet<string>, problems: Problems): void {
  const { webhooks, schemas, omissions, source } = contract;
  const text = JSON.stringify(contract);
  problems.expect(
    hasOnlyJson(contract),
    "a contract holds what JSON cannot",
    () => `undefined, NaN or the like in ${text.slice(0, 500)}`,
  );
  const isPlace = ({ file, pointer }: SourceLocation) => files.has(file) && parsePointer(pointer) !== null;
  const expectPlace = (location: SourceLocation, of: string) =>
    problems.expect(isPlace(location), `the source of ${of} is no place`, () => JSON.stringify(location));
  expectPlace(source, "a contract");
  expectUnique(
    webhooks.map(({ name }) => name),
    "webhooks' names",
    problems,
  );
  expectUnique(
    webhooks.map(({ key }) => key.toLowerCase()),
    "webhooks' keys",
    problems,
  );
  for (const webhook of webhooks) {
    checkWebhook(webhook, problems);
    expectPlace(webhook.source, "a webhook");
    for (const example of webhook.examples) expectPlace(example.source, "an example");
  }
  for (const omission of omissions) {
    expectPlace(omission.source, "an omission");
    problems.expect(omission.reason !== "", "an omission without reason", () => JSON.stringify(omission));
    problems.expect(parsePointer(omission.pointer) !== null, "an omission without pointer", omission.pointer);
  }
  for (const key of Object.keys(schemas)) {
    problems.expect(isSafeKey(key), "a schema's key is not safe", () => JSON.stringify(key));
  }
  expectUnique(
    Object.keys(schemas).map((key) => key.toLowerCase()),
    "schemas' keys",
    problems,
  );
  for (const ref of referencesOf(contract)) {
    const key = ref.startsWith("#/schemas/") ? ref.slice("#/schemas/".length) : "";
    problems.expect(Object.hasOwn(schemas, key), "a schema's $ref leads nowhere", ref);
  }
}

function checkWebhook({ name, key, route, forms, examples, replies }: Webhook, problems: Problems): void {
  problems.expect(typeof name === "string" && name !== "", "a webhook without name", () => JSON.stringify(name));
  problems.expect(isSafeKey(key), "a webhook's key is not safe", () => JSON.stringify(key));
  problems.expect(forms.length > 0, "a webhook without form", name);
  for (const { method, contentType, encoding, address } of forms) {
    problems.expect(method === method.toUpperCase() && method !== "", "a method is not in upper case", method);
    problems.expect(ENCODINGS.has(encoding), "an encoding is unknown", encoding);
    problems.expect(typeof contentType === "string", "a content type is no text", () => JSON.stringify(contentType));
    problems.expect(address === null || typeof address === "string", "an address is no text", () =>
      JSON.stringify(address),
    );
  }
  for (const condition of route) {
    problems.expect(isCondition(condition), "a condition is none", () => JSON.stringify(condition));
  }
  expectUnique(
    examples.map((example) => example.name),
    "examples' names",
    problems,
  );
  for (const { status } of replies) {
    problems.expect(/^(?:[1-9]\d\d|[1-5]XX|default)$/.test(status), "a reply's status is none", () =>
      JSON.stringify(status),
    );
  }
}

function isCondition({ in: place, at, value }: Condition): boolean {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (values.length === 0 || values.some((one) => typeof one === "object" && one !== null)) return false;
  switch (place) {
    case "body":
      return parsePointer(at) !== null;
    case "header":
      return at === at.toLowerCase() && at !== "";
    case "query":
      return at !== "";
    case "path":
      return at === "";
    default:
      return place satisfies never;
  }
}

function isSafeKey(key: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(key) && key.length <= 100 && !WINDOWS_DEVICE.test(key) && key !== "__proto__";
}

function expectUnique(names: readonly string[], of: string, problems: Problems): void {
  problems.expect(new Set(names).size === names.length, `${of} are not unique`, () => JSON.stringify(names));
}

/** Every `$ref` of the schemas; what stands in data or below a word that JSON Schema does not have is none. */
function referencesOf({ schemas, webhooks }: Contract): readonly string[] {
  const found: string[] = [];
  const visit = (schema: Schema | undefined): void => {
    if (!isObject(schema)) return;
    if (typeof schema["$ref"] === "string") found.push(schema["$ref"]);
    eachSubschema(schema, visit);
  };
  Object.values(schemas).forEach(visit);
  for (const { payload, headers, replies } of webhooks) {
    visit(payload);
    visit(headers);
    for (const reply of replies) {
      visit(reply.payload);
      visit(reply.headers);
    }
  }
  return found;
}

/** Whether a value is the same after it was written as JSON and read again. */
function hasOnlyJson(whole: unknown): boolean {
  const pending: unknown[] = [whole];
  for (let value = pending.pop(); pending.length > 0 || value !== undefined; value = pending.pop()) {
    if (value === undefined) return false;
    if (typeof value === "number" && !Number.isFinite(value)) return false;
    if (typeof value === "function" || typeof value === "symbol" || typeof value === "bigint") return false;
    if (typeof value !== "object" || value === null) continue;
    if (Array.isArray(value)) pending.push(...value);
    else pending.push(...Object.values(value));
  }
  return true;
}
