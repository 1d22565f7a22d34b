import { statSync } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import type { DocsConfig } from "../config/index.ts";
import type { GuideFile, Logo } from "../pipeline.ts";
import { UsageError } from "./context.ts";

const GUIDE_BYTES_MAX = 2 * 1024 * 1024;
const GUIDES_MAX = 2_000;
const PICTURE_BYTES_MAX = 256 * 1024;
const STYLE_BYTES_MAX = 256 * 1024;

/**
 * The Markdown files of a folder and of those below it, those to be listed first in front. Hidden files, `node_modules` and
 * links are left alone.
 * @throws UsageError where there is no such folder, or far too much in it
 */
export async function readGuides(folder: string, first: readonly string[]): Promise<readonly GuideFile[]> {
  const stats = await stat(folder).catch(() => null);
  if (stats?.isDirectory() !== true) throw new UsageError(`There is no folder of guides ${JSON.stringify(folder)}.`);
  const paths: string[] = [];
  await collect(folder, paths, folder);
  paths.sort((a, b) => rank(a, first) - rank(b, first) || (a < b ? -1 : 1));
  return Promise.all(
    paths.map(async (path) => ({
      path,
      text: (await readBounded(join(folder, path), GUIDE_BYTES_MAX)).toString("utf8"),
    })),
  );
}

async function collect(folder: string, paths: string[], root: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.name.startsWith(".") || entry.name === "node_modules") continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await collect(path, paths, root);
    else if (entry.isFile() && /\.md$/i.test(entry.name)) paths.push(relative(root, path).replaceAll("\\", "/"));
    if (paths.length > GUIDES_MAX)
      throw new UsageError(`There are more than ${GUIDES_MAX} guides in ${JSON.stringify(root)}.`);
  }
}

/** Where a file beside the guides is on the web; null for what is not there. */
export function fileAddressIn(folder: string, address: string): (path: string) => string | null {
  const base = address.endsWith("/") ? address : `${address}/`;
  return (path) => {
    if (statSync(join(folder, path), { throwIfNoEntry: false })?.isFile() !== true) return null;
    const encoded = path.split("/").map(encodeURIComponent).join("/");
    return new URL(encoded, base).href;
  };
}

function rank(path: string, first: readonly string[]): number {
  const position = first.indexOf(path.replace(/\.md$/i, ""));
  return position < 0 ? first.length : position;
}

async function readBounded(file: string, bytesMax: number): Promise<Buffer> {
  const stats = await stat(file).catch(() => null);
  if (stats?.isFile() !== true) throw new UsageError(`There is no file ${JSON.stringify(file)}.`);
  if (stats.size > bytesMax) {
    throw new UsageError(
      `${JSON.stringify(file)} is too large: ${Math.round(bytesMax / 1024)} KiB are the most that is taken.`,
    );
  }
  return readFile(file);
}

async function readStyle(cwd: string, file: string): Promise<string> {
  return `\n${(await readBounded(resolve(cwd, file), STYLE_BYTES_MAX)).toString("utf8")}`;
}

/** How high a logo stands in the head of a page, in CSS pixels. */
const LOGO_HEIGHT = 28;

/** @throws UsageError for what is no picture */
async function readLogo(cwd: string, file: string): Promise<Logo> {
  const bytes = await readBounded(resolve(cwd, file), PICTURE_BYTES_MAX);
  if (/\.svg$/i.test(file)) {
    const svg = bytes.toString("utf8");
    if (!/<svg[\s>]/i.test(svg)) throw new UsageError(`${JSON.stringify(file)} is no SVG.`);
    const [width, height] = sizeOfSvg(svg);
    return { svg, width: scaled(width, height), height: LOGO_HEIGHT };
  }
  if (bytes.length < 24 || bytes.toString("latin1", 1, 4) !== "PNG")
    throw new UsageError(`${JSON.stringify(file)} is no PNG.`);
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  const picture = `data:image/png;base64,${bytes.toString("base64")}`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}"><image width="${width}" height="${height}" href="${picture}"/></svg>\n`;
  return { svg, width: scaled(width, height), height: LOGO_HEIGHT };
}

function scaled(width: number, height: number): number {
  const ratio = width > 0 && height > 0 ? width / height : 1;
  return Math.max(1, Math.round(LOGO_HEIGHT * Math.min(ratio, 10)));
}

function sizeOfSvg(svg: string): readonly [number, number] {
  const tag = /<svg\b[^>]*>/i.exec(svg)?.[0] ?? "";
  const box = /\bviewBox\s*=\s*["']\s*[\d.e+-]+[\s,]+[\d.e+-]+[\s,]+([\d.]+)[\s,]+([\d.]+)/i.exec(tag);
  const number = (name: string) =>
    Number(new RegExp(`\\s${name}\\s*=\\s*["']([\\d.]+)`, "i").exec(tag)?.[1] ?? Number.NaN);
  const [width, height] = [number("width"), number("height")];
  if (width > 0 && height > 0) return [width, height];
  return box === null ? [1, 1] : [Number(box[1]), Number(box[2])];
}

/** What a site says beside its contracts; options go before settings. */
export async function docsExtras(cwd: string, { logo, style }: DocsConfig) {
  return {
    ...(logo === undefined ? {} : { logo: await readLogo(cwd, logo) }),
    ...(style === undefined ? {} : { style: await readStyle(cwd, style) }),
  };
}
