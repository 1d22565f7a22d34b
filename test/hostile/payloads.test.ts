import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { hookbook, openapi, workplace } from "./helpers.ts";

const node = { $ref: "#/components/schemas/Node" };
const branch = (name: string) => ({ type: "object", required: [name], properties: { child: node } });
const document = openapi(
  {
    type: "object",
    required: ["type"],
    properties: {
      type: { const: "paid" },
      mail: { type: "string", pattern: "^[^\\s@]+@[^\\s@]+\\.[^\\s@]+$" },
      space: { type: "string", pattern: "^\\s+|\\s+$" },
      list: { type: "array", uniqueItems: true },
      count: { type: "integer", multipleOf: 0.01 },
      tree: node,
    },
  },
  { components: { schemas: { Node: { anyOf: [branch("left"), branch("right")] } } } },
);

const nested = (levels: number, open: string, inner: string, close: string) =>
  open.repeat(levels) + inner + close.repeat(levels);
const paid = (rest: string) => `{"type":"paid",${rest}}`;

interface HostilePayload {
  readonly why: string;
  readonly text: () => string | Uint8Array;
  readonly valid: boolean;
  /** Of the first error. */
  readonly keyword?: string;
}

const payloads: readonly HostilePayload[] = [
  { why: "a list 1,000,000 deep", text: () => nested(1_000_000, "[", "1", "]"), valid: false },
  {
    why: "a tree 100,000 deep",
    text: () => paid(`"tree":${nested(100_000, '{"left":1,"child":', "1", "}")}`),
    valid: false,
  },
  {
    why: "a tree of two branches, 60 deep",
    text: () => paid(`"tree":${nested(60, '{"left":1,"right":1,"child":', "1", "}")}`),
    valid: false,
    keyword: "type",
  },
  {
    why: "a megabyte that an expression could share out",
    text: () => paid(`"mail":"a@${".".repeat(1_000_000)}@"`),
    valid: false,
    keyword: "pattern",
  },
  {
    why: "a megabyte that an expression could begin in anywhere",
    text: () => paid(`"space":"x${" ".repeat(1_000_000)}x"`),
    valid: false,
    keyword: "pattern",
  },
  {
    why: "a megabyte of different items",
    text: () => paid(`"list":[${Array.from({ length: 120_000 }, (_, index) => `[${index}]`).join()}]`),
    valid: true,
  },
  {
    why: "own keys that every object inherits",
    text: () => paid('"__proto__":{"type":"x"},"constructor":1'),
    valid: true,
  },
  { why: "the type only in a prototype", text: () => '{"__proto__":{"type":"paid"}}', valid: false },
  { why: "a number beyond all", text: () => paid('"count":1e400'), valid: false },
  { why: "a number of a million digits", text: () => paid(`"count":${"9".repeat(1_000_000)}`), valid: false },
  { why: "a key twice: the last counts", text: () => '{"type":"x","type":"paid"}', valid: true },
  { why: "half a surrogate pair", text: () => paid('"mail":"\\ud83d@b.c"'), valid: true },
  { why: "a NUL byte", text: () => `${paid('"a":1')}\u0000`, valid: false, keyword: "json" },
  { why: "bytes that are no text", text: () => new Uint8Array(1_000).fill(0xff), valid: false, keyword: "json" },
  { why: "50 MB in one text", text: () => paid(`"note":"${"x".repeat(50 * 1024 * 1024)}"`), valid: true },
  { why: "50 MB of small values", text: () => paid(`"note":[${"1,".repeat(25 * 1024 * 1024)}1]`), valid: true },
];

test.each(payloads)("validate ends soon: $why", async ({ text, valid, keyword }) => {
  const place = workplace({ "openapi.json": document });
  writeFileSync(join(place.folder, "body.json"), text());
  const args = ["validate", "openapi.json", "body.json", "--webhook", "paid", "--as", "body", "--format", "json"];
  const { status, stdout } = await hookbook(place, args);
  const { results } = JSON.parse(stdout);
  expect(results).toHaveLength(1);
  expect(results[0].valid).toBe(valid);
  expect(status).toBe(valid ? 0 : 1);
  if (keyword !== undefined) expect(results[0].errors[0].keyword).toBe(keyword);
  // Errors say what is wrong, and do not repeat the payload.
  expect(stdout.length).toBeLessThan(100_000);
});
