import { isArray, isObject, setOwn, stableStringify } from "../../json/index.ts";
import type { Contract, Json, OutputFile } from "../../model/index.ts";

export interface ContractOptions {
  /** Makes a source file's path relative to the entry document's folder, so that the bytes do not tell where a clone is. */
  readonly relativeFile: (file: string) => string;
}

/** `contract.json`: the normalised contract, what `diff`, `docs` and `pact` can start from. */
export function emitContract(contract: Contract, { relativeFile }: ContractOptions): OutputFile[] {
  const value = withRelativeFiles(contract as unknown as Json, relativeFile);
  return [{ path: "contract.json", text: stableStringify(value, { keys: "given", newline: true }) }];
}

/** Only `source` members are places of files; examples and schemas are data and stay as they are. */
function withRelativeFiles(contract: Json, relativeFile: (file: string) => string): Json {
  if (!isObject(contract)) return contract;
  const place = (value: Json | undefined): Json => {
    const source = value as { file: string; pointer: string };
    return { file: relativeFile(source.file), pointer: source.pointer };
  };
  const withSource = (item: Json): Json =>
    isObject(item) && isObject(item["source"]) ? { ...item, source: place(item["source"]) } : item;
  const copy: Record<string, Json> = {};
  for (const [key, value] of Object.entries(contract)) {
    if (key === "source") setOwn(copy, key, place(value as Json));
    else if (key === "omissions" && isArray(value)) setOwn(copy, key, value.map(withSource));
    else if (key === "webhooks" && isArray(value)) {
      setOwn(
        copy,
        key,
        value.map((webhook) => {
          const located = withSource(webhook);
          if (!isObject(located) || !isArray(located["examples"])) return located;
          return { ...located, examples: located["examples"].map(withSource) };
        }),
      );
    } else setOwn(copy, key, value as Json);
  }
  return copy;
}
