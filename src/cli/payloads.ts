import { createReadStream, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import type { Delivery } from "../runtime/types.ts";
import { type Context, UsageError } from "./context.ts";

/** One payload to judge. */
export interface Payload {
  /** As the user named it; `-` is standard input. */
  readonly file: string;
  /** From 1; only where a file holds one payload a line. */
  readonly line?: number;
  readonly delivery: Delivery;
}

export type PayloadKind = "body" | "delivery" | "auto";

/**
 * Reads recorded or sample payloads: `.json` holds one, `.ndjson` (or `.jsonl`) one a line, `-` is either.
 * An object with `method` and `bodyBase64` or `url` is a delivery, anything else a body.
 */
export async function* readPayloads(
  files: readonly string[],
  kind: PayloadKind,
  context: Context,
): AsyncGenerator<Payload> {
  for (const file of files) {
    if (file === "-") {
      yield* fromStandardInput(new TextDecoder().decode(await context.readStdin()), kind);
      continue;
    }
    const path = resolve(context.cwd, file);
    assertFile(path, file);
    if (/\.(?:ndjson|jsonl)$/i.test(file)) yield* fromLines(file, lines(path), kind);
    else yield { file, delivery: toDelivery(await readFile(path), kind) };
  }
}

function* fromStandardInput(text: string, kind: PayloadKind): Generator<Payload> {
  const all = text.split(/\r?\n/);
  const filled = all.filter((line) => line.trim() !== "");
  // Several lines that are JSON each are a recording; one JSON text may have several lines too.
  if (filled.length < 2 || parse(text) !== undefined || parse(filled[0] ?? "") === undefined) {
    yield { file: "-", delivery: toDelivery(text, kind) };
    return;
  }
  for (const [index, line] of all.entries()) {
    if (line.trim() !== "") yield { file: "-", line: index + 1, delivery: toDelivery(line, kind) };
  }
}

async function* fromLines(file: string, source: AsyncIterable<string>, kind: PayloadKind): AsyncGenerator<Payload> {
  let line = 0;
  for await (const text of source) {
    line++;
    if (text.trim() !== "") yield { file, line, delivery: toDelivery(text, kind) };
  }
}

/** A recording may be larger than memory, so it is read line by line. */
function lines(path: string): AsyncIterable<string> {
  return createInterface({ input: createReadStream(path, "utf8"), crlfDelay: Number.POSITIVE_INFINITY });
}

function assertFile(path: string, shown: string): void {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) throw new UsageError(`There is no file ${JSON.stringify(shown)}.`);
  if (stats.isDirectory()) {
    throw new UsageError(`${JSON.stringify(shown)} is a folder.`, `name its files: ${shown.replace(/\/$/, "")}/*.json`);
  }
}

function toDelivery(text: Uint8Array | string, kind: PayloadKind): Delivery {
  if (kind === "body") return { body: text };
  const value = parse(typeof text === "string" ? text : new TextDecoder().decode(text));
  const recorded = value === undefined ? null : recordedDelivery(value);
  // What was said to be a delivery and is none is judged as what it is: a body that nothing recognises.
  return recorded ?? { body: text };
}

function recordedDelivery(value: unknown): Delivery | null {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  const { method, url, headers, bodyBase64 } = value as Record<string, unknown>;
  if (typeof method !== "string" || (typeof bodyBase64 !== "string" && typeof url !== "string")) return null;
  return {
    method,
    ...(typeof url === "string" ? { url } : {}),
    ...(isHeaders(headers) ? { headers } : {}),
    body: typeof bodyBase64 === "string" ? Buffer.from(bodyBase64, "base64") : "",
  };
}

function isHeaders(value: unknown): value is Record<string, string | string[]> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return Object.values(value).every(
    (one) => typeof one === "string" || (Array.isArray(one) && one.every((item) => typeof item === "string")),
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
  } catch {
    return undefined;
  }
}
