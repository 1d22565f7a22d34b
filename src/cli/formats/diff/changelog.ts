import { visibleJson } from "../../../diagnostics/index.ts";
import type { Change, Changelog, ChangelogEntry, Commit } from "../../../model/index.ts";
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
  const { title, contract, entries, webhooks, skipped, revisions, complete, oldest } = changelog;
  const blocks = [
    `# Changelog of ${escapeMarkdown(title)}`,
    `What ${revisions} ${revisions === 1 ? "revision" : "revisions"} of ${codeSpan(contract)} ${complete ? "" : "(the newest part of the history) "}changed for receivers.`,
    ...(entries.length === 0 ? ["Nothing changed for receivers."] : ["## By revision"]),
    ...entries.map((entry) => `### ${headingOf(entry)}\n\n${listOf(entry.changes, { names: true })}`),
    "## By webhook",
    ...webhooks.map(({ webhook, since, isRemoved, entries: own }) => {
      const first = since.hash === oldest && !complete ? "at least since" : "since";
      const lines = own.map((entry) => `- ${headingOf(entry)}\n${indented(listOf(entry.changes, { names: false }))}`);
      const start = `- described ${first} ${headingOf(since)}`;
      return `### ${codeSpan(webhook)}${isRemoved ? " (no longer described)" : ""}\n\n${[...lines, start].join("\n")}`;
    }),
    ...(skipped.length === 0
      ? []
      : [
          `## Passed over\n\n${skipped.map(({ hash, date, reason }) => `- ${hash}, ${date.slice(0, 10)}: ${escapeMarkdown(reason)}`).join("\n")}`,
        ]),
  ];
  return `${blocks.join("\n\n")}\n`;
}

function headingOf({ version, date, hash, subject }: Omit<ChangelogEntry, "verdict" | "changes">): string {
  const name = version === "" ? "" : `${escapeMarkdown(version)}, `;
  return `${name}${date.slice(0, 10)} (${hash}): ${escapeMarkdown(subject)}`;
}

function listOf(changes: readonly Change[], { names }: { readonly names: boolean }): string {
  return foldChanges(changes)
    .map(({ change, webhooks, pointers }) => {
      const who = names ? ` ${nameSome(webhooks, codeSpan)}` : "";
      const where = pointerText(change.in, pointers);
      return `- **${change.level}**${who}${where === "" ? "" : ` ${codeSpan(where)}`}: ${escapeMarkdown(change.message)}`;
    })
    .join("\n");
}

function indented(text: string): string {
  return text.replaceAll(/^/gm, "  ");
}
