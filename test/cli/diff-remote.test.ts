import { createServer, type RequestListener, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { event, openapi, project, run } from "./helpers.ts";

const before = openapi({ paid: event("paid", { id: { type: "string" } }, { required: ["id"] }) });
const after = openapi({ paid: event("paid", { id: { type: "string" } }) });

/** A server of this machine, as `host:port`. */
async function listening(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const send = (response: ServerResponse, value: unknown) => response.end(JSON.stringify(value));
const redirect = (response: ServerResponse, location: string) => response.writeHead(302, { location }).end();

/** More than is read for one description, without an end. */
function flood(response: ServerResponse): void {
  const chunk = Buffer.alloc(1 << 20, " ");
  const more = () => {
    while (!response.destroyed && response.write(chunk));
    response.once("drain", more);
  };
  more();
}

async function compared(path: string, allowed: (host: string) => readonly string[] = (host) => [host]) {
  const other = await listening((_request, response) => send(response, after));
  const host = await listening(({ url }, response) => {
    if (url === "/before.json") return send(response, before);
    if (url === "/after.json") return send(response, after);
    if (url === "/near") return redirect(response, "/after.json");
    if (url === "/away") return redirect(response, `http://${other}/`);
    if (url === "/round") return redirect(response, "/round");
    if (url === "/page") return response.end("<!doctype html><title>Sign in</title>");
    if (url === "/flood") return flood(response);
    if (url === "/broken") return response.destroy();
    return response.writeHead(url === "/fails" ? 500 : 404).end("no");
  });
  const options = allowed(host).flatMap((one) => ["--allow-remote", one]);
  const { status, stdout, stderr } = await run(project({ "a.json": before }), [
    "diff",
    "a.json",
    `http://${host}${path}`,
    ...options,
  ]);
  const text = stderr.replaceAll(host, "HOST").replaceAll(other, "OTHER");
  return { status, stdout: stdout.replaceAll(host, "HOST"), stderr: text };
}

test.each(["/after.json", "/near"])("a side may be an address whose host is named: %s", async (path) => {
  const { status, stdout } = await compared(path);
  expect(status).toBe(1);
  expect(stdout).toContain("breaking  property-became-optional  /id");
  expect(stdout).toContain(`a.json:1 → http://HOST${path}:1`);
});

test("both sides may be addresses", async () => {
  const host = await listening(({ url }, response) => send(response, url === "/a" ? before : after));
  const { status } = await run(project(), ["diff", `http://${host}/a`, `http://${host}/b`, "--allow-remote", host]);
  expect(status).toBe(1);
});

test.each([
  ["/away", /error {2}reference-not-allowed .* is on another host.*\n {2}hint: .*--allow-remote OTHER\n/],
  ["/round", /error {2}remote-not-readable .* redirects more than 5 times\.\n/],
  ["/page", /error {2}not-a-description /],
  ["/flood", /error {2}file-too-large .* 64 MiB /],
  ["/broken", /error {2}remote-not-readable .* cannot be fetched: the connection was closed\.\n/],
  ["/fails", /error {2}remote-not-readable .* the server answers 500\.\n/],
  ["/nowhere", /error {2}remote-not-readable .* the server answers 404\.\n/],
])("what cannot be fetched is 2 and one sentence, never nothing changed: %s", async (path, says) => {
  const { status, stdout, stderr } = await compared(path);
  expect({ status, stdout }).toEqual({ status: 2, stdout: "Nothing could be compared.\n" });
  expect(stderr).toMatch(says);
  expect(stderr.match(/ {2}error {2}/g)).toHaveLength(1);
  expect(stderr).not.toMatch(/\n\s+at /);
});

test("nothing is fetched unasked", async () => {
  const { status, stdout, stderr } = await compared("/after.json", () => []);
  expect({ status, stdout }).toEqual({ status: 2, stdout: "Nothing could be compared.\n" });
  expect(stderr).toMatch(/nothing is fetched unasked\.\n {2}hint: where that is meant, use --allow-remote HOST\n/);
});
