import { isObject, joinPointer, mapSubschemas } from "../json/index.ts";
import type { Contract, JsonObject, Schema, SourceLocation } from "../model/index.ts";

/** One schema object of a contract. A schema that several places refer to is one site. */
export interface SchemaSite {
  readonly schema: JsonObject;
  readonly location: SourceLocation;
  /** What values of it are called: names of properties that have it, through references and lists; its own name last. */
  readonly names: readonly string[];
  /** Part of what the sender writes, a payload or its headers, and not merely compared with. */
  readonly sent: boolean;
  /** Only compared with (`if`, `not`): it does not say what a value is. */
  readonly isCondition: boolean;
}

/** How one schema leads to another. */
type Step =
  /** The same value: `allOf`, `oneOf`, `then`, `$ref`, …. */
  | "same"
  /** The same value, as a condition: `if`, `not`. */
  | "condition"
  /** A part of the value that is called as the whole: an item, the content of a string. */
  | "item"
  /** A part of the value with a name of its own. */
  | "property";

interface Edge {
  readonly from: JsonObject;
  readonly to: JsonObject;
  readonly step: Step;
  /** Of a property. */
  readonly name?: string;
}

const SAME_VALUE: ReadonlySet<string> = new Set(["allOf", "anyOf", "dependentSchemas", "else", "oneOf", "then"]);
const CONDITIONS: ReadonlySet<string> = new Set(["if", "not"]);

const PREFIX = "#/schemas/";

/** Every schema of a contract: of payloads and headers, of replies, and whatever they refer to. */
export class SchemaSites implements Iterable<SchemaSite> {
  readonly #schemas: Contract["schemas"];
  readonly #incoming = new Map<JsonObject, Edge[]>();
  readonly #outgoing = new Map<JsonObject, Edge[]>();
  readonly #locations = new Map<JsonObject, SourceLocation>();
  readonly #keys = new Map<JsonObject, string>();
  readonly #names = new Map<JsonObject, readonly string[]>();
  readonly #roots = new Set<JsonObject>();
  readonly #sites: readonly SchemaSite[];

  /** @param sourceOf  where a schema object was written, as far as that is known */
  constructor(contract: Contract, sourceOf: (schema: object) => SourceLocation | undefined) {
    this.#schemas = contract.schemas;
    for (const [key, schema] of Object.entries(contract.schemas)) if (isObject(schema)) this.#keys.set(schema, key);
    const sent: Schema[] = [];
    const headersField = contract.format.startsWith("openapi") ? "parameters" : "headers";
    for (const { payload, headers, replies, source } of contract.webhooks) {
      this.#discover(payload, source, sourceOf);
      sent.push(payload);
      if (headers !== undefined) {
        this.#discover(headers, below(source, headersField), sourceOf);
        sent.push(headers);
      }
      for (const reply of replies) {
        for (const schema of [reply.payload, reply.headers]) {
          if (schema !== undefined) this.#discover(schema, source, sourceOf);
        }
      }
    }
    const stated = this.#reachable([...this.#roots]);
    const written = this.#reachable(sent.filter(isObject));
    const namesOf = (schema: JsonObject) => this.#namesOf(schema);
    this.#sites = [...this.#locations].map(([schema, location]) => ({
      schema,
      location,
      // Few rules ask, and of few schemas.
      get names() {
        return namesOf(schema);
      },
      sent: written.has(schema),
      isCondition: !stated.has(schema),
    }));
  }

  [Symbol.iterator](): Iterator<SchemaSite> {
    return this.#sites[Symbol.iterator]();
  }

  /** Where a schema was written; for `true`, `false` and what is unknown, the place given. */
  locationOf(schema: Schema, otherwise: SourceLocation): SourceLocation {
    return (isObject(schema) ? this.#locations.get(schema) : undefined) ?? otherwise;
  }

  /** The schema that a `$ref` of the contract names. */
  lookUp(ref: unknown): Schema | undefined {
    if (typeof ref !== "string" || !ref.startsWith(PREFIX)) return undefined;
    const key = ref.slice(PREFIX.length);
    return Object.hasOwn(this.#schemas, key) ? this.#schemas[key] : undefined;
  }

  /** A schema and all schemas that speak of the same value because of it, conditions left out; each once. */
  partsOf(schema: Schema): readonly JsonObject[] {
    if (!isObject(schema)) return [];
    const parts = new Set<JsonObject>([schema]);
    for (const part of parts) {
      for (const { to, step } of this.#outgoing.get(part) ?? []) if (step === "same") parts.add(to);
    }
    return [...parts];
  }

  /**
   * The schemas that a value is first judged by when this one has its say: itself where it stands for a value of its own,
   * and those that take it in by `allOf`, `$ref` and the like.
   */
  wholesOf(schema: JsonObject): readonly JsonObject[] {
    const seen = new Set<JsonObject>([schema]);
    const wholes: JsonObject[] = [];
    for (const part of seen) {
      const incoming = this.#incoming.get(part) ?? [];
      if (this.#roots.has(part) || incoming.some(({ step }) => step !== "same")) wholes.push(part);
      for (const { from, step } of incoming) if (step === "same") seen.add(from);
    }
    return wholes;
  }

  /** Schemas that take this one in, and how. */
  parentsOf(schema: JsonObject): readonly JsonObject[] {
    return (this.#incoming.get(schema) ?? []).map(({ from }) => from);
  }

  #discover(root: Schema, source: SourceLocation, sourceOf: (schema: object) => SourceLocation | undefined): void {
    if (!isObject(root)) return;
    this.#roots.add(root);
    if (this.#locations.has(root)) return;
    this.#locations.set(root, sourceOf(root) ?? source);
    const pending = [root];
    for (let from = pending.pop(); from !== undefined; from = pending.pop()) {
      const found = this.#stepsFrom(from);
      this.#outgoing.set(
        from,
        found.map(({ edge }) => edge),
      );
      for (const { edge, path } of found) {
        const incoming = this.#incoming.get(edge.to);
        if (incoming === undefined) this.#incoming.set(edge.to, [edge]);
        else incoming.push(edge);
        if (this.#locations.has(edge.to)) continue;
        const parent = this.#locations.get(from) as SourceLocation;
        this.#locations.set(edge.to, sourceOf(edge.to) ?? below(parent, ...path));
        pending.push(edge.to);
      }
    }
  }

  #stepsFrom(from: JsonObject): readonly { readonly edge: Edge; readonly path: readonly string[] }[] {
    const found: { edge: Edge; path: readonly string[] }[] = [];
    const target = this.lookUp(from["$ref"]);
    if (isObject(target)) found.push({ edge: { from, to: target, step: "same" }, path: ["$ref"] });
    mapSubschemas(from, (to, path) => {
      const [keyword = "", name = ""] = path;
      const step = stepOf(keyword);
      if (isObject(to)) found.push({ edge: { from, to, step, ...(step === "property" ? { name } : {}) }, path });
      return to;
    });
    return found;
  }

  /** Everything that is stated, and not merely compared with, from these on. */
  #reachable(from: readonly JsonObject[]): ReadonlySet<JsonObject> {
    const reached = new Set(from);
    for (const schema of reached) {
      for (const { to, step } of this.#outgoing.get(schema) ?? []) if (step !== "condition") reached.add(to);
    }
    return reached;
  }

  #namesOf(schema: JsonObject): readonly string[] {
    const known = this.#names.get(schema);
    if (known !== undefined) return known;
    const seen = new Set([schema]);
    const names = new Set<string>();
    const own = new Set<string>();
    for (const one of seen) {
      const key = this.#keys.get(one);
      if (key !== undefined) own.add(key);
      for (const { from, step, name } of this.#incoming.get(one) ?? []) {
        if (name !== undefined) names.add(name);
        else if (step !== "condition") seen.add(from);
      }
    }
    const result = [...new Set([...names, ...own])];
    this.#names.set(schema, result);
    return result;
  }
}

function stepOf(keyword: string): Step {
  if (SAME_VALUE.has(keyword)) return "same";
  if (CONDITIONS.has(keyword)) return "condition";
  return keyword === "properties" ? "property" : "item";
}

function below({ file, pointer }: SourceLocation, ...path: readonly string[]): SourceLocation {
  return { file, pointer: joinPointer(pointer, ...path) };
}
