import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import type { Unit } from "../../src/write/index.ts";

/** An empty folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "hookbook-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A unit from path → text. */
export function unitOf(files: Record<string, string>, rest: Partial<Unit> = {}): Unit {
  return {
    folder: "orders",
    files: Object.entries(files).map(([path, text]) => ({ path, text })),
    inputs: { "openapi.yaml": "00" },
    options: {},
    version: "1.2.3",
    ...rest,
  };
}

/** Every file below a folder, path → text; links by where they lead, empty folders with a slash at the end. */
export function tree(folder: string): Record<string, string> {
  const found: Record<string, string> = {};
  const visit = (path: string) => {
    const entries = readdirSync(join(folder, path), { withFileTypes: true });
    if (entries.length === 0 && path !== "") found[`${path}/`] = "";
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const inner = path === "" ? entry.name : `${path}/${entry.name}`;
      if (entry.isDirectory()) visit(inner);
      else found[inner] = entry.isSymbolicLink() ? "link" : readFileSync(join(folder, inner), "utf8");
    }
  };
  visit("");
  return found;
}

/** As `tree`, without manifests. */
export function outputs(folder: string): Record<string, string> {
  return Object.fromEntries(Object.entries(tree(folder)).filter(([path]) => !path.endsWith(".hookbook.json")));
}

export function put(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
