import { afterAll, expect, test, vi } from "vitest";

vi.mock("ajv/dist/2020.js", () => {
  throw new Error("loaded");
});

// Other files may have loaded it in this process before, and are to load it after.
vi.resetModules();
const { checkAsyncApi, checkOpenApi, checkVocabulary, sameFile } = await import("../../src/check/index.ts");
afterAll(() => {
  vi.doUnmock("ajv/dist/2020.js");
  vi.resetModules();
});

const at = sameFile("a.yaml");

test("AJV is loaded only where there is something to check with it", async () => {
  expect(await checkVocabulary({ openapi: "3.1.0", paths: {} }, at)).toEqual([]);
  expect(await checkOpenApi({ asyncapi: "3.0.0" }, at)).toEqual([]);
  expect(await checkVocabulary({ "x-webhook-route": [] }, at)).toMatchObject([{ code: "specification-not-checked" }]);
});

test("what cannot be loaded is a diagnostic, not a throw", async () => {
  expect(await checkOpenApi({ openapi: "3.1.0" }, at)).toMatchObject([{ code: "specification-not-checked" }]);
  expect(await checkAsyncApi({}, at)).toMatchObject([{ code: "asyncapi-violation" }]);
});
