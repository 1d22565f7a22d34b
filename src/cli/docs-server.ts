import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { OutputFile } from "../model/index.ts";

export interface DocsServer {
  /** `http://127.0.0.1:4400/` */
  readonly address: string;
  /** Serves these from now on, and has open pages load anew. */
  readonly publish: (files: readonly OutputFile[]) => void;
  readonly close: () => Promise<void>;
}

const HOST = "127.0.0.1";
const EVENTS = "/__reload";
const SCRIPT = "/__reload.js";
const RELOAD = `new EventSource("${EVENTS}").addEventListener("reload", () => location.reload());\n`;

const TYPES: Readonly<Record<string, string>> = {
  css: "text/css; charset=utf-8",
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  json: "application/json",
  svg: "image/svg+xml",
  txt: "text/plain; charset=utf-8",
  yaml: "text/plain; charset=utf-8",
  yml: "text/plain; charset=utf-8",
};

/**
 * Shows pages on this machine while they are written. Nothing is read from the disk: it serves what it is given and no more. A page
 * served here loads anew by itself; the files that are written know nothing of that.
 * @param port  taken where it is free; else any that is
 */
export async function startDocsServer(port: number): Promise<DocsServer> {
  let files: ReadonlyMap<string, string> = new Map();
  const open = new Set<ServerResponse>();
  const server = createServer((request, response) => {
    // A name that leads here from elsewhere could let a page of elsewhere read these.
    if (!isLocal(request.headers.host)) return end(response, 403, "This server answers only to this machine.\n");
    if (request.method !== "GET" && request.method !== "HEAD") return end(response, 405, "Only GET.\n");
    const path = pathOf(request.url ?? "/");
    if (path === null) return end(response, 400, "This is no address.\n");
    if (path === EVENTS) {
      response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
      response.write(": open\n\n");
      open.add(response);
      response.on("close", () => open.delete(response));
      return;
    }
    if (path === SCRIPT) return end(response, 200, RELOAD, "js");
    const name = path.slice(1) + (path.endsWith("/") ? "index.html" : "");
    const text = files.get(name);
    if (text === undefined) return end(response, 404, "There is no such page.\n");
    const extension = /\.(\w+)$/.exec(name)?.[1] ?? "txt";
    end(response, 200, extension === "html" ? withReload(text) : text, extension);
  });
  await listen(server, port);
  const address = `http://${HOST}:${(server.address() as AddressInfo).port}/`;
  return {
    address,
    publish: (next) => {
      files = new Map(next.map(({ path, text }) => [path, text]));
      for (const response of open) response.write("event: reload\ndata: now\n\n");
    },
    close: () =>
      new Promise((done) => {
        for (const response of open) response.end();
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

async function listen(server: ReturnType<typeof createServer>, port: number): Promise<void> {
  const tryPort = (one: number) =>
    new Promise<void>((done, fail) => {
      server.once("error", fail);
      server.listen(one, HOST, () => {
        server.off("error", fail);
        done();
      });
    });
  try {
    await tryPort(port);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
    await tryPort(0);
  }
}

function isLocal(host: string | undefined): boolean {
  return /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/.test(host ?? "");
}

/** Null for what is no address. */
function pathOf(url: string): string | null {
  try {
    return decodeURIComponent(new URL(`http://${HOST}${url}`).pathname);
  } catch {
    return null;
  }
}

function end(response: ServerResponse, status: number, text: string, extension = "txt"): void {
  response.writeHead(status, {
    "content-type": TYPES[extension] ?? "text/plain; charset=utf-8",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  });
  response.end(text);
}

/** The policy of a page lets nothing connect; here it may, to where it came from. */
function withReload(text: string): string {
  return text
    .replace("default-src &#39;none&#39;", "default-src &#39;none&#39;; connect-src &#39;self&#39;")
    .replace("</head>", `<script src="${SCRIPT}" defer></script>\n</head>`);
}
