import { isArray, isJsonString, isObject } from "../json/index.ts";
import type { Contract, Json, JsonObject, Schema } from "../model/index.ts";
import { allowsOtherThanString, keyOfReference, leadsToJsonString } from "./decoded-schemas.ts";

/** The shape of `src/runtime/plan.ts`, said here again since the stages do not import the runtime. */
export interface UnwrapPlan {
  readonly properties?: readonly (readonly [string, UnwrapPlan])[];
  readonly items?: UnwrapPlan;
  readonly others?: UnwrapPlan;
  readonly json?: UnwrapPlan;
  readonly lenient?: boolean;
  readonly shared?: string;
}

/** A schema that speaks of a place. */
interface Site {
  readonly schema: Schema;
  /** It is one of several, so a value that is no JSON string may be meant for another. */
  readonly lenient: boolean;
}

interface ObjectSite extends Site {
  readonly schema: JsonObject;
}

/** Places in which several schemas meet; those that a document is made to multiply have no end. */
const MEETINGS_MAX = 5_000;

/**
 * Finds where JSON stands in strings. Several schemas may speak of one place (`allOf`, alternatives, references), and which
 * of them meet there decides the plan: so a place is known by the set of its schemas, and one that comes up again within
 * itself becomes a shared plan, which ends recursion.
 */
export class UnwrapPlanner {
  readonly #contract: Pick<Contract, "schemas">;
  readonly #differing: ReadonlySet<string>;
  readonly #shared: Record<string, UnwrapPlan> = {};
  readonly #numbers = new Map<JsonObject, number>();
  readonly #leading = new Map<JsonObject, boolean>();
  /** By place: its plan; null while it is made, and the name it got if it came up again meanwhile. */
  readonly #places = new Map<string, { plan: UnwrapPlan | null; name: string | null }>();

  #meetings = 0;

  /** @param differing  keys of the named schemas that lead to JSON in a string */
  constructor(contract: Pick<Contract, "schemas">, differing: ReadonlySet<string>) {
    this.#contract = contract;
    this.#differing = differing;
    for (const key of [...differing].sort()) this.#shared[key] = this.plan(contract.schemas[key] ?? true);
  }

  /** Plans that others name: one for each differing schema, and those of places that contain themselves. */
  get shared(): Readonly<Record<string, UnwrapPlan>> {
    return this.#shared;
  }

  plan(schema: Schema): UnwrapPlan {
    return this.#planOf([{ schema, lenient: false }]);
  }

  #planOf(sites: readonly Site[]): UnwrapPlan {
    const near = this.#inPlace(sites, { follow: false });
    const [only, ...others] = new Set(near.references);
    if (only !== undefined && others.length === 0 && near.own.length === 0) return { shared: only };
    const { own } = only === undefined ? near : this.#inPlace(sites, { follow: true });
    if (own.length === 0) return {};
    const id = own.map((site) => `${this.#numberOf(site.schema)}${site.lenient ? "?" : ""}`).join(" ");
    const known = this.#places.get(id);
    if (known?.plan) return known.plan;
    if (known !== undefined) {
      known.name ??= this.#newName([...new Set(near.references)]);
      return { shared: known.name };
    }
    if (own.length > 1 && ++this.#meetings > MEETINGS_MAX) throw new RangeError("too many schemas meet in one place");
    const place: { plan: UnwrapPlan | null; name: string | null } = { plan: null, name: null };
    this.#places.set(id, place);
    const plan = this.#join(own);
    place.plan = plan;
    if (place.name === null) return plan;
    this.#shared[place.name] = plan;
    place.plan = { shared: place.name };
    return place.plan;
  }

  /**
   * The schemas that speak of the same value as these and say something of strings in it, what is referred to first.
   * @param follow  whether what is referred to is looked into, or only named
   */
  #inPlace(
    sites: readonly Site[],
    { follow }: { readonly follow: boolean },
  ): { readonly own: readonly ObjectSite[]; readonly references: readonly string[] } {
    const own: ObjectSite[] = [];
    const references: string[] = [];
    const seen = new Set<string>();
    const visit = (schema: Json | undefined, lenient: boolean) => {
      if (!isObject(schema)) return;
      const id = `${this.#numberOf(schema)}${lenient}`;
      if (seen.has(id)) return;
      seen.add(id);
      if (isJsonString(schema)) {
        own.push({ schema, lenient });
        return;
      }
      const key = keyOfReference(schema["$ref"]);
      if (key !== null && this.#differing.has(key)) {
        references.push(key);
        if (follow) visit(this.#contract.schemas[key], lenient);
      }
      for (const part of listOf(schema["allOf"])) visit(part, lenient);
      for (const part of [...listOf(schema["anyOf"]), ...listOf(schema["oneOf"])]) visit(part, true);
      for (const word of ["then", "else"]) visit(schema[word], true);
      if (this.#children(schema).length > 0) own.push({ schema, lenient });
    };
    for (const { schema, lenient } of sites) visit(schema, lenient);
    return { own, references };
  }

  #join(sites: readonly ObjectSite[]): UnwrapPlan {
    const strings = sites.filter(({ schema }) => isJsonString(schema));
    const properties = new Map<string, Site[]>();
    const items: Site[] = [];
    const others: Site[] = [];
    for (const { schema, lenient } of sites) {
      if (isJsonString(schema)) continue;
      for (const child of this.#children(schema)) {
        const site = { schema: child.schema, lenient: lenient || child.loose };
        if (child.at === "items") items.push(site);
        else if (child.at === "others") others.push(site);
        else properties.set(child.name, [...(properties.get(child.name) ?? []), site]);
      }
    }
    const contents = strings.map(({ schema }) => ({ schema: schema["contentSchema"] as Schema, lenient: false }));
    const isLenient =
      strings.length < sites.length || strings.some((site) => site.lenient || allowsOtherThanString(site.schema));
    return {
      ...(properties.size === 0
        ? {}
        : { properties: [...properties].map(([name, of]) => [name, this.#planOf(of)] as const) }),
      ...(items.length === 0 ? {} : { items: this.#planOf(items) }),
      ...(others.length === 0 ? {} : { others: this.#planOf(others) }),
      ...(strings.length === 0 ? {} : { json: this.#planOf(contents) }),
      ...(strings.length > 0 && isLenient ? { lenient: true } : {}),
    };
  }

  /** The schemas of a value's members that lead to JSON in a string. */
  #children(schema: JsonObject): readonly Child[] {
    const { properties, prefixItems, items, additionalProperties, patternProperties } = schema;
    const child = (at: Child["at"], part: Json | undefined, loose: boolean, name = ""): Child => ({
      at,
      name,
      schema: (part ?? true) as Schema,
      loose,
    });
    const children = [
      ...membersOf(properties).map(([name, part]) => child("properties", part, false, name)),
      ...listOf(prefixItems).map((part) => child("items", part, true)),
      child("items", items, prefixItems !== undefined),
      child("others", additionalProperties, patternProperties !== undefined),
      ...membersOf(patternProperties).map(([, part]) => child("others", part, true)),
    ];
    return children.filter(({ schema: part }) => this.#leads(part));
  }

  #leads(schema: Schema): boolean {
    if (!isObject(schema)) return false;
    const known = this.#leading.get(schema) ?? leadsToJsonString(schema, this.#differing);
    this.#leading.set(schema, known);
    return known;
  }

  #numberOf(schema: JsonObject): number {
    const number = this.#numbers.get(schema) ?? this.#numbers.size;
    this.#numbers.set(schema, number);
    return number;
  }

  /** Keys of schemas are identifiers, so a name with a plus is none of them. */
  #newName(references: readonly string[]): string {
    const name = `${references.join("+")}+`;
    let unique = name;
    for (let count = 2; this.#isTaken(unique); count++) unique = `${name}${count}`;
    return unique;
  }

  #isTaken(name: string): boolean {
    if (Object.hasOwn(this.#shared, name)) return true;
    for (const place of this.#places.values()) if (place.name === name) return true;
    return false;
  }
}

/** A schema of a value's members. */
interface Child {
  readonly at: "properties" | "items" | "others";
  /** Of the property. */
  readonly name: string;
  readonly schema: Schema;
  /** It speaks of some of the members only. */
  readonly loose: boolean;
}

function listOf(value: Json | undefined): readonly Json[] {
  return isArray(value) ? value : [];
}

function membersOf(value: Json | undefined): readonly (readonly [string, Json])[] {
  return isObject(value) ? Object.entries(value) : [];
}
