import { isArray, isObject, setOwn } from "../../json/index.ts";
import type { Contract, Json, Schema } from "../../model/index.ts";
import { keyOfReference, schemaOf } from "./schemas.ts";

export interface Header {
  readonly name: string;
  readonly schema: Schema;
  readonly required: boolean;
}

/** The headers that an object schema describes, one by one. */
export interface HeaderList {
  readonly headers: readonly Header[];
  /** Keywords of the schema that speak of the headers together and so cannot be said of each. */
  readonly others: readonly string[];
}

/** Lists the headers of an object schema, through lone references and `allOf`; a header that both sides name has to meet both. */
export function listHeaders(schema: Schema | undefined, contract: Contract): HeaderList {
  const properties: Record<string, Json> = {};
  const required = new Set<string>();
  const others = new Set<string>();
  const seen = new Set<Schema>();
  const visit = (part: Schema): void => {
    if (!isObject(part) || seen.has(part)) return;
    seen.add(part);
    for (const [keyword, value] of Object.entries(part)) {
      const key = keyword === "$ref" ? keyOfReference(value) : null;
      if (key !== null) visit(schemaOf(contract, key) ?? true);
      else if (keyword === "allOf" && isArray(value)) for (const each of value) visit(each as Schema);
      else if (keyword === "properties" && isObject(value)) {
        for (const [name, property] of Object.entries(value)) {
          const before = Object.hasOwn(properties, name) ? properties[name] : undefined;
          setOwn(properties, name, before === undefined ? property : { allOf: [before, property] });
        }
      } else if (keyword === "required" && isArray(value)) {
        for (const name of value) if (typeof name === "string") required.add(name);
      } else if (keyword !== "type" || value !== "object") others.add(keyword);
    }
  };
  if (schema !== undefined) visit(schema);
  for (const name of required) if (!Object.hasOwn(properties, name)) setOwn(properties, name, true);
  return {
    headers: Object.entries(properties).map(([name, property]) => ({
      name,
      schema: property as Schema,
      required: required.has(name),
    })),
    others: [...others].sort(),
  };
}

/** The same, as one object schema in the form in which OpenAPI's parameters are read. */
export function headersSchema({ headers }: HeaderList): Schema | undefined {
  if (headers.length === 0) return undefined;
  const properties: Record<string, Json> = {};
  for (const { name, schema } of headers) setOwn(properties, name, schema);
  const required = headers.flatMap((header) => (header.required ? header.name : []));
  return { type: "object", properties, ...(required.length === 0 ? {} : { required }) };
}
