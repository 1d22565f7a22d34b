import type { Form, Json, SourceLocation } from "../model/index.ts";

/** What became of a list of values. */
export type EnumFate = "introduced" | "removed" | "opened" | "closed";

/** What became of a keyword that limits values: `changed` where neither limit contains the other. */
export type ConstraintFate = "loosened" | "tightened" | "changed";

/** Something that differs between two schemas. What it means for a receiver is what the rules say. */
export type SchemaDifference =
  | {
      readonly kind: "property-gone";
      readonly name: string;
      readonly wasRequired: boolean;
      /** The revision lets a value come under this name all the same. */
      readonly isAllowed: boolean;
      /** A new property that may be the same under another name. */
      readonly renamedTo?: string;
    }
  | {
      readonly kind: "property-new";
      readonly name: string;
      readonly isRequired: boolean;
      /** The base let some value come under this name. */
      readonly wasAllowed: boolean;
      readonly renamedFrom?: string;
    }
  | { readonly kind: "requirement"; readonly name: string; readonly isRequired: boolean }
  | {
      readonly kind: "types";
      readonly from: readonly string[];
      readonly to: readonly string[];
      readonly added: readonly string[];
      readonly gone: readonly string[];
    }
  | { readonly kind: "constant"; readonly from: Json; readonly to: Json }
  | { readonly kind: "values-new"; readonly values: readonly Json[]; readonly isOpen: boolean }
  | { readonly kind: "values-gone"; readonly values: readonly Json[]; readonly isOpen: boolean }
  | { readonly kind: "enum"; readonly fate: EnumFate; readonly isOpen: boolean; readonly values: readonly Json[] }
  | {
      readonly kind: "variant";
      readonly fate: "new" | "gone";
      readonly label: string;
      /** Every value of it is one of another variant of the other side too. */
      readonly isCovered: boolean;
    }
  | {
      readonly kind: "constraint";
      readonly fate: ConstraintFate;
      readonly keyword: string;
      readonly from?: Json;
      readonly to?: Json;
    }
  | { readonly kind: "format"; readonly from: string | null; readonly to: string | null }
  | {
      readonly kind: "content";
      readonly keyword: "contentMediaType" | "contentEncoding";
      readonly from: string | null;
      readonly to: string | null;
    }
  | { readonly kind: "object"; readonly isOpen: boolean }
  | { readonly kind: "deprecated" }
  | { readonly kind: "unproven"; readonly keyword: string };

/** A difference of two schemas at its place. */
export type PlacedDifference = SchemaDifference & {
  /** From the value that the two schemas are of, as a pointer. */
  readonly at: string;
  /** As far as this difference goes, every value of the revision is one of the base. */
  readonly forward: boolean;
  /** As far as this difference goes, every value of the base is one of the revision. */
  readonly backward: boolean;
  readonly base: SourceLocation | null;
  readonly revision: SourceLocation | null;
};

/** Something that differs between two webhooks beside their schemas, or between the webhooks of two contracts. */
export type WebhookDifference =
  | { readonly kind: "webhook-gone"; readonly renamedTo: readonly string[] }
  | { readonly kind: "webhook-new"; readonly renamedFrom: readonly string[] }
  | { readonly kind: "form-gone"; readonly form: Form }
  | { readonly kind: "form-new"; readonly form: Form }
  | { readonly kind: "method"; readonly from: string; readonly to: string }
  | { readonly kind: "address"; readonly from: string; readonly to: string | null }
  | { readonly kind: "content-type"; readonly from: string; readonly to: string }
  | { readonly kind: "route"; readonly from: string; readonly to: string }
  | { readonly kind: "security"; readonly from: readonly string[]; readonly to: readonly string[] }
  | { readonly kind: "reply-gone"; readonly status: string }
  | { readonly kind: "reply-new"; readonly status: string }
  | { readonly kind: "prose"; readonly what: string };

export type Difference = SchemaDifference | WebhookDifference;
