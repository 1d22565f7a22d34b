/**
 * Reads a contract's schemas by itself, without a line of the toolkit, and makes from an example everything that a
 * receiver must refuse, or must let pass. A keyword that it does not know stops it: nothing goes unchecked in silence.
 */
import type { Condition, Contract, Json, Schema, Webhook } from "../../src/model/index.ts";

type Members = Record<string, Json>;
type Path = readonly string[];

/** What must come of a mutated payload. */
export type Expected =
  | { readonly accepted: true; readonly webhook: string }
  | {
      readonly accepted: false;
      /** Null where nothing recognises the event any more. */
      readonly webhook: string | null;
      /** Where all errors must be. */
      readonly instancePath: string;
      /** One of the errors must have it. */
      readonly keyword?: string;
      readonly missing?: string;
    };

export type Kind =
  | "required property removed"
  | "wrong type"
  | "no JSON in a JSON string"
  | "undocumented value of a closed set"
  | "undocumented value of an open set"
  | "documented value"
  | "text against its format or pattern"
  | "text beyond its limit"
  | "text up to its limit"
  | "unknown field"
  | "optional property removed";

interface Mutation {
  readonly kind: Kind;
  readonly at: string;
  /** As on the wire. */
  readonly payload: Json;
  readonly expected: Expected;
}

interface Refusal {
  /** The value is written as it is where JSON in a string belongs. */
  readonly raw?: boolean;
  /** Where it is refused; the value's own place where left out. */
  readonly instancePath?: string;
  readonly keyword?: string;
}

const KNOWN_KEYWORDS = new Set(
  (
    "$ref anyOf allOf const contentMediaType contentSchema description enum format if items maxLength pattern properties " +
    "required then title type x-open-enum x-query-array"
  ).split(" "),
);

const SAMPLES: Readonly<Record<string, Json>> = {
  null: null,
  boolean: true,
  integer: 7,
  number: 0.5,
  string: "a text",
  array: [],
  object: {},
};

const UNDOCUMENTED = "no page lists this";
const ILL_FORMED = "not so";

/** Makes the mutations of one example. */
export class Mutator {
  readonly #contract: Contract;
  readonly #webhook: Webhook;
  /** The example as it is after decoding, and where JSON stands in strings. */
  readonly #tree: Json;
  readonly #jsonPaths: Path[] = [];

  constructor(contract: Contract, webhook: Webhook, wire: Json) {
    this.#contract = contract;
    this.#webhook = webhook;
    this.#tree = this.#unwrap(wire, webhook.payload, []);
  }

  /** The properties of the payload's schema, at every level: `/diversion/reason`. */
  allProperties(): readonly string[] {
    const found: string[] = [];
    const visit = (schema: Schema, path: string): void => {
      for (const [name, parts] of this.#properties(schema, undefined)) {
        found.push(`${path}/${name}`);
        for (const part of parts) visit(part, `${path}/${name}`);
      }
    };
    visit(this.#webhook.payload, "");
    return [...new Set(found)];
  }

  /** Every object of the example, as a path into the decoded event, with the names that are documented there. */
  objects(): readonly { readonly path: Path; readonly names: readonly string[] }[] {
    return this.#objects().map(({ path, schema, value }) => ({
      path,
      names: [...this.#properties(schema, value).keys()],
    }));
  }

  /** The example with members of any name added to one of its objects: decoded, and as on the wire. */
  withMembers(path: Path, members: readonly (readonly [string, Json])[]): { readonly tree: Json; readonly wire: Json } {
    const tree = changed(this.#tree, path, (object) => {
      for (const [name, value] of members) setOwn(object as Members, name, value);
    });
    return { tree, wire: this.#wire(tree) };
  }

  *mutations(): Generator<Mutation> {
    yield* this.#onJsonStrings();
    for (const { path, schema, value } of this.#objects()) {
      const required = this.#required(schema, value);
      const properties = this.#properties(schema, value);
      for (const name of required) {
        if (Object.hasOwn(value, name)) yield this.#removal("required property removed", path, name);
      }
      const absent = [...properties.keys()].filter((name) => Object.hasOwn(value, name) && !required.has(name));
      for (const name of absent) yield this.#removal("optional property removed", path, name);
      yield this.#addition(path, "noPageListsThis", { deep: [null, 1, "text"] });
      yield this.#addition(path, "constructor", null);
      for (const [name, parts] of properties) {
        for (const part of parts) yield* this.#onProperty([...path, name], part, schema);
      }
    }
  }

  *#onProperty(path: Path, schema: Schema, parent: Schema): Generator<Mutation> {
    // What a JSON string holds is another schema's business, and comes by itself.
    const isJsonString = this.#parts(schema, undefined).some((part) => part["contentSchema"] !== undefined);
    for (const [type, sample] of Object.entries(SAMPLES)) {
      if (!this.#allows(schema, type)) {
        yield this.#refusal("wrong type", path, sample, { raw: isJsonString, keyword: "type" });
      }
    }
    yield* this.#onItems(path, schema);
    for (const { keyword, values } of this.#closed(schema)) {
      const sample = this.#allows(schema, "string") ? UNDOCUMENTED : 4711;
      yield this.#refusal("undocumented value of a closed set", path, sample, { keyword });
      for (const value of values) yield this.#passing("documented value", path, value, parent);
    }
    for (const values of this.#open(schema)) {
      yield this.#passing("undocumented value of an open set", path, UNDOCUMENTED, parent);
      for (const value of values) yield this.#passing("documented value", path, value, parent);
    }
    if (this.#isForm(schema)) yield this.#refusal("text against its format or pattern", path, ILL_FORMED, {});
    for (const length of this.#limits(schema)) {
      yield this.#refusal("text beyond its limit", path, "x".repeat(length + 1), { keyword: "maxLength" });
      yield this.#passing("text up to its limit", path, "x".repeat(length), parent);
    }
  }

  *#onItems(path: Path, schema: Schema): Generator<Mutation> {
    const value = get(this.#tree, path);
    if (!Array.isArray(value)) return;
    for (const part of this.#parts(schema, undefined)) {
      if (part["items"] === undefined) continue;
      for (const [type, sample] of Object.entries(SAMPLES)) {
        if (this.#allows(part["items"] as Schema, type)) continue;
        const at = { instancePath: `${pointer(path)}/${value.length}`, keyword: "type" };
        yield this.#refusal("wrong type", path, [...value, sample], at);
      }
    }
  }

  *#onJsonStrings(): Generator<Mutation> {
    for (const path of this.#jsonPaths) {
      for (const text of ["", "{", ILL_FORMED, "{'a':1}"]) {
        yield this.#refusal("no JSON in a JSON string", path, text, { raw: true, keyword: "contentMediaType" });
      }
      for (const text of ["null", "7", '"{}"', "[]"]) {
        yield this.#refusal("wrong type", path, text, { raw: true, keyword: "type" });
      }
    }
  }

  #removal(kind: Kind, path: Path, name: string): Mutation {
    const payload = this.#wire(
      changed(this.#tree, path, (object) => {
        delete (object as Members)[name];
      }),
    );
    const webhook = this.#recognise(payload);
    const expected: Expected =
      kind === "optional property removed" && webhook !== null
        ? { accepted: true, webhook }
        : { accepted: false, webhook, instancePath: pointer(path), keyword: "required", missing: name };
    return { kind, at: pointer([...path, name]), payload, expected };
  }

  #addition(path: Path, name: string, value: Json): Mutation {
    const payload = this.withMembers(path, [[name, value]]).wire;
    const expected = { accepted: true, webhook: this.#webhook.name } as const;
    return { kind: "unknown field", at: pointer([...path, name]), payload, expected };
  }

  #refusal(
    kind: Kind,
    path: Path,
    value: Json,
    { raw = false, instancePath = pointer(path), keyword }: Refusal,
  ): Mutation {
    const payload = raw
      ? this.#set(this.#wire(this.#tree), path, value)
      : this.#wire(this.#set(this.#tree, path, value));
    const webhook = this.#recognise(payload);
    const at = instancePath;
    // A value that leads to another webhook is judged by that one, which may know it.
    const schema = this.#contract.webhooks.find(({ name }) => name === webhook)?.payload ?? true;
    if (webhook !== null && webhook !== this.#webhook.name && kind === "undocumented value of a closed set") {
      const parts = this.#properties(schema, undefined).get(path[0] ?? "") ?? [];
      if (path.length === 1 && parts.every((part) => this.#closed(part).length === 0)) {
        return { kind, at, payload, expected: { accepted: true, webhook } };
      }
    }
    const expected = { accepted: false, webhook, instancePath, ...(keyword === undefined ? {} : { keyword }) } as const;
    return { kind, at, payload, expected };
  }

  /** A value that is allowed by itself, but may make another property necessary. */
  #passing(kind: Kind, path: Path, value: Json, parent: Schema): Mutation {
    const tree = this.#set(this.#tree, path, value);
    const payload = this.#wire(tree);
    const webhook = this.#recognise(payload);
    const at = `${pointer(path)} = ${JSON.stringify(value)}`;
    const object = get(tree, path.slice(0, -1)) as Members;
    const missing = [...this.#required(parent, object)].find((name) => !Object.hasOwn(object, name));
    if (webhook !== null && missing === undefined) return { kind, at, payload, expected: { accepted: true, webhook } };
    const instancePath = pointer(path.slice(0, -1));
    return {
      kind,
      at,
      payload,
      expected: { accepted: false, webhook, instancePath, keyword: "required", ...(missing ? { missing } : {}) },
    };
  }

  /** Which webhook a payload is, by the routes of the contract alone. */
  #recognise(wire: Json): string | null {
    const holds = ({ in: place, at, value }: Condition): boolean => {
      if (place !== "body") throw new Error(`This test knows no condition in the ${place}.`);
      const found = get(wire, at.slice(1).split("/"));
      return Array.isArray(value) ? value.includes(found as never) : value === found;
    };
    const fitting = this.#contract.webhooks.filter(({ route }) => route.every(holds));
    const most = Math.max(...fitting.map(({ route }) => route.length));
    return fitting.find(({ route }) => route.length === most)?.name ?? null;
  }

  #objects(): { readonly path: Path; readonly schema: Schema; readonly value: Members }[] {
    const found: { path: Path; schema: Schema; value: Members }[] = [];
    const visit = (schema: Schema, value: Json | undefined, path: Path): void => {
      const content = this.#parts(schema, undefined).find((part) => part["contentSchema"] !== undefined);
      if (content !== undefined) {
        visit(content["contentSchema"] as Schema, value, path);
        return;
      }
      if (!isMembers(value)) return;
      found.push({ path, schema, value });
      for (const [name, parts] of this.#properties(schema, value)) {
        for (const part of parts) visit(part, own(value, name), [...path, name]);
      }
    };
    visit(this.#webhook.payload, this.#tree, []);
    return found;
  }

  /** A schema, all that it refers to or joins, and `then` where its `if` holds for the value. */
  #parts(schema: Schema, value: Members | undefined): Members[] {
    if (!isMembers(schema)) return [];
    for (const keyword of Object.keys(schema)) {
      if (!KNOWN_KEYWORDS.has(keyword)) throw new Error(`This test does not know the keyword ${keyword}.`);
    }
    const ref = schema["$ref"];
    const target = typeof ref === "string" ? this.#contract.schemas[ref.replace("#/schemas/", "")] : undefined;
    if (ref !== undefined && target === undefined) throw new Error(`${String(ref)} leads nowhere.`);
    const then = value !== undefined && schema["if"] !== undefined && this.#holds(schema["if"] as Schema, value);
    return [
      schema,
      ...(target === undefined ? [] : this.#parts(target, value)),
      ...((schema["allOf"] as Schema[] | undefined) ?? []).flatMap((part) => this.#parts(part, value)),
      ...(then ? this.#parts((schema["then"] ?? true) as Schema, value) : []),
    ];
  }

  /** As far as the conditions of these contracts go: properties that are there and have one of some values. */
  #holds(condition: Schema, value: Members): boolean {
    return this.#parts(condition, undefined).every((part) => {
      for (const keyword of Object.keys(part)) {
        if (!["required", "properties"].includes(keyword))
          throw new Error(`This test cannot judge ${keyword} in an if.`);
      }
      const names = (part["required"] as string[] | undefined) ?? [];
      const properties = Object.entries((part["properties"] ?? {}) as Record<string, Members>);
      return (
        names.every((name) => Object.hasOwn(value, name)) &&
        properties.every(([name, property]) => {
          const values = property["const"] === undefined ? (property["enum"] as Json[]) : [property["const"]];
          return !Object.hasOwn(value, name) || values.includes(value[name] as Json);
        })
      );
    });
  }

  #properties(schema: Schema, value: Members | undefined): ReadonlyMap<string, readonly Schema[]> {
    const found = new Map<string, Schema[]>();
    const parts = this.#parts(schema, value);
    const content = parts.find((part) => part["contentSchema"] !== undefined);
    if (content !== undefined) return this.#properties(content["contentSchema"] as Schema, value);
    for (const part of parts) {
      for (const [name, property] of Object.entries((part["properties"] ?? {}) as Record<string, Schema>)) {
        found.set(name, [...(found.get(name) ?? []), property]);
      }
    }
    return found;
  }

  #required(schema: Schema, value: Members): ReadonlySet<string> {
    return new Set(this.#parts(schema, value).flatMap((part) => (part["required"] as string[] | undefined) ?? []));
  }

  #allows(schema: Schema, type: string): boolean {
    return this.#parts(schema, undefined).every((part) => {
      const anyOf = part["anyOf"] as Schema[] | undefined;
      if (anyOf !== undefined && !anyOf.some((branch) => this.#allows(branch, type))) return false;
      if (part["type"] === undefined) return true;
      const types = [part["type"]].flat();
      return types.includes(type) || (type === "integer" && types.includes("number"));
    });
  }

  #closed(schema: Schema): readonly { readonly keyword: string; readonly values: readonly Json[] }[] {
    return this.#parts(schema, undefined).flatMap((part) => {
      if (part["const"] !== undefined) return [{ keyword: "const", values: [part["const"]] }];
      if (part["enum"] === undefined || part["x-open-enum"] === true) return [];
      return [{ keyword: "enum", values: part["enum"] as Json[] }];
    });
  }

  #open(schema: Schema): readonly (readonly Json[])[] {
    return this.#parts(schema, undefined).flatMap((part) =>
      part["enum"] !== undefined && part["x-open-enum"] === true ? [part["enum"] as Json[]] : [],
    );
  }

  #limits(schema: Schema): readonly number[] {
    return this.#parts(schema, undefined).flatMap(({ maxLength }) =>
      typeof maxLength === "number" ? [maxLength] : [],
    );
  }

  /** Whether the ill-formed text breaks a format or pattern, in every branch that takes text at all. */
  #isForm(schema: Schema): boolean {
    return this.#parts(schema, undefined).some((part) => {
      const branches = ((part["anyOf"] ?? []) as Schema[]).filter((branch) => this.#allows(branch, "string"));
      if (branches.length > 0 && branches.every((branch) => this.#isForm(branch))) return true;
      if (part["format"] !== undefined && !["date-time", "uri"].includes(String(part["format"]))) {
        throw new Error(`This test does not know the format ${String(part["format"])}.`);
      }
      const isPattern = typeof part["pattern"] === "string" && !new RegExp(part["pattern"], "u").test(ILL_FORMED);
      return isPattern || part["format"] !== undefined;
    });
  }

  #unwrap(wire: Json, schema: Schema, path: Path): Json {
    const content = this.#parts(schema, undefined).find((part) => part["contentSchema"] !== undefined);
    if (content !== undefined) {
      this.#jsonPaths.push(path);
      return this.#unwrap(JSON.parse(wire as string), content["contentSchema"] as Schema, path);
    }
    if (!isMembers(wire)) return wire;
    const tree: Members = { ...wire };
    for (const [name, parts] of this.#properties(schema, undefined)) {
      const value = own(wire, name);
      if (value !== undefined) tree[name] = this.#unwrap(value, parts[0] ?? true, [...path, name]);
    }
    return tree;
  }

  #wire(tree: Json): Json {
    return this.#jsonPaths.toReversed().reduce((current, path) => {
      const value = get(current, path);
      return value === undefined ? current : this.#set(current, path, JSON.stringify(value));
    }, tree);
  }

  #set(tree: Json, path: Path, value: Json): Json {
    const name = path.at(-1);
    if (name === undefined) return value;
    return changed(tree, path.slice(0, -1), (object) => {
      (object as Members)[name] = value;
    });
  }
}

function changed(tree: Json, path: Path, change: (at: Json) => void): Json {
  const copy = structuredClone(tree) as Json;
  change(get(copy, path) as Json);
  return copy;
}

function get(value: Json | undefined, path: Path): Json | undefined {
  return path.reduce<Json | undefined>((at, name) => (isMembers(at) ? own(at, name) : undefined), value);
}

function own(value: Members, name: string): Json | undefined {
  return Object.hasOwn(value, name) ? value[name] : undefined;
}

function setOwn(object: Members, name: string, value: Json): void {
  Object.defineProperty(object, name, { value, writable: true, enumerable: true, configurable: true });
}

function isMembers(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function pointer(path: Path): string {
  return path.map((token) => `/${token.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}
