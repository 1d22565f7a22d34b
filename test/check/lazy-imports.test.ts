import { expect, test, vi } from "vitest";
import { checkAsyncApi, checkOpenApi, checkVocabulary, sameFile } from "../../src/check/index.ts";

const at = sameFile("a.yaml");

vi.mock("ajv/dist/2020.js", () => {
  throw new Error("loaded");
});

test("AJV is loaded only where there is something to check with it", async () => {
  expect(await checkVocabulary({ openapi: "3.1.0", paths: {} }, at)).toEqual([]);
  expect(await checkOpenApi({ asyncapi: "3.0.0" }, at)).toEqual([]);
  expect(await checkVocabulary({ "x-webhook-route": [] }, at)).toMatchObject([{ code: "specification-not-checked" }]);
});

test("what cannot be loaded is a diagnostic, not a throw", async () => {
  expect(await checkOpenApi({ openapi: "3.1.0" }, at)).toMatchObject([{ code: "specification-not-checked" }]);
  expect(await checkAsyncApi({}, at)).toMatchObject([{ code: "asyncapi-violation" }]);
});
