import { readFileSync } from "node:fs";
import { isObject, stableStringify } from "../json/index.ts";
import type { JsonObject } from "../model/index.ts";
import { hashBytes } from "./hash.ts";
import type { Unit } from "./unit.ts";

/** The manifest's name in the folder of its unit. */
export const MANIFEST_NAME = ".hookbook.json";

/** What a unit was made from and what was made. It decides what is skipped and what is deleted, never what is right. */
export interface Manifest {
  /** The version that wrote it. */
  readonly hookbook: string;
  readonly options: JsonObject;
  /** As in `Unit.inputs`. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Path relative to the unit → SHA-256 in lower-case hex; the manifest itself is not among them. */
  readonly outputs: Readonly<Record<string, string>>;
}

/** The text of a unit's manifest: the same bytes for the same unit, keys sorted, no date, no absolute path. */
export function manifestText(unit: Unit): string {
  const manifest = {
    hookbook: unit.version,
    options: unit.options,
    inputs: unit.inputs,
    outputs: Object.fromEntries(unit.files.map(({ path, text }) => [path, hashBytes(text)])),
  };
  return stableStringify(manifest, { newline: true });
}

/** Reads a manifest; null where there is none, or what is there was not written by us. */
export function readManifest(path: string): Manifest | null {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return null;
  }
  if (!isObject(value)) return null;
  const { hookbook, options, inputs, outputs } = value;
  if (typeof hookbook !== "string" || !isObject(options) || !isTexts(inputs) || !isTexts(outputs)) return null;
  return { hookbook, options, inputs, outputs };
}

function isTexts(value: unknown): value is Readonly<Record<string, string>> {
  return isObject(value) && Object.values(value).every((member) => typeof member === "string");
}
