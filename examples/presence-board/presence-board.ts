/**
 * A board that shows who is in a WebRTC session now, in every browser that looks at it. The platform documents no authentication,
 * so the callback URL carries a token of our own: https://host/callbacks?token=…
 *
 *     CALLBACK_TOKEN=… node examples/presence-board/presence-board.ts
 *     hookbook send specs/bandwidth-webrtc/openapi.yaml onConnect --to "http://127.0.0.1:3003/callbacks?token=…"
 */
import { readFileSync } from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import { DatabaseSync } from "node:sqlite";
import { createReceiver, type ParticipantEvent } from "../../generated/bandwidth-webrtc/index.js";
import { toNodeListener } from "../../generated/runtime/node.js";

export interface PresenceBoardOptions {
  /** What the callback URL has as `token`. */
  readonly token: string;
  /** A file; in memory where left out. */
  readonly database?: string;
}

export interface Presence {
  readonly participant: string;
  readonly device: string;
  readonly tag: string;
  /** `connected`, `left` (of their own accord) or `disconnected` (by the platform, or a broken line). */
  readonly state: string;
  /** Milliseconds since 1970. */
  readonly since: number;
}

const STATES = { onConnect: "connected", onLeave: "left", onDisconnect: "disconnected" } as const;

export function createPresenceBoard({ token, database = ":memory:" }: PresenceBoardOptions) {
  const db = new DatabaseSync(database);
  db.exec(`CREATE TABLE IF NOT EXISTS presence
    (participant TEXT, device TEXT, tag TEXT, state TEXT, since INTEGER, PRIMARY KEY (participant, device))`);
  // Events may overtake each other: the latest says what is.
  const upsert = db.prepare(`INSERT INTO presence VALUES (?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET tag = excluded.tag, state = excluded.state, since = excluded.since WHERE excluded.since >= since`);
  const all = db.prepare("SELECT * FROM presence ORDER BY state, since DESC, participant, device");
  const board = () => all.all() as unknown as readonly Presence[];
  const watchers = new Set<(board: readonly Presence[]) => void>();

  function update({ event, participantId, deviceId, tag = "", timestamp }: ParticipantEvent): void {
    upsert.run(participantId, deviceId, tag, STATES[event], Number(timestamp));
    for (const watch of watchers) watch(board());
  }

  const receive = createReceiver({
    schemes: { callbackUrl: { type: "apiKey", in: "query", name: "token" } },
    secrets: { callbackUrl: token },
    on: { onConnect: update, onLeave: update, onDisconnect: update },
  });

  return {
    receive,
    board,
    /** Calls with the board now and after each change, until what it returns is called. */
    watch(watcher: (board: readonly Presence[]) => void): () => void {
      watchers.add(watcher);
      watcher(board());
      return () => watchers.delete(watcher);
    },
    close: () => db.close(),
  };
}

const FILES: Readonly<Record<string, readonly [file: string, type: string]>> = {
  "/": ["board.html", "text/html; charset=utf-8"],
  "/board.js": ["board.js", "text/javascript; charset=utf-8"],
  "/board.css": ["board.css", "text/css; charset=utf-8"],
};

export function createPresenceServer(options: PresenceBoardOptions) {
  const presence = createPresenceBoard(options);
  const callbacks = toNodeListener(presence.receive);
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    if (pathname === "/callbacks") return callbacks(request, response);
    if (pathname === "/presence") return stream(response);
    const [file, type] = (Object.hasOwn(FILES, pathname) && FILES[pathname]) || [];
    if (file === undefined) return void response.writeHead(404).end();
    response.setHeader("content-type", type ?? "");
    response.setHeader("content-security-policy", "default-src 'self'");
    return void response.end(readFileSync(new URL(file, import.meta.url)));
  });

  function stream(response: ServerResponse): void {
    response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
    const stop = presence.watch((board) => response.write(`data: ${JSON.stringify(board)}\n\n`));
    response.on("close", stop);
  }

  server.on("close", presence.close);
  return server;
}

if (import.meta.main) {
  const { CALLBACK_TOKEN = "", DATABASE = "presence.sqlite", PORT = "3003" } = process.env;
  const server = createPresenceServer({ token: CALLBACK_TOKEN, database: DATABASE });
  server.listen(Number(PORT), "127.0.0.1", () => console.log(`http://127.0.0.1:${PORT}/`));
}
