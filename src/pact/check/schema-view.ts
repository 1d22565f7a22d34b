import { isArray, isObject, joinPointer, parsePointer } from "../../json/index.ts";
import type { Json, JsonObject, Schema, SourceLocation } from "../../model/index.ts";

/** A schema, and where it was written. */
export interface SchemaNode {
  readonly schema: JsonObject;
  readonly place: SourceLocation;
}

/** Alternatives: a value keeps to one of them at least. */
export interface Choice {
  readonly keyword: "anyOf" | "oneOf";
  readonly node: SchemaNode;
  readonly branches: readonly SchemaNode[];
}

/** Everything that a value must keep to at one place, references and `allOf` followed. */
export interface Conjunction {
  readonly parts: readonly SchemaNode[];
  readonly choices: readonly Choice[];
}

/** How schemas of a contract are found, and the places where they were written. */
export interface SchemaSource {
  readonly schemas: Readonly<Record<string, Schema>>;
  readonly schemaSource: (schema: object) => SourceLocation | undefined;
}

const PREFIX = "#/schemas/";
/** Schemas that one value must keep to at once; a document that asks for more is made to. */
const PARTS_MAX = 2_000;
const NEVER: JsonObject = { not: {} };

/** Looks schemas up, keeping account of where they stand in the document. */
export class SchemaView {
  readonly #source: SchemaSource;
  readonly #conjunctions = new Map<JsonObject, Conjunction>();

  constructor(source: SchemaSource) {
    this.#source = source;
  }

  /** @param fallback  where it stands if it was put together when the document was read */
  node(schema: Json | undefined, fallback: SourceLocation): SchemaNode {
    if (!isObject(schema)) return { schema: schema === false ? NEVER : {}, place: fallback };
    return { schema, place: this.#source.schemaSource(schema) ?? fallback };
  }

  /** A schema inside another. */
  child({ schema, place }: SchemaNode, ...path: readonly (string | number)[]): SchemaNode {
    let found: Json | undefined = schema;
    for (const token of path) found = memberOf(found, token);
    return this.node(found, { file: place.file, pointer: joinPointer(place.pointer, ...path) });
  }

  conjunction(nodes: readonly SchemaNode[]): Conjunction {
    const [only] = nodes;
    if (nodes.length !== 1 || only === undefined) return this.#expand(nodes);
    const known = this.#conjunctions.get(only.schema);
    if (known !== undefined) return known;
    const found = this.#expand(nodes);
    this.#conjunctions.set(only.schema, found);
    return found;
  }

  #expand(nodes: readonly SchemaNode[]): Conjunction {
    const parts = new Map<JsonObject, SchemaNode>();
    const choices: Choice[] = [];
    const add = (node: SchemaNode) => {
      if (!parts.has(node.schema) && parts.size < PARTS_MAX) parts.set(node.schema, node);
    };
    nodes.forEach(add);
    for (const node of parts.values()) {
      const { $ref, allOf } = node.schema;
      if (typeof $ref === "string" && $ref.startsWith(PREFIX)) {
        const key = parsePointer(`/${$ref.slice(PREFIX.length)}`)?.[0] ?? "";
        const target = Object.hasOwn(this.#source.schemas, key) ? this.#source.schemas[key] : undefined;
        if (target !== undefined) add(this.node(target, node.place));
      }
      for (const index of listOf(allOf).keys()) add(this.child(node, "allOf", index));
      for (const keyword of ["anyOf", "oneOf"] as const) {
        const branches = listOf(node.schema[keyword]).map((_, index) => this.child(node, keyword, index));
        if (branches.length > 0) choices.push({ keyword, node, branches });
      }
    }
    return { parts: [...parts.values()], choices };
  }
}

function memberOf(value: Json | undefined, token: string | number): Json | undefined {
  if (isArray(value)) return value[Number(token)];
  return isObject(value) && Object.hasOwn(value, token) ? value[String(token)] : undefined;
}

function listOf(value: Json | undefined): readonly Json[] {
  return isArray(value) ? value : [];
}
