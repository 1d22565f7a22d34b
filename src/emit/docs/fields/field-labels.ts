import { isArray, isJsonString, isObject } from "../../../json/index.ts";
import type { Contract, Json, Schema } from "../../../model/index.ts";
import { type Html, inOnePiece } from "../html.ts";
import { renderMarkdown } from "../markdown.ts";
import { constraintsOf } from "./constraints.ts";
import type { Constraint, FieldLabel } from "./field.ts";
import { allOf, type Flat, firstOf, firstText, flatten, joined, schemaOf, schemasOf } from "./flatten.ts";
import { fieldWords } from "./label-words.ts";
import { type Member, membersOf } from "./members.ts";
import { typeLabel, typesOf } from "./type-label.ts";
import { valuesOf } from "./values.ts";

/** Makes each label once: the events of a contract have most of their schemas in common. */
export class FieldLabels {
  readonly contract: Pick<Contract, "schemas">;
  readonly #labels = new WeakMap<object, FieldLabel>();
  readonly #flats = new WeakMap<object, Flat>();
  readonly #members = new WeakMap<Flat, readonly Member[]>();
  readonly #texts = new Map<string, Html>();
  readonly #words = new WeakMap<FieldLabel, Html>();

  constructor(contract: Pick<Contract, "schemas">) {
    this.contract = contract;
  }

  /** A description as it stands beside a field. */
  text(markdown: string): Html {
    const known = this.#texts.get(markdown);
    if (known !== undefined) return known;
    const { html } = renderMarkdown(markdown, { firstLevel: 4 });
    this.#texts.set(markdown, html);
    return html;
  }

  /** What stands beside the name of a field. */
  words(label: FieldLabel): Html {
    const known = this.#words.get(label);
    if (known !== undefined) return known;
    const words = inOnePiece(fieldWords(label, this));
    this.#words.set(label, words);
    return words;
  }

  /** A schema with all that it refers to and is put together of. */
  flat(schema: Schema): Flat {
    const known = isObject(schema) ? this.#flats.get(schema) : undefined;
    if (known !== undefined) return known;
    const flat = flatten(schema, this.contract);
    if (isObject(schema)) this.#flats.set(schema, flat);
    return flat;
  }

  members(flat: Flat): readonly Member[] {
    const known = this.#members.get(flat);
    if (known !== undefined) return known;
    const members = membersOf(flat, this.contract);
    this.#members.set(flat, members);
    return members;
  }

  of(schema: Schema): FieldLabel {
    const known = isObject(schema) ? this.#labels.get(schema) : undefined;
    if (known !== undefined) return known;
    const label = this.#make(schema);
    if (isObject(schema)) this.#labels.set(schema, label);
    return label;
  }

  /** Whether a schema says nothing of itself: all there is to show is inside. */
  isBare(schema: Schema): boolean {
    const { description, constraints, values, format, isJsonText, type } = this.of(schema);
    return (
      description === undefined &&
      constraints.length === 0 &&
      values.length === 0 &&
      format === undefined &&
      !isJsonText &&
      !type.startsWith("array")
    );
  }

  #make(schema: Schema): FieldLabel {
    const flat = this.flat(schema);
    const title = firstText(flat, "title");
    const description = firstText(flat, "description");
    const format = firstOf(flat, "format");
    const { values, open } = valuesOf(flat);
    const isJsonText = flat.parts.some((part) => isJsonString(part));
    const constraints = constraintsOf(flat).filter(({ words }) => !isJsonText || words !== "holds");
    return {
      type: flat.never ? "never" : this.#typeOf(flat),
      ...(typeof format === "string" ? { format } : {}),
      deprecated: flat.parts.some((part) => part["deprecated"] === true),
      ...(title === undefined ? {} : { title }),
      ...(description === undefined ? {} : { description }),
      values,
      open,
      constraints: [...constraints, ...alternativesOf(flat), ...closed(flat)],
      isJsonText,
      ...(flat.keys[0] === undefined ? {} : { schemaName: flat.keys[0] }),
    };
  }

  #typeOf(flat: Flat): string {
    const own = typesOf(flat);
    if (own.length > 0) return typeLabel(own, this.#itemTypes(flat));
    const types = new Set<string>();
    for (const value of [...allOf(flat, "oneOf"), ...allOf(flat, "anyOf")]) {
      for (const choice of schemasOf(value)) {
        const part = this.flat(choice);
        types.add(typeLabel(typesOf(part), this.#itemTypes(part)));
      }
    }
    if (types.size > 1) types.delete("any");
    return types.size === 0 ? "any" : [...types].join(" or ");
  }

  #itemTypes(flat: Flat): readonly string[] | null {
    const items = allOf(flat, "items")
      .map(schemaOf)
      .filter((one) => one !== undefined);
    return items.length === 0 ? null : typesOf(this.flat(joined(items)));
  }
}

/** An alternative that only says which fields it has to have. */
export function saysRequiredOnly(schema: Schema): boolean {
  return isObject(schema) && schema["required"] !== undefined && Object.keys(schema).length === 1;
}

function alternativesOf(flat: Flat): readonly Constraint[] {
  const words = { anyOf: "with at least one of", oneOf: "with exactly one of" } as const;
  return (["anyOf", "oneOf"] as const).flatMap((keyword) =>
    allOf(flat, keyword).flatMap((value) => {
      const choices = schemasOf(value);
      if (choices.length === 0 || !choices.every(saysRequiredOnly)) return [];
      return [{ words: words[keyword], code: choices.map(namesOf).join(", ") }];
    }),
  );
}

function namesOf(schema: Schema): string {
  const names: Json | undefined = isObject(schema) ? schema["required"] : undefined;
  return isArray(names) ? names.join(" + ") : "";
}

function closed({ parts }: Flat): readonly Constraint[] {
  const isClosed = parts.some(
    (part) => part["additionalProperties"] === false || part["unevaluatedProperties"] === false,
  );
  return isClosed ? [{ words: "no other fields" }] : [];
}
