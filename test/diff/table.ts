import type { ChangeLevel } from "../../src/model/index.ts";
import type { WebhookSpec } from "./helpers.ts";

/** What one change comes to, and the same change the other way round. */
export interface TableCase {
  /** A row of the table in `docs/compatibility.md`, in its words. */
  readonly row: string;
  /** What is special about this case of it. */
  readonly what?: string;
  readonly before: WebhookSpec;
  readonly after: WebhookSpec;
  /** Schemas of either side that payloads refer to. */
  readonly schemas?: readonly [Record<string, unknown>, Record<string, unknown>];
  /** `level rule place`, as `told` writes them. */
  readonly forward: readonly Told[];
  readonly backward: readonly Told[];
}

type Told = `${ChangeLevel} ${string}`;

/** A payload in which one property has the schema. */
const at = (schema: unknown) => ({ payload: { type: "object", properties: { value: schema } } });
const object = (properties: unknown, rest: object = {}) => ({ payload: { type: "object", properties, ...rest } });
const text = { type: "string" };
const number = { type: "integer" };
const id = { type: "string" };
const variant = (kind: string, rest: object = {}) => ({
  type: "object",
  required: ["kind"],
  properties: { kind: { const: kind }, ...rest },
});
const json = (schema: unknown, mediaType = "application/json") => ({
  type: "string",
  contentMediaType: mediaType,
  contentSchema: schema,
});
const headers = (properties: Record<string, unknown>, required: string[] = []) => ({
  payload: { type: "object" },
  headers: { properties, required },
});
const same = { payload: { type: "object" } };

/** A row, the two sides, and what is said of the change in either direction. */
function row(
  name: string,
  [before, after]: readonly [WebhookSpec, WebhookSpec],
  forward: Told | readonly Told[],
  backward: Told | readonly Told[],
  more: Pick<TableCase, "what" | "schemas"> = {},
): TableCase {
  return { row: name, before, after, forward: [forward].flat(), backward: [backward].flat(), ...more };
}

/** Every row of the table that is about one webhook. */
export const table: readonly TableCase[] = [
  row(
    "required property removed",
    [object({ id, note: text }, { required: ["id", "note"] }), object({ id }, { required: ["id"] })],
    "breaking property-removed /note",
    "safe property-added /note",
  ),
  row(
    "optional property removed (even though an open object still allows it)",
    [object({ id, note: text }), object({ id })],
    "breaking property-removed /note",
    "safe property-added /note",
  ),
  row(
    "required became optional",
    [object({ id }, { required: ["id"] }), object({ id })],
    "breaking property-became-optional /id",
    "safe property-became-required /id",
  ),
  row(
    "optional became required",
    [object({ id }), object({ id }, { required: ["id"] })],
    "safe property-became-required /id",
    "breaking property-became-optional /id",
  ),
  row(
    "property added, parent open",
    [object({ id }), object({ id, note: text }, { required: ["note"] })],
    "safe property-added /note",
    "breaking property-removed /note",
  ),
  row(
    "property added, parent closed in BASE (`additionalProperties: false`)",
    [object({ id }, { additionalProperties: false }), object({ id, note: text }, { additionalProperties: false })],
    "risky property-added-to-closed-object /note",
    "breaking property-removed /note",
  ),
  row(
    "type changed, `const` changed",
    [at(text), at(number)],
    "breaking type-changed /value",
    "breaking type-changed /value",
    { what: "type" },
  ),
  row(
    "type changed, `const` changed",
    [at({ const: "a" }), at({ const: "b" })],
    "breaking const-changed /value",
    "breaking const-changed /value",
    { what: "const" },
  ),
  row(
    "a type added (`string` → `string, null`), null added by `type`, `nullable` or `anyOf`",
    [at(text), at({ type: ["string", "null"] })],
    "breaking type-widened /value",
    "safe type-narrowed /value",
    { what: "type" },
  ),
  row(
    "a type added (`string` → `string, null`), null added by `type`, `nullable` or `anyOf`",
    [at(text), at({ type: "string", nullable: true })],
    "breaking type-widened /value",
    "safe type-narrowed /value",
    { what: "nullable" },
  ),
  row(
    "a type added (`string` → `string, null`), null added by `type`, `nullable` or `anyOf`",
    [at(text), at({ anyOf: [text, { type: "null" }] })],
    "breaking type-widened /value",
    "safe type-narrowed /value",
    { what: "anyOf" },
  ),
  row(
    "a type added (`string` → `string, null`), null added by `type`, `nullable` or `anyOf`",
    [at(number), at({ type: "number" })],
    "breaking type-widened /value",
    "safe type-narrowed /value",
    { what: "integer to number" },
  ),
  row(
    "a type removed from a list, nullable removed",
    [at({ type: ["string", "integer"] }), at(text)],
    "safe type-narrowed /value",
    "breaking type-widened /value",
  ),
  row(
    "value added to a closed enum; closed enum dropped; closed enum opened (`x-open-enum`)",
    [at({ type: "string", enum: ["a", "b"] }), at({ type: "string", enum: ["a", "b", "c"] })],
    "risky enum-value-added /value",
    "safe enum-value-removed /value",
    { what: "added" },
  ),
  row(
    "value added to a closed enum; closed enum dropped; closed enum opened (`x-open-enum`)",
    [at({ type: "string", enum: ["a", "b"] }), at(text)],
    "risky enum-removed /value",
    "safe enum-introduced /value",
    { what: "dropped" },
  ),
  row(
    "value added to a closed enum; closed enum dropped; closed enum opened (`x-open-enum`)",
    [at({ type: "string", enum: ["a", "b"] }), at({ type: "string", enum: ["a", "b"], "x-open-enum": true })],
    "risky enum-opened /value",
    "safe enum-closed /value",
    { what: "opened" },
  ),
  row(
    "value added to an open enum; open enum closed",
    [
      at({ type: "string", enum: ["a", "b"], "x-open-enum": true }),
      at({ type: "string", enum: ["a", "b", "c"], "x-open-enum": true }),
    ],
    "safe open-enum-value-added /value",
    "safe enum-value-removed /value",
    { what: "added" },
  ),
  row(
    "value added to an open enum; open enum closed",
    [at({ type: "string", enum: ["a", "b"], "x-open-enum": true }), at({ type: "string", enum: ["a", "b"] })],
    "safe enum-closed /value",
    "risky enum-opened /value",
    { what: "closed" },
  ),
  row(
    "enum value removed; enum or const introduced",
    [at({ type: "string", enum: ["a", "b", "c"] }), at({ type: "string", enum: ["a", "b"] })],
    "safe enum-value-removed /value",
    "risky enum-value-added /value",
    { what: "removed" },
  ),
  row(
    "enum value removed; enum or const introduced",
    [at(text), at({ type: "string", const: "a" })],
    "safe enum-introduced /value",
    "risky enum-removed /value",
    { what: "const introduced" },
  ),
  row(
    "a `oneOf`/`anyOf` variant (other than null) added",
    [
      at({ oneOf: [variant("card"), variant("bank")] }),
      at({ oneOf: [variant("card"), variant("bank"), variant("cash")] }),
    ],
    "risky variant-added /value",
    "safe variant-removed /value",
  ),
  row(
    "variant removed",
    [at({ anyOf: [text, number, { type: "boolean" }] }), at({ anyOf: [text, number] })],
    "safe variant-removed /value",
    "risky variant-added /value",
  ),
  ...(
    [
      ["maxLength", { type: "string", maxLength: 5 }, { type: "string", maxLength: 10 }],
      ["minLength", { type: "string", minLength: 5 }, { type: "string" }],
      ["pattern", { type: "string", pattern: "^a" }, { type: "string" }],
      [
        "a pattern within another",
        { type: "string", pattern: "^u-[0-9]{8}$" },
        { type: "string", pattern: "^(?:u|org)-\\d+$" },
      ],
      ["a pattern that gives the length", { type: "string", pattern: "^[a-z]{3}$" }, { type: "string", maxLength: 10 }],
      ["minimum", { type: "number", minimum: 1 }, { type: "number", minimum: 0 }],
      ["exclusiveMaximum", { type: "number", exclusiveMaximum: 1 }, { type: "number", maximum: 1 }],
      ["multipleOf", { type: "number", multipleOf: 10 }, { type: "number", multipleOf: 5 }],
      ["minItems", { type: "array", minItems: 1 }, { type: "array" }],
      ["maxItems", { type: "array", maxItems: 1 }, { type: "array", maxItems: 2 }],
      ["uniqueItems", { type: "array", uniqueItems: true }, { type: "array" }],
      ["minProperties", { type: "object", minProperties: 1 }, { type: "object" }],
      ["dependentRequired", { type: "object", dependentRequired: { a: ["b"] } }, { type: "object" }],
      ["not", { type: "object", not: { required: ["a", "b"] } }, { type: "object" }],
      ["propertyNames", { type: "object", propertyNames: { maxLength: 5 } }, { type: "object" }],
      ["contains", { type: "array", contains: text }, { type: "array" }],
    ] as const
  ).map(([what, tight, loose]) =>
    row(
      "bound loosened (`maxLength`, `maximum`, `minItems`, `pattern` dropped, …)",
      [at(tight), at(loose)],
      "risky constraint-loosened /value",
      "safe constraint-tightened /value",
      { what },
    ),
  ),
  row(
    "bound tightened or introduced",
    [at(text), at({ type: "string", maxLength: 5 })],
    "safe constraint-tightened /value",
    "risky constraint-loosened /value",
  ),
  row(
    "a constraint changed so that neither contains the other (another `pattern`, `multipleOf`)",
    [at({ type: "string", pattern: "^a" }), at({ type: "string", pattern: "^b" })],
    "risky constraint-changed /value",
    "risky constraint-changed /value",
    { what: "pattern" },
  ),
  row(
    "a constraint changed so that neither contains the other (another `pattern`, `multipleOf`)",
    [at({ type: "integer", multipleOf: 3 }), at({ type: "integer", multipleOf: 2 })],
    "risky constraint-changed /value",
    "risky constraint-changed /value",
    { what: "multipleOf" },
  ),
  row(
    "`format` changed or removed",
    [at({ type: "string", format: "date" }), at({ type: "string", format: "date-time" })],
    "risky format-changed /value",
    "risky format-changed /value",
    { what: "changed" },
  ),
  row(
    "`format` changed or removed",
    [at({ type: "string", format: "date" }), at(text)],
    "risky format-removed /value",
    "safe format-introduced /value",
    { what: "removed" },
  ),
  row(
    "`format` introduced",
    [at(text), at({ type: "string", format: "uuid" })],
    "safe format-introduced /value",
    "risky format-removed /value",
  ),
  row(
    "JSON inside a string (`contentSchema`): the same rules, one level down",
    [
      at(json({ type: "object", required: ["id"], properties: { id, note: text } })),
      at(json({ type: "object", required: ["id"], properties: { id } })),
    ],
    "breaking property-removed /value/note",
    "safe property-added /value/note",
  ),
  row(
    "its media type changed, or the string became an object",
    [at(json({}, "application/json")), at(json({}, "application/xml"))],
    "breaking content-schema-media-type-changed /value",
    "breaking content-schema-media-type-changed /value",
    { what: "media type" },
  ),
  row(
    "its media type changed, or the string became an object",
    [at(json({})), at(text)],
    "breaking content-schema-media-type-changed /value",
    "safe constraint-tightened /value",
    { what: "no longer said" },
  ),
  row(
    "its media type changed, or the string became an object",
    [at(json({ type: "object", properties: { id } })), at({ type: "object", properties: { id } })],
    "breaking type-changed /value",
    "breaking type-changed /value",
    { what: "object" },
  ),
  row(
    "header removed or optional, added, schema changed",
    [headers({ "X-Request-Id": text, "X-Other": text }, ["X-Request-Id"]), headers({ "x-other": text })],
    "breaking header-removed headers /x-request-id",
    "safe header-added headers /x-request-id",
    { what: "removed" },
  ),
  row(
    "header removed or optional, added, schema changed",
    [headers({ "X-Request-Id": text }, ["X-Request-Id"]), headers({ "x-request-id": text })],
    "breaking header-became-optional headers /x-request-id",
    "safe header-became-required headers /x-request-id",
    { what: "optional" },
  ),
  row(
    "header removed or optional, added, schema changed",
    [
      headers({ "X-Attempt": { type: "string", enum: ["1"] } }),
      headers({ "x-attempt": { type: "string", enum: ["1", "2"] } }),
    ],
    "risky enum-value-added headers /x-attempt",
    "safe enum-value-removed headers /x-attempt",
    { what: "schema" },
  ),
  row(
    "content type, method, address or route changed; a form removed / added",
    [same, { ...same, contentType: "application/x-www-form-urlencoded" }],
    "breaking content-type-changed webhook",
    "breaking content-type-changed webhook",
    { what: "content type" },
  ),
  row(
    "content type, method, address or route changed; a form removed / added",
    [same, { ...same, method: "PUT" }],
    "breaking method-changed webhook",
    "breaking method-changed webhook",
    { what: "method" },
  ),
  row(
    "content type, method, address or route changed; a form removed / added",
    [{ ...object({ id }), otherContentType: "application/x-www-form-urlencoded" }, object({ id })],
    "breaking form-removed webhook",
    "safe form-added webhook",
    { what: "form" },
  ),
  row(
    "authentication scheme changed, added or removed",
    [
      { ...same, security: { basic: { type: "http", scheme: "basic" } } },
      { ...same, security: { bearer: { type: "http", scheme: "bearer" } } },
    ],
    "breaking security-changed webhook",
    "breaking security-changed webhook",
    { what: "changed" },
  ),
  row(
    "authentication scheme changed, added or removed",
    [same, { ...same, security: { basic: { type: "http", scheme: "basic" } } }],
    "breaking security-changed webhook",
    "breaking security-changed webhook",
    { what: "added" },
  ),
  row(
    "a reply status that was accepted no longer is",
    [
      { ...same, replies: { 200: null, 410: null } },
      { ...same, replies: { 200: null } },
    ],
    "breaking reply-removed reply /410",
    "safe reply-added reply /410",
  ),
  row(
    "object opened (`additionalProperties: false` dropped)",
    [
      at({ type: "object", properties: { id }, additionalProperties: false }),
      at({ type: "object", properties: { id } }),
    ],
    "risky object-opened /value",
    "safe object-closed /value",
  ),
  row(
    "object closed",
    [
      at({ type: "object", properties: { id } }),
      at({ type: "object", properties: { id }, unevaluatedProperties: false }),
    ],
    "safe object-closed /value",
    "risky object-opened /value",
  ),
  row("deprecated", [at(text), at({ type: "string", deprecated: true })], "safe deprecated /value", []),
  row(
    "prose, examples, tags",
    [
      at(text),
      { ...at({ type: "string", description: "A text.", title: "Text", examples: ["a"] }), description: "An event." },
    ],
    [],
    [],
  ),
];

/** Replies are made by the receiver: the roles are exchanged. */
export const replyTable: readonly TableCase[] = (
  [
    [
      "a property added",
      { type: "object" },
      { type: "object", properties: { ok: text } },
      "safe property-added /ok",
      "safe property-removed /ok",
    ],
    [
      "a required property added",
      { type: "object" },
      { type: "object", required: ["ok"], properties: { ok: text } },
      "breaking property-added /ok",
      "safe property-removed /ok",
    ],
    [
      "a property became required",
      object({ ok: text }).payload,
      object({ ok: text }, { required: ["ok"] }).payload,
      "breaking property-became-required /ok",
      "safe property-became-optional /ok",
    ],
    ["a type added", text, { type: ["string", "null"] }, "safe type-widened", "breaking type-narrowed"],
    [
      "an enum grown",
      { enum: ["a", "b"] },
      { enum: ["a", "b", "c"] },
      "safe enum-value-added",
      "risky enum-value-removed",
    ],
    [
      "a bound tightened",
      text,
      { type: "string", maxLength: 5 },
      "risky constraint-tightened",
      "safe constraint-loosened",
    ],
    [
      "an object closed",
      object({ ok: text }).payload,
      object({ ok: text }, { additionalProperties: false }).payload,
      "risky object-closed",
      "safe object-opened",
    ],
    ["a format introduced", text, { type: "string", format: "uuid" }, "risky format-introduced", "safe format-removed"],
    ["a type changed", text, number, "breaking type-changed", "breaking type-changed"],
  ] as const
).map(([what, before, after, forward, backward]) => {
  const inReply = (told: string): Told => {
    const [level = "", rule = "", pointer = ""] = told.split(" ");
    return `${level as ChangeLevel} ${rule} reply /200/payload${pointer}`;
  };
  return {
    row: "a reply",
    what,
    before: { ...same, replies: { 200: before } },
    after: { ...same, replies: { 200: after } },
    forward: [inReply(forward)],
    backward: [inReply(backward)],
  };
});
