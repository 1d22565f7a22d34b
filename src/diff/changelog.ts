import type { Changelog, ChangelogEntry, Commit, Revision, WebhookChangelog } from "../model/index.ts";
import { verdictOf } from "./verdict.ts";

export interface ChangelogOptions {
  readonly contract: string;
  readonly title: string;
  readonly skipped: Changelog["skipped"];
  readonly complete: boolean;
}

/**
 * Tells the history of a description from its revisions: as a whole, and for each webhook.
 * @param revisions  from the oldest to the newest
 */
export function makeChangelog(revisions: readonly Revision[], options: ChangelogOptions): Changelog {
  const entries = revisions.map(toEntry).filter(({ changes }) => changes.length > 0);
  const names = new Set(revisions.toReversed().flatMap(({ webhooks }) => webhooks));
  const current = new Set(revisions.at(-1)?.webhooks);
  const webhooks = [...names].flatMap((name): WebhookChangelog[] => {
    const first = revisions.find((revision) => revision.webhooks.includes(name));
    if (first === undefined) return [];
    const own = entries.flatMap((entry) => {
      const changes = entry.changes.filter(({ webhook }) => webhook === name);
      return changes.length === 0 ? [] : [{ ...entry, changes, verdict: verdictOf(changes) }];
    });
    return [
      {
        webhook: name,
        since: { ...commitOf(first), version: first.version },
        isRemoved: !current.has(name),
        entries: own.toReversed(),
      },
    ];
  });
  return {
    ...options,
    entries: entries.toReversed(),
    webhooks,
    oldest: revisions[0]?.hash ?? null,
    revisions: revisions.length,
  };
}

function toEntry(revision: Revision): ChangelogEntry {
  const { version, changes } = revision;
  return { ...commitOf(revision), version, changes, verdict: verdictOf(changes) };
}

function commitOf({ hash, date, subject }: Commit): Commit {
  return { hash, date, subject };
}
