import { execFile, spawnSync } from "node:child_process";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createServer as createTcpServer } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, onTestFinished, test } from "vitest";
import { deliveryProblem } from "../../src/cli/send/delivery-problem.ts";
import { event, openapi, project, put, run, tree } from "./helpers.ts";

const hasCurl = spawnSync("curl", ["--version"]).status === 0;

interface Received {
  readonly method: string;
  readonly url: string;
  /** In the order in which they came. */
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
}

/** A receiver on a port of its own, and what it has received. */
async function receiver(
  answer: (request: IncomingMessage, response: ServerResponse) => void = (_, response) => response.writeHead(204).end(),
): Promise<{ readonly at: string; readonly received: readonly Received[] }> {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method = "", url = "", rawHeaders } = request;
    const headers = rawHeaders.flatMap((name, index) =>
      index % 2 === 0 ? [[name.toLowerCase(), rawHeaders[index + 1] ?? ""] as const] : [],
    );
    received.push({ method, url, headers, body: Buffer.concat(chunks).toString("utf8") });
    answer(request, response);
  });
  return { at: await listening(server), received };
}

async function listening(server: Server | ReturnType<typeof createTcpServer>): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    if ("closeAllConnections" in server) server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const PAID = event("order.paid", { amount: { type: "integer" }, note: { type: "string" } }, { examples: [] });

const signed = (scheme: object, name = "hub") => ({
  security: [{ [name]: [] }],
  components: { securitySchemes: { [name]: scheme } },
});

/** One webhook with these members of its operation, and of the document. */
function documentOf(operation: object, rest: object = {}, payload: object = PAID): object {
  const content = { "application/json": { schema: payload, example: { type: "order.paid", amount: 5 } } };
  const post = { requestBody: { content }, responses: { 204: { description: "Taken" } }, ...operation };
  return { openapi: "3.1.0", info: { title: "Orders", version: "1.0.0" }, webhooks: { paid: { post } }, ...rest };
}

const send = (cwd: string, ...args: readonly string[]) => run(cwd, ["send", "orders/openapi.json", ...args]);

describe("an event is delivered", () => {
  test("as the document's example, with its reply", async () => {
    const cwd = project({ "orders/openapi.json": documentOf({}) });
    const { at, received } = await receiver((_, response) => {
      response.writeHead(204, { "x-request": "7" }).end();
    });
    const { status, stdout, stderr } = await send(cwd, "order.paid", "--to", `${at}/hook?from=test`);
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(
      /^order\.paid \(example "[^"]+"\) to POST http:\/\/127\.0\.0\.1:\d+\/hook\?from=test\n204 No Content in \d+ ms – "Taken"\n {2}x-request: 7\n/,
    );
    expect(received).toHaveLength(1);
    const [{ method, url, headers, body } = { method: "", url: "", headers: [], body: "" }] = received;
    expect([method, url, body]).toEqual(["POST", "/hook?from=test", '{"type":"order.paid","amount":5}']);
    expect(headers).toEqual([
      ["host", at.slice(7)],
      ["user-agent", expect.stringMatching(/^hookbook\/\d/)],
      ["accept", "*/*"],
      ["content-type", "application/json"],
      ["content-length", "32"],
      ["connection", "close"],
    ]);
  });

  test("changed, by name or key, whether it is valid or not", async () => {
    const cwd = project({ "orders/openapi.json": documentOf({}) });
    const { at, received } = await receiver();
    const args = ["--to", at, "--set", "/amount=much", "--set", "/note=\u001b[31m", "--unset", "/type"];
    const { status, stdout, stderr } = await send(cwd, "order_paid", ...args);
    expect(status).toBe(0);
    expect(stderr).toBe(
      'warning: The event breaks the schema of "order.paid":\n' +
        "  the payload must have required property 'type' (required)\n" +
        "  /amount must be integer (type)\n" +
        'warning: A receiver does not recognise it: "order.paid" is told by /type = "order.paid".\n',
    );
    expect(stdout).toContain('order.paid (example "example", changed) to POST');
    expect(received[0]?.body).toBe('{"amount":"much","note":"\\u001b[31m"}');
  });

  test("made from the schema where there is no example, and it is said so", async () => {
    const cwd = project({ "orders/openapi.json": openapi({ paid: PAID, gone: event("order.gone") }) });
    const { at, received } = await receiver();
    const full = await send(cwd, "order.paid", "--to", at);
    expect(full.stdout).toContain('order.paid ("full" made from the schema) to POST');
    const minimal = await send(cwd, "order.paid", "--to", at, "--example", "minimal");
    expect([full.status, minimal.status]).toEqual([0, 0]);
    expect(received.map(({ body }) => body)).toEqual([
      '{"type":"order.paid","amount":1999,"note":"An example"}',
      '{"type":"order.paid"}',
    ]);
  });

  test("given whole", async () => {
    const cwd = project({
      "orders/openapi.json": documentOf({}, {}, event("order.paid", { no: false }, { required: ["no"] })),
    });
    const { at, received } = await receiver();
    const { status, stdout } = await send(cwd, "order.paid", "--to", at, "--set", '={"a":[1]}', "--set", "/a/-=2");
    expect([status, stdout.split("\n")[0]]).toEqual([0, `order.paid (the payload given) to POST ${at}/`]);
    expect(received[0]?.body).toBe('{"a":[1,2]}');
  });

  test.each([
    ["GET", "/?type=order.paid&amount=5&lines=%7B%22sku%22%3A%22a+b%22%7D", "", undefined],
    ["form", "/", "type=order.paid&amount=5&lines=%7B%22sku%22%3A%22a+b%22%7D", "application/x-www-form-urlencoded"],
    [
      "multipart/form-data",
      "/",
      '--hookbook-1\r\nContent-Disposition: form-data; name="type"\r\n\r\norder.paid\r\n' +
        '--hookbook-1\r\nContent-Disposition: form-data; name="amount"\r\n\r\n5\r\n' +
        '--hookbook-1\r\nContent-Disposition: form-data; name="lines"\r\n\r\n{"sku":"a b"}\r\n--hookbook-1--\r\n',
      "multipart/form-data; boundary=hookbook-1",
    ],
    ["post", "/", '{"type":"order.paid","amount":5,"lines":[{"sku":"a b"}]}', "application/json"],
  ])("in the form %s", async (form, url, body, contentType) => {
    const lines = { type: "array", items: { type: "object" } };
    const schema = event("order.paid", { amount: { type: "integer" }, lines });
    const content = Object.fromEntries(
      ["application/json", "application/x-www-form-urlencoded", "multipart/form-data"].map((type) => [
        type,
        { schema },
      ]),
    );
    const parameters = Object.entries({ type: { const: "order.paid" }, amount: { type: "integer" }, lines }).map(
      ([name, one]) => ({ name, in: "query", required: name === "type", schema: one }),
    );
    const responses = { 200: { description: "Ok" } };
    const webhooks = {
      paid: { post: { requestBody: { content }, responses } },
      ...(form === "GET" ? { asked: { get: { "x-webhook-name": "asked", parameters, responses } } } : {}),
    };
    const cwd = project({ "orders/openapi.json": { openapi: "3.1.0", info: { title: "O", version: "1" }, webhooks } });
    const { at, received } = await receiver();
    const whole = '={"type":"order.paid","amount":5,"lines":[{"sku":"a b"}]}';
    const name = form === "GET" ? "asked" : "order.paid";
    const { status, stderr } = await send(cwd, name, "--to", at, "--form", form, "--set", whole);
    expect([status, stderr.includes("breaks the schema")]).toEqual([0, false]);
    expect(received[0]?.url).toBe(url);
    expect(received[0]?.body).toBe(body);
    expect(received[0]?.headers.find(([one]) => one === "content-type")?.[1]).toBe(contentType);
  });

  test("as a batch, and with the headers that it is recognised by", async () => {
    const parameters = [
      { name: "X-Event", in: "header", required: true, schema: { const: "mails" } },
      { name: "X-Attempt", in: "header", schema: { type: "integer", examples: [1] } },
      { name: "X-Other", in: "header", schema: { type: "string" } },
    ];
    const content = {
      "application/json": { schema: { type: "array", items: event("sent") }, example: [{ type: "sent" }] },
    };
    const responses = { 200: { description: "Ok" } };
    const post = { parameters, requestBody: { content }, responses };
    const cwd = project({
      "orders/openapi.json": { openapi: "3.1.0", info: { title: "O", version: "1" }, webhooks: { mails: { post } } },
    });
    const { at, received } = await receiver();
    const { status } = await send(
      cwd,
      "mails",
      "--to",
      at,
      "--set",
      "/-/type=opened",
      "--header",
      "x-more: ü",
      "--header",
      "accept:",
    );
    expect(status).toBe(0);
    expect(received[0]?.body).toBe('[{"type":"sent"},{"type":"opened"}]');
    const headers = new Map(received[0]?.headers);
    expect([headers.get("x-event"), headers.get("x-attempt"), headers.has("x-other"), headers.has("accept")]).toEqual([
      "mails",
      "1",
      false,
      false,
    ]);
    expect(Buffer.from(headers.get("x-more") ?? "", "latin1").toString("utf8")).toBe("ü");
  });
});

describe("the sender's credentials", () => {
  const HUB = signed({ type: "apiKey", in: "header", name: "X-Hub", "x-webhook-signature": "github" });
  const BASIC = signed({ type: "http", scheme: "basic" }, "basic");
  const SECRET = "0123456789abcdef0123";
  const withSecurity = ({ security, components }: typeof HUB) => documentOf({ security }, { components });

  test("a signature is over the bytes that are sent", async () => {
    const cwd = project({ "orders/openapi.json": withSecurity(HUB) });
    const { at, received } = await receiver();
    const { status, stdout } = await send(
      cwd,
      "order.paid",
      "--to",
      at,
      "--secret",
      `hub=${SECRET}`,
      "--set",
      "/note=é",
    );
    expect([status, stdout.split("\n")[0]?.endsWith(", with hub")]).toEqual([0, true]);
    const { createHmac } = await import("node:crypto");
    const [{ headers, body } = { headers: [], body: "" }] = received;
    const wanted = createHmac("sha256", SECRET).update(body).digest("hex");
    expect(new Map(headers).get("x-hub-signature-256")).toBe(`sha256=${wanted}`);
  });

  test.each<[string, object, readonly string[], string, Readonly<Record<string, string>>]>([
    ["in the environment", HUB, [], "", { HOOKBOOK_SECRET_HUB: SECRET }],
    ["of a preset, where the document has no scheme", {}, ["--secret", `github=${SECRET}`], "", {}],
    ["username and password", BASIC, ["--secret", "basic=ann:long enough"], "", {}],
    ["username and password in the address", BASIC, [], "ann:long%20enough@", {}],
    ["left out", HUB, ["--unsigned"], "", {}],
  ])("%s", async (_, security, args, user, env) => {
    const cwd = project({
      "orders/openapi.json": "components" in security ? withSecurity(security as typeof HUB) : documentOf({}),
    });
    const { at, received } = await receiver();
    const to = at.replace("//", `//${user}`);
    const { status, stdout } = await run(cwd, ["send", "orders/openapi.json", "order.paid", "--to", to, ...args], {
      env,
    });
    expect([status, stdout.includes("long")]).toEqual([0, false]);
    const headers = new Map(received[0]?.headers);
    const isBasic = security === BASIC;
    expect(headers.get("authorization")).toBe(isBasic ? `Basic ${btoa("ann:long enough")}` : undefined);
    expect(headers.has("x-hub-signature-256")).toBe(!isBasic && !args.includes("--unsigned"));
  });

  test.each<[string, object, readonly string[], string]>([
    [
      "missing",
      HUB,
      [],
      '"order.paid" is sent with hub (a signature in the header x-hub-signature-256), and its secret is not given.\n' +
        "  hint: give it by --secret hub=…, or in HOOKBOOK_SECRET_HUB; --unsigned sends it without\n",
    ],
    [
      "missing, for HTTP Basic",
      BASIC,
      [],
      '"order.paid" is sent with basic (HTTP Basic), and its secret is not given.\n' +
        "  hint: give it by --secret basic=username:password, or in HOOKBOOK_SECRET_BASIC; --unsigned sends it without\n",
    ],
    [
      "that takes more",
      signed({ type: "mutualTLS" }, "tls"),
      [],
      '"order.paid" is sent with tls (mutualTLS), which takes more than a secret.\n  hint: --unsigned sends it without\n',
    ],
    [
      "too short",
      HUB,
      ["--secret", "hub=short"],
      'The secret of "hub" cannot be used. The secret has 5 bytes; fewer than 16 can be guessed.\n',
    ],
    [
      "without colon",
      BASIC,
      ["--secret", "basic=password"],
      /^The secret of "basic" cannot be used\. HTTP Basic needs/,
    ],
    [
      "of no scheme",
      HUB,
      ["--secret", `hubb=${SECRET}`],
      'The contract "orders" has no security scheme "hubb".\n  hint: did you mean "hub"\n',
    ],
    [
      "without name",
      HUB,
      ["--secret", SECRET],
      "--secret needs a name and a value.\n  hint: write --secret NAME=VALUE\n",
    ],
  ] as [string, object, readonly string[], string][])("%s: it is said", async (_, security, args, want) => {
    const cwd = project({ "orders/openapi.json": withSecurity(security as typeof HUB) });
    const { at, received } = await receiver();
    const { status, stdout, stderr } = await send(cwd, "order.paid", "--to", at, ...args);
    expect([status, stdout, received.length]).toEqual([2, "", 0]);
    if (typeof want === "string") expect(stderr).toBe(want);
    else expect(stderr).toMatch(want);
    expect(stderr).not.toContain(SECRET);
  });
});

describe("what the receiver answers", () => {
  const cwdOf = () => project({ "orders/openapi.json": documentOf({}) });

  test.each([
    [200, 0],
    [202, 0],
    [301, 1],
    [404, 1],
    [500, 1],
  ])("%i is status %i", async (code, want) => {
    const { at } = await receiver((_, response) =>
      response.writeHead(code, { location: "http://127.0.0.1:9/" }).end("well"),
    );
    const { status, stdout } = await send(cwdOf(), "order.paid", "--to", at);
    expect(status).toBe(want);
    expect(stdout).toContain(`\n${code} `);
    expect(stdout).toContain("(the document knows 204)");
    expect(stdout).toContain("\n  well\n");
    expect(stdout.includes("redirects are not followed")).toBe(code === 301);
  });

  test("hostile text is made visible, bytes are counted", async () => {
    const { at } = await receiver((request, response) => {
      response.writeHead(200, { "x-a": "\u009b31m" });
      response.end(request.url === "/bytes" ? Buffer.from([0, 1, 0xff]) : "a\u001b[2Jb\u202e");
    });
    const text = await send(cwdOf(), "order.paid", "--to", at);
    expect(text.stdout).toContain("  a\\x1b[2Jb\\u202e\n");
    expect(text.stdout).toContain("x-a: \\x9b31m");
    expect((await send(cwdOf(), "order.paid", "--to", `${at}/bytes`)).stdout).toContain("(3 bytes that are no text)");
  });

  test("a reply of 100 MB is not read to its end", async () => {
    let written = 0;
    const { at } = await receiver((_, response) => {
      const chunk = Buffer.alloc(1024 * 1024, "a");
      response.on("error", () => {});
      const more = (): void => {
        while (written < 100 && !response.destroyed) {
          written++;
          if (!response.write(chunk)) {
            response.once("drain", more);
            return;
          }
        }
        response.end();
      };
      more();
    });
    const { status, stdout } = await send(cwdOf(), "order.paid", "--to", at);
    expect(status).toBe(0);
    expect(stdout.length).toBeLessThan(10_000);
    expect(stdout).toContain("(the rest was not read)");
    expect(written).toBeLessThan(60);
  });

  test("a body that does not end in time is shown as far as it came", async () => {
    const { at } = await receiver((_, response) => response.writeHead(200).write("first"));
    const { status, stdout } = await send(cwdOf(), "order.paid", "--to", at, "--timeout", "0.3");
    expect(status).toBe(0);
    expect(stdout).toContain("  first\n  (the rest did not come in time)");
  });
});

describe("what cannot be delivered is status 2, with a sentence", () => {
  const cwdOf = () => project({ "orders/openapi.json": documentOf({}) });

  test("no reply in time", async () => {
    const { at } = await receiver(() => {});
    const { status, stderr } = await send(cwdOf(), "order.paid", "--to", at, "--timeout", "0.3");
    expect([status, stderr]).toEqual([
      2,
      "No reply came within 0.3 seconds.\n  hint: --timeout SECONDS waits longer\n",
    ]);
  });

  test("nobody there", async () => {
    const server = createServer();
    const at = await listening(server);
    await new Promise((resolve) => server.close(resolve));
    const { status, stderr } = await send(cwdOf(), "order.paid", "--to", at);
    expect([status, stderr]).toEqual([
      2,
      `Nothing listens at ${at.slice(7)}.\n  hint: start the receiver first, or mend --to\n`,
    ]);
  });

  test.each<[string, string, string]>([
    ["closed at once", "", "closed the connection without a reply."],
    ["no HTTP", "SSH-2.0-x\r\n", "answers something that is not HTTP.\n  hint: does it listen for https:// instead"],
  ])("%s", async (_, text, want) => {
    const at = await listening(
      createTcpServer((socket) => {
        socket.on("error", () => {});
        socket.once("data", () => (text === "" ? socket.destroy() : socket.end(text)));
      }),
    );
    const { status, stderr } = await send(cwdOf(), "order.paid", "--to", at);
    expect([status, stderr]).toEqual([2, `${at.slice(7)} ${want}\n`]);
  });

  test("TLS where there is none", async () => {
    const { at } = await receiver();
    const { status, stderr } = await send(cwdOf(), "order.paid", "--to", at.replace("http:", "https:"));
    expect([status, stderr]).toEqual([
      2,
      `${at.slice(7)} does not speak TLS.\n  hint: does it listen for http:// instead\n`,
    ]);
  });

  test.each([
    ["ENOTFOUND", "There is no host hooks.example."],
    ["EAI_AGAIN", "The host hooks.example cannot be looked up just now."],
    ["ETIMEDOUT", "hooks.example:443 cannot be reached."],
    ["CERT_HAS_EXPIRED", "The certificate of hooks.example:443 has expired."],
    ["CERT_NOT_YET_VALID", "The certificate of hooks.example:443 is not valid yet."],
    ["ERR_TLS_CERT_ALTNAME_INVALID", "The certificate of hooks.example:443 is for another host."],
    ["DEPTH_ZERO_SELF_SIGNED_CERT", "The certificate of hooks.example:443 is signed by nobody who is trusted here."],
    ["ESOMETHING", "hooks.example:443 could not be reached: what the system says."],
  ])("%s", (code, want) => {
    const url = new URL("https://hooks.example/");
    const error = Object.assign(new Error("what the system says"), { code });
    expect(deliveryProblem(error, url).problem).toBe(want);
    // Of a host with several addresses.
    expect(deliveryProblem(new AggregateError([error, error]), url).problem).toBe(want);
  });

  test("as JSON it is a value all the same", async () => {
    const { at } = await receiver(() => {});
    const { status, stdout } = await send(cwdOf(), "order.paid", "--to", at, "--timeout", "0.3", "--format", "json");
    expect(status).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({
      reply: null,
      accepted: null,
      problem: "No reply came within 0.3 seconds.",
    });
  });
});

describe("wrong usage is status 2, and nothing is sent", () => {
  test.each([
    [["order.payed"], 'The contract "orders" has no webhook "order.payed".\n  hint: did you mean "order.paid"\n'],
    [["xyz"], 'The contract "orders" has no webhook "xyz".\n  hint: it has order.paid\n'],
    [
      ["order.paid", "--example", "other"],
      /^"order\.paid" has no example "other"\.\n {2}hint: it has .*minimal, full\n$/,
    ],
    [
      ["order.paid", "--form", "PUT"],
      '"order.paid" is not delivered by "PUT".\n  hint: it is by POST (application/json)\n',
    ],
    [["order.paid", "--set", "amount=1"], '--set: "amount" is no JSON pointer.\n  hint: did you mean --set /amount\n'],
    [
      ["order.paid", "--unset", "/amuont"],
      '--unset /amuont: the payload has nothing at "/amuont".\n  hint: did you mean /amount\n',
    ],
    [["order.paid", "--header", "nothing"], /^--header "nothing" is no header\./],
    [["order.paid", "--header", "x: a\nb"], "The header x has a line break or another control character in it.\n"],
    [["order.paid", "--timeout", "never"], "--timeout never is no number of seconds up to 3600.\n"],
    [
      ["order.paid", "--to", "localhost:3000"],
      /^--to "localhost:3000" is no address .*\n {2}hint: did you mean http:\/\/localhost:3000\n$/,
    ],
    [
      ["order.paid", "--to", "http://localhost/{id}/x"],
      "--to has the placeholder {id}.\n  hint: write what stands there instead\n",
    ],
    [["order.paid", "--to"], /argument missing/],
  ] as [readonly string[], string | RegExp][])("%j", async (args, want) => {
    const cwd = project({ "orders/openapi.json": documentOf({}) });
    const { at, received } = await receiver();
    const { status, stdout, stderr } = await send(cwd, ...(args.includes("--to") ? [] : ["--to", at]), ...args);
    expect([status, stdout, received.length]).toEqual([2, "", 0]);
    if (typeof want === "string") expect(stderr).toBe(want);
    else expect(stderr).toMatch(want);
  });

  test("without an address", async () => {
    const { status, stderr } = await send(project({ "orders/openapi.json": documentOf({}) }), "order.paid");
    expect([status, stderr]).toEqual([
      2,
      "It is not said where to send it.\n  hint: --to http://localhost:3000/webhooks, or --dry-run to see it only\n",
    ]);
  });
});

describe("--dry-run", () => {
  const HOSTILE = "'; touch gone; $(touch gone) `touch gone` %s \\n \\ \" 😀 \u0085\u202e\nline";

  test("prints the request and sends nothing", async () => {
    const cwd = project({ "orders/openapi.json": documentOf({}) });
    const { status, stdout, stderr } = await send(cwd, "order.paid", "--dry-run", "--set", "/note=it's");
    expect([status, stderr]).toEqual([0, ""]);
    expect(
      stdout.replace(/hookbook\/\S+?(?='|\n)/g, "hookbook/1"),
    ).toBe(`order.paid (example "example", changed) to POST http://localhost:3000/

POST / HTTP/1.1
host: localhost:3000
user-agent: hookbook/1
accept: */*
content-type: application/json
content-length: 46
connection: close

{"type":"order.paid","amount":5,"note":"it's"}

As a command:

curl --include --globoff --path-as-is \\
  --request 'POST' \\
  --header 'user-agent: hookbook/1' \\
  --header 'accept: */*' \\
  --header 'content-type: application/json' \\
  --data-binary '{"type":"order.paid","amount":5,"note":"it'\\''s"}' \\
  'http://localhost:3000/'
`);
  });

  test.skipIf(!hasCurl).each([
    ["JSON", "post", ["--set", `/note=${HOSTILE}`]],
    ["multipart", "multipart", ["--set", `/note=${HOSTILE}\u0000 é`]],
    ["a form", "form", ["--set", `/note=@${HOSTILE}`]],
    ["a long body", "post", ["--set", `/note=${"x%".repeat(100_000)}`]],
    ["headers", "post", ["--header", `x-odd: it's "$HOME" ü`, "--header", "x-empty;", "--header", "accept:"]],
    ["an address", "post", []],
  ])("the command sends the same bytes: %s", async (name, form, args) => {
    const schema = event("order.paid", { amount: { type: "integer" }, note: { type: "string" } });
    const types = ["application/json", "application/x-www-form-urlencoded", "multipart/form-data"];
    const content = Object.fromEntries(types.map((type) => [type, { schema }]));
    const webhooks = { paid: { post: { requestBody: { content }, responses: { 200: { description: "Ok" } } } } };
    const cwd = project({ "orders/openapi.json": { openapi: "3.1.0", info: { title: "O", version: "1" }, webhooks } });
    const { at, received } = await receiver((_, response) => response.writeHead(200).end("ok"));
    const to = name === "an address" ? `${at}/a'b/%7b/[1-3]/{x,y}?q={z}&'$(id)'`.replace(/[{}]/g, "") : `${at}/hook`;
    const all = ["order.paid", "--to", to, "--form", form, ...args];
    const direct = await send(cwd, ...all);
    expect(direct.status).toBe(0);
    const { stdout } = await send(cwd, ...all, "--dry-run");
    const command = stdout.slice(stdout.indexOf("As a command:\n\n") + 15);
    expect(stdout).not.toMatch(/[\0\u0085\u202e\r]/);
    // As a file, since a long one is more than an argument may be.
    put(cwd, { "command.sh": command });
    const ran = await promisify(execFile)("sh", ["command.sh"], { cwd });
    expect(ran.stdout).toContain("200 OK");
    expect(Object.keys(tree(cwd))).toEqual(["command.sh", "orders/openapi.json"]);
    expect(received).toHaveLength(2);
    const [first, second] = received.map((one) => ({ ...one, headers: comparable(one.headers) }));
    expect(second).toEqual(first);
  });
});

/** Without what belongs to the connection, in order. */
function comparable(headers: Received["headers"]): readonly string[] {
  return headers
    .flatMap(([name, value]) => (name === "connection" || name === "expect" ? [] : [`${name}: ${value}`]))
    .sort();
}

test("the command itself takes its secret from the environment, and ends with its status", async () => {
  const scheme = { type: "apiKey", in: "header", name: "X-Token" };
  const { security, components } = signed(scheme, "accessToken");
  const cwd = project({ "orders/openapi.json": documentOf({ security }, { components }) });
  const { at, received } = await receiver((_, response) => response.writeHead(403).end());
  const script = join(import.meta.dirname, "../../scripts/hookbook.mjs");
  const args = [script, "send", "orders/openapi.json", "order.paid", "--to", at];
  const env = { ...process.env, HOOKBOOK_SECRET_ACCESS_TOKEN: "only in the environment" };
  const failed = await promisify(execFile)(process.execPath, args, { cwd, env }).catch((error: unknown) => error);
  expect(failed).toMatchObject({ code: 1, stdout: expect.stringContaining("\n403 Forbidden in "), stderr: "" });
  expect(new Map(received[0]?.headers).get("x-token")).toBe("only in the environment");
});

describe("--format json", () => {
  test("has the request as a delivery that validate reads, and the reply", async () => {
    const cwd = project({ "orders/openapi.json": documentOf({}) });
    const { at } = await receiver((_, response) => response.writeHead(409, { "x-a": "1" }).end("no"));
    const { status, stdout } = await send(cwd, "order.paid", "--to", at, "--set", "/amount=x", "--format", "json");
    expect(status).toBe(1);
    const value = JSON.parse(stdout);
    expect(value).toMatchObject({
      contract: "orders",
      webhook: "order.paid",
      example: "example",
      origin: "published",
      valid: false,
      errors: [{ instancePath: "/amount", keyword: "type" }],
      recognised: "order.paid",
      reply: { status: 409, statusText: "Conflict", bodyBase64: btoa("no"), cut: null },
      accepted: false,
      problem: null,
    });
    expect(value.curl).toMatch(/^curl /);
    const validated = await run(cwd, ["validate", "orders/openapi.json", "-", "--as", "delivery", "--format", "json"], {
      stdin: JSON.stringify(value.request),
    });
    expect(JSON.parse(validated.stdout).results[0]).toMatchObject({ webhook: "order.paid", valid: false });
  });
});
