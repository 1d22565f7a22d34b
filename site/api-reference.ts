import { join } from "node:path";
import { Application } from "typedoc";

/** The public entries of the package, as they are imported. */
const ENTRIES = {
  hookbook: "src/index.ts",
  "hookbook/receiver": "src/receiver/index.ts",
  "hookbook/pact": "src/pact/index.ts",
  "hookbook/runtime": "src/runtime/index.ts",
};

/**
 * Writes the reference of the package's exports. The same sources give the same bytes: no revision, no date.
 * @throws where TypeDoc finds an error or has a warning
 */
export async function apiReference({ repository, out }: { repository: string; out: string }): Promise<void> {
  const application = await Application.bootstrap({
    name: "Hookbook",
    entryPoints: Object.values(ENTRIES).map((file) => join(repository, file)),
    tsconfig: join(repository, "tsconfig.json"),
    basePath: repository,
    readme: "none",
    disableSources: true,
    disableGit: true,
    githubPages: false,
    hideGenerator: true,
    // Its highlighter gives up on a line after half a second, so that a busy machine would write other bytes.
    highlightLanguages: [],
    ignoredHighlightLanguages: ["ts", "js", "json", "sh"],
    excludePrivate: true,
    excludeExternals: true,
    excludeInternal: true,
    navigationLinks: { Hookbook: "../index.html" },
    includeVersion: true,
    logLevel: "Warn",
    sort: ["alphabetical"],
    validation: { notExported: false, invalidLink: true, notDocumented: false },
  });
  const project = await application.convert();
  if (project === undefined) throw new Error("TypeDoc could not read the sources.");
  for (const module of project.children ?? []) {
    const entry = Object.entries(ENTRIES).find(([, file]) => file === `${module.name}/index.ts`);
    if (entry !== undefined) module.name = entry[0];
  }
  application.validate(project);
  await application.generateDocs(project, out);
  if (application.logger.hasErrors()) throw new Error("TypeDoc has found errors.");
}
