import type { Json } from "../../../model/index.ts";

/** What a field's line says of its schema, wherever the field stands. */
export interface FieldLabel {
  /** Short: `string`, `list of objects`, `integer or string`. */
  readonly type: string;
  readonly format?: string;
  readonly deprecated: boolean;
  readonly title?: string;
  readonly description?: string;
  readonly values: readonly FieldValue[];
  /** Other values than those listed are valid too. */
  readonly open: boolean;
  /** `at least 1`, `matches ^\d+$`, …, apart from what stands in `pattern`. */
  readonly constraints: readonly Constraint[];
  /** A string that holds JSON; the fields below it are those of what it holds. */
  readonly isJsonText: boolean;
  /** The name that the document gives this schema. */
  readonly schemaName?: string;
}

/** One line of a payload's table, with what stands below it. */
export interface Field {
  /** The property's name; `[]` for the items of a list, `{…}` for names that are not fixed. */
  readonly name: string;
  readonly kind: "property" | "items" | "others";
  /** From the payload's root: `payload.files[].id`. */
  readonly path: string;
  /** Of the element, unique in the page. */
  readonly id: string;
  /** One for all fields of the same schema. */
  readonly label: FieldLabel;
  readonly required: boolean;
  /** When it is there, in words, where that depends on other fields. */
  readonly condition?: string;
  readonly sameAs?: SameAs;
  readonly children: readonly Field[];
  /** Alternatives, of which one or several hold. */
  readonly variants: readonly Variants[];
}

export interface FieldValue {
  readonly value: Json;
  readonly meaning?: string;
}

/** In words, and what is to be shown as code behind them. */
export interface Constraint {
  readonly words: string;
  readonly code?: string;
}

export interface Variants {
  readonly kind: "one" | "any";
  readonly choices: readonly Variant[];
}

export interface Variant {
  readonly name: string;
  readonly label: FieldLabel;
  readonly sameAs?: SameAs;
  readonly children: readonly Field[];
  readonly variants: readonly Variants[];
}

/** Its fields are shown at another place, which it repeats. */
export interface SameAs {
  readonly id: string;
  readonly path: string;
  /** That place is around this one: a value that holds values of its own kind. */
  readonly recursive: boolean;
}
