import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { cliReference, PAGE } from "../../scripts/cli-reference.ts";

const docs = join(PAGE, "..");

test("docs/cli-reference.md says what the commands say; npm run docs:cli mends it", () => {
  expect(readFileSync(PAGE, "utf8")).toBe(cliReference());
});

/** Sections of a page by the command that their heading names, with the long options that stand first in a table's row. */
function optionsByCommand(page: string): Map<string, string[]> {
  const sections = page.split(/^## `(?=[a-z])/m).slice(1);
  return new Map(
    sections.map((section) => {
      const name = /^[a-z]+(?: (?:check|coverage))?/.exec(section)?.[0] ?? "";
      return [name, [...section.matchAll(/^\| `(?:-\w, )?(--[a-z-]+)/gm)].map(([, option = ""]) => option).sort()];
    }),
  );
}

/** What `docs/cli.md` says once for all commands. */
const OF_ALL = ["--allow-remote", "--help", "--role", "--root"];

/** Commands whose section in `docs/cli.md` is still to be written; where there is one, it has to be right. */
const ONLY_IN_REFERENCE = new Set(["pact check", "pact coverage"]);

test("docs/cli.md has a section for every command, with the options that it has and no others", () => {
  const written = optionsByCommand(readFileSync(join(docs, "cli.md"), "utf8"));
  const known = optionsByCommand(cliReference());
  expect(known.size).toBeGreaterThan(5);
  for (const [command, options] of known) {
    const own = options.filter((option) => !OF_ALL.includes(option));
    // `list` has one option, which its text explains.
    const said = command === "list" ? ["--format"] : written.get(command);
    if (said === undefined && ONLY_IN_REFERENCE.has(command)) continue;
    expect({ command, options: said }).toEqual({ command, options: own });
  }
  expect([...written.keys()].filter((command) => !known.has(command))).toEqual([]);
});

test("docs/README.md lists every guide", () => {
  const index = readFileSync(join(docs, "README.md"), "utf8");
  const guides = readdirSync(docs).filter((name) => name.endsWith(".md") && name !== "README.md");
  expect(guides.filter((name) => !index.includes(`](${name})`))).toEqual([]);
});
