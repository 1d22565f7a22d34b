import type { SiteLink } from "./docs-site.ts";
import { type Href, siteHref, webHref } from "./html.ts";

/** Where each page lies, as segments from the site's root. */
export type PagePath = readonly string[];

export const HOME: PagePath = ["index.html"];
export const COMMANDS: PagePath = ["commands.html"];
export const GUIDES: PagePath = ["guides", "index.html"];

export const contractPath = (id: string): PagePath => ["contracts", id, "index.html"];
export const eventPath = (id: string, key: string): PagePath => ["contracts", id, "events", `${key}.html`];
export const sourcePath = (id: string, file: string): PagePath => ["contracts", id, "source", ...file.split("/")];
export const assetPath = (file: string): PagePath => ["assets", file];

/** The way from one page to another. No page knows where the site lies, so it works below any address and from a disk. */
export function hrefBetween(from: PagePath, to: PagePath, fragment?: string): Href {
  const shared = sharedLength(from, to);
  const isSame = from.length === to.length && shared === to.length;
  if (isSame && fragment !== undefined) return siteHref([], fragment);
  const folder = Math.min(shared, from.length - 1, to.length - 1);
  const up = Array.from({ length: from.length - 1 - folder }, () => "..");
  return siteHref([...up, ...to.slice(folder)], fragment);
}

/** The way to pages that others have made. */
export function hrefOfLink(from: PagePath, { to }: SiteLink): Href {
  const [path = "", fragment] = to.split("#");
  return webHref(to) ?? hrefBetween(from, path.split("/"), fragment);
}

/** The way up to the site's root: empty, or with a slash at its end. */
export function rootFrom(from: PagePath): string {
  return "../".repeat(from.length - 1);
}

function sharedLength(from: PagePath, to: PagePath): number {
  let length = 0;
  while (length < from.length && length < to.length && from[length] === to[length]) length++;
  return length;
}
