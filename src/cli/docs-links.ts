import { visible } from "../diagnostics/index.ts";
import type { SiteLink } from "../pipeline.ts";
import { UsageError } from "./context.ts";

/** Links to pages that are not made here: of the site, and by contract. */
export interface DocsLinks {
  readonly site: readonly SiteLink[];
  readonly contracts: ReadonlyMap<string, readonly SiteLink[]>;
}

/** `[contract:]text=address`; a colon before a space is part of the text. */
const LINK = /^(?:(?<id>[^\s:=]+):(?!\s))?(?<text>[^=]*[^\s:=][^=]*)=(?<to>.+)$/;

/**
 * Reads `--link` options.
 * @param ids  of the contracts that the site shows
 * @throws UsageError for what is not written so, names no contract, or leads elsewhere than into the site or to the web
 */
export function readLinks(given: readonly string[], ids: readonly string[]): DocsLinks {
  const site: SiteLink[] = [];
  const contracts = new Map<string, SiteLink[]>();
  for (const written of given) {
    const { id, text = "", to = "" } = LINK.exec(written)?.groups ?? {};
    if (to === "") {
      throw new UsageError(`--link ${shown(written)} is not [CONTRACT:]TEXT=ADDRESS.`);
    }
    if (id !== undefined && !ids.includes(id)) {
      throw new UsageError(`--link names the contract ${shown(id)}, which is not there.`, `there is ${ids.join(", ")}`);
    }
    if (!isAddress(to)) {
      throw new UsageError(
        `--link leads to ${shown(to)}, which is neither a path within the site nor an http or https address.`,
        "write the path from the site's root, with slashes",
      );
    }
    const link = { text: text.trim(), to };
    if (id === undefined) site.push(link);
    else contracts.set(id, [...(contracts.get(id) ?? []), link]);
  }
  return { site, contracts };
}

function isAddress(to: string): boolean {
  if (/^https?:\/\/./i.test(to)) return true;
  const [path = ""] = to.split("#");
  const segments = path.split("/");
  return !/[:\\]/.test(path) && segments.slice(0, -1).every((segment) => segment !== "") && !segments.includes("..");
}

function shown(text: string): string {
  return visible(JSON.stringify(text));
}
