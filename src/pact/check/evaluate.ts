import { isArray, isContainer, isJsonString, isObject, joinPointer, parseJson } from "../../json/index.ts";
import type { Json, JsonObject } from "../../model/index.ts";
import { isOfType, keywordFaults, typeNames } from "./keywords.ts";
import type { SchemaNode, SchemaView } from "./schema-view.ts";
import type { ValueTests } from "./value-tests.ts";

/** A place of a value that a schema forbids. */
export interface Fault {
  /** Pointer into the value; it goes on inside a JSON string. */
  readonly path: string;
  readonly keyword: string;
  readonly message: string;
  readonly value: Json;
  readonly node: SchemaNode;
  /** Of alternatives of which none holds: what is wrong with the nearest. */
  readonly causes?: readonly Fault[];
}

/**
 * How a value is judged. `whole`: by the schema as it is. `part`: as what a receiver reads of a delivery – it may leave out
 * what it does not need, and may not count on a field that the schema does not know.
 */
export type Reading = "whole" | "part";

/** Steps for one value; schemas that are made to multiply have no end. */
const STEPS_MAX = 2_000_000;

/** Thrown and caught here: a document that is made to keep a comparison busy. */
export class TooMuchWork extends Error {}

/** What holds at one place of a value: every schema that the value keeps to there, alternatives chosen by the value. */
export interface Resolved {
  readonly parts: readonly SchemaNode[];
  readonly faults: readonly Fault[];
}

/** Judges values by schemas of a contract, as they are on the wire. */
export class Evaluator {
  readonly view: SchemaView;
  readonly tests: ValueTests;
  #steps = 0;

  constructor(view: SchemaView, tests: ValueTests) {
    this.view = view;
    this.tests = tests;
  }

  /** Each comparison may take as long as any other. */
  begin(): void {
    this.#steps = 0;
  }

  /** Everything of a value that schemas forbid. */
  faults(value: Json, nodes: readonly SchemaNode[], reading: Reading, path = ""): readonly Fault[] {
    return this.#evaluate(value, nodes, { reading, path, closes: reading === "part" });
  }

  isValid(value: Json, nodes: readonly SchemaNode[]): boolean {
    return this.faults(value, nodes, "whole").length === 0;
  }

  #evaluate(value: Json, nodes: readonly SchemaNode[], how: How): readonly Fault[] {
    if (++this.#steps > STEPS_MAX) throw new TooMuchWork();
    const { parts, faults } = this.resolve(value, nodes, how.reading, how.path);
    const found: Fault[] = [...faults];
    for (const node of parts) {
      const isContent = isJsonString(node.schema);
      if (isContent && isContainer(value) && how.reading === "part" && !allowsTypeOf(value, node.schema)) continue;
      for (const fault of keywordFaults(value, node.schema, this.tests)) {
        found.push({ ...fault, path: how.path, value, node });
      }
      found.push(...this.#exclusions(value, node, how));
    }
    found.push(...this.#content(value, parts, how));
    if (isArray(value)) found.push(...this.#items(value, parts, how));
    else if (isObject(value)) found.push(...this.#members(value, parts, how));
    return found;
  }

  /**
   * The schemas of a place with those alternatives that the value keeps to, and those of `then` and `else` that count. What
   * the value keeps to none of is a fault, told by the nearest alternative.
   */
  resolve(value: Json, nodes: readonly SchemaNode[], reading: Reading, path: string): Resolved {
    const first = this.view.conjunction(nodes);
    const parts = new Map<JsonObject, SchemaNode>(first.parts.map((node) => [node.schema, node]));
    const faults: Fault[] = [];
    const choices = [...first.choices];
    const add = (node: SchemaNode) => {
      const more = this.view.conjunction([node]);
      for (const part of more.parts) if (!parts.has(part.schema)) parts.set(part.schema, part);
      choices.push(...more.choices);
    };
    for (const choice of choices) {
      if (++this.#steps > STEPS_MAX) throw new TooMuchWork();
      const trials = choice.branches.map((branch) => ({
        branch,
        found: this.#evaluate(value, [branch], { reading, path, closes: false }),
      }));
      const matching = trials.filter(({ found }) => found.length === 0);
      for (const { branch } of matching) add(branch);
      const { keyword, node } = choice;
      if (matching.length === 0) faults.push(...nearestFaults(trials, { keyword, node, value, path }));
      else if (keyword === "oneOf" && matching.length > 1 && reading === "whole") {
        const message = "must match exactly one schema in oneOf";
        faults.push({ path, keyword, message, value, node });
      }
    }
    for (const node of [...parts.values()]) {
      const branch = this.#conditional(value, node, reading);
      if (branch !== null) add(branch);
    }
    return { parts: [...parts.values()], faults };
  }

  /** `then` or `else`, as far as that can be told from a value that may be a part. */
  #conditional(value: Json, node: SchemaNode, reading: Reading): SchemaNode | null {
    const { schema } = node;
    if (schema["if"] === undefined) return null;
    const condition = this.view.child(node, "if");
    if (reading === "part" && !hasAllNamed(value, condition.schema)) return null;
    const holds = this.#evaluate(value, [condition], { reading: "whole", path: "", closes: false }).length === 0;
    const keyword = holds ? "then" : "else";
    return schema[keyword] === undefined ? null : this.view.child(node, keyword);
  }

  *#exclusions(value: Json, node: SchemaNode, { reading, path }: How): Generator<Fault> {
    if (node.schema["not"] === undefined) return;
    const excluded = this.view.child(node, "not");
    if (reading === "part" && !hasAllNamed(value, excluded.schema)) return;
    const isExcluded = this.#evaluate(value, [excluded], { reading: "whole", path: "", closes: false }).length === 0;
    if (isExcluded) yield { path, keyword: "not", message: "must NOT be valid", value, node };
  }

  /** JSON in a string; in a pact its value may stand there itself. */
  *#content(value: Json, parts: readonly SchemaNode[], how: How): Generator<Fault> {
    const strings = parts.filter(({ schema }) => isJsonString(schema));
    const [first] = strings;
    if (first === undefined) return;
    const contents = strings.map((node) => this.view.child(node, "contentSchema"));
    if (typeof value === "string") {
      const decoded = parseJson(value);
      if (decoded === undefined) {
        const message = "must be a string that holds JSON";
        yield { path: how.path, keyword: "contentMediaType", message, value, node: first };
      } else yield* this.#evaluate(decoded, contents, how);
    } else if (
      how.reading === "part" &&
      isContainer(value) &&
      !strings.some(({ schema }) => allowsTypeOf(value, schema))
    ) {
      yield* this.#evaluate(value, contents, how);
    }
  }

  *#items(value: readonly Json[], parts: readonly SchemaNode[], how: How): Generator<Fault> {
    for (const [index, item] of value.entries()) {
      const nodes = this.itemNodes(parts, index);
      const path = joinPointer(how.path, index);
      if (nodes.length > 0) yield* this.#evaluate(item, nodes, { ...how, path });
      else if (parts.some(({ schema }) => schema["unevaluatedItems"] === false)) {
        const node = parts.find(({ schema }) => schema["unevaluatedItems"] === false) as SchemaNode;
        yield { path, keyword: "unevaluatedItems", message: "must NOT have unevaluated items", value: item, node };
      }
    }
    if (how.reading === "part") return;
    for (const node of parts) {
      const { contains, minContains = 1, maxContains } = node.schema;
      if (contains === undefined) continue;
      const wanted = this.view.child(node, "contains");
      const count = value.filter((item) => this.isValid(item, [wanted])).length;
      if (typeof minContains === "number" && count < minContains) {
        const message = `must contain at least ${minContains} valid item(s)`;
        yield { path: how.path, keyword: "contains", message, value, node };
      } else if (typeof maxContains === "number" && count > maxContains) {
        const message = `must contain at most ${maxContains} valid item(s)`;
        yield { path: how.path, keyword: "contains", message, value, node };
      }
    }
  }

  *#members(value: JsonObject, parts: readonly SchemaNode[], how: How): Generator<Fault> {
    for (const [name, member] of Object.entries(value)) {
      const path = joinPointer(how.path, name);
      const nodes = this.memberNodes(parts, name);
      yield* this.#unknownMember(name, member, parts, { ...how, path });
      if (nodes.length > 0) yield* this.#evaluate(member, nodes, { ...how, path });
      for (const node of parts) {
        if (node.schema["propertyNames"] === undefined) continue;
        const [fault] = this.faults(name, [this.view.child(node, "propertyNames")], "whole");
        if (fault !== undefined) yield { ...fault, path, message: `its name ${fault.message}` };
      }
    }
    const count = Object.keys(value).length;
    for (const node of parts) {
      const { maxProperties, minProperties } = node.schema;
      if (typeof maxProperties === "number" && count > maxProperties) {
        const message = `must NOT have more than ${maxProperties} properties`;
        yield { path: how.path, keyword: "maxProperties", message, value, node };
      }
      if (how.reading === "part") continue;
      if (typeof minProperties === "number" && count < minProperties) {
        const message = `must NOT have fewer than ${minProperties} properties`;
        yield { path: how.path, keyword: "minProperties", message, value, node };
      }
      yield* this.#missing(value, node, how);
    }
  }

  *#missing(value: JsonObject, node: SchemaNode, { path }: How): Generator<Fault> {
    for (const name of namesOf(node.schema["required"])) {
      if (Object.hasOwn(value, name)) continue;
      const message = `must have required property '${name}'`;
      yield { path, keyword: "required", message, value, node };
    }
    const { dependentRequired, dependentSchemas } = node.schema;
    for (const [trigger, names] of isObject(dependentRequired) ? Object.entries(dependentRequired) : []) {
      if (!Object.hasOwn(value, trigger)) continue;
      for (const name of namesOf(names)) {
        if (Object.hasOwn(value, name)) continue;
        const message = `must have property '${name}' when property ${trigger} is present`;
        yield { path, keyword: "dependentRequired", message, value, node };
      }
    }
    for (const trigger of isObject(dependentSchemas) ? Object.keys(dependentSchemas) : []) {
      if (!Object.hasOwn(value, trigger)) continue;
      const dependent = this.view.child(node, "dependentSchemas", trigger);
      yield* this.#evaluate(value, [dependent], { reading: "whole", path, closes: false });
    }
  }

  /** A field that a schema forbids; and for who reads, one that no schema of the place knows. */
  *#unknownMember(name: string, value: Json, parts: readonly SchemaNode[], { path, closes }: How): Generator<Fault> {
    const message = `must NOT have additional properties - ${name}`;
    for (const node of parts) {
      if (node.schema["additionalProperties"] !== false || this.#names(node, name)) continue;
      yield { path, keyword: "additionalProperties", message, value, node };
      return;
    }
    const isKnown = parts.some((node) => this.#names(node, name));
    if (isKnown) return;
    const sealed = parts.find(({ schema }) => schema["unevaluatedProperties"] === false);
    if (sealed !== undefined && !parts.some(({ schema }) => schema["additionalProperties"] !== undefined)) {
      yield { path, keyword: "unevaluatedProperties", message, value, node: sealed };
      return;
    }
    const described = parts.find(({ schema }) => isObject(schema["properties"]));
    if (closes && described !== undefined && !parts.some(isOpen)) {
      yield { path, keyword: "additionalProperties", message, value, node: described };
    }
  }

  /** Whether a schema itself says something of a member of this name. */
  #names(node: SchemaNode, name: string): boolean {
    const { properties, patternProperties } = node.schema;
    if (isObject(properties) && Object.hasOwn(properties, name)) return true;
    return (
      isObject(patternProperties) && Object.keys(patternProperties).some((pattern) => this.#matches(pattern, name))
    );
  }

  #matches(pattern: string, name: string): boolean {
    return this.tests.expression(pattern)?.(name) === true;
  }

  /** All schemas that a member must keep to. */
  memberNodes(parts: readonly SchemaNode[], name: string): readonly SchemaNode[] {
    return parts.flatMap((node): SchemaNode[] => {
      const { properties, patternProperties, additionalProperties } = node.schema;
      const found: SchemaNode[] = [];
      if (isObject(properties) && Object.hasOwn(properties, name))
        found.push(this.view.child(node, "properties", name));
      for (const pattern of isObject(patternProperties) ? Object.keys(patternProperties) : []) {
        if (this.#matches(pattern, name)) found.push(this.view.child(node, "patternProperties", pattern));
      }
      if (found.length === 0 && isObject(additionalProperties))
        found.push(this.view.child(node, "additionalProperties"));
      return found;
    });
  }

  /** All schemas that an item must keep to. */
  itemNodes(parts: readonly SchemaNode[], index: number): readonly SchemaNode[] {
    return parts.flatMap((node): SchemaNode[] => {
      const { prefixItems, items } = node.schema;
      if (isArray(prefixItems) && index < prefixItems.length) return [this.view.child(node, "prefixItems", index)];
      return items === undefined ? [] : [this.view.child(node, "items")];
    });
  }
}

interface How {
  readonly reading: Reading;
  readonly path: string;
  /** Whether fields that no schema knows are faults. */
  readonly closes: boolean;
}

/** Says in its own words that members beside those described may come. */
export function isOpen({ schema }: SchemaNode): boolean {
  const { additionalProperties, unevaluatedProperties } = schema;
  return [additionalProperties, unevaluatedProperties].some((value) => value === true || isObject(value));
}

function allowsTypeOf(value: Json, schema: JsonObject): boolean {
  const types = typeNames(schema["type"]);
  return types.some((type) => isOfType(value, type));
}

export function namesOf(value: Json | undefined): readonly string[] {
  return isArray(value) ? value.filter((name): name is string => typeof name === "string") : [];
}

/** A condition on fields that a part leaves out says nothing of the part. */
function hasAllNamed(value: Json, { properties, required }: JsonObject): boolean {
  const names = [...(isObject(properties) ? Object.keys(properties) : []), ...namesOf(required)];
  return isObject(value) ? names.every((name) => Object.hasOwn(value, name)) : names.length === 0;
}

interface Trial {
  readonly found: readonly Fault[];
}

/** The keywords by which alternatives are told apart. */
const TELLING = new Set(["const", "enum"]);

/**
 * What is wrong where no alternative holds: where only one is meant, by its type and its constants, its faults themselves;
 * else one fault for all of them, the nearest alternative's as causes.
 */
function nearestFaults(
  trials: readonly Trial[],
  { keyword, node, value, path }: Pick<Fault, "keyword" | "node" | "value" | "path">,
): readonly Fault[] {
  const depth = path.split("/").length;
  const isTold = ({ found }: Trial) =>
    found.some((fault) => {
      const below = fault.path.split("/").length - depth;
      return fault.keyword === "type" ? below === 0 : TELLING.has(fault.keyword) && below <= 1;
    });
  const meant = trials.filter((trial) => !isTold(trial));
  const [only] = meant;
  if (meant.length === 1 && only !== undefined) return only.found;
  const candidates = meant.length > 0 ? meant : trials;
  const nearest = candidates.reduce<Trial | null>(
    (best, trial) => (best === null || trial.found.length < best.found.length ? trial : best),
    null,
  );
  const message = `must match a schema in ${keyword}`;
  return [{ path, keyword, message, value, node, causes: nearest?.found ?? [] }];
}
