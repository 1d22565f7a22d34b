import { isJsonString, isObject } from "../../../json/index.ts";
import type { Contract, Schema } from "../../../model/index.ts";
import type { Field, SameAs, Variant, Variants } from "./field.ts";
import { type FieldLabels, saysRequiredOnly } from "./field-labels.ts";
import { allOf, type Flat, flatten, joined, schemaOf, schemasOf } from "./flatten.ts";
import { valuesOf } from "./values.ts";
import { variantNames } from "./variant-names.ts";

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
    const root = this.#field({ name: "", kind: "property", schema, required: true, place });
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
    const whole = this.#labels.flat(schema);
    const flat = whole.keys.some(isElsewhere) ? flatten(schema, this.#contract, isElsewhere) : whole;
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
    for (const { name, kind, schema, required, condition } of this.#labels.members(flat)) {
      const path = place.path === "" ? name : `${place.path}.${name}`;
      const at = { path, id: this.#id(path) };
      const field = this.#field({
        name,
        kind,
        place: at,
        schema,
        required,
        ...(condition === undefined ? {} : { condition }),
      });
      into.children.push(field);
      this.#enqueue({ schema, place: at, depth, around, into: field });
    }
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
    const field = this.#field({ name, kind: "items", schema, required: false, place: at });
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
        const names = variantNames(choices, this.#labels);
        const rest = { place, depth, around };
        into.variants.push({
          kind,
          choices: choices.map((one, index) => this.#variant(one, names[index] ?? "", rest)),
        });
      }
    }
  }

  #variant(schema: Schema, name: string, rest: Omit<Task, "schema" | "into">): Variant {
    const draft = { name, label: this.#labels.of(schema), children: [], variants: [] };
    this.#enqueue({ ...rest, schema, into: draft });
    return draft;
  }

  #field({ name, kind, schema, required, condition, place }: NewField): Draft {
    this.#rows++;
    return {
      label: this.#labels.of(schema),
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
  readonly schema: Schema;
  readonly required: boolean;
  readonly condition?: string;
  readonly place: Place;
}

function isNull(schema: Schema): boolean {
  return isObject(schema) && (schema["type"] === "null" || schema["const"] === null);
}
