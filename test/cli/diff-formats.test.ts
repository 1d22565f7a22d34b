import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { foldChanges, nameSome, sectionsOf } from "../../src/cli/diff/fold.ts";
import {
  type ComparedContract,
  type DiffReport,
  makeReport,
  type ReportedChange,
  type ReportOptions,
} from "../../src/cli/diff/report.ts";
import { diffGithub, diffSarif } from "../../src/cli/formats/diff/findings.ts";
import { diffHtml } from "../../src/cli/formats/diff/html.ts";
import { diffJson } from "../../src/cli/formats/diff/json.ts";
import { diffJunit } from "../../src/cli/formats/diff/junit.ts";
import { diffMarkdown } from "../../src/cli/formats/diff/markdown.ts";
import { diffText } from "../../src/cli/formats/diff/text.ts";
import { readJunit } from "./read-junit.ts";
import { sarifErrors } from "./sarif-errors.ts";

/** Markdown without its blocks and spans of code, which are text for GitHub, whatever they hold. */
function withoutCode(markdown: string): string {
  const text = markdown.replaceAll(/^(`{3,})[^\n`]*\n[\s\S]*?\n\1$/gm, "");
  let outside = "";
  for (let at = 0; at < text.length; ) {
    const [run = ""] = /^`+/.exec(text.slice(at)) ?? [];
    const rest = text.slice(at + run.length);
    const end = run === "" ? -1 : rest.search(new RegExp(`(?<!\`)${run}(?!\`)`));
    if (end >= 0) {
      at += end + 2 * run.length;
      continue;
    }
    const length = text[at] === "\\" ? 2 : Math.max(1, run.length);
    outside += text.slice(at, at + length);
    at += length;
  }
  return outside;
}

const base = `components:
  schemas:
    Customer:
      required: [id, email]
      properties:
        id: { type: string }
        email:
          type: string
          description: Where the receipt goes.
        tier:
          type: string
          enum:
            - silver
            - gold
`;
const revision = base.replace("[id, email]", "[id]").replace("- gold\n", "- gold\n            - <b>platinum</b>\n");
const sourceText = (file: string) => (file === "main:a.yaml" ? base : file === "a.yaml" ? revision : undefined);

/** Texts that mean something in one of the formats. */
const ODD = [
  "<img src=x onerror=alert(1)>",
  '"><script>alert(1)</script>',
  "</style></code>```\n# heading",
  "`code` | cell @octocat #12 [link](https://evil.example) ![x](y)",
  "::error file=x::y",
  "50% of a, b: c\r\nd",
  "\u001b[31m\u0000\u0007\u202e\u2028",
  "half \ud83d, ]]> &amp;",
];

const at = (file: string, key: string, pointer: string) => {
  const lines = (sourceText(file) ?? "").split("\n");
  const index = lines.findIndex((line) => line.trimStart().startsWith(key));
  return { file, line: index + 1, column: (lines[index] ?? "").search(/\S/) + 1, pointer };
};

function change(parts: Partial<ReportedChange> = {}): ReportedChange {
  return {
    contract: "orders",
    rule: "enum-value-added",
    level: "risky",
    webhook: "order.paid",
    in: "payload",
    pointer: "/customer/tier",
    message: "A new value.",
    cause: "tier",
    base: at("main:a.yaml", "tier:", "/components/schemas/Customer/properties/tier"),
    revision: at("a.yaml", "tier:", "/components/schemas/Customer/properties/tier"),
    anchor: at("a.yaml", "tier:", "/components/schemas/Customer/properties/tier"),
    ...parts,
  };
}

const email = (parts: Partial<ReportedChange> = {}) =>
  change({
    rule: "property-became-optional",
    level: "breaking",
    pointer: "/customer/email",
    cause: "email",
    base: at("main:a.yaml", "email:", "/components/schemas/Customer/properties/email"),
    revision: at("a.yaml", "email:", "/components/schemas/Customer/properties/email"),
    ...parts,
  });

function report(
  changes: readonly ReportedChange[],
  options: Partial<ReportOptions> & Partial<ComparedContract> = {},
): DiffReport {
  const { complete = true, notes = [], config = {}, today = "2026-11-28", ...contract } = options;
  const one: ComparedContract = {
    contract: "orders",
    title: "Orders",
    base: { file: "main:a.yaml", version: "1.0.0" },
    revision: { file: "a.yaml", version: "2.0.0" },
    webhooks: [...new Set(changes.map(({ webhook }) => webhook)), "untouched"],
    changes,
    ...contract,
  };
  return makeReport([one], { complete, notes, config, today });
}

const many = Array.from({ length: 261 }, (_, index) => `event.${index}`);
const shared = report(many.flatMap((webhook) => [email({ webhook }), change({ webhook })]));
const hostile = report(
  ODD.flatMap((text) => [
    email({ webhook: text, pointer: `/${text}`, message: text, cause: text }),
    change({ webhook: "same", pointer: `/${text}`, message: text, in: "headers", cause: `h${text}` }),
  ]),
  {
    title: ODD.join(" "),
    contract: ODD[0] as string,
    notes: ODD,
    base: { file: ODD[1] as string, version: ODD[2] as string },
  },
);
const quiet = report([]);
const text = (one: DiffReport, frames = false) => diffText(one, { colors: false, frames, sourceText });

describe("folding", () => {
  test("one cause is one edit, whatever webhooks it reaches", () => {
    expect(foldChanges(shared.changes)).toMatchObject([{ webhooks: many }, { webhooks: many }]);
    expect(sectionsOf(shared.changes)).toMatchObject([{ webhooks: many, folded: [{}, {}] }]);
    expect(shared).toMatchObject({
      counts: { breaking: 261, risky: 261, safe: 0 },
      edits: { breaking: 1, risky: 1, safe: 0 },
    });
  });

  test("what is written out for each of several webhooks is one edit where it changed alike", () => {
    const places = many.map((webhook, index) => ({
      webhook,
      cause: webhook,
      base: { file: "main:a.yaml", line: index, column: 1, pointer: `/${index}` },
      revision: { file: "a.yaml", line: 100 + index, column: 1, pointer: `/${index}` },
    }));
    const headers = places.slice(0, 2).map((one) => change({ ...one, in: "headers", pointer: "/x-id" }));
    expect(foldChanges(headers)).toMatchObject([{ webhooks: many.slice(0, 2), pointers: ["/x-id"], repeats: 1 }]);
    expect(foldChanges(places.slice(0, 4).map((one) => change(one)))).toMatchObject([{ repeats: 3 }]);
    // Few payloads are alike by chance.
    expect(foldChanges(places.slice(0, 3).map((one) => change(one)))).toHaveLength(3);
    expect(text(report(headers))).toContain("main:a.yaml:0 → a.yaml:100, and 1 more place\n");
    // What is added to one trait is written once, wherever it was not before.
    const trait = headers.map((one) => ({ ...one, revision: headers[0]?.revision ?? null }));
    expect(foldChanges(trait)).toMatchObject([{ repeats: 0 }]);
    expect(foldChanges([...headers, change({ in: "headers", pointer: "/x-id", message: "Other." })])).toHaveLength(2);
  });

  test("another level or another contract is another edit", () => {
    expect(foldChanges([change(), change({ level: "safe" }), change({ contract: "b" })])).toHaveLength(3);
  });

  test.each([
    [["a"], "a"],
    [["a", "b", "c", "d"], "a, b, c, d"],
    [["a", "b", "c", "d", "e"], "a, b, c and 2 more"],
  ])("%j is named %j", (names, want) => {
    expect(nameSome(names, (name) => name)).toBe(want);
  });
});

describe("text", () => {
  test("shows what 261 webhooks have in common once", async () => {
    await expect(text(shared)).toMatchFileSnapshot("golden/diff-shared.txt");
  });

  test("shows lines on request", () => {
    expect(text(shared)).not.toContain(" | ");
    expect(text(shared, true)).toContain("> 7 |         email:");
  });

  test("holds nothing that a terminal obeys", () => {
    expect(text(hostile, true)).not.toMatch(/(?!\n)\p{Cc}|[\u202e\u2028]|\p{Cs}/u);
    expect(diffText(shared, { colors: true, frames: false, sourceText })).toContain("\u001b[31mbreaking\u001b[39m");
  });

  test("says that nothing changed, and what could not be read", () => {
    expect(text(quiet)).toBe("Nothing changed for receivers in the one webhook.\n");
    expect(text(report([], { webhooks: ["a", "b"] }))).toBe("Nothing changed for receivers in any of 2 webhooks.\n");
    expect(text(report([], { complete: false }))).toBe("Not everything could be read. Of what could: no change.\n");
    const entry = { rule: "enum-value-added", pointer: "/customer/tier", reason: "Agreed.", expires: "2027-01-01" };
    expect(text(report([change()], { config: { accepted: [entry] } }))).toMatch(
      /\nNothing changed for receivers but what is accepted: 1 change\.\n$/,
    );
    expect(text(makeReport([], { complete: false, notes: [], config: {}, today: "" }))).toBe(
      "Nothing could be compared.\n",
    );
  });
});

test("json gives each change of each webhook, and counts them", () => {
  const value = JSON.parse(diffJson(shared));
  expect(value.changes).toHaveLength(522);
  expect(value).toMatchObject({
    verdict: "breaking",
    complete: true,
    summary: { breaking: 261, risky: 261, safe: 0, accepted: 0 },
    contracts: [{ contract: "orders", verdict: "breaking", base: { file: "main:a.yaml" } }],
  });
  expect(diffJson(hostile)).not.toMatch(/(?!\n)\p{Cc}|[\u202e\u2028]/u);
  expect(JSON.parse(diffJson(hostile)).changes[0].webhook).toBe(ODD[0]);
});

describe("markdown", () => {
  test("begins with the verdict, and unfolds", async () => {
    await expect(diffMarkdown(shared, sourceText)).toMatchFileSnapshot("golden/diff-shared.md");
  });

  test("holds no markup, mention, reference or link of a document", () => {
    const markdown = diffMarkdown(hostile, sourceText);
    const outside = withoutCode(markdown);
    expect(outside).not.toMatch(/<(?!!--|\/?(?:details|summary|code|sub|br)>)/);
    expect(outside.replaceAll(/<code>[^<]*<\/code>/g, "")).not.toMatch(/@\w|#\d|https?:\/\//);
    // What stands between tags is no Markdown.
    expect(outside.replaceAll(/^<summary>.*$/gm, "")).not.toMatch(/(?<!\\)\]\(/);
    expect(markdown).not.toMatch(/(?!\n)\p{Cc}|[\u202e\u2028]/u);
    for (const row of markdown.split("\n").filter((line) => line.startsWith("| "))) {
      expect(row.match(/(?<!\\)\|/g)).toHaveLength(5);
    }
  });

  test("is never longer than a comment may be, and says what is left out", () => {
    const webhooks = Array.from({ length: 400 }, (_, index) => `ünïcode.${index}`);
    const changes = webhooks.flatMap((webhook) => [
      change({ webhook, level: "safe", cause: `a${webhook}`, message: `A new value of ${webhook}.` }),
      email({ webhook, cause: `b${webhook}`, message: `Optional in ${webhook}.` }),
    ]);
    for (const one of [changes, changes.map((each) => ({ ...each, webhook: "one" }))]) {
      const markdown = diffMarkdown(report(one), sourceText);
      expect(Buffer.byteLength(markdown)).toBeLessThanOrEqual(65_536);
      expect(Buffer.byteLength(markdown)).toBeGreaterThan(60_000);
      const [, omitted] = /_(\d+) more changes are left out/.exec(markdown) ?? [];
      const shown = markdown.match(/^(?:🔴|🟢) \*\*/gmu) ?? [];
      expect(shown.length + Number(omitted)).toBe(800);
      expect(markdown.split("<details>")).toHaveLength(markdown.split("</details>").length);
    }
  });

  test("says that nothing changed in two lines", () => {
    expect(diffMarkdown(quiet, sourceText)).toMatch(/\[!NOTE\]\n> \*\*Nothing changed for receivers\*\*/);
  });
});

describe("html", () => {
  const TAGS = new Set(
    "html head meta title style body a header p h1 h2 h3 h4 ul li div label input b span nav em main section article details summary ol i code dl dt dd footer".split(
      " ",
    ),
  );

  test("holds only tags and attributes of its own", () => {
    const page = diffHtml(hostile, sourceText);
    const [, body = ""] = page.split("</style>");
    const tags = body.match(/<[^>]*>/g) ?? [];
    expect(tags.length).toBeGreaterThan(100);
    for (const tag of tags) {
      const [, name = "", rest = ""] = /^<\/?([a-z0-9]+)((?: [a-z-]+(?:="[^"<>]*")?)*)>$/.exec(tag) ?? [];
      expect(TAGS, tag).toContain(name);
      for (const [, attribute = "", value = ""] of rest.matchAll(/ ([a-z-]+)(?:="([^"]*)")?/g)) {
        expect(attribute).toMatch(/^(?:class|id|href|title|type|checked|data-level|aria-label|aria-hidden)$/);
        if (attribute === "href") expect(value).toMatch(/^#[\w-]+$/);
      }
    }
    expect(page).not.toMatch(/(?!\n)\p{Cc}|[\u202e\u2028]/u);
  });

  test("of several contracts, shows how each fares, the worst first", () => {
    const one = (contract: string, changes: readonly ReportedChange[]): ComparedContract => ({
      contract,
      title: `The ${contract}`,
      base: null,
      revision: null,
      webhooks: ["order.paid"],
      changes,
    });
    const several = makeReport(
      [one("calm", []), one("loud", [change({ contract: "loud" }), email({ contract: "loud" })])],
      {
        complete: true,
        notes: [],
        config: {},
        today: "2026-11-28",
      },
    );
    const page = diffHtml(several, sourceText);
    const shown = [...page.matchAll(/<a href="#(k\d)">([^<]*)<\/a> <span class="quiet">([^<]*)</g)];
    expect(shown.map(([, ...parts]) => parts)).toEqual([
      ["k0", "The loud", "1 breaking and 1 risky change in 1 webhook"],
      ["k1", "The calm", "no change"],
    ]);
    expect(page.match(/<section class="contract" id="k\d">/g)).toHaveLength(2);
  });

  test("lets in no style and no code but its own, and fetches nothing", () => {
    const page = diffHtml(hostile, sourceText);
    const style = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1] ?? "";
    const hash = createHash("sha256").update(style).digest("base64");
    expect(page.replaceAll("&#39;", "'")).toContain(
      `content="default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'"`,
    );
    expect(page.match(/<style/g)).toHaveLength(1);
    expect(page).not.toMatch(/<script|<link|<img|url\(|@import/);
  });

  test("shows both sides, what holds a place where nothing differs at it, and every link has its target", () => {
    const page = diffHtml(shared, sourceText);
    expect(page).toContain("required: [id, email]");
    expect(page).toContain("- &lt;b&gt;platinum&lt;/b&gt;");
    const targets = [...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
    expect(targets.length).toBeGreaterThan(261);
    for (const id of targets) expect(page.split(`id="${id}"`)).toHaveLength(2);
  });
});

describe("sarif", () => {
  test.each([
    ["shared", shared],
    ["hostile", hostile],
    ["quiet", quiet],
    ["incomplete", report([change({ base: null, revision: null })], { complete: false })],
    [
      "accepted",
      report([email()], {
        config: {
          accepted: [{ rule: email().rule, pointer: email().pointer, reason: "Agreed", expires: "2027-01-01" }],
        },
      }),
    ],
  ])("%s is valid against the official schema", (_why, one) => {
    expect(sarifErrors(diffSarif(one))).toEqual([]);
  });

  test("one edit is one result, and what is accepted is suppressed", () => {
    expect(JSON.parse(diffSarif(shared)).runs[0].results).toHaveLength(2);
    const config = {
      accepted: [{ rule: email().rule, pointer: email().pointer, reason: "Agreed", expires: "2027-01-01" }],
    };
    const [result] = JSON.parse(diffSarif(report([email()], { config }))).runs[0].results;
    expect(result.suppressions).toEqual([
      { kind: "external", status: "accepted", justification: "Agreed (until 2027-01-01)" },
    ]);
  });
});

test("junit has a case for each webhook, which fails by what makes the command fail", () => {
  const xml = diffJunit(shared, ({ level }) => level === "breaking");
  expect(readJunit(xml)).toMatchObject({ cases: 262, failures: 261 });
  expect(readJunit(diffJunit(shared, () => false)).failures).toBe(0);
  expect(readJunit(diffJunit(hostile, () => true)).failures).toBe(
    new Set(hostile.changes.map(({ webhook }) => webhook)).size,
  );
  expect(readJunit(diffJunit(report([], { complete: false }), () => true)).failures).toBe(1);
});

test("annotations are one line each, at the place in the revision", () => {
  const lines = diffGithub(hostile).trimEnd().split("\n");
  expect(lines).toHaveLength(hostile.changes.length);
  for (const line of lines)
    expect(line).toMatch(/^::(?:error|warning) file=a\.yaml,line=\d+,col=\d+,title=[a-z-]+::[^\r\n]+$/);
  expect(diffGithub(shared).trimEnd().split("\n")).toHaveLength(2);
});

describe("the project's settings", () => {
  const entry = {
    rule: "property-became-optional",
    pointer: "/customer/email",
    reason: "Agreed.",
    expires: "2026-12-01",
  };
  const with_ = (accepted: object, today = "2026-11-28") =>
    report([email(), email({ webhook: "order.held" })], { config: { accepted: [{ ...entry, ...accepted }] }, today });

  test.each<[string, DiffReport, string, number]>([
    ["a change is accepted for all webhooks", with_({}), "none", 2],
    ["for one webhook", with_({ webhook: "order.held" }), "breaking", 1],
    ["for another webhook", with_({ webhook: "order.nope" }), "breaking", 0],
    ["for another contract", with_({ contract: "b" }), "breaking", 0],
    ["at another place", with_({ pointer: "/customer" }), "breaking", 0],
    ["the day before it expires", with_({}, "2026-11-30"), "none", 2],
    ["the day it expires", with_({}, "2026-12-01"), "breaking", 0],
  ])("%s", (_why, one, verdict, accepted) => {
    expect({ verdict: one.verdict, accepted: one.accepted.length }).toEqual({ verdict, accepted });
  });

  test("what has expired is said", () => {
    expect(with_({}, "2027-01-01").notes).toEqual([
      'The acceptance of property-became-optional at "/customer/email" expired on 2026-12-01 (Agreed.); the change counts again.',
    ]);
    expect(with_({ pointer: "/x" }, "2027-01-01").notes).toEqual([
      'The acceptance of property-became-optional at "/x" expired on 2026-12-01 (Agreed.), and no such change was found.',
    ]);
    expect(with_({}).notes).toEqual([]);
  });

  test("levels change the verdict, and off leaves out", () => {
    const level = (levels: NonNullable<ReportOptions["config"]["levels"]>) =>
      report([change()], { config: { levels } });
    expect(level({ "enum-value-added": "breaking" }).verdict).toBe("breaking");
    expect(level({ "enum-value-added": "safe" }).verdict).toBe("safe");
    expect(level({ "enum-value-added": "off" })).toMatchObject({ verdict: "none", changes: [] });
  });
});
