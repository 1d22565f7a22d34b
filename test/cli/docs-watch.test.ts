/** `hookbook docs --watch`: a server on this machine that has open pages load anew whenever something is saved. */
import { renameSync } from "node:fs";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { event, openapi, project, put, type Ran, run } from "./helpers.ts";
import { commit, repository } from "./repository.ts";

const orders = (properties: object, version = "1.0.0") =>
  openapi({ paid: event("paid", properties) }, { info: { title: "Orders", version } });

interface Watched {
  readonly address: string;
  readonly text: () => string;
  /** Waits until it has said so, anew since the last time. */
  readonly says: (pattern: RegExp) => Promise<void>;
  /** As Ctrl-C does. */
  readonly end: () => Promise<Ran>;
}

async function watching(cwd: string, ...args: readonly string[]): Promise<Watched> {
  const controller = new AbortController();
  let text = "";
  let seen = 0;
  const listeners = new Set<() => void>();
  const ran = run(cwd, ["docs", "--watch", ...args], {
    signal: controller.signal,
    onStderr: (part) => {
      text += part;
      for (const listener of listeners) listener();
    },
  });
  const says = (pattern: RegExp) =>
    new Promise<void>((done, fail) => {
      const timer = setTimeout(() => fail(new Error(`It never said ${pattern}: ${text}`)), 20_000);
      const look = () => {
        const found = pattern.exec(text.slice(seen));
        if (found === null) return;
        seen += found.index + found[0].length;
        clearTimeout(timer);
        listeners.delete(look);
        done();
      };
      listeners.add(look);
      look();
    });
  onTestFinished(() => controller.abort());
  await Promise.race([says(/serving /), ran.then(({ stderr }) => Promise.reject(new Error(stderr)))]);
  const address = /serving (http\S+?\/)[; ]/.exec(text)?.[1] ?? "";
  return {
    address,
    text: () => text,
    says,
    end: () => {
      controller.abort();
      return ran;
    },
  };
}

/** A request as it is written: `fetch` would tidy its path. */
function ask(
  address: string,
  path: string,
  { method = "GET", host = "" } = {},
): Promise<{ status: number; text: string }> {
  const { port } = new URL(address);
  return new Promise((done, fail) => {
    const options = { port, path, method, host: "127.0.0.1", ...(host === "" ? {} : { headers: { host } }) };
    request(options, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (part) => {
        text += part;
      });
      response.on("end", () => done({ status: response.statusCode ?? 0, text }));
    })
      .on("error", fail)
      .end();
  });
}

/** What an open page is told. */
function openPage(address: string): { readonly reloads: () => number; readonly ended: Promise<void> } {
  let told = "";
  let end = () => {};
  const ended = new Promise<void>((done) => {
    end = done;
  });
  request({ port: new URL(address).port, host: "127.0.0.1", path: "/__reload" }, (response) => {
    response.setEncoding("utf8").on("data", (part) => {
      told += part;
    });
    response.on("close", end);
  })
    .on("error", end)
    .end();
  return { reloads: () => told.split("event: reload").length - 1, ended };
}

const until = async (holds: () => boolean) => {
  for (let count = 0; count < 200 && !holds(); count++) await new Promise((done) => setTimeout(done, 25));
  expect(holds()).toBe(true);
};

test("what is saved is made, served and loaded anew, until Ctrl-C", async () => {
  const cwd = project({ "specs/orders.json": orders({ amount: { type: "integer" } }), "docs/start.md": "# Start\n" });
  const { address, says, end, text } = await watching(cwd, "--guides", "docs", "--port", "0");
  const page = openPage(address);
  const path = "/contracts/orders/events/paid.html";
  const before = await ask(address, path);
  expect(before.status).toBe(200);
  expect(before.text).toContain('id="field-amount"');
  expect(before.text).toContain('<script src="/__reload.js" defer></script>');
  expect(before.text).toContain("connect-src &#39;self&#39;");

  put(cwd, { "specs/orders.json": orders({ total: { type: "integer" } }) });
  await says(/pages, [1-9]\d* files written/);
  await until(() => page.reloads() === 1);
  expect((await ask(address, path)).text).toContain('id="field-total"');

  put(cwd, { "docs/start.md": "# Begin\n", "docs/more.md": "# More\n" });
  await says(/pages, [1-9]\d* files written/);
  await until(() => page.reloads() >= 2);
  expect((await ask(address, "/guides/more.html")).status).toBe(200);
  expect((await ask(address, "/guides/start.html")).text).toContain("Begin");

  // A mistake is said, and what was right is served until it is mended.
  put(cwd, { "specs/orders.json": "{" });
  await says(/broken-json/);
  expect((await ask(address, path)).text).toContain('id="field-total"');
  put(cwd, { "specs/orders.json": orders({ mended: { type: "integer" } }) });
  await says(/pages, [1-9]\d* files written/);
  expect((await ask(address, path)).text).toContain('id="field-mended"');

  const { status, stdout } = await end();
  expect({ status, stdout }).toEqual({ status: 0, stdout: "" });
  await page.ended;
  await expect(ask(address, "/")).rejects.toThrow();
  expect(text()).not.toMatch(/\n\s+at /);
});

test("a file that the document refers to, a pact, the configuration's style and a commit count, too", async () => {
  const cwd = repository({
    "specs/orders.json": openapi({ paid: { $ref: "../parts/a.json#/paid" } }),
    "parts/a.json": { paid: event("paid", { amount: { type: "integer" } }) },
    "generated/pacts/.gitkeep": "",
    "theme.css": ":root { --accent: #b00020; }",
    "hookbook.config.json": { docs: { style: "theme.css" } },
  });
  const { address, says } = await watching(cwd, "--port", "0");
  const path = "/contracts/orders/events/paid.html";

  put(cwd, { "parts/a.json": { paid: event("paid", { total: { type: "integer" } }) } });
  await says(/pages, [1-9]\d* files written/);
  const changed = (await ask(address, path)).text;
  expect(changed).toContain('id="field-total"');
  expect(changed).toContain("not yet committed");

  put(cwd, { "theme.css": ":root { --accent: #00b020; }" });
  await says(/pages, 1 files written/);
  expect((await ask(address, "/assets/style.css")).text).toContain("#00b020");

  put(cwd, {
    "generated/pacts/a.json": {
      consumer: { name: "billing" },
      provider: { name: "orders" },
      interactions: [
        {
          type: "Asynchronous/Messages",
          description: "paid",
          contents: { content: { total: 1 }, contentType: "application/json" },
        },
      ],
      metadata: { pactSpecification: { version: "4.0" } },
    },
  });
  await says(/pages, [1-9]\d* files written/);
  expect((await ask(address, path)).text).toContain("read by billing");

  commit(cwd, "Total");
  put(cwd, { "theme.css": "" });
  await says(/pages, [1-9]\d* files written/);
  expect((await ask(address, path)).text).not.toContain("not yet committed");
});

test("no save is missed, however soon it follows on another or on the start", async () => {
  const cwd = project({
    "specs/orders.json": openapi({ paid: { $ref: "../parts/a.json#/paid" } }),
    "parts/a.json": { paid: event("paid", {}) },
  });
  const { address, says } = await watching(cwd, "--port", "0");
  const isShown = async (name: string) => {
    while (!(await ask(address, "/contracts/orders/events/paid.html")).text.includes(`id="field-${name}"`))
      await says(/pages, \d+ files written/);
  };
  for (let save = 1; save <= 6; save++) {
    const name = `saved_${save}`;
    const text = JSON.stringify({ paid: event("paid", { [name]: { type: "integer" } }) });
    // As some editors do, every other time: written beside it, and put in its place.
    put(cwd, { [save % 2 === 0 ? "parts/a.json" : "parts/.a.json.tmp"]: text });
    if (save % 2 === 1) renameSync(join(cwd, "parts/.a.json.tmp"), join(cwd, "parts/a.json"));
    await isShown(name);
  }
});

test("nothing is served but the pages, and to nobody but this machine", async () => {
  const cwd = project({ "specs/orders.json": orders({}), "secret.txt": "a secret" });
  const { address } = await watching(cwd, "--port", "0");
  for (const path of [
    "/nowhere.html",
    "/../secret.txt",
    "/..%2f..%2fsecret.txt",
    "/%2e%2e/%2e%2e/secret.txt",
    "/contracts/../../../secret.txt",
    "/..\\..\\secret.txt",
    "//etc/passwd",
    "/%00",
    "/assets",
    "/.hookbook.json",
  ]) {
    const { status, text } = await ask(address, path);
    expect({ path, status }).toEqual({ path, status: 404 });
    expect(text).not.toContain("a secret");
  }
  expect((await ask(address, "/%E0%A4%A")).status).toBe(400);
  expect((await ask(address, "/", { method: "POST" })).status).toBe(405);
  expect((await ask(address, "/", { host: "attacker.example.com" })).status).toBe(403);
  expect((await ask(address, "/", { host: "localhost:80" })).status).toBe(200);
  expect((await ask(address, "/index.html", { method: "HEAD" })).text).toBe("");
});

test("where the port is taken, another one is, and that is said", async () => {
  const other = createServer();
  await new Promise<void>((done) => other.listen(0, "127.0.0.1", done));
  onTestFinished(() => void other.close());
  const { port } = other.address() as AddressInfo;
  const { address, text } = await watching(project({ "specs/orders.json": orders({}) }), "--port", String(port));
  expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
  expect(new URL(address).port).not.toBe(String(port));
  expect(text()).toContain(`(port ${port} is taken); end with Ctrl-C`);
  expect((await ask(address, "/")).status).toBe(200);
});

test("a document that is broken at the start is waited for", async () => {
  const cwd = project({ "specs/orders.json": "{" });
  const { address, says } = await watching(cwd, "--port", "0");
  expect((await ask(address, "/")).status).toBe(404);
  put(cwd, { "specs/orders.json": orders({}) });
  await says(/pages, [1-9]\d* files written/);
  expect((await ask(address, "/")).status).toBe(200);
});
