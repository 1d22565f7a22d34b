import { expect, test } from "vitest";
import { FieldLabels } from "../../../src/emit/docs/fields/field-labels.ts";
import { FieldPlaces } from "../../../src/emit/docs/fields/field-places.ts";
import { fieldTree } from "../../../src/emit/docs/fields/field-tree.ts";
import type { Contract, Schema } from "../../../src/model/index.ts";

const schemas: Record<string, Schema> = {
  Node: {
    type: "object",
    properties: { value: { type: "string" }, next: { $ref: "#/schemas/Node" } },
  },
};
const payload: Schema = {
  type: "object",
  properties: {
    id: { type: "string" },
    "a.b": { type: "string" },
    files: { type: "array", items: { type: "object", properties: { name: { type: "string" } } } },
    tags: { type: "array", items: { type: "string" } },
    pair: { type: "array", prefixItems: [{ type: "object", properties: { left: { type: "string" } } }] },
    labels: { type: "object", additionalProperties: { type: "object", properties: { colour: { type: "string" } } } },
    body: {
      type: "string",
      contentMediaType: "application/json",
      contentSchema: { type: "object", properties: { host: { type: "integer" } } },
    },
    tree: { $ref: "#/schemas/Node" },
    either: {
      oneOf: [
        { type: "object", properties: { card: { type: "string" } } },
        { type: "object", properties: { iban: { type: "string" } } },
      ],
    },
  },
};

const labels = new FieldLabels({ schemas } as unknown as Contract);
const places = new FieldPlaces(fieldTree(payload, labels, { idPrefix: "field-", rootId: "payload" }));

test.each([
  ["", "", null],
  ["/id", "id", "field-id"],
  ["/a.b", "a.b", "field-a.b"],
  ["/files", "files", "field-files"],
  ["/files/*", "files[]", "field-files"],
  ["/files/*/name", "files[].name", "field-files*.name"],
  ["/tags/*", "tags[]", "field-tags"],
  ["/pair/*/left", "pair[].left", "field-pair_0_.left"],
  ["/labels/*/colour", "labels[].colour", "field-labels.___.colour"],
  ["/body/host", "body.host", "field-body.host"],
  ["/tree/value", "tree.value", "field-tree.value"],
  ["/tree/next/next/value", "tree.next.next.value", "field-tree.value"],
  ["/either/iban", "either.iban", "field-either.iban"],
  // What is not described is found at what is around it.
  ["/id/unknown", "id.unknown", "field-id"],
  ["/unknown", "unknown", null],
])("%s is %s, at %s", (pointer, path, id) => {
  expect(places.find(pointer)).toEqual({ path, id });
});
