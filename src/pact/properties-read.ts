import { isArray, isContainer, isJsonString, isObject, joinPointer, parseJson } from "../json/index.ts";
import type { Json, Webhook } from "../model/index.ts";
import type { CheckContext, Match } from "./check/check-pacts.ts";
import { Evaluator } from "./check/evaluate.ts";
import { type SchemaNode, SchemaView } from "./check/schema-view.ts";

/** What one consumer reads of one event, as far as its pacts say. */
export interface EventRead {
  readonly webhook: string;
  readonly consumer: string;
  /** The pact files that say so. */
  readonly files: readonly string[];
  /**
   * Pointers into the decoded event, sorted: they go on inside JSON strings, and `*` stands for every item of an array and for
   * every property that has no name.
   */
  readonly properties: readonly string[];
  /** Those of them that have nothing below: what is there is used as a whole. */
  readonly leaves: readonly string[];
  /** Lower case, sorted. */
  readonly headers: readonly string[];
}

interface Found {
  readonly files: Set<string>;
  readonly properties: Set<string>;
  readonly leaves: Set<string>;
  readonly headers: Set<string>;
}

/** What consumers read, by event and consumer, in the contract's order; from pacts of any tool. */
export function propertiesRead(
  matches: readonly Omit<Match, "isClean">[],
  context: CheckContext,
): readonly EventRead[] {
  const evaluator = evaluatorOf(context);
  const found = new Map<string, Map<string, Found>>();
  for (const { webhook, consumer, file, expectation } of matches) {
    const consumers = found.get(webhook.name) ?? new Map<string, Found>();
    found.set(webhook.name, consumers);
    const known = consumers.get(consumer) ?? {
      files: new Set(),
      properties: new Set(),
      leaves: new Set(),
      headers: new Set(),
    };
    consumers.set(consumer, known);
    known.files.add(file);
    // A request is what a sender writes: it says nothing of what anybody reads.
    if (expectation.kind !== "message") continue;
    const { body, headers } = expectation.delivery;
    for (const { name } of headers) known.headers.add(name.toLowerCase());
    if (body?.content === undefined) continue;
    const nodes = [evaluator.view.node(webhook.payload, webhook.source)];
    collect(body.content, nodes, "", known, evaluator);
  }
  return context.contract.webhooks.flatMap(({ name }) =>
    [...(found.get(name) ?? [])]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([consumer, { files, properties, leaves, headers }]) => ({
        webhook: name,
        consumer,
        files: [...files].sort(),
        properties: [...properties].sort(),
        leaves: [...leaves].filter((leaf) => ![...properties].some((one) => one.startsWith(`${leaf}/`))).sort(),
        headers: [...headers].sort(),
      })),
  );
}

function evaluatorOf({ contract, schemaSource, tests }: CheckContext): Evaluator {
  return new Evaluator(new SchemaView({ schemas: contract.schemas, schemaSource }), tests);
}

function collect(value: Json, nodes: readonly SchemaNode[], path: string, found: Found, evaluator: Evaluator): void {
  evaluator.begin();
  const { parts } = evaluator.resolve(value, nodes, "part", path);
  const strings = parts.filter(({ schema }) => isJsonString(schema));
  if (strings.length > 0) {
    const decoded = typeof value === "string" ? parseJson(value) : value;
    const contents = strings.map((node) => evaluator.view.child(node, "contentSchema"));
    if (decoded !== undefined && isContainer(decoded)) collect(decoded, contents, path, found, evaluator);
    else found.leaves.add(path);
    return;
  }
  if (isArray(value)) {
    if (value.length === 0) found.leaves.add(path);
    for (const [index, item] of value.entries()) {
      const below = joinPointer(path, "*");
      found.properties.add(below);
      collect(item, evaluator.itemNodes(parts, index), below, found, evaluator);
    }
    return;
  }
  if (!isObject(value)) {
    found.leaves.add(path);
    return;
  }
  const entries = Object.entries(value);
  if (entries.length === 0) found.leaves.add(path);
  for (const [name, member] of entries) {
    const isNamed = parts.some(
      ({ schema }) => isObject(schema["properties"]) && Object.hasOwn(schema["properties"], name),
    );
    const below = evaluator.memberNodes(parts, name);
    const pointer = joinPointer(path, isNamed || below.length === 0 ? name : "*");
    found.properties.add(pointer);
    collect(member, below, pointer, found, evaluator);
  }
}

/** Properties that are listed of one event; more are in no document that people wrote. */
const PROPERTIES_MAX = 5_000;

/** Every property that a document describes of an event, as pointers into the decoded event. */
export function documentedProperties(webhook: Webhook, context: CheckContext): readonly string[] {
  const { view } = evaluatorOf(context);
  const pointers = new Set<string>();
  visit([view.node(webhook.payload, webhook.source)], "", []);
  return [...pointers].sort();

  /** @param above  schemas around: what lies in itself is listed once */
  function visit(nodes: readonly SchemaNode[], path: string, above: readonly object[]): void {
    if (pointers.size >= PROPERTIES_MAX) return;
    const { parts, choices } = view.conjunction(nodes);
    for (const { branches } of choices) for (const branch of branches) enter([branch], path);
    for (const node of parts) {
      const { schema } = node;
      for (const word of ["then", "else"]) if (schema[word] !== undefined) enter([view.child(node, word)], path);
      if (isJsonString(schema)) enter([view.child(node, "contentSchema")], path);
      const { properties, prefixItems, patternProperties } = schema;
      for (const name of isObject(properties) ? Object.keys(properties) : []) {
        add([view.child(node, "properties", name)], joinPointer(path, name));
      }
      for (const pattern of isObject(patternProperties) ? Object.keys(patternProperties) : []) {
        add([view.child(node, "patternProperties", pattern)], joinPointer(path, "*"));
      }
      if (isObject(schema["additionalProperties"]))
        add([view.child(node, "additionalProperties")], joinPointer(path, "*"));
      for (const index of isArray(prefixItems) ? prefixItems.keys() : []) {
        add([view.child(node, "prefixItems", index)], joinPointer(path, "*"));
      }
      if (isObject(schema["items"])) add([view.child(node, "items")], joinPointer(path, "*"));
    }

    function add(below: readonly SchemaNode[], pointer: string): void {
      pointers.add(pointer);
      enter(below, pointer);
    }

    function enter(below: readonly SchemaNode[], pointer: string): void {
      const schemas = below.map(({ schema }) => schema);
      const targets = [...schemas, ...view.conjunction(below).parts.map(({ schema }) => schema)];
      if (targets.some((schema) => above.includes(schema)) || above.length > 60) return;
      visit(below, pointer, [...above, ...targets]);
    }
  }
}
