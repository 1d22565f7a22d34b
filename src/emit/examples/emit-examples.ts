import type { Contract, Json, OutputFile } from "../../model/index.ts";
import { banner, docComment, literal, propertyKey, stringLiteral } from "../source-text.ts";
import type { TypeNames } from "../type-names.ts";

/** An example as its decoded event. */
export interface DecodedExample {
  readonly name: string;
  readonly summary?: string;
  readonly event: Json;
}

export interface ExamplesOptions {
  /** By webhook name; only examples that keep to their schema. */
  readonly examples: ReadonlyMap<string, readonly DecodedExample[]>;
  readonly names: TypeNames;
  readonly documentName: string;
}

/** `examples.js` and its types: every example of the document as a typed event, for the unit tests of handlers. */
export function emitExamples(contract: Contract, { examples, names, documentName }: ExamplesOptions): OutputFile[] {
  const values = contract.webhooks.map(({ name }) => {
    const members = (examples.get(name) ?? []).map(
      (example) => `    ${propertyKey(example.name)}: ${literal(example.event, 4)},\n`,
    );
    return `  ${propertyKey(name)}: {\n${members.join("")}  },\n`;
  });
  const types = contract.webhooks.map(({ name }) => {
    const members = (examples.get(name) ?? []).map(
      (example) =>
        `${docComment(example.summary, 4)}    readonly ${typeKey(example.name)}: types.${names.events.get(name)};\n`,
    );
    return `  readonly ${typeKey(name)}: {\n${members.join("")}  };\n`;
  });
  return [
    { path: "examples.js", text: `${banner(documentName)}export const examples = {\n${values.join("")}};\n` },
    {
      path: "examples.d.ts",
      text:
        `${banner(documentName)}import type * as types from "./types.js";\n\n` +
        `/** The document's examples as decoded events, by webhook and name. */\n` +
        `export declare const examples: {\n${types.join("")}};\n`,
    },
  ];
}

function typeKey(name: string): string {
  return name === "__proto__" ? stringLiteral(name) : propertyKey(name);
}
