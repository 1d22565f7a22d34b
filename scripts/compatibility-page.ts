import { type RuleInfo, ruleInfos } from "../src/diff/index.ts";

/** `docs/compatibility.md`: what is said of the rules comes from the rules. */
export function compatibilityPage(): string {
  return `${INTRODUCTION}
| When | In what the sender sends | In what the receiver answers | Rule |
|---|---|---|---|
${ruleInfos.map(row).join("\n")}

${REST}`;
}

function row({ id, summary, levels, page }: RuleInfo): string {
  const words = (list: readonly string[]) => list.map((level) => `\`${level}\``).join(" or ") || "–";
  return `| ${summary} | ${words(levels.sender)} | ${words(levels.receiver)} | [\`${id}\`](${page.replace("docs/", "")}) |`;
}

const INTRODUCTION = `<!-- Written by \`npm run compatibility\` from the rules in src/diff/rules. -->
# What a change means for a receiver

\`hookbook diff BASE REVISION\` answers one question: **a receiver was built from BASE; the sender now follows REVISION; what happens
to it?** The sender *makes* the payload, so the judgement is that of a response and the opposite of a request body's. Replies, which
the receiver makes, are judged with the roles exchanged.

| Level | Means | Exit status |
|---|---|---|
| \`breaking\` | a promise that a correct receiver may rely on is gone | 1 |
| \`risky\` | the sender may now send something that BASE did not describe; a tolerant receiver copes, a strict one does not | 0; 1 with \`--fail-on risky\` |
| \`safe\` | every payload under REVISION is one that BASE allowed, or only has more of what receivers ignore | 0 |

A webhook's level, and the verdict, is that of its worst change. Where these definitions and the table differ, the table decides: an
optional property that is removed harms whoever read it, though the object is open and may lack it.

## The rules
`;

const REST = `Every rule has a mirror, the same change the other way round, or a written reason why it has none; its page says which.

Where a keyword has no rule, the comparison works out whether every payload of REVISION was allowed by BASE: by types, numbers,
lists of values, lengths, patterns, properties, items, and alternatives. If that cannot be shown, it says
[\`schema-changed\`](rules/schema-changed.md) and names the keyword. It never guesses in the dangerous direction.

## What is no change

Contracts are compared by what they say and not by how it is written:

- a schema that was renamed, moved, or written out in place of its \`$ref\`; a property in another part of an \`allOf\`; an \`allOf\` of one;
- \`nullable: true\`, \`type: [string, "null"]\` and \`anyOf\` with null; a \`const\` and an enum of one; an enum and alternatives of one value each;
- \`exclusiveMinimum\` as a number and as a flag; \`integer\` and \`number\` in steps of 1; bounds of another type;
- \`additionalProperties: true\`, \`{}\` and none; \`additionalProperties: false\` and \`unevaluatedProperties: false\`, where both say the same;
- two patterns that match the same texts; a length that the pattern gives already;
- the order of keys, of enums, of \`required\`, of variants;
- AsyncAPI 2 and 3, OpenAPI \`callbacks\` and \`webhooks\`, AsyncAPI and OpenAPI, for the same messages;
- titles, descriptions and examples of schemas. Those of webhooks, and their tags, are reported on request (\`--prose\`).

## Where a change is said to be

\`pointer\` is a JSON pointer into the decoded event. It goes on inside JSON in a string. \`*\` stands for each item of an array and for each
property that has no name of its own: \`/payload/lines/*/sku\`. With \`in: "headers"\` it is \`/\` and the header's name in lower case; with
\`in: "reply"\` it is \`/\` and the status, followed by \`/payload\` or \`/headers\` and a pointer into them; with \`in: "webhook"\` it is empty.

A change in a schema that several webhooks share is reported for each of them, once: \`pointer\` is the shortest way to it, \`also\` names up
to twenty others, and \`cause\` is the same for all.

A \`oneOf\` is read as the list of what may come. That a payload which fits two alternatives is forbidden is a promise that nobody
builds on, so a variant that is removed is safe; only \`oneOf\` that becomes \`anyOf\` is reported, where its alternatives overlap.

## What other tools say of the same changes

Compiled on 21 November 2026 from the published sources of each (oasdiff: stored source of 8 August 2026, read and not run; libopenapi: its
default rules of July 2026; \`@asyncapi/diff\` 0.5.0: run; EventCatalog: read). They may have moved on since.

| Change to a payload that the sender sends | Hookbook | oasdiff | libopenapi, openapi-changes | @asyncapi/diff | EventCatalog |
|---|---|---|---|---|---|
| required property removed | breaking | WARN | breaking | unclassified | breaking |
| optional property removed | breaking | WARN | breaking | unclassified | silent |
| required became optional | breaking | INFO | breaking | unclassified | silent |
| optional became required | safe | ERR | breaking | unclassified | breaking |
| new required property | safe | ERR | breaking | unclassified | breaking |
| enum value added | risky | INFO | not breaking | unclassified | not looked at |
| enum value removed | safe | ERR | breaking | unclassified | not looked at |
| description only | nothing | nothing | nothing | unclassified | nothing |

oasdiff's column follows from its code, which judged webhooks by the rules of requests. Some days later its maintainer wrote that what is
in webhooks is not reported at all, and that the rules have to be turned round
([#1160](https://github.com/oasdiff/oasdiff/issues/1160), [#1161](https://github.com/oasdiff/oasdiff/issues/1161)): wrong or silent, it
was neither run nor checked since. libopenapi's rules are the same whoever makes the payload. openapi-changes compares AsyncAPI 3 since
0.4; whether by other rules was not checked.
`;
