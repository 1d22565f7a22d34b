import type { JsonObject } from "../../model/index.ts";
import type { Loss } from "./loss.ts";

/** For which webhooks, by index, a document says name and route outright, since reading it gives others otherwise. */
export interface Explicit {
  readonly names: ReadonlySet<number>;
  readonly routes: ReadonlySet<number>;
}

export interface WriteOptions {
  readonly explicit: Explicit;
}

/** A contract as a document of one format. */
export interface Written {
  readonly value: JsonObject;
  /** What is known beforehand not to be in it, and why. */
  readonly losses: readonly Loss[];
  /** For each webhook, the pointers of what may be read as it: its operations (OpenAPI) or its message (AsyncAPI). */
  readonly places: readonly (readonly string[])[];
}
