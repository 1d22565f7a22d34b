import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { githubAnnotations } from "../../src/cli/formats/github.ts";
import { event, type Files, openapi, project, put, run, tree } from "./helpers.ts";

const BASELINE = ".hookbook-baseline.json";

/** Nothing to be found in it. */
const clean = `openapi: 3.1.0
info: { title: Orders, version: 1.0.0 }
webhooks:
  paid:
    post:
      summary: An order was paid.
      security: []
      requestBody:
        content:
          application/json:
            schema:
              type: object
              required: [id]
              properties:
                id: { type: string, description: The order. }
            example: { id: "1" }
      responses: { "2XX": { description: Received. } }
`;
const withEnum = clean.replace(
  "description: The order. }",
  "description: The order., }\n                status: { description: S., enum: [a, b] }",
);
const withoutDescription = clean.replace("{ type: string, description: The order. }", "{ type: string }");
const withBadExample = clean.replace('example: { id: "1" }', "example: { id: 1 }");
const withViolation = clean.replace("title: Orders, ", "");

const lint = (files: Files, ...args: readonly string[]) => run(project(files), ["lint", ...args]);

async function findings(files: Files, ...args: readonly string[]) {
  const { status, stdout } = await lint(files, "--format", "json", ...args);
  const { diagnostics, summary, ...rest } = JSON.parse(stdout);
  expect(rest).toEqual({});
  return {
    status,
    codes: diagnostics.map(({ code, severity }: Record<string, string>) => `${severity} ${code}`),
    summary,
    diagnostics,
  };
}

describe("exit status", () => {
  test.each<{ why: string; files: Files; args?: readonly string[]; status: number; codes: readonly string[] }>([
    { why: "nothing found", files: { "openapi.yaml": clean }, status: 0, codes: [] },
    { why: "only a warning", files: { "openapi.yaml": withEnum }, status: 0, codes: ["warning enum-may-grow"] },
    {
      why: "a warning, and they fail",
      files: { "openapi.yaml": withEnum },
      args: ["--fail-on", "warning"],
      status: 1,
      codes: ["warning enum-may-grow"],
    },
    {
      why: "an info never fails",
      files: { "openapi.yaml": withoutDescription },
      args: ["--fail-on", "warning"],
      status: 0,
      codes: ["info property-without-description"],
    },
    {
      why: "an example that breaks its schema is an error here",
      files: { "openapi.yaml": withBadExample },
      status: 1,
      codes: ["error example-invalid"],
    },
    {
      why: "a violation of the specification is an error here",
      files: { "openapi.yaml": withViolation },
      status: 1,
      codes: ["error openapi-violation"],
    },
    {
      why: "a document that cannot be read",
      files: { "openapi.yaml": "swagger: '2.0'\n" },
      status: 2,
      codes: ["error unsupported-version"],
    },
    { why: "a file that is not there", files: {}, status: 2, codes: ["error file-not-found"] },
  ])("$why: $status", async ({ files, args = [], status, codes }) => {
    const found = await findings(files, "openapi.yaml", ...args);
    expect(found.codes).toEqual(codes);
    expect(found.status).toBe(status);
  });

  test("one document of several that cannot be read is 2, and the others are told of", async () => {
    const files = { "a/openapi.yaml": withEnum, "b/openapi.yaml": "not: this" };
    const found = await findings(files, "a/openapi.yaml", "b/openapi.yaml");
    expect(found.status).toBe(2);
    expect(found.codes).toEqual(["warning enum-may-grow", "error not-a-description"]);
  });

  test.each([
    [["--format", "xml"], /Allowed choices are text, json, sarif, junit, github/],
    [["--fail-on", "info"], /Allowed choices are error, warning/],
    [[], /There is no document/],
  ])("wrong usage %s is 2", async (args, says) => {
    const { status, stdout, stderr } = await lint({}, ...args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(says);
  });
});

test("--format json has the documented shape", async () => {
  const found = await findings({ "openapi.yaml": withEnum }, "openapi.yaml");
  expect(found.summary).toEqual({ errors: 0, warnings: 1, infos: 0 });
  expect(found.diagnostics).toEqual([
    {
      code: "enum-may-grow",
      severity: "warning",
      message: expect.stringContaining('"status" is closed at its 2 values'),
      location: {
        file: "openapi.yaml",
        line: 16,
        column: 17,
        pointer: "/webhooks/paid/post/requestBody/content/application~1json/schema/properties/status",
      },
      hint: expect.stringContaining("x-open-enum"),
    },
  ]);
});

test("several documents are told of together, what they share once", async () => {
  const paid = (name: string) => ({ [name]: { $ref: "../shared.json#/Paid" } });
  const shared = { Paid: event("paid", { status: { enum: ["a", "b"] } }) };
  const files = { "a/openapi.json": openapi(paid("a")), "b/openapi.json": openapi(paid("b")), "shared.json": shared };
  const { codes, diagnostics } = await findings(files, "a/openapi.json", "b/openapi.json");
  expect(codes.filter((code: string) => code.endsWith("enum-may-grow"))).toHaveLength(1);
  expect(new Set(diagnostics.map(({ location }: { location: { file: string } }) => location.file))).toEqual(
    new Set(["a/openapi.json", "b/openapi.json", "shared.json"]),
  );
});

test("AsyncAPI documents are judged by their parser's rules too, and nothing is said twice", async () => {
  const text = `asyncapi: 2.6.0
info: { title: Orders, version: 1.0.0 }
channels:
  c:
    subscribe:
      operationId: onPaid
      message: { messageId: paid, payload: { type: object } }
components:
  schemas:
    Unused: { type: object }
  securitySchemes:
    key: { type: apiKey, in: user }
`;
  const { codes, diagnostics } = await findings({ "asyncapi.yaml": text }, "asyncapi.yaml");
  expect(codes).toContain("warning asyncapi-advice");
  const unused = diagnostics.filter(({ message }: { message: string }) => /unused|nothing uses/i.test(message));
  expect(unused.map(({ code }: { code: string }) => code)).toEqual(["component-unused", "component-unused"]);
});

test("an example that breaks its schema is told of once, in AsyncAPI 2 too", async () => {
  const message = (example: object) => ({
    payload: { type: "object", required: ["id"], properties: { id: { type: "integer" } } },
    examples: [{ payload: example }],
  });
  const document = {
    asyncapi: "2.6.0",
    info: { title: "T", version: "1" },
    channels: { c: { subscribe: { message: message({ id: "a" }) }, publish: { message: message({}) } } },
  };
  const { stdout } = await run(project({ "a.json": document }), ["lint", "a.json", "--format", "json"]);
  const { diagnostics } = JSON.parse(stdout);
  const errors = diagnostics.filter(({ severity }: Record<string, string>) => severity === "error");
  const places = errors.map(({ code, location }: { code: string; location: { pointer: string } }) => [
    code,
    location.pointer,
  ]);
  expect(places).toEqual([
    ["example-invalid", "/channels/c/subscribe/message/examples/0/payload"],
    ["asyncapi-violation", "/channels/c/publish/message/examples/0/payload"],
  ]);
});

test("an example that a pattern would take for ever on is not tried on it, and that is said", async () => {
  const text = clean.replace("type: string, description", () => "pattern: '^(?:a+(?!b))+$', description");
  const start = performance.now();
  const { status, codes } = await findings(
    { "openapi.yaml": text.replace('example: { id: "1" }', `example: { id: "${"a".repeat(100)}!" }`) },
    "openapi.yaml",
  );
  expect(performance.now() - start).toBeLessThan(8_000);
  // A look-around inside the loop, which cannot be matched in another way.
  expect(codes).toEqual(["warning keyword-not-usable"]);
  expect(status).toBe(0);
});

describe("rules of the configuration", () => {
  const config = (rules: object) => ({ "hookbook.config.json": { documents: ["openapi.yaml"], rules } });

  test.each([
    [{ "enum-may-grow": "error" }, withEnum, 1, ["error enum-may-grow"]],
    [{ "enum-may-grow": "off" }, withEnum, 0, []],
    [{ "example-invalid": "warning" }, withBadExample, 0, ["warning example-invalid"]],
    [{ "openapi-violation": "info" }, withViolation, 0, ["info openapi-violation"]],
  ])("%j", async (rules, text, status, codes) => {
    const found = await findings({ ...config(rules), "openapi.yaml": text });
    expect(found.codes).toEqual(codes);
    expect(found.status).toBe(status);
  });

  test("one that is no code is said", async () => {
    const { stderr, status } = await lint({ ...config({ "enum-may-grwo": "off" }), "openapi.yaml": clean });
    expect(status).toBe(0);
    expect(stderr).toBe(
      'The configuration sets a level for "enum-may-grwo", which is no code.\n  hint: did you mean "enum-may-grow"?\n',
    );
  });
});

describe("the baseline", () => {
  const both = { "openapi.yaml": withEnum };

  test("accepts what is found now, and only that", async () => {
    const folder = project(both);
    const written = await run(folder, ["lint", "openapi.yaml", "--fail-on", "warning", "--update-baseline"]);
    expect(written).toEqual({
      status: 0,
      stderr: `${BASELINE} accepts 1 finding.\n`,
      stdout: "0 errors, 0 warnings, 0 infos; 1 more accepted by the baseline\n",
    });
    expect(JSON.parse(tree(folder)[BASELINE] ?? "")).toEqual({
      version: 1,
      findings: [
        {
          code: "enum-may-grow",
          file: "openapi.yaml",
          pointer: "/webhooks/paid/post/requestBody/content/application~1json/schema/properties/status",
          count: 1,
        },
      ],
    });
    const before = tree(folder);
    expect(await run(folder, ["lint", "openapi.yaml", "--format", "json"])).toEqual({
      status: 0,
      stderr: "",
      stdout: `${JSON.stringify({ diagnostics: [], summary: { errors: 0, warnings: 0, infos: 0 } }, null, 2)}\n`,
    });
    expect(tree(folder)).toEqual(before);

    // Lines may move; another finding is told.
    put(folder, {
      "openapi.yaml": `# a comment\n${withEnum.replace("{ type: string, description: The order., }", "{ type: string }")}`,
    });
    const after = await run(folder, ["lint", "openapi.yaml", "--format", "json"]);
    expect(JSON.parse(after.stdout).summary).toEqual({ errors: 0, warnings: 0, infos: 1 });
  });

  test("says what no longer occurs, and forgets it when asked", async () => {
    const folder = project(both);
    await run(folder, ["lint", "openapi.yaml", "--update-baseline"]);
    put(folder, { "openapi.yaml": clean });
    const gone = await run(folder, ["lint", "openapi.yaml"]);
    expect(gone.status).toBe(0);
    expect(gone.stderr).toMatch(
      /^1 finding of \.hookbook-baseline\.json no longer occurs; --update-baseline removes it:\n {2}enum-may-grow {2}openapi\.yaml {2}\/webhooks/,
    );
    await run(folder, ["lint", "openapi.yaml", "--update-baseline"]);
    expect(await run(folder, ["lint", "openapi.yaml"])).toMatchObject({ status: 0, stderr: "" });
  });

  test("keeps what it accepts in documents that this run is not about", async () => {
    const folder = project({ "a/openapi.yaml": withEnum, "b/openapi.yaml": withEnum });
    await run(folder, ["lint", "a/openapi.yaml", "b/openapi.yaml", "--update-baseline"]);
    put(folder, { "a/openapi.yaml": clean });
    await run(folder, ["lint", "a/openapi.yaml", "--update-baseline"]);
    const { findings: kept } = JSON.parse(tree(folder)[BASELINE] ?? "");
    expect(kept.map(({ file }: { file: string }) => file)).toEqual(["b/openapi.yaml"]);
  });

  test("is not written, and accepts nothing, where a document cannot be read", async () => {
    const folder = project({ "openapi.yaml": "nothing: here" });
    const { status, stdout } = await run(folder, ["lint", "openapi.yaml", "--update-baseline"]);
    expect(status).toBe(2);
    expect(stdout).toContain("not-a-description");
    expect(Object.keys(tree(folder))).toEqual(["openapi.yaml"]);
  });

  test("that is none is wrong usage", async () => {
    const { status, stderr } = await lint({ ...both, [BASELINE]: "{}" }, "openapi.yaml");
    expect(status).toBe(2);
    expect(stderr).toContain(`${BASELINE} is not a baseline.`);
  });
});

test("--format text shows the place, and counts", async () => {
  const { stdout, stderr } = await lint({ "openapi.yaml": withEnum }, "openapi.yaml");
  expect(stderr).toBe("");
  expect(stdout).toContain("openapi.yaml:16:17  warning  enum-may-grow  ");
  expect(stdout).toContain("> 16 |                 status:");
  expect(stdout).toMatch(/\n0 errors, 1 warning, 0 infos\n$/);
});

test("--format text shows twenty of a kind, and says how many more there are", async () => {
  const properties = Object.fromEntries(Array.from({ length: 25 }, (_, index) => [`p${index}`, { type: "string" }]));
  const { stdout } = await lint({ "openapi.json": openapi({ a: event("a", properties) }) }, "openapi.json");
  expect(stdout.match(/ {2}info {2}property-without-description {2}/g)).toHaveLength(20);
  // 25, and the property that every event has.
  expect(stdout).toContain("and 6 more of property-without-description (--format json has them all)\n");
  expect(stdout).toMatch(/26 infos\n$/);
});

/** A property whose name tries to break out of every format. */
const HOSTILE = 'a%0A::error::"<&>,b:c]]>\u0000\u001b[31m\u202e\n';
const hostile = {
  "spécs, 1%/openapi.json": openapi({ a: event("a", { [`${HOSTILE}status`]: { enum: ["x", "y"] } }) }),
};

describe("--format github", () => {
  test("is one command a line, with what it means escaped", async () => {
    const { status, stdout } = await lint(hostile, "spécs, 1%/openapi.json", "--format", "github");
    expect(status).toBe(0);
    const lines = stdout.trimEnd().split("\n");
    expect(lines.length).toBeGreaterThan(3);
    for (const line of lines) {
      expect(line).toMatch(
        /^::(?:warning|notice) file=spécs%2C 1%25\/openapi\.json,line=1,col=\d+,title=[a-z-]+::[^\r\n]+$/,
      );
      expect(line).not.toMatch(/%(?!25|0A|0D|3A|2C)|\p{Cc}|\u202e/u);
    }
    expect(stdout).toMatch(/^::warning .*title=enum-may-grow::"a%250A::error::/m);
    expect(stdout).toMatch(/^::notice .*title=property-without-description::/m);
  });

  test("no message controls a terminal or begins a command", () => {
    const location = { file: "a:b,c%\nd", line: 1, column: 2, pointer: "" };
    const finding = { code: "c", severity: "info" as const, message: "1\n::error::\u001b[0m%", hint: "h\r%", location };
    expect(githubAnnotations([finding])).toBe(
      "::notice file=a%3Ab%2Cc%25%0Ad,line=1,col=2,title=c::1\\n::error::\\x1b[0m%25%0Ahint: h\\r%25\n",
    );
  });

  test("an error is an error", async () => {
    const { stdout } = await lint({ "openapi.yaml": withBadExample }, "openapi.yaml", "--format", "github");
    expect(stdout).toMatch(
      /^::error file=openapi\.yaml,line=16,col=13,title=example-invalid::[^\n]+%0Ahint: [^\n]+\n$/,
    );
  });
});

describe("--format junit", () => {
  test("is well-formed whatever the names are", async () => {
    const { stdout } = await lint(hostile, "spécs, 1%/openapi.json", "--format", "junit", "--fail-on", "warning");
    expect(wellFormed(stdout)).toBe(true);
    expect(stdout).toContain('<testcase name="enum-may-grow" classname="spécs, 1%/openapi.json">');
    // An info does not fail.
    expect(stdout).not.toContain("property-without-description");
  });

  test("a document without failures is a test that passes", async () => {
    const { stdout } = await lint({ "openapi.yaml": withEnum }, "openapi.yaml", "--format", "junit");
    expect(stdout).toContain('tests="1" failures="0"');
    expect(stdout).toContain('<testcase name="lint" classname="openapi.yaml"/>');
  });
});

/** Every tag is closed in its turn, attributes are quoted, and nothing is in the text that XML 1.0 forbids. */
function wellFormed(xml: string): boolean {
  const open: string[] = [];
  const rest = xml
    .replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n/, "")
    .replace(/<(\/?)([a-z]+)((?: [a-z]+="[^"<]*")*)(\/?)>/g, (_, close: string, name: string, __, empty: string) => {
      if (close === "/") return open.pop() === name ? "" : "<";
      if (empty === "") open.push(name);
      return "";
    });
  const forbidden = /[<>]|&(?!(?:amp|lt|gt|quot|#10);)|(?![\t\n\r])\p{Cc}(?<![\u0080-\u009f])|[\ufffe\uffff]/u;
  return open.length === 0 && !forbidden.test(rest) && !/&(?!(?:amp|lt|gt|quot|#10);)/.test(xml);
}

describe("--format sarif", () => {
  const text = { type: "string", minLength: 1 };
  const message = {
    type: "object",
    required: ["text"],
    properties: { text, markdown: text },
    additionalProperties: false,
  };
  const level = { enum: ["none", "note", "warning", "error"] };
  /** What we write of the published schema (sarif-schema-2.1.0.json), and nothing beside it. */
  const schema = object({
    $schema: { type: "string", format: "uri" },
    version: { const: "2.1.0" },
    runs: {
      type: "array",
      minItems: 1,
      items: object({
        tool: object({
          driver: object({
            name: text,
            version: text,
            semanticVersion: text,
            informationUri: { type: "string", pattern: "^https://" },
            rules: {
              type: "array",
              uniqueItems: true,
              items: object({
                id: text,
                name: { type: "string", pattern: "^[A-Z][A-Za-z0-9]*$" },
                shortDescription: message,
                fullDescription: message,
                help: message,
                helpUri: { type: "string", pattern: "^https://" },
                defaultConfiguration: object({ level }),
              }),
            },
          }),
        }),
        columnKind: { enum: ["utf16CodeUnits", "unicodeCodePoints"] },
        invocations: { type: "array", items: object({ executionSuccessful: { type: "boolean" } }) },
        results: {
          type: "array",
          items: object({
            ruleId: text,
            ruleIndex: { type: "integer", minimum: 0 },
            level,
            message,
            locations: {
              type: "array",
              minItems: 1,
              items: object({
                physicalLocation: object({
                  // Relative: no scheme, no leading slash, everything else encoded.
                  artifactLocation: object({
                    uri: { type: "string", pattern: "^(?!/)[A-Za-z0-9._~!'()*/%-]+$" },
                    uriBaseId: { const: "%SRCROOT%" },
                  }),
                  region: object({
                    startLine: { type: "integer", minimum: 1 },
                    startColumn: { type: "integer", minimum: 1 },
                  }),
                }),
                logicalLocations: { type: "array", items: object({ fullyQualifiedName: text, kind: text }) },
              }),
            },
            partialFingerprints: {
              type: "object",
              additionalProperties: { type: "string", pattern: "^[0-9a-f]{32}$" },
            },
          }),
        },
      }),
    },
  });
  const isValid = new Ajv2020({ allErrors: true, formats: { uri: true } }).compile(schema);

  const sarif = async (files: Files, ...args: readonly string[]) => {
    const { stdout, status } = await lint(files, ...args, "--format", "sarif");
    const log = JSON.parse(stdout);
    isValid(log);
    expect(isValid.errors).toBeNull();
    return { status, ...log.runs[0] };
  };

  test.each([
    ["nothing", { "openapi.yaml": clean }, "openapi.yaml", 0, true],
    ["hostile names", hostile, "spécs, 1%/openapi.json", 0, true],
    ["a document that cannot be read", { "openapi.yaml": "a: 1" }, "openapi.yaml", 2, false],
  ])("keeps to the schema: %s", async (_, files, path, status, complete) => {
    const log = await sarif(files, path);
    expect(log.status).toBe(status);
    expect(log.invocations).toEqual([{ executionSuccessful: complete }]);
  });

  test("results refer to their rules, which explain themselves", async () => {
    const { results, tool } = await sarif({ "openapi.yaml": withEnum }, "openapi.yaml");
    const { rules } = tool.driver;
    const several = await sarif(hostile, "spécs, 1%/openapi.json");
    expect(several.tool.driver.rules.length).toBeGreaterThan(2);
    for (const { ruleId, ruleIndex } of several.results) expect(several.tool.driver.rules[ruleIndex].id).toBe(ruleId);
    for (const { ruleId, ruleIndex } of results) expect(rules[ruleIndex].id).toBe(ruleId);
    const [rule] = rules;
    expect(rule).toMatchObject({
      id: "enum-may-grow",
      name: "EnumMayGrow",
      defaultConfiguration: { level: "warning" },
    });
    expect(rule.help.markdown).toMatch(/^# enum-may-grow\n/);
    expect(rule.shortDescription.text).toMatch(/^An enum in what the sender writes is closed.*\.$/);
    expect(rule.fullDescription.text).toContain("Vendors add a value");
  });

  test("fingerprints stay when lines move, and are of one finding each", async () => {
    const fingerprints = async (files: Files) => {
      const { results } = await sarif(files, "openapi.json");
      return results.map((result: { partialFingerprints: object }) => Object.values(result.partialFingerprints)[0]);
    };
    const document = openapi({ a: event("a", { status: { enum: ["x", "y"] } }), b: event("b") });
    const before = await fingerprints({ "openapi.json": JSON.stringify(document) });
    const after = await fingerprints({ "openapi.json": `\n\n${JSON.stringify(document, null, 4)}` });
    expect(after).toEqual(before);
    expect(before.length).toBeGreaterThan(4);
    expect(new Set(before).size).toBe(before.length);
    // Nor do others before them.
    const more = openapi({ "0": event("0"), a: event("a", { status: { enum: ["x", "y"] } }), b: event("b") });
    const ofMore = await fingerprints({ "openapi.json": JSON.stringify(more) });
    const kept = before.filter((fingerprint: string) => ofMore.includes(fingerprint));
    // Only what is said of all webhooks together names the new one too.
    expect(kept.length).toBe(before.length - 1);
  });
});

/** An object schema with these properties and no others; `markdown` and `uriBaseId` need not be there. */
function object(properties: Readonly<Record<string, object>>): object {
  return { type: "object", required: Object.keys(properties), properties, additionalProperties: false };
}
