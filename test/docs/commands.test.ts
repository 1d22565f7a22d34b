/** What pages tell readers to run, run against receivers as the pages have them. */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Secret } from "../../src/emit/docs/secrets.ts";
import { curlCommand } from "../../src/emit/docs/shell.ts";
import { type BuiltSite, buildOwnSite } from "../browser/site.ts";
import { openapi, project, run, tree } from "../cli/helpers.ts";
import { codeOf, curl, curls, pathWithHookbook, shell, toOrigin, withServer } from "./page-commands.ts";

const repository = join(import.meta.dirname, "../..");

interface Outcome {
  readonly kind: string;
  readonly webhook: string | null;
}

/** A generated contract, as far as this needs it. */
interface Generated {
  readonly webhookNames: readonly string[];
  readonly createReceiver: (options: object) => (request: Request) => Promise<Response>;
}

/** A receiver that has a handler for every event, and what it handled. */
function receiverOf({ webhookNames, createReceiver }: Generated, secrets: object) {
  const handled: string[] = [];
  const problems: Outcome[] = [];
  const on = Object.fromEntries(webhookNames.map((name) => [name, () => void handled.push(name)]));
  const receive = createReceiver({
    secrets,
    on,
    unknownEvent: "reject",
    onOutcome: (one: Outcome) => problems.push(one),
  });
  return { receive, handled, problems };
}

const generated = async (folder: string, id: string): Promise<Generated> =>
  (await import(pathToFileURL(join(folder, id, "index.js")).href)) as Generated;

let site: BuiltSite;

beforeAll(async () => {
  site = await buildOwnSite();
});
afterAll(() => site?.remove());

/** The pages of a contract's events. */
const pagesOf = (id: string) => Object.entries(tree(join(site.folder, `contracts/${id}/events`)));

describe.each([
  ["conference", { signingToken: "s3cret with 'quotes' & $signs" }, { SIGNING_TOKEN: "s3cret with 'quotes' & $signs" }],
  ["bandwidth-webrtc", {}, {}],
  [
    "bandwidth-voice-messaging",
    { basic: { username: "u", password: "a p:ass word" } },
    { BASIC_USERNAME: "u", BASIC_PASSWORD: "a p:ass word" },
  ],
])("%s", (id, secrets, env) => {
  test("every curl of every event is handled as that event, and none without the secret", async () => {
    const { receive, handled } = receiverOf(await generated(join(repository, "generated"), id), secrets);
    const pages = pagesOf(id);
    await withServer(receive, async (origin) => {
      const commands = pages.flatMap(([page, text]) => {
        const found = codeOf(text, /^curl/);
        expect(found.length, page).toBeGreaterThan(0);
        return found.map((command) => ({ page, command }));
      });
      const answers = await curls(
        commands.map(({ command }) => command),
        origin,
        { env },
      );
      expect(commands.filter((_, index) => !/^2\d\d$/.test(answers[index] ?? ""))).toEqual([]);
      expect(handled.map((name) => `${name.replaceAll("-", "_")}.html`)).toEqual(commands.map(({ page }) => page));
      const [first] = codeOf(pages[0]?.[1] ?? "", /^curl/);
      const wrong = Object.fromEntries(Object.keys(env).map((name) => [name, "wrong"]));
      const answer = await curl(first ?? "", origin, { env: wrong });
      expect(answer).toMatch(Object.keys(env).length === 0 ? /^2/ : /^401$/);
    });
  });

  test("the line with hookbook send delivers the event", async () => {
    const PATH = pathWithHookbook(project());
    const { receive, handled } = receiverOf(await generated(join(repository, "generated"), id), secrets);
    const [page = "", text = ""] = pagesOf(id)[0] ?? [];
    await withServer(receive, async (origin) => {
      for (const line of codeOf(text, /^hookbook send$/).slice(0, 2)) {
        handled.length = 0;
        const { status, stderr } = await shell(toOrigin(line, origin), { env: { ...env, PATH } });
        expect({ status, stderr }).toMatchObject({ status: 0 });
        expect(handled.map((name) => `${name.replaceAll("-", "_")}.html`)).toEqual([page]);
      }
    });
  });
});

const json = (schema: object) => ({ "application/json": { schema } });
const typed = (type: string, properties: object = {}) => ({
  type: "object",
  required: ["type"],
  properties: {
    type: { const: type },
    text: { type: "string", examples: ['it\'s $HOME `id` "!" \\ ü 100%'] },
    ...properties,
  },
});
const operation = (content: object, security: readonly object[] = [{ bearer: [] }]) => ({
  post: { requestBody: { content }, responses: { 202: { description: "Taken" } }, security },
});

/** Every way to write a delivery and to show a secret. */
const odd = openapi(
  {},
  {
    info: { title: "Odd", version: "1" },
    webhooks: {
      plain: operation(json(typed("plain"))),
      header: operation(json(typed("header")), [{ "in header": [] }]),
      query: operation(json(typed("query")), [{ inQuery: [] }]),
      cookie: operation(json(typed("cookie")), [{ inCookie: [] }]),
      bearer: operation(json(typed("bearer")), [{ bearer: [] }]),
      both: operation(json(typed("both")), [{ bearer: [], "in header": [] }]),
      form: operation({
        "application/x-www-form-urlencoded": {
          schema: typed("form", { tags: { type: "array", items: { type: "string" }, examples: [["a b", "c&d"]] } }),
        },
      }),
      parts: operation({ "multipart/form-data": { schema: typed("parts", { count: { type: "integer" } }) } }),
      signed: operation(json(typed("signed")), [{ signature: [] }]),
    },
    components: {
      securitySchemes: {
        "in header": { type: "apiKey", in: "header", name: "X-Api-Key" },
        inQuery: { type: "apiKey", in: "query", name: "api key" },
        inCookie: { type: "apiKey", in: "cookie", name: "session" },
        bearer: { type: "http", scheme: "bearer" },
        signature: { type: "apiKey", in: "header", name: "X-Hub-Signature-256", "x-webhook-signature": "github" },
      },
    },
  },
);

test("whatever a delivery is written in and a secret stands in, the commands of its page deliver it", async () => {
  const folder = project({ "odd.json": odd });
  expect((await run(folder, ["generate", "odd.json"])).status).toBe(0);
  expect((await run(folder, ["docs", "odd.json"])).status).toBe(0);
  const pages = Object.entries(tree(join(folder, "generated/docs/contracts/odd/events")));
  expect(pages).toHaveLength(9);
  const names = ["in header", "inQuery", "inCookie", "bearer", "signature"];
  const secrets = Object.fromEntries(names.map((name) => [name, `the-secret-of-${name.replace(" ", "-")}`]));
  const variables = ["IN_HEADER", "IN_QUERY", "IN_COOKIE", "BEARER", "SIGNATURE"];
  const env = Object.fromEntries(variables.map((name, index) => [name, secrets[names[index] ?? ""] ?? ""]));
  const PATH = pathWithHookbook(folder);
  const { receive, handled } = receiverOf(await generated(join(folder, "generated"), "odd"), secrets);
  await withServer(receive, async (origin) => {
    for (const [page, text] of pages) {
      const name = page.replace(".html", "");
      const [command = ""] = codeOf(text, /^curl$/);
      const [line = ""] = codeOf(text, /^hookbook send$/);
      handled.length = 0;
      const status = await curl(command, origin, { env });
      // What is signed depends on the body, and a shell does not sign.
      expect(status, command).toBe(name === "signed" ? "401" : "202");
      const sent = await shell(toOrigin(line, origin), { env: { ...env, PATH }, cwd: folder });
      expect(sent, line).toMatchObject({ status: 0 });
      expect(handled, page).toEqual(name === "signed" ? [name] : [name, name]);
    }
  });
});

test.each(["$(touch pwned)", "`touch pwned`", "';touch pwned;'", '";touch pwned;"', "$HOME", "!!", "a&touch pwned&"])(
  "what a document says never runs: %s",
  async (text) => {
    const folder = project();
    const secret = (place: "query" | "header" | "cookie"): Secret => ({
      name: text,
      scheme: { type: "apiKey" },
      kind: "token",
      place: { in: place, name: text },
      variable: "KEY",
    });
    const request = {
      method: "POST",
      target: `/${text}?a=${text}`,
      headers: [[text, text]] as const,
      body: text,
      fields: [[text, text]] as const,
      bodyLanguage: "text",
    } as const;
    for (const encoding of ["json", "form", "multipart", "query"] as const) {
      for (const place of ["query", "header", "cookie"] as const) {
        const form = { method: "POST", address: text, contentType: text, encoding };
        const command = curlCommand({ form, request, secrets: [secret(place)] });
        await shell(command.replaceAll("http://localhost:3000", "http://127.0.0.1:9"), { cwd: folder });
      }
    }
    expect(Object.keys(tree(folder))).toEqual([]);
  },
);
