import { expect, test } from "vitest";
import { createProducedJudge } from "../../../src/pact/provider/judge-produced.ts";
import { generatedContract } from "../check/helpers.ts";

const operation = (name: string) => ({
  post: {
    parameters: [{ name: "X-Event", in: "header", required: true, schema: { const: name } }],
    requestBody: {
      content: { "application/json": { schema: { type: "object", properties: { id: { type: "integer" } } } } },
    },
    responses: { 204: { description: "Taken" } },
  },
});

test("an event that only a header tells from others is another one by that header", async () => {
  const contract = await generatedContract({
    openapi: "3.1.0",
    info: { title: "Orders", version: "1" },
    webhooks: { paid: operation("paid"), refunded: operation("refunded") },
  });
  const judge = createProducedJudge(contract);
  const [paid] = contract.webhooks;
  if (paid === undefined) throw new Error("there is no webhook");
  const codes = (headers: Record<string, string> | null) =>
    judge(paid, { payload: { id: 1 }, headers }).map(({ message }) => message);
  expect(codes({ "x-event": "refunded" })).toEqual(['the event is "refunded", and "paid" was asked for']);
  expect(codes({ "x-event": "paid" })).toEqual([]);
  expect(codes({ "x-other": "1" })).toEqual([]);
  expect(codes(null)).toEqual([]);
});
