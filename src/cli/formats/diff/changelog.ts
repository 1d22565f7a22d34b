import { visibleJson } from "../../../diagnostics/index.ts";
import { LEVELS } from "../../../diff/index.ts";
import type { Change, Changelog, ChangelogEntry, Commit, WebhookChangelog } from "../../../model/index.ts";
import { foldChanges, nameSome } from "../../diff/fold.ts";
import { codeSpan, escapeMarkdown } from "../markdown-text.ts";
import { pointerText } from "./words.ts";

/** The changelog as one JSON value; its shape is in `docs/cli.md`. */
export function changelogJson({ contract, title, revisions, complete, entries, webhooks, skipped }: Changelog): string {
  return `${visibleJson({
    contract,
    title,
    revisions,
    complete,
    entries: entries.map((entry) => entryJson(entry)),
    webhooks: webhooks.map(({ webhook, since, isRemoved, entries: own }) => ({
      webhook,
      since: renamed(since),
      removed: isRemoved,
      entries: own.map(entryJson),
    })),
    skipped: skipped.map(renamed),
  })}\n`;
}

function renamed<T extends Commit>({ hash, ...rest }: T): object {
  return { commit: hash, ...rest };
}

function entryJson({ hash, date, subject, version, verdict, changes }: ChangelogEntry): object {
  return {
    commit: hash,
    date,
    subject,
    version,
    verdict,
    changes: changes.map(({ rule, level, webhook, in: part, pointer, also, message }) => ({
      rule,
      level,
      webhook,
      in: part,
      pointer,
      ...(also === undefined ? {} : { also }),
      message,
    })),
  };
}

/** The changelog for people: what each revision changed, then the same by webhook. */
export function changelogMarkdown(changelog: Changelog): string {
  const { title, entries, webhooks, skipped } = changelog;
  const parts = [
    `# Changelog of ${escapeMarkdown(title)}`,
    introduction(changelog),
    ...(entries.length === 0 ? ["Nothing changed for receivers."] : entries.map(revisionBlock)),
    "## By webhook",
    ...alike(webhooks).map((group) => webhookBlock(group, changelog)),
    ...(skipped.length === 0
      ? []
      : [
          `## Passed over\n\n${skipped.map(({ hash, date, reason }) => `- ${hash}, ${date.slice(0, 10)}: ${escapeMarkdown(reason)}`).join("\n")}`,
        ]),
  ];
  return `${parts.join("\n\n")}\n`;
}

function introduction({ contract, revisions, entries, complete }: Changelog): string {
  const count = `${revisions} ${revisions === 1 ? "revision" : "revisions"}`;
  const part = complete ? "" : " (the newest part of the history)";
  const told = `What ${count} of ${codeSpan(contract)}${part} changed for receivers.`;
  if (entries.length === 0) return told;
  return (
    `${told} *Breaking* takes away what a receiver may rely on, *risky* may send what was not described before, ` +
    "*safe* brings nothing that a receiver has to know."
  );
}

function revisionBlock({ hash, subject, changes, ...named }: ChangelogEntry): string {
  return `## ${nameOf(named)}\n\n${escapeMarkdown(subject)} (${hash})\n\n${changeList(changes, { names: true })}`;
}

/** Names that are read in a heading. */
const NAMES_MAX = 3;

/** Several webhooks of which the same is to be told are told of once. */
function webhookBlock(group: readonly WebhookChangelog[], { oldest, complete }: Changelog): string {
  const [{ since, isRemoved, entries }] = group as [WebhookChangelog, ...WebhookChangelog[]];
  const names = group.map(({ webhook }) => codeSpan(webhook));
  const gone = isRemoved ? " (no longer described)" : "";
  const head =
    group.length <= NAMES_MAX
      ? `### ${names.join(", ")}${gone}`
      : `### ${group.length} webhooks${gone}\n\n${names.join(", ")}`;
  const first =
    since.hash === oldest && !complete ? "described since this revision or an earlier one" : "first described";
  const lines = [
    ...entries.map((entry) => `- ${nameOf(entry)}\n${indented(changeList(entry.changes, { names: false }))}`),
    // That the webhook is new has been told where its first revision is among those that changed something.
    ...(entries.some(({ hash }) => hash === since.hash) ? [] : [`- ${nameOf(since)}: ${first}`]),
  ];
  return `${head}\n\n${lines.join("\n")}`;
}

/** Those together of which the same is to be told, in the order of the first of each; those that never changed last. */
function alike(webhooks: readonly WebhookChangelog[]): readonly (readonly WebhookChangelog[])[] {
  const groups = new Map<string, WebhookChangelog[]>();
  for (const one of webhooks) {
    const { since, isRemoved, entries } = one;
    const told = entries.map(({ hash, changes }) => [hash, changeList(changes, { names: false })]);
    const key = JSON.stringify([since.hash, isRemoved, told]);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  const all = [...groups.values()];
  const isChanged = ([first]: readonly WebhookChangelog[]) => first !== undefined && first.entries.length > 0;
  return [...all.filter(isChanged), ...all.filter((group) => !isChanged(group))];
}

/** `1.3.0 (2026-11-28)`; the day alone where the description gives no version. */
function nameOf({ version, date }: Pick<ChangelogEntry, "version" | "date">): string {
  const day = date.slice(0, 10);
  return version === "" ? day : `${escapeMarkdown(version)} (${day})`;
}

/** The worst first. */
function changeList(changes: readonly Change[], { names }: { readonly names: boolean }): string {
  const folded = foldChanges(changes);
  return LEVELS.flatMap((level) => folded.filter(({ change }) => change.level === level))
    .map(({ change, webhooks, pointers }) => {
      const where = pointerText(change.in, pointers);
      const who = names ? nameSome(webhooks, codeSpan) : "";
      const place = [where === "" ? "" : codeSpan(where), who].filter((part) => part !== "").join(" of ");
      return `- **${change.level}**${place === "" ? "" : ` ${place}`}: ${escapeMarkdown(change.message)}`;
    })
    .join("\n");
}

function indented(text: string): string {
  return text.replaceAll(/^/gm, "  ");
}
