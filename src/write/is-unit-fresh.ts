import { lstatSync } from "node:fs";
import { join, resolve } from "node:path";
import { equal } from "../json/equal.ts";
import type { JsonObject } from "../model/index.ts";
import { hashFile } from "./hash.ts";
import { MANIFEST_NAME, readManifest } from "./manifest.ts";
import { pathFault } from "./output-path.ts";

/** What a unit's manifest must say for the unit to be left alone. */
export interface ExpectedUnit {
  readonly version: string;
  readonly options: JsonObject;
  /** The folder that the paths of the manifest's inputs are relative to. */
  readonly entryFolder: string;
  /**
   * Inputs that are not files below `entryFolder` (bundled texts, a document from the network): name → SHA-256. The
   * manifest must have each of them with this hash.
   */
  readonly extraInputs?: Readonly<Record<string, string>>;
}

/**
 * Whether generating a unit again would change nothing: same version, same options, every input and every output still
 * as the manifest has it. An output that was edited or deleted makes the unit stale. Costs reading and hashing; `--check`
 * asks `compareUnit` instead, which trusts no manifest.
 */
export function isUnitFresh(outDir: string, folder: string, expected: ExpectedUnit): boolean {
  const unitFolder = join(outDir, folder);
  const manifest = readManifest(join(unitFolder, MANIFEST_NAME));
  if (manifest === null || manifest.hookbook !== expected.version || !equal(manifest.options, expected.options)) {
    return false;
  }
  const extra = expected.extraInputs ?? {};
  const inputs = Object.entries(manifest.inputs);
  if (Object.keys(extra).some((name) => !Object.hasOwn(manifest.inputs, name))) return false;
  const hashOf = (name: string) =>
    Object.hasOwn(extra, name) ? extra[name] : hashFile(resolve(expected.entryFolder, name));
  return (
    inputs.every(([name, hash]) => hashOf(name) === hash) &&
    Object.entries(manifest.outputs).every(
      ([path, hash]) =>
        pathFault(path) === null && isFile(join(unitFolder, path)) && hashFile(join(unitFolder, path)) === hash,
    )
  );
}

/** A link is not a file of ours, whatever it leads to. */
function isFile(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isFile() === true;
}
