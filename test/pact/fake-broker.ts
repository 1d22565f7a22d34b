import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Json, JsonObject } from "../../src/model/index.ts";

/** What was published: pacts by consumer, version by version, and what verifying them came to. */
export interface FakeBroker {
  readonly url: string;
  readonly contracts: readonly Published[];
  readonly results: readonly { readonly consumer: string; readonly version: string; readonly success: boolean }[];
  /** `METHOD path`, in the order of requests. */
  readonly requests: readonly string[];
  /** What was asked for pacts to verify: selectors, pending, work in progress. */
  readonly searches: readonly JsonObject[];
  /** `consumer version environment`, as recorded. */
  readonly deployments: readonly string[];
  close(): void;
}

/** The only one. */
const ENVIRONMENT = "production";

interface Published {
  readonly consumer: string;
  readonly provider: string;
  readonly version: string;
  readonly branch: string | null;
  readonly pact: JsonObject;
}

export interface FakeBrokerOptions {
  /** Consumers whose pacts are new to the provider. */
  readonly pending?: readonly string[];
}

/**
 * A fake of a Pact Broker: it answers as much of the real one's interface as publishing, verifying and asking whether to
 * deploy need, for the real tools to speak to. What it shows is that they are wired rightly, and nothing about a broker.
 */
export async function startFakeBroker({ pending = [] }: FakeBrokerOptions = {}): Promise<FakeBroker> {
  const contracts: Published[] = [];
  const results: { consumer: string; version: string; success: boolean }[] = [];
  const requests: string[] = [];
  const searches: JsonObject[] = [];
  const deployments: string[] = [];
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, contracts, results, requests, searches, deployments, close: () => server.close() };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const path = new URL(request.url ?? "/", url);
    requests.push(`${request.method} ${path.pathname}`);
    const found = route(`${request.method} ${path.pathname}`, text === "" ? {} : JSON.parse(text), path);
    response.writeHead(found === null ? 404 : 200, { "content-type": "application/hal+json" });
    response.end(JSON.stringify(found ?? { error: "not found" }));
  }

  function route(asked: string, body: Record<string, Json>, { searchParams }: URL): Json | null {
    if (asked === "GET /") {
      return links({
        "pb:publish-contracts": "/contracts/publish",
        "pb:provider-pacts-for-verification": "/pacts/provider/{provider}/for-verification",
        "pb:pacticipant-version": "/pacticipants/{pacticipant}/versions/{version}",
        "pb:environments": "/environments",
      });
    }
    if (asked === "POST /contracts/publish") return publish(body);
    if (asked === "GET /matrix") return matrix(searchParams.get("q[][pacticipant]") ?? "");
    const toVerify = /^GET (\/pacts\/provider\/[^/]+\/for-verification)$/.exec(asked)?.[1];
    if (toVerify !== undefined) return links({ self: toVerify });
    const provider = /^POST \/pacts\/provider\/([^/]+)\/for-verification$/.exec(asked)?.[1];
    if (provider !== undefined) {
      searches.push(body);
      return forVerification(decodeURIComponent(provider));
    }
    const deployed = /^POST \/deployments\/([^/]+)\/([^/]+)\/([^/]+)$/.exec(asked);
    if (deployed !== null) {
      deployments.push(deployed.slice(1).map(decodeURIComponent).join(" "));
      return links({ self: "/deployed-versions/1" });
    }
    if (asked === "GET /environments") {
      return {
        _embedded: { environments: [{ uuid: "1", name: ENVIRONMENT, production: true, ...links({}) }] },
        ...links({}),
      };
    }
    const version = /^GET \/pacticipants\/([^/]+)\/versions\/([^/]+)$/.exec(asked);
    if (version !== null) return versionOf(version[1] ?? "", version[2] ?? "");
    const pact = contracts[Number(/^GET \/pacts\/(\d+)$/.exec(asked)?.[1] ?? -1)];
    if (pact !== undefined) return { ...pact.pact, ...pactLinks(pact) };
    const verified = contracts[Number(/^POST \/pacts\/(\d+)\/results$/.exec(asked)?.[1] ?? -1)];
    if (verified !== undefined) {
      const version = String(body["providerApplicationVersion"]);
      results.push({ consumer: verified.consumer, version, success: body["success"] === true });
      return links({ self: "/results/1" });
    }
    if (asked.startsWith("GET /pacticipants/")) {
      return links({ "pb:branch-version": "/branches/{branch}/versions/{version}" });
    }
    return asked.startsWith("PUT /branches/") ? links({}) : null;
  }

  function publish(body: Record<string, Json>): Json {
    for (const one of body["contracts"] as readonly Record<string, string>[]) {
      contracts.push({
        consumer: one["consumerName"] ?? "",
        provider: one["providerName"] ?? "",
        version: String(body["pacticipantVersionNumber"]),
        branch: (body["branch"] as string | undefined) ?? null,
        pact: JSON.parse(Buffer.from(one["content"] ?? "", "base64").toString()),
      });
    }
    const name = String(body["pacticipantName"]);
    const { _links } = links({ "pb:pacticipant": "/pacticipants/1", "pb:pacticipant-version": "/versions/1" }, name);
    const notices = [{ type: "success", text: "Published to a fake broker." }];
    return { notices, _links: { ..._links, "pb:contracts": [] } };
  }

  /** Deployable is what has a pact, each of which was verified. */
  function matrix(consumer: string): Json {
    const own = contracts.filter((one) => one.consumer === consumer);
    const outcome = results.filter((one) => one.consumer === consumer).at(-1);
    const deployable = own.length > 0 && outcome?.success === true;
    const reason = deployable ? "All required verification results are published and successful" : "Not verified";
    return {
      summary: { deployable, reason, success: deployable ? 1 : 0, failed: 0, unknown: outcome === undefined ? 1 : 0 },
      notices: [{ type: deployable ? "success" : "error", text: reason }],
      matrix: [],
    };
  }

  function forVerification(provider: string): Json {
    const wanted = contracts.filter((one) => one.provider === provider);
    const pacts = wanted.map((one) => ({
      shortDescription: "latest",
      verificationProperties: { pending: pending.includes(one.consumer), notices: [] },
      ...pactLinks(one),
    }));
    return { _embedded: { pacts }, ...links({}) };
  }

  function versionOf(consumer: string, version: string): Json {
    const href = `${url}/deployments/${consumer}/${version}/${ENVIRONMENT}`;
    const { _links } = links({ self: `/pacticipants/${consumer}/versions/${version}` });
    return { number: version, _links: { ..._links, "pb:record-deployment": [{ name: ENVIRONMENT, href }] } };
  }

  function pactLinks(one: Published) {
    const self = `/pacts/${contracts.indexOf(one)}`;
    return links(
      { self, "pb:publish-verification-results": `${self}/results`, "pb:provider": `/pacticipants/${one.provider}` },
      `a pact of ${one.consumer}`,
    );
  }

  function links(hrefs: Readonly<Record<string, string>>, name = "fake"): { readonly _links: JsonObject } {
    const entries = Object.entries(hrefs).map(
      ([key, href]) => [key, { href: url + href, name, ...(href.includes("{") ? { templated: true } : {}) }] as const,
    );
    return { _links: Object.fromEntries(entries) };
  }
}
