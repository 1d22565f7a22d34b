import { expect, test } from "vitest";
import { FieldLabels } from "../../../src/emit/docs/fields/field-labels.ts";
import { variantNames } from "../../../src/emit/docs/fields/variant-names.ts";
import type { Schema } from "../../../src/model/index.ts";

const object = (required: readonly string[], ...optional: readonly string[]): Schema => ({
  type: "object",
  required: [...required],
  properties: Object.fromEntries([...optional, ...required].map((name) => [name, { type: "string" }])),
});

test.each([
  ["the document's own names", [{ title: "A user" }, { title: "A team" }], ["A user", "A team"]],
  ["their types", [{ type: "integer" }, { type: "string" }], ["integer", "string"]],
  [
    "a field of their own, a required one first",
    [object(["action", "user"], "note"), object(["action", "team"], "colour")],
    ["object with user", "object with team"],
  ],
  ["what one has more", [object(["a"]), object(["a"], "b")], ["object", "object with b"]],
  ["the same where nothing tells them apart", [object(["a"]), object(["a"])], ["object", "object"]],
])("alternatives are called by %s", (_, choices, names) => {
  expect(variantNames(choices, new FieldLabels({ schemas: {} }))).toEqual(names);
});
