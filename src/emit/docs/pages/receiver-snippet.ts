import type { Contract, Webhook } from "../../../model/index.ts";
import { propertyKey, stringLiteral } from "../../source-text.ts";
import type { Secret } from "../secrets.ts";

export interface ReceiverSnippetOptions {
  readonly contract: Contract;
  readonly webhook: Pick<Webhook, "name"> | null;
  readonly secrets: readonly Secret[];
}

/** A receiver for one event, as a program that can be used as it is. */
export function receiverSnippet({ contract, webhook, secrets }: ReceiverSnippetOptions): string {
  const known = secrets.filter(({ kind }) => kind !== "other");
  const lines = [
    `import { createReceiver } from ${stringLiteral(`./generated/${contract.id}/index.js`)};`,
    "",
    "export const receive = createReceiver({",
    ...(known.length === 0 ? [] : ["  secrets: {", ...known.map((secret) => `    ${secretLine(secret)}`), "  },"]),
    "  on: {",
    ...(webhook === null
      ? ["    // one handler an event, by its name"]
      : [
          `    ${propertyKey(webhook.name)}: async (event, delivery) => {`,
          `      console.log(${stringLiteral(webhook.name)}, event);`,
          "    },",
        ]),
    "  },",
    "});",
  ];
  return lines.join("\n");
}

function secretLine({ name, kind, variable }: Secret): string {
  const key = propertyKey(name);
  if (kind !== "basic") return `${key}: process.env.${variable},`;
  return `${key}: { username: process.env.${variable}_USERNAME, password: process.env.${variable}_PASSWORD },`;
}
