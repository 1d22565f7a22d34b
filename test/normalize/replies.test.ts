import { expect, test } from "vitest";
import { asyncapi, contractOf, omissions, openapi, post } from "./helpers.ts";

const NO_STATUS = "a reply under what is neither a status, a range such as 4XX, nor default";

test("OpenAPI: a reply under what is no status is an omission", async () => {
  const responses = Object.fromEntries(
    ["200", "4xx", "DEFAULT", "999", "2", "99999", "6XX", "ok", "constructor"].map((key) => [
      key,
      { description: key },
    ]),
  );
  const given = await contractOf(openapi({ webhooks: { a: post(true, { responses }) } }));
  expect(given.contract.webhooks[0]?.replies.map(({ status }) => status).sort()).toEqual([
    "200",
    "4XX",
    "999",
    "default",
  ]);
  expect(omissions(given).sort()).toEqual(
    ["2", "6XX", "99999", "constructor", "ok"].map((key) => `/webhooks/a/post/responses/${key}: ${NO_STATUS}`),
  );
});

test.each([
  [{ bindings: { http: { statusCode: 404 } } }, "404", []],
  [{ bindings: { http: { statusCode: "4xx" } } }, "4XX", []],
  [{ name: "Default" }, "default", []],
  [{ name: "5xx" }, "5XX", []],
  [{ name: "404" }, "2XX", []],
  [{ name: "5XX", bindings: { http: { statusCode: 99_999 } } }, "5XX", [99_999]],
  [{ bindings: { http: { statusCode: { toString: null } } } }, "2XX", ["an object that is no text"]],
  [{ bindings: { http: { statusCode: { $ref: "#/info" } } } }, "2XX", ["an object"]],
])("AsyncAPI: the status of a reply, or a success where it says none: %j", async (message, status, omitted) => {
  const given = await contractOf(
    asyncapi({
      channels: { c: { address: "/c", messages: { m: { payload: true } } }, r: { messages: { answer: message } } },
      operations: {
        o: { action: "send", channel: { $ref: "#/channels/c" }, reply: { channel: { $ref: "#/channels/r" } } },
      },
    }),
  );
  expect(given.contract.webhooks[0]?.replies).toEqual([{ status }]);
  const place = "/channels/r/messages/answer/bindings/http/statusCode";
  expect(omissions(given).filter((text) => text.startsWith(place))).toEqual(
    omitted.map(() => `${place}: is neither a status, a range such as 4XX, nor default`),
  );
});
