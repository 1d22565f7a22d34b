import { checkAsyncApi, checkOpenApi, checkVocabulary, sameFile } from "../../../src/check/index.ts";
import { isArray, isObject, mapSubschemas, setOwn } from "../../../src/json/index.ts";
import type { Contract, Diagnostic, Json, JsonObject, Schema, Webhook } from "../../../src/model/index.ts";
import { type ExportFormat, exportContract, loadContract } from "../../../src/pipeline.ts";
import { createMemoryReader } from "../../../src/read/index.ts";

export type Description = Exclude<ExportFormat, "json-schema">;

export interface Exported {
  readonly document: JsonObject;
  readonly text: string;
  readonly diagnostics: readonly Diagnostic[];
  /** What the document is read as. */
  readonly contract: Contract;
}

/** Exports a contract as YAML and reads that text as if it were a file that somebody wrote. */
export async function exported(contract: Contract, to: Description): Promise<Exported> {
  const { value, diagnostics } = await exportContract(contract, { to, syntax: "yaml" });
  return { ...value, diagnostics, contract: await readAgain(value.text, contract.id) };
}

export async function readAgain(text: string, id = "again"): Promise<Contract> {
  const reader = createMemoryReader({ "again.yaml": text }, { cwd: "/w" });
  const { value, diagnostics } = await loadContract("again.yaml", { cwd: "/w", reader, id });
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  if (value === null || errors.length > 0) throw new Error(errors.map(({ message }) => message).join("\n"));
  return value.contract;
}

/** Everything that the official rules, and our own vocabulary's, say against a document. */
export async function violations(document: JsonObject): Promise<readonly string[]> {
  const at = sameFile("document");
  const found = [
    ...(document["asyncapi"] === undefined ? [] : await checkAsyncApi(document, at)),
    ...(document["openapi"] === undefined ? [] : await checkOpenApi(document, at)),
    ...(await checkVocabulary(document, at)),
  ];
  return found.map(({ code, location, message }) => `${code} ${location.pointer} ${message}`);
}

/** The parts in which two contracts differ: `name: part`, and what is so of the contracts as a whole. */
export function differingParts(contract: Contract, other: Contract): readonly string[] {
  const [left, right] = [canonical(contract), canonical(other)];
  const parts = (a: Parts, b: Parts, prefix: string) =>
    [...new Set([...Object.keys(a), ...Object.keys(b)])]
      .filter((part) => a[part] !== b[part])
      .map((part) => prefix + part);
  return [
    ...parts(left.whole, right.whole, ""),
    ...[...left.webhooks].flatMap(([name, webhook]) => parts(webhook, right.webhooks.get(name) ?? {}, `${name}: `)),
  ];
}

/** A part's name, and its content as text. */
type Parts = Readonly<Record<string, string | undefined>>;

/**
 * A contract without what belongs to its document: places, format, omissions. Named schemas are called by the number in
 * which they are met, and what has no order is sorted. This knows nothing of how the exporter compares contracts.
 */
function canonical(contract: Contract): { readonly whole: Parts; readonly webhooks: ReadonlyMap<string, Parts> } {
  const numbers = new Map<string, number>();
  const schemaText = (schema: Schema): string => {
    const pending: string[] = [];
    const own = text(renamed(schema, pending));
    const targets: string[] = [];
    numbers.clear();
    for (let key = pending.shift(); key !== undefined; key = pending.shift()) {
      if (numbers.has(key)) continue;
      numbers.set(key, numbers.size);
      targets.push(text(renamed(contract.schemas[key] ?? true, pending)));
    }
    return [own, ...targets].join("\n");
  };
  /** Members are visited in the order of their names, so that schemas are met in the same order everywhere. */
  const renamed = (schema: Schema, pending: string[]): Json => {
    if (!isObject(schema)) return schema;
    const mapped = mapSubschemas(sorted(schema) as JsonObject, (part) => renamed(part, pending));
    const copy: Record<string, Json> = {};
    for (const [keyword, value] of Object.entries(mapped)) {
      if (keyword === "$ref") {
        const key = String(value).replace("#/schemas/", "");
        pending.push(key);
        setOwn(copy, keyword, "#");
      } else if (keyword === "discriminator" && isObject(value) && isObject(value["mapping"])) {
        pending.push(...Object.values(value["mapping"]).map((ref) => String(ref).replace("#/schemas/", "")));
        setOwn(copy, keyword, { ...value, mapping: Object.keys(value["mapping"]) });
      } else if (keyword === "required" || (keyword === "type" && isArray(value))) {
        setOwn(copy, keyword, [...(value as string[])].sort());
      } else setOwn(copy, keyword, value);
    }
    if (Object.keys(copy).length === 0) return true;
    return Object.keys(copy).length === 1 && copy["not"] === true ? false : copy;
  };
  const parts = ({ payload, headers, replies, examples, source, ...rest }: Webhook): Parts => ({
    ...Object.fromEntries(Object.entries(rest).map(([part, value]) => [part, text(value)])),
    payload: schemaText(payload),
    headers: headers === undefined ? undefined : schemaText(headers),
    examples: text(examples.map(({ source: _, ...example }) => example)),
    replies: text(
      replies.map((reply) => ({
        ...reply,
        ...(reply.payload === undefined ? {} : { payload: schemaText(reply.payload) }),
        ...(reply.headers === undefined ? {} : { headers: schemaText(reply.headers) }),
      })),
    ),
  });
  return {
    whole: {
      title: contract.title,
      version: contract.version,
      info: contract.description,
      schemes: text(contract.security),
      order: contract.webhooks.map(({ name }) => name).join("\n"),
    },
    webhooks: new Map(contract.webhooks.map((webhook) => [webhook.name, parts(webhook)])),
  };
}

function text(value: unknown): string {
  return JSON.stringify(sorted(value as Json), null, 1);
}

function sorted(value: Json): Json {
  if (isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  const copy: Record<string, Json> = {};
  for (const key of Object.keys(value).sort()) setOwn(copy, key, sorted(value[key] as Json));
  return copy;
}
