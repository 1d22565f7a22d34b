import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { isArray, isObject, own, parseJson } from "../../json/index.ts";
import type { Contract } from "../../model/index.ts";

/** A contract, or where its `contract.json` is. */
export type ContractSource = Contract | string | URL;

/** @throws TypeError with a sentence where there is none */
export function contractOf(source: ContractSource): Contract {
  if (typeof source !== "string" && !(source instanceof URL)) return checked(source, "The contract");
  const file = source instanceof URL || source.startsWith("file:") ? fileURLToPath(source) : source;
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new TypeError(`The contract ${file} cannot be read: ${(error as Error).message}`, { cause: error });
  }
  return checked(parseJson(text), file);
}

function checked(value: unknown, name: string): Contract {
  const isContract =
    isObject(value) &&
    isArray(own(value, "webhooks")) &&
    isObject(own(value, "schemas")) &&
    typeof own(value, "id") === "string";
  if (isContract) return value as unknown as Contract;
  throw new TypeError(
    `${name} is no contract. Give the contract.json that "hookbook generate" writes beside the types.`,
  );
}
