import { isArray, isObject, isScalar, own } from "../json/index.ts";
import type { Contract, Json, JsonObject, Schema } from "../model/index.ts";
import type { SchemaSites } from "./schema-sites.ts";

/** Values looked at in one document's examples; a recursive schema and a long list do not go on for ever. */
const VISITS_MAX = 200_000;
/** Different strings kept for one schema: more tell nothing new. */
const STRINGS_MAX = 50;

/** The string values that examples have at each schema object: the schema's own, then those of webhooks' examples. */
export class ExampleStrings {
  readonly #sites: SchemaSites;
  readonly #strings = new Map<JsonObject, Set<string>>();
  #visitsLeft = VISITS_MAX;

  constructor(contract: Contract, sites: SchemaSites) {
    this.#sites = sites;
    for (const { schema } of sites) {
      for (const value of ownExamples(schema)) this.#walk(schema, value);
    }
    for (const webhook of contract.webhooks) {
      for (const { payload, headers } of webhook.examples) {
        this.#walk(webhook.payload, payload);
        if (headers !== undefined && webhook.headers !== undefined) this.#walk(webhook.headers, headers);
      }
    }
  }

  at(schema: Schema): readonly string[] {
    return isObject(schema) ? [...(this.#strings.get(schema) ?? [])] : [];
  }

  #walk(schema: Schema, value: Json): void {
    if (--this.#visitsLeft < 0) return;
    for (const part of this.#partsFor(schema, value)) {
      if (typeof value === "string") {
        this.#note(part, value);
        this.#walkContent(part, value);
      } else if (isArray(value)) this.#walkItems(part, value);
      else if (isObject(value)) this.#walkMembers(part, value);
    }
  }

  /** The parts of a schema that speak of this value; an alternative does unless the value cannot be of it. */
  #partsFor(schema: Schema, value: Json): readonly JsonObject[] {
    const parts = new Set<JsonObject>(isObject(schema) ? [schema] : []);
    for (const part of parts) {
      const next: (Json | undefined)[] = [this.#sites.lookUp(part["$ref"]) as Json | undefined];
      if (isArray(part["allOf"])) next.push(...part["allOf"]);
      for (const keyword of ["anyOf", "oneOf"]) {
        const branches = part[keyword];
        if (isArray(branches)) next.push(...branches.filter((branch) => this.#couldBe(branch, value)));
      }
      for (const one of next) if (isObject(one)) parts.add(one);
    }
    return [...parts];
  }

  #couldBe(branch: Json, value: Json): boolean {
    if (--this.#visitsLeft < 0) return false;
    return this.#sites.partsOf(branch as Schema).every((part) => {
      const type = part["type"];
      if (typeof type === "string" && !isOfType(value, type)) return false;
      const properties = part["properties"];
      if (!isObject(properties) || !isObject(value)) return true;
      return Object.entries(properties).every(([name, property]) => {
        const member = own(value, name);
        const constant = isObject(property) ? property["const"] : undefined;
        return member === undefined || !isScalar(constant) || constant === member;
      });
    });
  }

  #walkContent(part: JsonObject, text: string): void {
    const content = part["contentSchema"];
    const value = content === undefined ? undefined : parseJson(text);
    if (value !== undefined) this.#walk(content as Schema, value);
  }

  #walkItems(part: JsonObject, items: readonly Json[]): void {
    const first = isArray(part["prefixItems"]) ? part["prefixItems"] : [];
    items.forEach((item, index) => {
      const schema = first[index] ?? part["items"];
      if (schema !== undefined) this.#walk(schema as Schema, item);
    });
  }

  #walkMembers(part: JsonObject, value: JsonObject): void {
    const properties = isObject(part["properties"]) ? part["properties"] : {};
    for (const [name, member] of Object.entries(value)) {
      const schema = own(properties, name) ?? part["additionalProperties"];
      if (schema !== undefined) this.#walk(schema as Schema, member);
    }
  }

  #note(schema: JsonObject, value: string): void {
    const strings = this.#strings.get(schema) ?? new Set();
    if (strings.size < STRINGS_MAX) strings.add(value);
    this.#strings.set(schema, strings);
  }
}

/** JSON in a string; undefined where it is none. */
export function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

function ownExamples(schema: JsonObject): readonly Json[] {
  const { example, examples } = schema;
  return [...(isArray(examples) ? examples : []), ...(example === undefined ? [] : [example])];
}

function isOfType(value: Json, type: string): boolean {
  switch (type) {
    case "null":
      return value === null;
    case "array":
      return isArray(value);
    case "object":
      return isObject(value);
    case "integer":
      return Number.isInteger(value);
    case "number":
    case "string":
    case "boolean":
      return typeof value === type;
    default:
      return true;
  }
}
