import { contractId } from "../../config/index.ts";
import { visible } from "../../diagnostics/index.ts";
import { makeChangelog } from "../../diff/index.ts";
import type { Context, ExitCode } from "../context.ts";
import { checkRules } from "../diff/check-rules.ts";
import { applyLevels } from "../diff/levels.ts";
import { readRevisions } from "../diff/revisions.ts";
import { changelogJson, changelogMarkdown } from "../formats/diff/changelog.ts";
import { type DocumentOptions, settingsOf } from "../load-documents.ts";
import { withProgress } from "../progress.ts";

export interface ChangelogCommandOptions extends DocumentOptions {
  readonly format: "markdown" | "json";
  readonly limit: number;
  readonly prose?: boolean;
}

/** `hookbook changelog`: changes per event over the document's git history. */
export async function changelog(
  document: string,
  options: ChangelogCommandOptions,
  context: Context,
): Promise<ExitCode> {
  const settings = await settingsOf(options, context);
  if (settings === null) return 2;
  const config = settings.config?.diff ?? {};
  checkRules(config);
  const contract = contractId(document, context.cwd);
  const read = await withProgress(context, `Reading the history of ${visible(document)}`, (show) =>
    readRevisions(
      document,
      {
        id: contract,
        load: settings.options,
        diff: { prose: options.prose === true },
        commitsMax: options.limit,
        onProgress: (done, total) => show(`Reading the history of ${visible(document)}: ${done} of ${total}`),
      },
      context,
    ),
  );
  for (const note of read.notes) context.stderr(`${visible(note)}\n`);
  for (const { hash, reason } of read.skipped) {
    context.stderr(`${hash} is passed over, for it cannot be read: ${visible(reason)}\n`);
  }
  const revisions = read.revisions.map((revision) => ({
    ...revision,
    changes: applyLevels(revision.changes, config.levels ?? {}),
  }));
  const { title, skipped, complete } = read;
  const made = makeChangelog(revisions, { contract, title, skipped, complete });
  context.stdout(options.format === "json" ? changelogJson(made) : changelogMarkdown(made));
  return 0;
}
