/**
 * `generated/` is what users copy into their own projects: alone in a folder, without this repository and without any
 * package, it must run, and compile under the strictest settings.
 */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { node, repository } from "./processes.ts";

const generated = join(repository, "generated");
/** Not of the code: the contract tests and the documentation put their own files there. */
const OTHERS = ["pacts", "docs"];
const files = readdirSync(generated, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => relative(generated, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
  .filter((path) => !OTHERS.includes(path.split("/")[0] ?? ""));
const code = files.filter((path) => /\.[cm]?[jt]s$/.test(path));

let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "hookbook-standalone-"));
  for (const path of files) {
    mkdirSync(dirname(join(folder, "generated", path)), { recursive: true });
    cpSync(join(generated, path), join(folder, "generated", path));
  }
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

// ------------------------------------------------------------------------------------------------------ what it says

/** What a file imports, in any way that there is: statically, dynamically, for types, by a triple-slash reference. */
function imported(text: string): string[] {
  const { importedFiles, referencedFiles, typeReferenceDirectives, libReferenceDirectives } = ts.preProcessFile(
    text,
    true,
    true,
  );
  return [...importedFiles, ...referencedFiles, ...typeReferenceDirectives, ...libReferenceDirectives].map(
    ({ fileName }) => fileName,
  );
}

/** What is wrong with a file's imports: anything but a relative path to another of the files. */
function strangers(path: string, text: string): string[] {
  return imported(text).filter((specifier) => {
    if (!/^\.\.?\//.test(specifier)) return true;
    const target = join(dirname(path), specifier).replaceAll("\\", "/");
    const isThere = files.includes(target);
    // Types live in `types.ts` and in declarations beside the code.
    const asTypes = [target.replace(/\.js$/, ".ts"), target.replace(/\.js$/, ".d.ts")];
    return !(isThere || (path.endsWith("ts") && asTypes.some((one) => files.includes(one))));
  });
}

describe("the text of the files", () => {
  test("names nothing outside the folder", () => {
    expect(code.length).toBeGreaterThan(100);
    const found = code.flatMap((path) =>
      strangers(path, readFileSync(join(generated, path), "utf8")).map((specifier) => `${path}: ${specifier}`),
    );
    expect(found).toEqual([]);
  });

  test("a stranger would be found however it is imported", () => {
    const ways = [
      'import { a } from "ajv";',
      'import "node:fs";',
      'export * from "ajv/dist/core.js";',
      'export const load = () => import("ajv");',
      'const core = require("ajv");',
      'export type A = import("ajv").Ajv;',
      'import type { A } from "../../src/index.js";',
      'import { a } from "./not-there.js";',
      '/// <reference types="node" />',
    ];
    for (const text of ways) expect([text, strangers("conference/index.d.ts", text).length]).toEqual([text, 1]);
    expect(strangers("conference/index.js", 'import { createDecoder } from "../runtime/index.js";')).toEqual([]);
    // A module that only has types cannot be imported by code that runs.
    expect(strangers("conference/index.js", 'import { a } from "./types.js";')).toEqual(["./types.js"]);
  });

  test("makes no code at run time and needs no CommonJS", () => {
    const forbidden = /\brequire\s*\(|\beval\s*\(|\bnew\s+Function\b|\bFunction\s*\(|\bmodule\.exports\b|\bprocess\./;
    expect(["require('a')", "eval(a)", "new Function(a)"].every((text) => forbidden.test(text))).toBe(true);
    const found = code.filter((path) => forbidden.test(readFileSync(join(generated, path), "utf8")));
    expect(found).toEqual([]);
  });

  test("tells nothing of the machine that made it", () => {
    const found = files.filter((path) => {
      const text = readFileSync(join(generated, path), "utf8");
      return text.includes(repository) || /file:\/\/|\/home\/|\/Users\/|\/tmp\/|\r/.test(text);
    });
    expect(found).toEqual([]);
  });
});

// ------------------------------------------------------------------------------------------------------- how it runs

const PROGRAM = `
import assert from "node:assert/strict";
import * as conference from "./generated/conference/index.js";
import * as voice from "./generated/bandwidth-voice-messaging/index.js";
import * as webrtc from "./generated/bandwidth-webrtc/index.js";
import { examples } from "./generated/conference/examples.js";

assert.throws(() => new Function("return 1"), EvalError);

const bodies = [
  [webrtc, "onLeave", {
    event: "onLeave", timestamp: "1628786234676", participantId: "p-1", deviceId: "d-1",
  }],
  [conference, "conference_end", {
    event: "conference_end", payload: '{"conference_id":1258835,"host_id":61803}', timestamp: "2022-08-24T20:56:55.000Z",
  }],
  [voice, "reject", {
    eventType: "hangup", from: "+15305550172", to: "+12705550149", callId: "c-1", callUri: "{uri}",
    cause: "CALL_REJECTED", time: "2014-04-23T11:53:43-03",
  }],
];
for (const [contract, webhook, body] of bodies) {
  const headers = { "content-type": "application/json" };
  const decoded = await contract.decode({ method: "POST", url: "/", headers, body: JSON.stringify(body) });
  assert.equal(decoded.ok, true, JSON.stringify(decoded));
  assert.equal(decoded.webhook, webhook);
  const encoded = await contract.encode(webhook, decoded.event);
  assert.deepEqual({ ...encoded, body: JSON.parse(encoded.body) }, { method: "POST", headers, body, query: "" });
  const refused = await contract.decode({ body: JSON.stringify({ ...body, time: 5, timestamp: 5 }) });
  assert.deepEqual([refused.ok, refused.reason, refused.webhook], [false, "invalid-payload", webhook]);
  await assert.rejects(contract.encode(webhook, { ...decoded.event, time: 5, timestamp: 5 }), contract.InvalidEventError);
}

// The other form, through modules that are loaded when they are first needed.
const mms = { eventType: "mms", direction: "in", from: "+15035550155", to: "+12535550100", messageId: "m-1",
  messageUri: "{uri}", text: "a & b", media: ["https://a.example/1", "https://a.example/2"], time: "2015-08-04T21:50:12Z",
  state: "received", applicationId: "a-1", segmentCount: 1 };
const { method, query } = await voice.encode("mms", mms, { method: "GET" });
const asked = await voice.decode({ method, url: "/?" + query, body: "" });
assert.deepEqual(asked.event, mms);

// Every validator, by itself.
for (const [webhook, byName] of Object.entries(examples)) {
  const validate = await conference.loadValidator(webhook);
  for (const event of Object.values(byName)) assert.equal(validate(event), true, webhook);
  assert.equal(validate({}), false);
}
console.log("done");
`;

describe("a program with nothing but the folder", () => {
  test("decodes and encodes, where no code may be made from strings", async () => {
    writeFileSync(join(folder, "program.mjs"), PROGRAM);
    const ended = await node(["--disallow-code-generation-from-strings", "program.mjs"], { cwd: folder });
    expect(ended).toEqual({ status: 0, stdout: "done\n", stderr: "" });
  });

  test("every module loads by itself", async () => {
    const modules = code.filter((path) => path.endsWith(".js"));
    const text = `for (const path of ${JSON.stringify(modules)}) await import("./generated/" + path);\nconsole.log("done");\n`;
    writeFileSync(join(folder, "all.mjs"), text);
    const ended = await node(["--disallow-code-generation-from-strings", "all.mjs"], { cwd: folder });
    expect(ended).toEqual({ status: 0, stdout: "done\n", stderr: "" });
  });
});

// ------------------------------------------------------------------------------------------------- how it is compiled

const CONSUMER = `
import * as voice from "./generated/bandwidth-voice-messaging/index.js";
import { examples as voiceExamples } from "./generated/bandwidth-voice-messaging/examples.js";
import { validate as validateReject } from "./generated/bandwidth-voice-messaging/validators/reject.js";
import * as webrtc from "./generated/bandwidth-webrtc/index.js";
import { examples as webrtcExamples } from "./generated/bandwidth-webrtc/examples.js";
import { decode, encode, type Decoded, type JsonString, type WebhookName } from "./generated/conference/index.js";
import { examples } from "./generated/conference/examples.js";
import { validate } from "./generated/conference/validators/conference_end.js";

export async function received(body: Uint8Array): Promise<number | null> {
  const decoded: Decoded = await decode({ method: "POST", headers: { "content-type": ["application/json"] }, body });
  // @ts-expect-error  nothing is known of the event yet
  decoded.event;
  if (!decoded.ok) {
    const name: WebhookName | null = decoded.webhook;
    return name === null ? null : decoded.errors.length;
  }
  if (decoded.webhook !== "conference_end") return null;
  const company: number | string | undefined = decoded.event.payload.company_id;
  // @ts-expect-error  it may be absent
  const present: number | string = decoded.event.payload.company_id;
  // @ts-expect-error  no such field
  decoded.event.payload.conference_di;
  return company === present ? decoded.event.payload.conference_id : null;
}

export async function sent(): Promise<string> {
  const { body } = await encode("conference_end", examples.conference_end.conference_end);
  // @ts-expect-error  the payload is given as it is, not as JSON
  await encode("conference_end", { event: "conference_end", payload: "{}", timestamp: "" });
  // @ts-expect-error  absent is not undefined
  await webrtc.encode("onLeave", { event: "onLeave", timestamp: "1", participantId: "", deviceId: "", tag: undefined });
  await webrtc.encode("onLeave", webrtcExamples.onLeave.onLeave);
  const { query } = await voice.encode("hangup", voiceExamples.hangup.hangup, { method: "GET" });
  return body + query;
}

export function checked(event: unknown, other: unknown): number | string {
  if (validateReject(other)) {
    const cause: "CALL_REJECTED" = other.cause;
    return cause;
  }
  return validate(event) ? event.payload.host_id : (validate.errors?.[0]?.instancePath ?? "");
}

export const written: JsonString<{ readonly a: number }> = "{}";
`;

const STRICT = {
  target: "es2022",
  lib: ["es2022"],
  types: [],
  strict: true,
  skipLibCheck: false,
  noEmit: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noImplicitOverride: true,
  noPropertyAccessFromIndexSignature: true,
  noUnusedLocals: true,
  noUncheckedSideEffectImports: true,
  isolatedModules: true,
};

/** Each is a project of its own beside the one copy of the folder. */
const PROJECTS = [
  {
    title: "nodenext, in a package that says nothing of modules",
    options: { module: "nodenext" },
    // There a `.ts` file is CommonJS, so both kinds of module are tried.
    consumers: ["plain.ts", "plain.mts"],
    extraTypes: true,
  },
  {
    title: "nodenext, in a package of ES modules",
    options: { module: "nodenext", verbatimModuleSyntax: true },
    consumers: ["module/consumer.ts"],
    extraTypes: false,
  },
  {
    title: "a bundler",
    options: { module: "esnext", moduleResolution: "bundler", verbatimModuleSyntax: true },
    consumers: ["bundled.ts"],
    extraTypes: true,
  },
];

describe.concurrent("tsc at its strictest, every declaration checked", () => {
  test.for(PROJECTS)("$title", async ({ title, options, consumers, extraTypes }, { expect: check }) => {
    for (const path of consumers) {
      const depth = path.includes("/") ? "../" : "./";
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      if (path.includes("/")) writeFileSync(join(folder, dirname(path), "package.json"), '{ "type": "module" }\n');
      writeFileSync(join(folder, path), CONSUMER.replaceAll('"./generated/', `"${depth}generated/`));
    }
    check(existsSync(join(folder, "package.json"))).toBe(false);
    const config = join(folder, `tsconfig.${title.replaceAll(/\W+/g, "-")}.json`);
    // Beside what the consumer imports, every file of the folder.
    const include = extraTypes ? ["generated/**/*.ts"] : [];
    writeFileSync(config, JSON.stringify({ compilerOptions: { ...STRICT, ...options }, files: consumers, include }));
    const tsc = join(repository, "node_modules/typescript/bin/tsc");
    const ended = await node([tsc, "--project", config], { cwd: folder });
    check(ended).toEqual({ status: 0, stdout: "", stderr: "" });
  });
});
