import type { SourceLocation } from "./source.ts";

/**
 * What a change does to a receiver that was built from the base, from the worst to the mildest. `breaking`: a promise that it
 * may rely on is gone. `risky`: it may get something that the base did not describe. `safe`: it gets nothing new, or nothing
 * that receivers look at.
 */
export type ChangeLevel = "breaking" | "risky" | "safe";

/** The level of the worst change; `none` where there is no change. */
export type Verdict = ChangeLevel | "none";

/** What of a webhook a change is about: the event as a whole, what is delivered, or what the receiver answers. */
export type ChangePart = "webhook" | "payload" | "headers" | "reply";

/** One thing that differs between two revisions of a contract, as it is judged for one webhook. */
export interface Change {
  /** Kebab-case, never reused; each has a page in `docs/rules/`. */
  readonly rule: string;
  readonly level: ChangeLevel;
  /** The webhook's name: in the base, and in the revision where only that has it. */
  readonly webhook: string;
  readonly in: ChangePart;
  /**
   * Where in the decoded event it is: an RFC 6901 pointer that goes on inside JSON strings, with `*` for every item of an array
   * and for every property that has no name. Headers: `/<lower-case name>`. Replies: `/<status>`, which `payload` or `headers`
   * and a pointer into them may follow. Empty for the whole.
   */
  readonly pointer: string;
  /** Further places of this webhook that the same change reaches, through a schema that several share. At most 20. */
  readonly also?: readonly string[];
  /** One sentence with its full stop, safe to print. */
  readonly message: string;
  /** The keyword of JSON Schema that changed, where one did. */
  readonly keyword?: string;
  /** The same for what one edit of a shared schema does to several webhooks. It means nothing from one run to the next. */
  readonly cause: string;
  /** Where it is written; null where that side has no such thing. */
  readonly base: SourceLocation | null;
  readonly revision: SourceLocation | null;
}
