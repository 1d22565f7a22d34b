/** What a user of `hookbook/pact` writes: the shop's receiver tested by node:test, and the shop verified by its consumers' pacts. */
export const CONTRACT_TESTS: Readonly<Record<string, string>> = {
  "contract/shop.test.mjs": `import { test } from "node:test";
import { createPactKit } from "hookbook/pact";
import { createReceiver } from "../generated/shop/index.js";

const on = {
  "order.paid": ({ amount, details }) => void [amount, details.sku],
  "order.refunded": () => {},
};
const kit = createPactKit({
  contract: "generated/shop/contract.json",
  consumer: "billing",
  receiver: createReceiver({ on, duplicates: false }),
});
for (const event of kit.interactions()) test(event.description, () => event.run());
`,
  "contract/verify.mjs": `import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import { verificationText, verifyProvider } from "hookbook/pact";

const produce = {
  "order.paid": () => JSON.parse(readFileSync("paid.json", "utf8")),
  "order.refunded": () => ({ type: "order.refunded" }),
};
const verify = (more) =>
  verifyProvider("generated/shop/contract.json", { pacts: "pacts", produce: { ...produce, ...more } });
const right = await verify();
assert.equal(right.ok, true, verificationText(right));
const wrong = await verify({ "order.paid": () => ({ type: "order.paid" }) });
assert.equal(wrong.ok, false);
assert.match(verificationText(wrong), /event-invalid: the event must have required property 'amount'/);
console.log(right.summary.passed);
`,
};
