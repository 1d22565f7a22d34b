import { describe, expect, test } from "vitest";
import type { Json } from "../../src/model/index.ts";
import { detectFormat } from "../../src/read/index.ts";

const detect = (value: Json) => {
  const { value: format, diagnostics } = detectFormat(value, "a.yaml");
  return { format, codes: diagnostics.map(({ code }) => code), diagnostics };
};

describe("detectFormat", () => {
  test.each([
    { given: { asyncapi: "3.0.0" }, format: "asyncapi-3.0", codes: [] },
    { given: { asyncapi: "2.6.0" }, format: "asyncapi-2.6", codes: [] },
    { given: { asyncapi: "2.0.0-rc1" }, format: "asyncapi-2.0", codes: [] },
    { given: { openapi: "3.1.1" }, format: "openapi-3.1", codes: [] },
    { given: { openapi: "3.2.0" }, format: "openapi-3.2", codes: [] },
    { given: { asyncapi: "3.1.0" }, format: "asyncapi-3.1", codes: [] },
    { given: { openapi: "3.0.3" }, format: "openapi-3.0", codes: [] },
    { given: { openapi: 3.1 }, format: "openapi-3.1", codes: [] },
    { given: { openapi: 3 }, format: "openapi-3.0", codes: [] },
    { given: { openapi: "3.9.0" }, format: "openapi-3.9", codes: ["newer-version"] },
    { given: { asyncapi: "3.7.0" }, format: "asyncapi-3.7", codes: ["newer-version"] },
    { given: { asyncapi: "1.2.0" }, format: null, codes: ["unsupported-version"] },
    { given: { asyncapi: "4.0.0" }, format: null, codes: ["unsupported-version"] },
    { given: { openapi: "2.0" }, format: null, codes: ["unsupported-version"] },
    { given: { openapi: "30.1.0" }, format: null, codes: ["unsupported-version"] },
    { given: { openapi: "three" }, format: null, codes: ["unsupported-version"] },
    { given: { openapi: null }, format: null, codes: ["unsupported-version"] },
    { given: { swagger: "2.0" }, format: null, codes: ["unsupported-version"] },
    { given: { paths: {} }, format: null, codes: ["not-a-description"] },
    { given: ["openapi"], format: null, codes: ["not-a-description"] },
    { given: "openapi: 3.1.0", format: null, codes: ["not-a-description"] },
    { given: null, format: null, codes: ["not-a-description"] },
  ])("$given", ({ given, format, codes }) => {
    expect(detect(given as Json)).toMatchObject({ format, codes });
  });

  test.each([
    { given: { swagger: "2.0" }, want: "Swagger 2.0 cannot be read; OpenAPI 3.0 to 3.2 can.", pointer: "/swagger" },
    {
      given: { swagger: {} },
      want: "Swagger without a version cannot be read; OpenAPI 3.0 to 3.2 can.",
      pointer: "/swagger",
    },
    { given: { asyncapi: "1.2.0" }, want: "AsyncAPI 1.2.0 cannot be read; 2.0 to 3.1 can.", pointer: "/asyncapi" },
    {
      given: { openapi: "3.9.0" },
      want: "OpenAPI 3.9.0 is newer than 3.2, the newest known here; what is new in it may be missed.",
      pointer: "/openapi",
    },
  ])("$want", ({ given, want, pointer }) => {
    const [diagnostic] = detect(given as Json).diagnostics;
    expect(diagnostic).toMatchObject({ message: want, location: { file: "a.yaml", pointer } });
  });

  test("a document from a prototype has no version", () => {
    expect(detect(Object.create({ openapi: "3.1.0" })).format).toBeNull();
  });
});
