import { isJsonString, isObject, own } from "../../../json/index.ts";
import type { Contract, Json, JsonObject, Schema } from "../../../model/index.ts";
import { conditionalsOf } from "./conditions.ts";
import type { Field, SameAs, Variant, Variants } from "./field.ts";
import { type FieldLabels, saysRequiredOnly } from "./field-labels.ts";
import { allOf, type Flat, flatten, joined, schemaOf, schemasOf } from "./flatten.ts";
import { valuesOf } from "./values.ts";

export interface FieldTreeOptions {
  /** Begins the ids, so that several trees fit into one page. */
  readonly idPrefix: string;
  /** The id of the section that the tree stands in, which is the place of its root. */
  readonly rootId: string;
}

/** Up to here every field is written out at every place; beyond it each named schema is, once, and referred to. */
const ROWS_MAX = 400;

/** Deeper than anybody reads, and than a browser nests. */
const DEPTH_MAX = 60;

/**
 * The fields of a value as a tree: references followed, parts joined, JSON in strings opened up, and what repeats itself said
 * once. The root is a field without a name.
 */
export function fieldTree(schema: Schema, labels: FieldLabels, options: FieldTreeOptions): Field {
  const whole = new TreeBuilder(labels, options, { sharing: false }).build(schema);
  return whole ?? (new TreeBuilder(labels, options, { sharing: true }).build(schema) as Field);
}

interface Place {
  readonly id: string;
  readonly path: string;
}

interface Inside {
  readonly children: Field[];
  readonly variants: Variants[];
  sameAs?: SameAs;
}

interface Task {
  readonly schema: Schema;
  readonly place: Place;
  readonly depth: number;
  readonly around: ReadonlyMap<string, Place>;
  readonly into: Inside;
}

type Draft = Omit<Field, "children" | "variants" | "sameAs"> & Inside;

/** Works through a schema level by level, so that of several places the shallowest shows a schema's fields. */
class TreeBuilder {
  readonly #contract: Pick<Contract, "schemas">;
  readonly #options: FieldTreeOptions;
  readonly #labels: FieldLabels;
  readonly #sharing: boolean;
  readonly #ids = new Set<string>();
  /** Where the fields of a named schema are shown. */
  readonly #shown = new Map<string, Place>();
  readonly #queue: Task[] = [];
  #rows = 0;

  constructor(labels: FieldLabels, options: FieldTreeOptions, { sharing }: { readonly sharing: boolean }) {
    this.#contract = labels.contract;
    this.#options = options;
    this.#labels = labels;
    this.#sharing = sharing;
  }

  /** @returns null where there are too many fields to write each of them out */
  build(schema: Schema): Field | null {
    const place = { id: this.#options.rootId, path: "" };
    const root = this.#field({ name: "", kind: "property", schemas: [schema], required: true, place });
    this.#enqueue({ schema, place, depth: 0, around: new Map(), into: root });
    for (let index = 0; index < this.#queue.length; index++) {
      this.#expand(this.#queue[index] as Task);
      if (!this.#sharing && this.#rows > ROWS_MAX) return null;
    }
    return root;
  }

  #enqueue(task: Task): void {
    if (task.depth <= DEPTH_MAX) this.#queue.push(task);
  }

  #expand({ schema, place, depth, around, into }: Task): void {
    const isElsewhere = (key: string) => around.has(key) || (this.#sharing && this.#shown.has(key));
    const flat = flatten(schema, this.#contract, isElsewhere);
    if (flat.skipped !== null) {
      const target = around.get(flat.skipped) ?? this.#shown.get(flat.skipped);
      if (target !== undefined) into.sameAs = { ...target, recursive: around.has(flat.skipped) };
    }
    const inner = new Map(around);
    for (const key of flat.keys) inner.set(key, place);
    const next = { place, depth: depth + 1, around: inner, into };

    const content = flat.parts.find((part) => isJsonString(part))?.["contentSchema"];
    if (content !== undefined) this.#enqueue({ ...next, schema: schemaOf(content) ?? true });
    this.#addProperties(flat, next);
    this.#addItems(flat, next);
    this.#addVariants(flat, next);
    if (into.children.length > 0 || into.variants.length > 0) {
      for (const key of flat.keys) if (!this.#shown.has(key)) this.#shown.set(key, place);
    }
  }

  #addProperties(flat: Flat, { place, depth, around, into }: Omit<Task, "schema">): void {
    const required = requiredOf(flat);
    const found = new Map<string, { schemas: Schema[]; condition?: string; required: boolean }>();
    for (const [name, schema] of propertiesOf(flat)) {
      const known = found.get(name);
      if (known === undefined) found.set(name, { schemas: [schema], required: required.has(name) });
      else known.schemas.push(schema);
    }
    for (const { when, schema } of conditionalsOf(flat)) {
      const part = flatten(schema, this.#contract);
      for (const [name, property] of propertiesOf(part)) {
        if (!found.has(name)) found.set(name, { schemas: [property], condition: when, required: false });
      }
      for (const name of requiredOf(part)) {
        const known = found.get(name);
        if (known !== undefined && !known.required) known.condition = `required ${when}`;
      }
    }
    const add = (
      name: string,
      kind: Field["kind"],
      known: { schemas: readonly Schema[]; required: boolean; condition?: string },
    ) => {
      const path = place.path === "" ? name : `${place.path}.${name}`;
      const at = { path, id: this.#id(path) };
      const field = this.#field({ name, kind, place: at, ...known });
      into.children.push(field);
      this.#enqueue({ schema: joined(known.schemas), place: at, depth, around, into: field });
    };
    for (const [name, known] of found) add(name, "property", known);
    for (const [name, schema] of othersOf(flat)) add(name, "others", { schemas: [schema], required: false });
    const missing = [...required].filter((name) => !found.has(name));
    for (const name of missing) add(name, "property", { schemas: [true], required: true });
  }

  #addItems(flat: Flat, { place, depth, around, into }: Omit<Task, "schema">): void {
    const listed = allOf(flat, "prefixItems").flatMap(schemasOf);
    for (const [index, schema] of listed.entries()) this.#addItem(schema, `[${index}]`, { place, depth, around, into });
    const items = allOf(flat, "items")
      .map(schemaOf)
      .filter((one) => one !== undefined);
    if (items.length === 0 || items.includes(false)) return;
    const schema = joined(items);
    const at = { id: place.id, path: `${place.path}[]` };
    // A list of objects is told by the fields of its objects; a line for the object itself would say nothing more.
    if (listed.length === 0 && this.#labels.isBare(schema)) this.#enqueue({ schema, place: at, depth, around, into });
    else this.#addItem(schema, "[]", { place, depth, around, into });
  }

  #addItem(schema: Schema, name: string, { place, depth, around, into }: Omit<Task, "schema">): void {
    const path = `${place.path}${name}`;
    const at = { path, id: this.#id(path) };
    const field = this.#field({ name, kind: "items", schemas: [schema], required: false, place: at });
    into.children.push(field);
    this.#enqueue({ schema, place: at, depth, around, into: field });
  }

  #addVariants(flat: Flat, { place, depth, around, into }: Omit<Task, "schema">): void {
    const { spent } = valuesOf(flat);
    for (const [keyword, kind] of [
      ["oneOf", "one"],
      ["anyOf", "any"],
    ] as const) {
      for (const value of allOf(flat, keyword)) {
        const choices = spent.has(value) ? [] : schemasOf(value).filter((choice) => !saysRequiredOnly(choice));
        const telling = choices.filter((choice) => !isNull(choice));
        const [only] = telling;
        // What is a value or null has one alternative, which needs no heading.
        if (telling.length === 1 && only !== undefined) this.#enqueue({ schema: only, place, depth, around, into });
        if (telling.length < 2) continue;
        into.variants.push({ kind, choices: choices.map((choice) => this.#variant(choice, { place, depth, around })) });
      }
    }
  }

  #variant(schema: Schema, rest: Omit<Task, "schema" | "into">): Variant {
    const { title, schemaName, type, description, constraints, values } = this.#labels.of(schema);
    const draft = {
      label: title ?? schemaName ?? type,
      ...(description === undefined ? {} : { description }),
      type,
      constraints,
      values,
      children: [],
      variants: [],
    };
    this.#enqueue({ ...rest, schema, into: draft });
    return draft;
  }

  #field({ name, kind, schemas, required, condition, place }: NewField): Draft {
    this.#rows++;
    return {
      ...this.#labels.of(joined(schemas)),
      name,
      kind,
      path: place.path,
      id: place.id,
      required,
      ...(condition === undefined ? {} : { condition }),
      children: [],
      variants: [],
    };
  }

  /** What an id may hold, and a link to it need not encode. Two fields never share one. */
  #id(path: string): string {
    const base = `${this.#options.idPrefix}${path.replaceAll("[]", "*").replace(/[^\w.*~-]/g, "_")}`;
    let id = base;
    for (let count = 2; this.#ids.has(id); count++) id = `${base}~${count}`;
    this.#ids.add(id);
    return id;
  }
}

interface NewField {
  readonly name: string;
  readonly kind: Field["kind"];
  readonly schemas: readonly Schema[];
  readonly required: boolean;
  readonly condition?: string;
  readonly place: Place;
}

function propertiesOf({ parts }: Pick<Flat, "parts">): readonly (readonly [string, Schema])[] {
  return parts.flatMap((part) => entriesOf(part, "properties"));
}

function requiredOf({ parts }: Pick<Flat, "parts">): ReadonlySet<string> {
  return new Set(
    parts.flatMap((part) => {
      const names = own(part, "required");
      return Array.isArray(names) ? names.filter((name): name is string => typeof name === "string") : [];
    }),
  );
}

/** Fields whose names are not fixed: those of a pattern, and all others. */
function othersOf({ parts }: Flat): readonly (readonly [string, Schema])[] {
  return parts.flatMap((part) => [
    ...entriesOf(part, "patternProperties").map(([pattern, schema]) => [`/${pattern}/`, schema] as const),
    ...["additionalProperties", "unevaluatedProperties"].flatMap((keyword) => {
      const schema = part[keyword];
      return isObject(schema) && Object.keys(schema).length > 0 ? [["{…}", schema] as const] : [];
    }),
  ]);
}

function entriesOf(part: JsonObject, keyword: string): readonly (readonly [string, Schema])[] {
  const value = part[keyword];
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, schema]) => {
    const one = schemaOf(schema as Json);
    return one === undefined ? [] : [[name, one] as const];
  });
}

function isNull(schema: Schema): boolean {
  return isObject(schema) && (schema["type"] === "null" || schema["const"] === null);
}
