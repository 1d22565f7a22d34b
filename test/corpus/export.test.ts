/**
 * Every contract of the corpus as a document of the other format, and of its own: read again it is the same contract, or
 * what is not the same is among the losses that were reported.
 */
import { describe, expect, test } from "vitest";
import { type Description, differingParts, exported } from "../emit/export/helpers.ts";
import { loaded, readable } from "./documents.ts";

/**
 * Follows from the order of webhooks, which is that of their places in the document, and says nothing of a delivery: keys,
 * which tell look-alikes apart by numbers; and the order of forms.
 */
const SAYS_NOTHING = /^order$|: (?:key|forms)$/;

describe.each<Description>(["asyncapi", "openapi"])("as %s, every contract is read again", (to) => {
  test.each(readable)("$name", async (document) => {
    const { contract } = (await loaded(document)).value;
    const { diagnostics, contract: again } = await exported(contract, to);
    const said = diagnostics.map(({ message }) => message);
    const unsaid = differingParts(contract, again)
      .filter((part) => !SAYS_NOTHING.test(part))
      .filter((part) => {
        const [name] = part.split(/: (?=[a-zA-Z]+$)/);
        const subject = part.includes(": ") ? JSON.stringify(name) : "The contract";
        return !said.some((message) => message.startsWith(`${subject} loses`));
      });
    expect(unsaid).toEqual([]);
    const isLost = (name: string) => said.some((message) => message.startsWith(`${JSON.stringify(name)} loses`));
    const lacking = contract.webhooks.filter(({ name }) => !again.webhooks.some((other) => other.name === name));
    expect(lacking.filter(({ name }) => !isLost(name))).toEqual([]);
    expect(again.webhooks.length).toBe(contract.webhooks.length - lacking.length);
  });
});

test("most contracts lose nothing", async () => {
  const losing = new Map<Description, number>([
    ["asyncapi", 0],
    ["openapi", 0],
  ]);
  for (const document of readable) {
    const { contract } = (await loaded(document)).value;
    for (const [to, count] of losing) {
      const { diagnostics } = await exported(contract, to);
      if (diagnostics.length > 0) losing.set(to, count + 1);
    }
  }
  expect([...losing.values()].every((count) => count < readable.length / 4)).toBe(true);
});
