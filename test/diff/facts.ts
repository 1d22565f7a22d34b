import type { ChangeLevel } from "../../src/model/index.ts";

/** The judgement as it was decided, row by row: what changes, how bad it is, and the rules that say so. */
export const facts: readonly (readonly [change: string, level: ChangeLevel | null, rules: readonly string[]])[] = [
  ["webhook removed, or renamed on the wire", "breaking", ["webhook-removed"]],
  ["webhook added", "safe", ["webhook-added"]],
  ["required property removed", "breaking", ["property-removed"]],
  ["optional property removed (even though an open object still allows it)", "breaking", ["property-removed"]],
  ["required became optional", "breaking", ["property-became-optional"]],
  ["optional became required", "safe", ["property-became-required"]],
  ["property added, parent open", "safe", ["property-added"]],
  [
    "property added, parent closed in BASE (`additionalProperties: false`)",
    "risky",
    ["property-added-to-closed-object"],
  ],
  ["type changed, `const` changed", "breaking", ["type-changed", "const-changed"]],
  [
    "a type added (`string` → `string, null`), null added by `type`, `nullable` or `anyOf`",
    "breaking",
    ["type-widened"],
  ],
  ["a type removed from a list, nullable removed", "safe", ["type-narrowed"]],
  [
    "value added to a closed enum; closed enum dropped; closed enum opened (`x-open-enum`)",
    "risky",
    ["enum-value-added", "enum-removed", "enum-opened"],
  ],
  ["value added to an open enum; open enum closed", "safe", ["open-enum-value-added", "enum-closed"]],
  ["enum value removed; enum or const introduced", "safe", ["enum-value-removed", "enum-introduced"]],
  ["a `oneOf`/`anyOf` variant (other than null) added", "risky", ["variant-added"]],
  ["variant removed", "safe", ["variant-removed"]],
  ["bound loosened (`maxLength`, `maximum`, `minItems`, `pattern` dropped, …)", "risky", ["constraint-loosened"]],
  ["bound tightened or introduced", "safe", ["constraint-tightened"]],
  [
    "a constraint changed so that neither contains the other (another `pattern`, `multipleOf`)",
    "risky",
    ["constraint-changed"],
  ],
  ["`format` changed or removed", "risky", ["format-changed", "format-removed"]],
  ["`format` introduced", "safe", ["format-introduced"]],
  ["JSON inside a string (`contentSchema`): the same rules, one level down", null, []],
  [
    "its media type changed, or the string became an object",
    "breaking",
    ["content-schema-media-type-changed", "type-changed"],
  ],
  [
    "header removed or optional, added, schema changed",
    null,
    ["header-removed", "header-became-optional", "header-added"],
  ],
  [
    "content type, method, address or route changed; a form removed / added",
    null,
    ["content-type-changed", "method-changed", "address-changed", "route-changed", "form-removed", "form-added"],
  ],
  ["authentication scheme changed, added or removed", "breaking", ["security-changed"]],
  ["a reply status that was accepted no longer is", "breaking", ["reply-removed"]],
  ["object opened (`additionalProperties: false` dropped)", "risky", ["object-opened"]],
  ["object closed", "safe", ["object-closed"]],
  ["deprecated", "safe", ["deprecated"]],
  ["prose, examples, tags", null, []],
];

/** Rules that no row names, each with where it comes from. */
export const others: Readonly<Record<string, string>> = {
  "header-became-required": "the same levels as a property",
  "reply-added": "the mirror of reply-removed",
  "schema-changed": "what no rule decides",
  "prose-changed": "reported on request",
};
