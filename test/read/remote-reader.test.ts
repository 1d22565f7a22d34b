import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { createSourceReader, readDocuments } from "../../src/read/index.ts";
import { temporaryFolder } from "./temporary-folder.ts";

/** A server on this machine; it notes what it was asked for. */
async function serve(handle: RequestListener): Promise<{ host: string; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? "");
    handle(request, response);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { host: `127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

function readUrl(url: string, allowRemote: readonly string[], bytesMax = 1000) {
  return createSourceReader({ cwd: "/", allowRemote }).read({ kind: "url", url }, bytesMax);
}

describe("hosts", () => {
  test("nothing is fetched from a host that is not allowed", async () => {
    const { host, asked } = await serve((_request, response) => response.end("{}"));
    const outcome = await readUrl(`http://${host}/a.json`, ["example.com", host.replace("127", "128"), "127.0.0.1:1"]);
    expect(outcome).toEqual({ failure: { kind: "host-not-allowed", host } });
    expect(asked).toEqual([]);
  });

  test.each([(host: string) => host, (host: string) => host.replace(/:.*/, "")])(
    "a host is allowed with its port, or with any",
    async (allowed) => {
      const { host } = await serve((_request, response) => response.end("{}"));
      expect(await readUrl(`http://${host}/a.json`, [allowed(host)])).toMatchObject({ bytes: Buffer.from("{}") });
    },
  );

  test("a redirect is followed to allowed hosts only", async () => {
    const other = await serve((_request, response) => response.end('{"secret": 1}'));
    const { host } = await serve((request, response) => {
      const location = request.url === "/away" ? `http://${other.host}/` : "/there";
      if (request.url === "/there") response.end("{}");
      else response.writeHead(302, { location }).end();
    });
    expect(await readUrl(`http://${host}/near`, [host])).toMatchObject({ bytes: Buffer.from("{}") });
    expect(await readUrl(`http://${host}/away`, [host])).toEqual({
      failure: { kind: "host-not-allowed", host: other.host },
    });
    expect(other.asked).toEqual([]);
  });

  test("a redirect to a file is refused, and so is a circle of redirects", async () => {
    const { host, asked } = await serve((request, response) => {
      response.writeHead(302, { location: request.url === "/file" ? "file:///etc/passwd" : "/again" }).end();
    });
    expect(await readUrl(`http://${host}/file`, [host])).toMatchObject({ failure: { kind: "remote" } });
    asked.length = 0;
    expect(await readUrl(`http://${host}/again`, [host])).toMatchObject({ failure: { kind: "remote" } });
    expect(asked).toHaveLength(6);
  });

  test("an address with a password is not used", async () => {
    const { host, asked } = await serve((_request, response) => response.end("{}"));
    expect(await readUrl(`http://me:secret@${host}/`, [host])).toMatchObject({ failure: { kind: "remote" } });
    expect(asked).toEqual([]);
  });
});

describe("answers", () => {
  test.each([
    { status: 404, want: "the server answers 404" },
    { status: 500, want: "the server answers 500" },
    { status: 304, want: "the server answers 304" },
  ])("$status is a failure", async ({ status, want }) => {
    const { host } = await serve((_request, response) => response.writeHead(status).end());
    expect(await readUrl(`http://${host}/`, [host])).toEqual({ failure: { kind: "remote", reason: want } });
  });

  test("a body that is too large is not read to its end", async () => {
    const { host } = await serve((_request, response) => {
      const more = () => {
        while (response.write("x".repeat(65_536)));
      };
      response.on("drain", more);
      more();
    });
    expect(await readUrl(`http://${host}/`, [host], 100_000)).toEqual({ failure: { kind: "too-large" } });
  });

  test("nobody listens", async () => {
    expect(await readUrl("http://127.0.0.1:1/", ["127.0.0.1"])).toMatchObject({ failure: { kind: "remote" } });
  });

  test("an address that breaks off", async () => {
    const { host } = await serve((_request, response) => {
      response.writeHead(200, { "content-length": "100" }).write("{");
      setTimeout(() => response.destroy(), 10);
    });
    expect(await readUrl(`http://${host}/`, [host])).toMatchObject({ failure: { kind: "remote" } });
  });
});

test("a description is read across files and an allowed host; relative references of the host stay there", async () => {
  const { host, asked } = await serve((request, response) => {
    if (request.url === "/schemas/order") {
      response.writeHead(200, { "content-type": "application/yaml" }).end("a: {$ref: 'money.json#/m'}");
    } else if (request.url === "/schemas/money.json") {
      response.end('{"m": {"$ref": "/etc/passwd"}}');
    } else {
      response.writeHead(404).end();
    }
  });
  const cwd = temporaryFolder({ "openapi.yaml": `openapi: 3.1.0\nx: {$ref: 'http://${host}/schemas/order#/a'}` });
  const { value, diagnostics } = await readDocuments("openapi.yaml", { cwd, allowRemote: [host] });
  expect([...(value?.documents.keys() ?? [])]).toEqual([
    "openapi.yaml",
    `http://${host}/schemas/order`,
    `http://${host}/schemas/money.json`,
  ]);
  expect(diagnostics.map(({ code, location }) => `${code} ${location.file}`)).toEqual([
    `remote-not-readable http://${host}/schemas/money.json`,
  ]);
  expect(asked).toEqual(["/schemas/order", "/schemas/money.json", "/etc/passwd"]);

  const entry = await readDocuments(`http://${host}/schemas/order`, { cwd, allowRemote: [host] });
  expect(entry.diagnostics.map(({ code }) => code)).toEqual(["not-a-description"]);
});
