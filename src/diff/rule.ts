import type { ChangeLevel } from "../model/index.ts";

/** Who makes what is judged: the sender its deliveries, the receiver its replies. */
export type Producer = "sender" | "receiver";

/** What is known of a rule without running it. */
export interface RuleInfo {
  /** Kebab-case, never reused. */
  readonly id: string;
  /** When this happens, for the table of all rules. */
  readonly summary: string;
  /** By who makes the value; several where it depends on more, the usual one first. None: it cannot happen there. */
  readonly levels: Readonly<Record<Producer, readonly ChangeLevel[]>>;
  /** What the same change is, seen the other way round; or why there is no such rule. */
  readonly mirror: { readonly rules: readonly string[] } | { readonly waiver: string };
  /** The page that explains it, relative to the package. */
  readonly page: string;
}
