/**
 * Checks the built site: every link and anchor resolves, all events are there, and no page of it asks the network for anything
 * when a browser opens it. `node check.ts [--out DIR] [--screenshots DIR]`
 */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { checkInBrowser } from "./browser-check.ts";
import { CONTRACTS, viewPath } from "./contracts.ts";
import { pageFacts } from "./page-facts.ts";

const site = import.meta.dirname;
const { values } = parseArgs({
  options: { out: { type: "string", default: join(site, "dist") }, screenshots: { type: "string" } },
});
const out = resolve(values.out);
if (!existsSync(join(out, "index.html"))) {
  console.error('There is no site to check: run "npm run build" first.');
  process.exit(2);
}

const pages = readdirSync(out, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".html"))
  .map((path) => path.replaceAll("\\", "/"))
  .sort();
const facts = new Map(pages.map((path) => [path, pageFacts(readFileSync(join(out, path), "utf8"))]));

const problems = [...brokenLinks(), ...missingEvents(), ...missingViews()];
const checked = await checkInBrowser({ out, pages, screenshots: values.screenshots });
problems.push(...checked.problems);

for (const problem of problems) console.error(problem);
const links = [...facts.values()].reduce((sum, { links: found }) => sum + found.length, 0);
console.log(
  `${pages.length} pages, ${links} links, ${checked.opened} pages opened in a browser, ${problems.length} problems`,
);
process.exitCode = problems.length > 0 ? 1 : 0;

function brokenLinks(): string[] {
  return [...facts].flatMap(([page, { links: addresses, loads }]) => {
    const outside = loads.filter((address) => /^(?:https?:)?\/\//i.test(address));
    return [
      ...outside.map((address) => `${page} loads ${address}`),
      ...[...addresses, ...loads].flatMap((address) => {
        const problem = problemOf(page, address);
        return problem === null ? [] : [`${page} links to ${address}: ${problem}`];
      }),
    ];
  });
}

/** Null for what leads out of the site, or to something that is there. */
function problemOf(page: string, address: string): string | null {
  if (/^(?:[a-z][a-z0-9+.-]*:|\/\/)/i.test(address)) return null;
  const [path = "", fragment] = address.split("#");
  const target = resolve(out, dirname(page), decodeURIComponent(path.split("?")[0] ?? ""));
  const file =
    path === ""
      ? join(out, page)
      : existsSync(target) && statSync(target).isDirectory()
        ? join(target, "index.html")
        : target;
  if (relative(out, file).startsWith("..")) return "it leads out of the site";
  if (!existsSync(file)) return "there is no such file";
  if (fragment === undefined || fragment === "" || !file.endsWith(".html")) return null;
  const ids = facts.get(relative(out, file).replaceAll("\\", "/"))?.ids;
  return ids?.has(decodeURIComponent(fragment)) === true ? null : "there is no such anchor";
}

function missingEvents(): string[] {
  return CONTRACTS.flatMap(({ id, events }) => {
    const folder = join(out, "contracts", id, "events");
    const found = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".html")) : [];
    const linked = facts.get(`contracts/${id}/index.html`)?.links ?? [];
    const lost = found.filter((name) => !linked.some((address) => address.split("#")[0] === `events/${name}`));
    return [
      ...(found.length === events ? [] : [`${id} has ${found.length} pages of events, and ${events} events`]),
      ...lost.map((name) => `contracts/${id}/index.html does not link to events/${name}`),
    ];
  });
}

function missingViews(): string[] {
  return CONTRACTS.flatMap(({ id }) => {
    const page = `contracts/${id}/index.html`;
    const wanted = `../../${viewPath(id)}`;
    return facts.get(page)?.links.includes(wanted) === true ? [] : [`${page} does not link to ${wanted}`];
  });
}
