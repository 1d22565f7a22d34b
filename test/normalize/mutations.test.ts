import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { eachSubschema } from "../../src/json/index.ts";
import type { Contract, Schema } from "../../src/model/index.ts";
import { contractOf } from "./helpers.ts";
import { mutatedDocuments } from "./mutated-documents.ts";

describe("normalize", () => {
  test("never throws, and always gives a contract with names and safe keys, whatever a document holds", async () => {
    const roles = fc.constantFrom({}, { role: "sender" as const }, { role: "receiver" as const });
    await fc.assert(
      fc.asyncProperty(mutatedDocuments(), roles, async ({ file, value }, role) => {
        const before = JSON.stringify(value);
        const { contract, diagnostics } = await contractOf({ [file]: value }, role);
        expect(JSON.stringify(value)).toBe(before);
        const names = contract.webhooks.map(({ name }) => name);
        expect(new Set(names).size).toBe(names.length);
        for (const { key, name, forms } of contract.webhooks) {
          expect(name).not.toBe("");
          expect(key).toMatch(/^[A-Za-z_][A-Za-z0-9_]*$/);
          expect(forms.length).toBeGreaterThan(0);
        }
        for (const reference of referencesIn(contract)) {
          expect(Object.keys(contract.schemas)).toContain(reference.slice("#/schemas/".length));
        }
        for (const { message } of diagnostics) expect(message).toMatch(/[.?]$/);
      }),
      { numRuns: 2_000 },
    );
  }, 60_000);
});

/** Every `$ref` of a contract's schemas; what stands in data or below a word that JSON Schema does not have is none. */
function referencesIn({ schemas, webhooks }: Contract): readonly string[] {
  const found: string[] = [];
  const visit = (schema: Schema): void => {
    if (typeof schema === "boolean") return;
    if (typeof schema["$ref"] === "string") found.push(schema["$ref"]);
    eachSubschema(schema, visit);
  };
  Object.values(schemas).forEach(visit);
  for (const { payload, headers } of webhooks) {
    visit(payload);
    visit(headers ?? true);
  }
  return found;
}
