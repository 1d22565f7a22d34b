/** `hookbook template` with the real AsyncAPI Generator, which is installed here and not in the root. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, describe, test } from "node:test";
import { CONTRACTS } from "../contracts.ts";

const site = dirname(import.meta.dirname);
const repository = dirname(site);
let folder = "";
before(() => {
  folder = mkdtempSync(join(tmpdir(), "hookbook-site-"));
});
after(() => rmSync(folder, { recursive: true, force: true }));

function template(...args: readonly string[]) {
  const bin = join(repository, "src", "cli", "bin.ts");
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, "template", ...args], {
    cwd: site,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

describe("a template of one's own", () => {
  for (const { id, document, events } of CONTRACTS) {
    test(`lists the events of ${id}`, () => {
      const out = join(folder, id);
      const made = template(
        `../${document}`,
        "./test/templates/events",
        "--out",
        out,
        "--param",
        "heading=All of them",
      );
      assert.equal(made.status, 0, made.stderr);
      assert.equal(made.stdout, "");
      const lines = readFileSync(join(out, "events.md"), "utf8").trim().split("\n");
      assert.equal(lines[0], "# All of them");
      assert.equal(new Set(lines.filter((line) => line.startsWith("- "))).size, events);
      // Compiled in a copy, not here.
      assert.equal(existsSync(join(site, "test/templates/events/__transpiled")), false);
    });
  }

  test("gives the same bytes when it was compiled earlier, and removes nothing", () => {
    const [first] = CONTRACTS;
    const out = join(folder, "again");
    for (const said of [/1 written/, /1 unchanged/]) {
      const made = template(`../${first.document}`, "./test/templates/events", "--out", out);
      assert.equal(made.status, 0, made.stderr);
      assert.match(made.stderr, said);
    }
    assert.deepEqual(readdirSync(out).sort(), [".hookbook.json", "events.md"]);
  });

  test("that fails is a sentence, and leaves nothing", () => {
    const out = join(folder, "broken");
    const { status, stdout, stderr } = template(`../${CONTRACTS[0].document}`, "./test/templates/broken", "--out", out);
    assert.deepEqual({ status, stdout }, { status: 2, stdout: "" });
    assert.match(stderr, /The template "broken-template" failed: asyncapi\.nothing is not a function\.\n {2}hint: /);
    assert.doesNotMatch(stderr, / at .*:\d+:\d+/);
    assert.equal(existsSync(out), false);
  });
});

test("AsyncAPI's HTML template shows the events of an OpenAPI document, and asks for nothing", () => {
  const out = join(folder, "html");
  const made = template("../specs/bandwidth-webrtc/openapi.yaml", "@asyncapi/html-template", "--out", out);
  assert.equal(made.status, 0, made.stderr);
  const page = readFileSync(join(out, "index.html"), "utf8");
  for (const event of ["onConnect", "onLeave", "onDisconnect"]) assert.ok(page.includes(event), event);
  assert.doesNotMatch(page, /(?:src|href)="https?:\/\/[^"]*\.(?:js|css|woff2?|png|svg|ico)"/);
});

test("a template that is not installed is not installed now", () => {
  const { status, stderr } = template(
    "../specs/bandwidth-webrtc/openapi.yaml",
    "@asyncapi/markdown-template",
    "--out",
    join(folder, "no"),
  );
  assert.equal(status, 2);
  assert.match(stderr, /^The template "@asyncapi\/markdown-template" is not installed, and nothing is installed/);
});
