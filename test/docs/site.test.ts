/** The whole site of this repository's contracts and guides, as text: every link leads somewhere, and nothing is left out. */
import { existsSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { readGuides } from "../../src/cli/docs-inputs.ts";
import { isArray, isJsonString, isObject } from "../../src/json/index.ts";
import type { Contract, Json, Schema } from "../../src/model/index.ts";
import { emitDocsFiles, loadContract } from "../../src/pipeline.ts";

const repository = join(import.meta.dirname, "../..");
const DOCUMENTS = [
  ["bandwidth-webrtc", "specs/bandwidth-webrtc/openapi.yaml"],
  ["conference", "specs/conference/openapi.yaml"],
  ["bandwidth-voice-messaging", "specs/bandwidth-voice-messaging/asyncapi.yaml"],
] as const;

const contracts: Contract[] = [];
let pages: ReadonlyMap<string, string>;
let messages: readonly string[];

beforeAll(async () => {
  const inputs = [];
  for (const [id, path] of DOCUMENTS) {
    const { value } = await loadContract(path, { cwd: repository, id, role: "sender", allowRemote: [] });
    if (value === null) throw new Error(path);
    contracts.push(value.contract);
    inputs.push({ loaded: value });
  }
  const guides = await readGuides(join(repository, "docs"), ["getting-started"]);
  const { value, diagnostics } = await emitDocsFiles(inputs, guides, { title: "Reference", guidesFolder: "docs" });
  pages = new Map(value.map(({ path, text }) => [path, text]));
  messages = diagnostics.map(({ location, message }) => `${location.file}: ${message}`);
});

const htmlPages = () => [...pages].filter(([path]) => path.endsWith(".html"));
const idsOf = (text: string) => [...text.matchAll(/\sid="([^"]*)"/g)].map(([, id = ""]) => unescaped(id));
const unescaped = (text: string) =>
  text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");

test("every link and every anchor of the site leads somewhere", () => {
  const lost: string[] = [];
  let count = 0;
  const ids = new Map(htmlPages().map(([path, text]) => [path, new Set(idsOf(text))]));
  for (const [path, text] of htmlPages()) {
    for (const [, address = ""] of text.matchAll(/\s(?:href|src)="([^"]*)"/g)) {
      const link = unescaped(address);
      if (/^(?:https?|mailto):/.test(link)) continue;
      count++;
      const [file = "", fragment] = link.split("#");
      const target = file === "" ? path : posix.join(posix.dirname(path), decodeURIComponent(file));
      const isThere =
        pages.has(target) && (fragment === undefined || ids.get(target)?.has(decodeURIComponent(fragment)) === true);
      if (!isThere) lost.push(`${path}: ${link}`);
    }
  }
  expect(lost).toEqual([]);
  expect(count).toBeGreaterThan(5_000);
});

test("no id is used twice in a page", () => {
  const repeated = htmlPages().flatMap(([path, text]) => {
    const ids = idsOf(text);
    return ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `${path}#${id}`);
  });
  expect(repeated).toEqual([]);
});

test("nothing is loaded from elsewhere, and nothing stands in a page that the policy forbids", () => {
  for (const [path, text] of htmlPages()) {
    expect(text, path).toContain("default-src &#39;none&#39;");
    expect(
      text.match(/<(?:script|link|img|iframe|object|embed|video|audio|source)\b[^>]*(?:https?:)?\/\/[^>]*>/gi),
      path,
    ).toBeNull();
    expect(text.match(/<script(?![^>]*\ssrc=)|<style|\son\w+="|\sstyle="/gi), path).toBeNull();
  }
  expect(pages.get("assets/style.css")).not.toMatch(/url\(|@import/);
});

test("the guides' links all lead somewhere", () => {
  // Files of the repository that are no guides are no pages; their names stand in the text all the same.
  const isFile = (message: string) =>
    existsSync(join(repository, "docs", /link to "([^"]*)"/.exec(message)?.[1] ?? "?"));
  expect(messages.filter((message) => !isFile(message))).toEqual([]);
});

describe("every field of every event is in its page, under an id of its own", () => {
  test.each(DOCUMENTS)("%s", (id) => {
    const contract = contracts.find((one) => one.id === id) as Contract;
    let fields = 0;
    for (const { key, name, payload } of contract.webhooks) {
      const text = pages.get(`contracts/${id}/events/${key}.html`);
      expect(text, name).toBeDefined();
      const ids = new Set(idsOf(text ?? ""));
      for (const path of fieldPaths(payload, contract)) {
        expect(ids, `${name} ${path}`).toContain(`field-${path.replaceAll("[]", "*")}`);
        fields++;
      }
      for (const { name: example } of contract.webhooks.find((one) => one.key === key)?.examples ?? []) {
        expect(text, `${name} ${example}`).toContain(example);
      }
    }
    expect(fields).toBeGreaterThan(contract.webhooks.length * 3);
  });

  /** Written apart from the pages' own reading of schemas: properties, wherever they are. */
  function fieldPaths(schema: Schema, { schemas }: Contract, path = ""): Set<string> {
    const found = new Set<string>();
    const visit = (part: Json | undefined, at: string): void => {
      if (!isObject(part)) return;
      const ref = part["$ref"];
      if (typeof ref === "string") visit(schemas[ref.slice("#/schemas/".length)], at);
      for (const keyword of ["allOf", "anyOf", "oneOf"]) {
        const list = part[keyword];
        if (isArray(list)) for (const one of list) visit(one, at);
      }
      for (const keyword of ["then", "else"]) visit(part[keyword], at);
      if (isJsonString(part)) visit(part["contentSchema"], at);
      visit(part["items"], `${at}[]`);
      for (const [name, property] of isObject(part["properties"]) ? Object.entries(part["properties"]) : []) {
        const below = at === "" ? name : `${at}.${name}`;
        found.add(below);
        visit(property, below);
      }
    };
    visit(schema, path);
    return found;
  }
});

test("the search knows every event and where its fields are", () => {
  const script = pages.get("assets/search-index.js") ?? "";
  const entries = JSON.parse(script.slice(script.indexOf("["), script.lastIndexOf("]") + 1)) as readonly {
    readonly k: string;
    readonly t: string;
    readonly u: string;
    readonly f?: readonly string[];
  }[];
  expect(entries.filter(({ k }) => k === "event")).toHaveLength(42);
  for (const { u, f = [] } of entries) {
    const ids = new Set(idsOf(pages.get(u.split("#")[0] ?? "") ?? ""));
    for (const field of f) {
      const [path, id = `field-${path}`] = field.split(" ");
      expect(ids, `${u} ${field}`).toContain(id);
    }
  }
});

test("the document can be downloaded as it is", () => {
  for (const [id, path] of DOCUMENTS) {
    expect(pages.get(`contracts/${id}/source/${posix.basename(path)}`)).toBe(
      readFileSync(join(repository, path), "utf8"),
    );
  }
});

test("JSON in a string is opened up, and says so", () => {
  const text = pages.get("contracts/conference/events/leave_livestream.html") ?? "";
  expect(text).toMatch(/id="field-payload"[\s\S]*?JSON in a string[\s\S]*?id="field-payload\.host_id"/);
  expect(text).toContain("What handlers get");
});

test("the call that a callback is subscribed by is named, though its payload was split", () => {
  const text = pages.get("contracts/bandwidth-webrtc/index.html") ?? "";
  expect(text).toContain(
    '<span class="method">POST</span> <code>/accounts/{accountId}/participants</code> of the sender\'s API, and give the URL of your receiver in the field callbackUrl of the body',
  );
});
