import type { Node } from "typescript";
import { isObject, setOwn } from "../../json/index.ts";
import type { Contract, Json, JsonObject, OutputFile, Schema } from "../../model/index.ts";
import { type DecodedSchemas, decodedSchema, soleReference } from "../decoded-schemas.ts";
import { banner } from "../source-text.ts";
import type { TypeNames } from "../type-names.ts";
import type { TypeTexts } from "../type-texts.ts";
import { declareTypes } from "./declare-types.ts";
import { tagSchema } from "./tag-schema.ts";
import { transformSchemas } from "./transform-schemas.ts";
import { astToString, ts } from "./typescript.ts";
import { DOCUMENTATION, typingSchema, WRITE_AS } from "./typing-schema.ts";

export interface TypesOptions {
  readonly decoded: DecodedSchemas;
  readonly names: TypeNames;
  readonly runtimeModule: string;
  readonly documentName: string;
}

/**
 * `types.ts`: one exported type per webhook's event, its headers, and every named schema, as on the wire and, where JSON
 * in strings makes a difference, decoded. openapi-typescript writes each; what it makes members of one `components`
 * interface become types of their own here, so that a reader meets names and not index accesses.
 */
export function emitTypes(contract: Contract, options: TypesOptions): readonly OutputFile[] {
  const components = componentsOf(contract, options);
  const body = declarationsText(components, components);
  const runtimeImport = body.includes("JsonString<")
    ? `import type { JsonString } from ${JSON.stringify(options.runtimeModule)};\n`
    : "";
  return [{ path: "types.ts", text: `${banner(options.documentName)}${runtimeImport}\n${body}` }];
}

/** For whoever shows some of the types: of a large contract, most take longer to write than all that is read of them. */
export function typeTexts(contract: Contract, options: Pick<TypesOptions, "decoded" | "names">): TypeTexts {
  const components = componentsOf(contract, options);
  const has = (name: string) => Object.hasOwn(components, name);
  const known = new Map<string, string>();
  return {
    has,
    text: (name) => {
      const written =
        known.get(name) ?? declarationsText({ [name]: components[name] ?? {} }, components, { alone: true }).trimEnd();
      known.set(name, written);
      return written;
    },
    linesMin: (name) => countProperties(components[name]),
  };
}

/** Each property has a line of its own at least. */
function countProperties(schema: Json | undefined): number {
  if (Array.isArray(schema)) return schema.reduce<number>((sum, one) => sum + countProperties(one as Json), 0);
  if (!isObject(schema) || WRITE_AS in schema) return 0;
  let count = 0;
  for (const [keyword, value] of Object.entries(schema)) {
    if (keyword === "properties" && isObject(value)) {
      for (const property of Object.values(value)) count += 1 + countProperties(property);
    } else if (INSIDE.has(keyword)) count += countProperties(value);
  }
  return count;
}

const INSIDE: ReadonlySet<string> = new Set([
  "allOf",
  "anyOf",
  "oneOf",
  "items",
  "prefixItems",
  "additionalProperties",
]);

/**
 * @param schemas  what to write
 * @param all  what those may refer to
 * @param options  `alone`: without the types that they use beside those
 */
function declarationsText(
  schemas: Readonly<Record<string, Json>>,
  all: Readonly<Record<string, Json>>,
  { alone = false }: { readonly alone?: boolean } = {},
): string {
  const documentation = new Map<Node, string>();
  const { members, helpers } = transformSchemas(schemas, all, {
    transform: (schema) => {
      const text = (schema as unknown as JsonObject)[WRITE_AS];
      return typeof text === "string" ? ts.factory.createTypeReferenceNode(text) : undefined;
    },
    transformProperty: (property, schema) => {
      const text = (schema as unknown as JsonObject)[DOCUMENTATION];
      if (typeof text === "string") documentation.set(property, text);
      return undefined;
    },
  });
  const declarations = declareTypes({ members, helpers: alone ? [] : helpers }, (member, name) => {
    const schema = all[name];
    const text = documentation.get(member) ?? (isObject(schema) ? schema[DOCUMENTATION] : undefined);
    return typeof text === "string" ? text : undefined;
  });
  // Two spaces a level and not four; one more stands before the star of a comment's line.
  return astToString(declarations).replaceAll(/^ +(?= \*|[^ *])/gm, (margin) => margin.slice(margin.length / 2));
}

/** Every type to write, by its name. */
function componentsOf(
  contract: Contract,
  { decoded, names }: Pick<TypesOptions, "decoded" | "names">,
): Record<string, Json> {
  const components: Record<string, Json> = {};
  const nameOf = (map: ReadonlyMap<string, string>) => (key: string) => map.get(key) ?? "unknown";
  const wireName = nameOf(names.schemas);
  const decodedName = (key: string) => names.decoded.get(key) ?? wireName(key);
  const add = (name: string, schema: Schema, owner: string, nameOfKey: (key: string) => string): void => {
    setOwn(components, name, objectOf(typingSchema(schema, owner, { nameOf: nameOfKey, hoist: hoistWith(nameOfKey) })));
  };
  const hoistWith = (nameOfKey: (key: string) => string) => (schema: Schema, suggested: string) => {
    let name = suggested;
    for (let count = 2; Object.hasOwn(components, name); count++) name = `${suggested}${count}`;
    // Reserved before it is filled, since it may hold more of its kind.
    setOwn(components, name, {});
    add(name, schema, name, nameOfKey);
    return name;
  };

  for (const webhook of contract.webhooks) {
    const eventName = names.events.get(webhook.name) ?? "unknown";
    const { summary, description, deprecated } = webhook;
    const notes = { summary, description, deprecated };
    const key = soleReference(webhook.payload);
    const tags = tagSchema(webhook, contract);
    if (tags !== null) {
      const parts = partsOf(decodedSchema(webhook.payload)) as readonly Json[];
      add(eventName, withNotes({ allOf: [...parts, tags] }, notes), eventName, decodedName);
    } else if (key === null) add(eventName, withNotes(decodedSchema(webhook.payload), notes), eventName, decodedName);
    else if (decodedName(key) === eventName) {
      add(eventName, withNotes(decoded.schemas[key] ?? true, notes), eventName, decodedName);
    } else {
      // Where the schema describes itself, its own type says the rest.
      const target = contract.schemas[key];
      const isDescribed = isObject(target) && (target["description"] ?? target["title"]) !== undefined;
      const said = isDescribed ? { summary, deprecated } : notes;
      add(eventName, withNotes(webhook.payload, said), eventName, decodedName);
    }
    const wire = names.wires.get(webhook.name);
    const wireSummary = `The body of \`${webhook.name}\` as it is on the wire.`;
    if (wire !== undefined) add(wire, withNotes(webhook.payload, { summary: wireSummary }), wire, wireName);
    if (webhook.headers !== undefined) {
      const headersName = names.headers.get(webhook.name) ?? "unknown";
      add(headersName, headersSchema(webhook.headers), headersName, wireName);
    }
  }
  for (const [key, schema] of Object.entries(contract.schemas)) {
    add(wireName(key), schema, wireName(key), wireName);
    const name = names.decoded.get(key);
    if (name !== undefined && !Object.hasOwn(components, name))
      add(name, decoded.schemas[key] ?? true, name, decodedName);
  }
  return withoutLongChains(components);
}

/** The parts of a schema that is nothing but an `allOf`; else the schema. */
function partsOf(schema: Schema): readonly Schema[] {
  const isAllOf = isObject(schema) && Object.keys(schema).length === 1 && Array.isArray(schema["allOf"]);
  return isAllOf ? (schema["allOf"] as readonly Schema[]) : [schema];
}

/** Headers come as text, and a receiver may not rely on any of them: each is an optional string. */
function headersSchema(headers: Schema): Schema {
  const properties: Record<string, Json> = {};
  for (const [name, property] of isObject(headers) && isObject(headers["properties"])
    ? Object.entries(headers["properties"])
    : []) {
    const description = isObject(property as Json) ? (property as JsonObject)["description"] : undefined;
    setOwn(properties, name, { type: "string", ...(typeof description === "string" ? { description } : {}) });
  }
  return { description: "Documented headers, as they were sent.", type: "object", properties };
}

function withNotes(schema: Schema, { summary, description, deprecated }: Notes): Schema {
  const text = [summary, description].filter((part) => part !== undefined && part !== "").join("\n\n");
  const notes = { ...(text === "" ? {} : { description: text }), ...(deprecated === true ? { deprecated } : {}) };
  return isObject(schema) ? { ...schema, ...notes } : schema === true ? notes : schema;
}

interface Notes {
  readonly summary?: string | undefined;
  readonly description?: string | undefined;
  readonly deprecated?: boolean | undefined;
}

/** The generator takes objects as named schemas; `true` and `false` are written as schemas that mean the same. */
function objectOf(schema: Schema): JsonObject {
  if (isObject(schema)) return schema;
  return schema ? {} : { type: "string", [WRITE_AS]: "never" };
}

/** openapi-typescript follows each chain of references to its end, and keeps every way: of a long one, gigabytes. */
const CHAIN_MAX = 50;

/** Names the type where a reference leads to a reference, and so on many times. */
function withoutLongChains(components: Readonly<Record<string, Json>>): Record<string, Json> {
  const lengths = new Map<string, number>();
  for (const start of Object.keys(components)) {
    const chain = new Set<string>();
    let name: string | null = start;
    for (; name !== null && !lengths.has(name) && !chain.has(name); name = targetOf(components[name])) chain.add(name);
    let length = lengths.get(name ?? "") ?? 0;
    for (const one of [...chain].reverse()) lengths.set(one, ++length);
  }
  return Object.fromEntries(
    Object.entries(components).map(([name, schema]) => {
      const target = targetOf(schema);
      if (target === null || !isObject(schema) || (lengths.get(name) ?? 0) <= CHAIN_MAX) return [name, schema];
      const { $ref: _, ...rest } = schema;
      return [name, { ...rest, [WRITE_AS]: target }];
    }),
  );
}

function targetOf(schema: Json | undefined): string | null {
  const ref = isObject(schema) ? schema["$ref"] : undefined;
  return typeof ref === "string" ? ref.slice(ref.lastIndexOf("/") + 1) : null;
}
