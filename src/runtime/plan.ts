/**
 * Where JSON stands in strings, as a tree beside the schema. Plans of named schemas are shared by name, so that
 * recursion ends.
 */
export interface UnwrapPlan {
  /** Properties that hold, or lead to, JSON in a string. */
  readonly properties?: readonly (readonly [name: string, plan: UnwrapPlan])[];
  /** Every item of an array. */
  readonly items?: UnwrapPlan;
  /** Every property of an object that `properties` does not name. */
  readonly others?: UnwrapPlan;
  /** The value is a string that holds JSON; the plan is for that JSON. */
  readonly json?: UnwrapPlan;
  /** With `json`: other values than such a string are allowed too, and left to the schema to judge. */
  readonly lenient?: boolean;
  /** Go on with a shared plan. */
  readonly shared?: string;
}

export type SharedPlans = Readonly<Record<string, UnwrapPlan>>;

/** How the text of one query parameter or form field becomes a value. */
export interface CoercePlan {
  /** JSON Schema types the value may have; empty where the schema leaves that open. */
  readonly types: readonly string[];
  /** For arrays: how each item is read. */
  readonly items?: CoercePlan;
  /** For arrays: written `[a, b]` without quotes. */
  readonly bracketed?: boolean;
  /** For objects that are written `name[member]=…`: how each member is read. */
  readonly properties?: CoercePlans;
}

/** By parameter name. */
export type CoercePlans = readonly (readonly [name: string, plan: CoercePlan])[];
