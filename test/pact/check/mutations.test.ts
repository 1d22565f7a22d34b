/** One thing changed in a document or in a pact that agree: each is caught, by a message that names the event and the field. */
import { expect, test } from "vitest";
import { type Edit, edited } from "../edited.ts";
import { check } from "./helpers.ts";

const text = { type: "string" };
const integer = { type: "integer" };

const document = {
  openapi: "3.1.0",
  info: { title: "Calls", version: "1.0.0" },
  webhooks: {
    "call.ended": {
      post: {
        parameters: [
          { name: "X-Attempt", in: "header", required: true, schema: { type: "string", pattern: "^[0-9]+$" } },
        ],
        requestBody: { content: { "application/json": { schema: { $ref: "#/components/schemas/Ended" } } } },
        responses: { 204: { description: "Taken" } },
      },
    },
  },
  components: {
    schemas: {
      Ended: {
        allOf: [
          { $ref: "#/components/schemas/Base" },
          {
            type: "object",
            required: ["cause", "seconds", "details", "legs", "party"],
            properties: {
              cause: { type: "string", enum: ["hangup", "busy"] },
              seconds: { type: "number", minimum: 0 },
              details: {
                type: "string",
                contentMediaType: "application/json",
                contentSchema: { type: "object", required: ["code"], properties: { code: integer } },
              },
              legs: { type: "array", items: { type: "object", required: ["id"], properties: { id: text } } },
              party: {
                oneOf: [
                  {
                    type: "object",
                    required: ["kind", "number"],
                    properties: { kind: { const: "phone" }, number: text },
                  },
                  { type: "object", required: ["kind", "user"], properties: { kind: { const: "user" }, user: text } },
                ],
              },
            },
          },
        ],
      },
      Base: {
        type: "object",
        required: ["event", "id", "at"],
        properties: {
          event: { const: "call.ended" },
          id: { type: "string", format: "uuid" },
          at: { type: "string", format: "date-time" },
        },
      },
    },
  },
};

const by = (...matchers: readonly object[]) => ({ combine: "AND", matchers });
const type = by({ match: "type" });
const contract = {
  consumer: { name: "billing" },
  provider: { name: "calls" },
  interactions: [
    {
      type: "Asynchronous/Messages",
      description: "call.ended: used",
      comments: { references: { OpenAPI: { webhook: "call.ended", method: "post" } } },
      contents: {
        contentType: "application/json",
        encoded: false,
        content: {
          event: "call.ended",
          id: "0b8f8a3e-9f6b-4c55-8d0b-6a1c9b1f2e3d",
          at: "2024-05-01T10:00:00Z",
          cause: "busy",
          seconds: 1.5,
          details: '{"code":486}',
          legs: [{ id: "a" }],
          party: { kind: "phone", number: "+1 555 555 0100" },
        },
      },
      matchingRules: {
        body: {
          "$.id": type,
          "$.at": type,
          "$.cause": by({ match: "regex", regex: "\\A(?:hangup|busy)\\z" }),
          "$.seconds": by({ match: "number" }),
          "$.details": by({ match: "contentType", value: "application/json" }),
          "$.legs": by({ match: "type" }),
          "$.party.number": type,
        },
        metadata: { "x-attempt": by({ match: "regex", regex: "[0-9]+" }) },
      },
      metadata: { "x-attempt": "1" },
    },
  ],
  metadata: { pactSpecification: { version: "4.0" } },
};

const ENDED = "/components/schemas/Ended/allOf/1";
const PROPERTIES = `${ENDED}/properties`;
const BASE = "/components/schemas/Base";
const CONTENT = "/interactions/0/contents/content";
const RULES = "/interactions/0/matchingRules/body";

interface Mutation {
  readonly name: string;
  readonly of: "document" | "pact";
  readonly edit: Edit;
  /** In the message of a result that is no information. */
  readonly want: RegExp;
}

const inDocument = (name: string, edit: Edit, want: RegExp): Mutation => ({ name, of: "document", edit, want });
const inPact = (name: string, edit: Edit, want: RegExp): Mutation => ({ name, of: "pact", edit, want });

const mutations: readonly Mutation[] = [
  inDocument("a field is renamed", ["rename", `${PROPERTIES}/cause`, "reason"], /call\.ended: \/cause/),
  inDocument("a field of a part is gone", ["remove", `${BASE}/properties/at`], /call\.ended: \/at/),
  inDocument(
    "a type changes",
    ["set", `${PROPERTIES}/seconds/type`, "string"],
    /call\.ended: \/seconds must be string/,
  ),
  inDocument(
    "a number becomes an integer",
    ["set", `${PROPERTIES}/seconds/type`, "integer"],
    /call\.ended: \/seconds must be integer/,
  ),
  inDocument(
    "an enum loses a value",
    ["set", `${PROPERTIES}/cause/enum`, ["hangup"]],
    /call\.ended: \/cause must be one of/,
  ),
  inDocument(
    "an enum gains a value",
    ["set", `${PROPERTIES}/cause/enum`, ["hangup", "busy", "failed"]],
    /call\.ended: \/cause: the document allows "failed"/,
  ),
  inDocument(
    "an enum is opened",
    ["set", `${PROPERTIES}/cause/x-open-enum`, true],
    /call\.ended: \/cause: the document allows/,
  ),
  inDocument(
    "a field becomes optional",
    ["set", `${ENDED}/required`, ["cause", "details", "legs", "party"]],
    /call\.ended: \/seconds: the pact counts on this field/,
  ),
  inDocument(
    "a field may be null",
    ["set", `${PROPERTIES}/seconds/type`, ["number", "null"]],
    /call\.ended: \/seconds: the document allows null/,
  ),
  inDocument(
    "a constant changes",
    ["set", `${BASE}/properties/event/const`, "call.finished"],
    /\/event must be equal to "call\.finished"/,
  ),
  inDocument(
    "a format changes",
    ["set", `${BASE}/properties/id/format`, "email"],
    /call\.ended: \/id must match format/,
  ),
  inDocument("a pattern comes", ["set", `${BASE}/properties/id/pattern`, "^x"], /call\.ended: \/id must match pattern/),
  inDocument("a bound moves", ["set", `${PROPERTIES}/seconds/minimum`, 2], /call\.ended: \/seconds must be >= 2/),
  inDocument(
    "a type inside JSON in a string changes",
    ["set", `${PROPERTIES}/details/contentSchema/properties/code`, text],
    /call\.ended: \/details\/code must be string/,
  ),
  inDocument(
    "a field inside JSON in a string is renamed",
    ["rename", `${PROPERTIES}/details/contentSchema/properties/code`, "number"],
    /call\.ended: \/details\/code/,
  ),
  inDocument(
    "a field inside JSON in a string becomes optional",
    ["remove", `${PROPERTIES}/details/contentSchema/required`],
    /call\.ended: \/details\/code: the pact counts on/,
  ),
  inDocument(
    "an item's field changes",
    ["set", `${PROPERTIES}/legs/items/properties/id`, integer],
    /call\.ended: \/legs\/0\/id must be integer/,
  ),
  inDocument(
    "an array becomes an object",
    ["set", `${PROPERTIES}/legs`, { type: "object" }],
    /call\.ended: \/legs must be object/,
  ),
  inDocument(
    "an alternative is gone",
    ["set", `${PROPERTIES}/party/oneOf/0/properties/kind/const`, "sip"],
    /call\.ended: \/party/,
  ),
  inDocument(
    "an alternative's field changes",
    ["set", `${PROPERTIES}/party/oneOf/0/properties/number`, integer],
    /call\.ended: \/party\/number must be integer/,
  ),
  inDocument(
    "a header is gone",
    ["set", "/webhooks/call.ended/post/parameters/0/name", "X-Other"],
    /call\.ended: the document knows no header "x-attempt"/,
  ),
  inDocument(
    "a header's shape changes",
    ["set", "/webhooks/call.ended/post/parameters/0/schema/pattern", "^[a-z]+$"],
    /call\.ended: the header x-attempt must match/,
  ),
  inDocument(
    "a header becomes optional",
    ["set", "/webhooks/call.ended/post/parameters/0/required", false],
    /call\.ended: the pact counts on the header x-attempt/,
  ),
  inDocument(
    "the content type changes",
    ["rename", "/webhooks/call.ended/post/requestBody/content/application~1json", "application/x+json"],
    /call\.ended: the pact expects the content type/,
  ),
  inPact(
    "a field is misspelt",
    ["rename", `${CONTENT}/cause`, "cuase"],
    /call\.ended: \/cuase must NOT have additional properties/,
  ),
  inPact("a value's type changes", ["set", `${CONTENT}/seconds`, "1.5"], /call\.ended: \/seconds must be number/),
  inPact(
    "JSON in a string breaks",
    ["set", `${CONTENT}/details`, "{code:486}"],
    /call\.ended: \/details must be a string that holds JSON/,
  ),
  inPact(
    "a value inside JSON in a string changes",
    ["set", `${CONTENT}/details`, '{"code":"486"}'],
    /call\.ended: \/details\/code must be integer/,
  ),
  inPact(
    "a matcher refuses its example",
    ["set", `${RULES}/$.cause`, by({ match: "regex", regex: "hangup" })],
    /call\.ended: \/cause: the regex hangup refuses its own example/,
  ),
  inPact(
    "a matcher is narrower",
    ["set", `${RULES}/$.seconds`, by({ match: "decimal" })],
    /call\.ended: \/seconds: the document allows/,
  ),
  inPact("a matcher is gone", ["remove", `${RULES}/$.id`], /call\.ended: \/id: the document allows/),
  inPact(
    "an array must not be empty",
    ["set", `${RULES}/$.legs`, by({ match: "type", min: 1 })],
    /call\.ended: \/legs: the document allows an empty array/,
  ),
  inPact(
    "a header is written in capitals",
    ["rename", "/interactions/0/metadata/x-attempt", "X-Attempt"],
    /call\.ended: the header "X-Attempt" is not in lower case/,
  ),
  inPact(
    "a header's value is wrong",
    ["set", "/interactions/0/metadata/x-attempt", "first"],
    /call\.ended: the header x-attempt must match/,
  ),
  inPact(
    "the reference names another",
    ["set", "/interactions/0/comments/references/OpenAPI/webhook", "call.begun"],
    /"call\.begun post", which names no webhook/,
  ),
  inPact("the interaction is synchronous", ["set", "/interactions/0/type", "Synchronous/Messages"], /not compared/),
];

test("the document and the pact agree", async () => {
  const { results, summary } = await check(document, contract);
  expect(results.map(({ code, message }) => `${code} ${message}`)).toEqual(["message.matched call.ended: matched."]);
  expect(summary).toEqual({ interactions: 1, compared: 1, matched: 1, errors: 0, warnings: 0 });
});

test.each(mutations)("$of: $name", async ({ of, edit, want }) => {
  const report =
    of === "document" ? await check(edited(document, edit), contract) : await check(document, edited(contract, edit));
  const telling = report.results.filter((result) => result.type !== "info");
  expect(telling.map((result) => result.message).join("\n")).toMatch(want);
  expect(
    telling.every(
      ({ mockDetails, specDetails }) => mockDetails.file === "pact.json" && specDetails.file === "openapi.json",
    ),
  ).toBe(true);
});
