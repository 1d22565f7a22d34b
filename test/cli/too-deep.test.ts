import { expect, test } from "vitest";
import { openapi, project, run, tree } from "./helpers.ts";

const ref = (index: number) => ({ $ref: `#/components/schemas/S${index}` });

/** Schemas of which ever more meet in one place, the deeper one goes. */
function multiplying(): object {
  const count = 40;
  const text = { type: "string", contentMediaType: "application/json", contentSchema: { type: "object" } };
  const schemas = Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `S${index}`,
      {
        properties: { p: text },
        items: { oneOf: [ref((index + 1) % count), ...(index === 0 ? [ref(0)] : [])] },
        additionalProperties: ref((index * 7 + 1) % count),
      },
    ]),
  );
  const payload = { oneOf: Object.keys(schemas).map((_, index) => ref(index)), items: { oneOf: [ref(0), ref(3)] } };
  return openapi({ a: payload }, { components: { schemas } });
}

test.each([[["generate", "openapi.json"]], [["lint", "openapi.json"]], [["validate", "openapi.json", "a.json"]]])(
  "schemas that multiply end %j with a sentence and status 2",
  async (args) => {
    const folder = project({ "openapi.json": multiplying(), "a.json": "{}" });
    const before = tree(folder);
    const { status, stderr } = await run(folder, args);
    expect(status).toBe(2);
    expect(stderr).toContain('The schemas of "openapi.json" lead too deep for code to be made of them.\n');
    expect(tree(folder)).toEqual(before);
  },
);
