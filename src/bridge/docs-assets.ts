import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { DocsAssets } from "../emit/docs/index.ts";

/** What `npm run build` keeps of them: the package has no sources to make them of. */
export const DOCS_ASSETS_FILE = "docs-assets.json";

const RUNS_FROM_SOURCE = import.meta.url.endsWith(".ts");

/** The style sheet and the scripts of the published pages. */
export async function docsAssets(): Promise<DocsAssets> {
  if (RUNS_FROM_SOURCE) return bundleDocsAssets();
  return JSON.parse(readFileSync(new URL(`./${DOCS_ASSETS_FILE}`, import.meta.url), "utf8")) as DocsAssets;
}

/** Bundles them from the sources: each script stands alone, since a page that lies on a disk may import no module. */
export async function bundleDocsAssets(): Promise<DocsAssets> {
  const { build } = await import("esbuild");
  const folder = fileURLToPath(new URL("../docs-client/", import.meta.url));
  const { outputFiles } = await build({
    entryPoints: ["style.css", "theme.ts", "site.ts", "search.ts"].map((file) => `${folder}${file}`),
    outdir: "/assets",
    bundle: true,
    write: false,
    minify: true,
    format: "iife",
    platform: "browser",
    target: ["es2022", "chrome111", "firefox113", "safari16.4"],
    charset: "utf8",
    legalComments: "none",
    logLevel: "silent",
  });
  const [style, theme, site, search] = outputFiles.map(({ text }) => text);
  return { style: style ?? "", theme: theme ?? "", site: site ?? "", search: search ?? "" };
}
