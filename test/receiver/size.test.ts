/**
 * What a receiver adds to a bundle of its user: some run where every kilobyte is read before the first delivery, and where
 * there is no Node. The limits are what was reached, with a little room; whoever raises one says why.
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { describe, expect, test } from "vitest";

const sources = fileURLToPath(new URL("../../src", import.meta.url));

/** What is loaded when a delivery, or a sender, first needs it. */
const LOADED_LATER = ["load-receiver", "hints", "sign-delivery", "fields", "multipart", "write"];

interface Bundle {
  readonly code: string;
  readonly zippedBytes: number;
  readonly imports: readonly string[];
}

/** As a user's bundler makes it: tree-shaken, minified, for no runtime in particular. */
async function bundled(code: string, apart: readonly string[] = []): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: code, resolveDir: sources, loader: "ts" },
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: "esm",
    platform: "neutral",
    target: "es2022",
    logLevel: "silent",
    external: [...apart],
  });
  const [output] = outputFiles;
  const imports = Object.values(metafile.outputs).flatMap((one) => one.imports.map(({ path }) => path));
  return { code: output?.text ?? "", zippedBytes: gzipSync(output?.contents ?? "", { level: 9 }).length, imports };
}

const ENTRY = 'export { createReceiver } from "./receiver/index.ts";';
const LOADED = 'export { loadReceiver } from "./receiver/load-receiver.ts";';
const later = LOADED_LATER.map((name) => `*/${name}.ts`);
const laterStill = later.filter((path) => !path.includes("load-receiver"));
const decoding = ["../runtime/*", "../../runtime/*"];

describe("what a receiver weighs, minified and gzipped", () => {
  test.each([
    ["the entry itself, before it loads the rest", ENTRY, [...later, ...decoding], 3_600],
    ["the entry with the decoder it wraps", ENTRY, later, 7_200],
    ["what the entry loads when a receiver is made", LOADED, [...laterStill, ...decoding], 8_700],
    ["all that a JSON delivery runs through", ENTRY + LOADED, laterStill, 15_100],
    ["all there is: forms, multipart and hints too", ENTRY, [], 18_000],
  ])("%s", async (_, code, apart, bytesMax) => {
    const { zippedBytes } = await bundled(code, apart);
    expect(zippedBytes).toBeLessThanOrEqual(bytesMax);
    expect(zippedBytes, "a limit with much room holds nothing").toBeGreaterThan(bytesMax * 0.9);
  });

  test("presets, adapters and the sender's side are not in the bundle of who uses none", async () => {
    const { code } = await bundled(ENTRY);
    const others = ["stripe-signature", "x-hub-signature", "isBase64Encoded", "302e020100300506032b657004220420"];
    expect(others.filter((text) => code.includes(text))).toEqual([]);
  });
});

describe("the bundle runs in any runtime", () => {
  test("it imports nothing and requires nothing", async () => {
    const { code, imports } = await bundled(ENTRY);
    expect(imports).toEqual([]);
    expect(code).toContain("getBuiltinModule");
    expect(code).not.toMatch(/\brequire\b|\bfrom\s*["']|\bimport\s*["'(]/);
  });

  test.each(["web", "lambda", "hono"])("nor does %s", async (module) => {
    const { code, imports } = await bundled(`export * from ${JSON.stringify(`./${join("receiver", module)}.ts`)};`);
    expect(imports).toEqual([]);
    expect(code).not.toMatch(/\brequire\b/);
  });
});
