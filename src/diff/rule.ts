import type { ChangeLevel, ChangePart } from "../model/index.ts";
import type { Difference } from "./difference.ts";

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

/** Where a difference was found. */
export interface DifferencePlace {
  readonly part: ChangePart;
  readonly producer: Producer;
  /** It is about a header as a whole, and not about what is in one. */
  readonly isHeader: boolean;
}

export interface Judgement {
  /** One sentence with its full stop, safe to print. */
  readonly message: string;
  /** Default: the first of the rule's levels for the producer. */
  readonly level?: ChangeLevel;
  readonly keyword?: string;
}

/** Judges differences of one kind. */
export interface Rule extends RuleInfo {
  readonly kind: Difference["kind"];
  /** Null where another rule of this kind judges it. */
  readonly judge: (difference: Difference, place: DifferencePlace) => Judgement | null;
}

type OfKind<Kind extends Difference["kind"]> = Extract<Difference, { readonly kind: Kind }>;

interface RuleDefinition<Kind extends Difference["kind"]> extends Omit<RuleInfo, "page"> {
  readonly kind: Kind;
  readonly judge: (difference: OfKind<Kind>, place: DifferencePlace) => Judgement | null;
}

/** A rule of one kind of difference, as a rule of any. */
export function defineRule<Kind extends Difference["kind"]>(definition: RuleDefinition<Kind>): Rule {
  const isOfKind = (difference: Difference): difference is OfKind<Kind> => difference.kind === definition.kind;
  return {
    ...definition,
    page: `docs/rules/${definition.id}.md`,
    judge: (difference, place) => (isOfKind(difference) ? definition.judge(difference, place) : null),
  };
}
