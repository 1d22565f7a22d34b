import type { Change, Verdict } from "./change.ts";

/** A commit of a description's history. */
export interface Commit {
  /** Abbreviated, as git prints it. */
  readonly hash: string;
  /** When it came into the history: ISO 8601 with the offset of whoever made it. */
  readonly date: string;
  /** The first line of what was said about it. */
  readonly subject: string;
}

/** One revision of a description and what is different in it from the one before. */
export interface Revision extends Commit {
  /** The version that the description itself gives. */
  readonly version: string;
  /** The names of the webhooks that it describes. */
  readonly webhooks: readonly string[];
  /** None in the first revision. */
  readonly changes: readonly Change[];
}

/** A revision that changed something for receivers, or for the receivers of one webhook. */
export interface ChangelogEntry extends Omit<Revision, "webhooks"> {
  readonly verdict: Verdict;
}

/** What became of one webhook. */
export interface WebhookChangelog {
  readonly webhook: string;
  /** The first revision that describes it: as far back as the history goes. */
  readonly since: Omit<Revision, "webhooks" | "changes">;
  /** It is no longer described. */
  readonly isRemoved: boolean;
  /** The newest first. */
  readonly entries: readonly ChangelogEntry[];
}

/** The history of a description, as its receivers felt it. */
export interface Changelog {
  readonly contract: string;
  readonly title: string;
  /** The newest first; revisions that changed nothing for receivers are not among them. */
  readonly entries: readonly ChangelogEntry[];
  /** In the order of the newest revision; those that are gone come last. */
  readonly webhooks: readonly WebhookChangelog[];
  /** Revisions of which no contract could be built: the next that can be read is compared with the last that could. */
  readonly skipped: readonly (Commit & { readonly reason: string })[];
  /** The hash of the oldest revision that was read. */
  readonly oldest: string | null;
  /** How many revisions were read. */
  readonly revisions: number;
  /** False where the history goes further back than it was followed. */
  readonly complete: boolean;
}
