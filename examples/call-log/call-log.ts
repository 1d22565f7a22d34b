/**
 * A log of calls and messages: one line a call, with how it ended, its recordings and transcriptions; one line a message, with its
 * last state. The platform may call with POST or GET; both come out as the same events.
 *
 *     CALLBACK_PASSWORD=… node examples/call-log/call-log.ts
 *     hookbook send specs/bandwidth-voice-messaging/asyncapi.yaml hangup --to http://127.0.0.1:3002/callbacks --secret basic=log:…
 *     curl http://127.0.0.1:3002/calls
 */
import { createServer } from "node:http";
import { DatabaseSync } from "node:sqlite";
import { createReceiver, type MmsEvent, type SmsEvent } from "../../generated/bandwidth-voice-messaging/index.js";
import { toNodeListener } from "../../generated/runtime/node.js";

export interface CallLogOptions {
  /** As in the callback URL, `https://username:password@host/callbacks`. */
  readonly username: string;
  readonly password: string;
  /** A file; in memory where left out. */
  readonly database?: string;
}

const TABLES = `
  CREATE TABLE IF NOT EXISTS calls (id TEXT PRIMARY KEY, caller TEXT, called TEXT, began TEXT, answered TEXT, ended TEXT, cause TEXT);
  CREATE TABLE IF NOT EXISTS messages (id TEXT PRIMARY KEY, kind TEXT, direction TEXT, sender TEXT, recipient TEXT, text TEXT,
    media INTEGER, state TEXT, at TEXT);
  CREATE TABLE IF NOT EXISTS steps (subject TEXT, at TEXT, event TEXT, detail TEXT, UNIQUE (subject, at, event, detail))`;

export function createCallLog({ username, password, database = ":memory:" }: CallLogOptions) {
  const db = new DatabaseSync(database);
  db.exec(TABLES);
  // A call is heard of by whichever event comes first.
  const upsertCall = db.prepare(`INSERT INTO calls VALUES (:id, :caller, :called, :began, :answered, :ended, :cause)
    ON CONFLICT DO UPDATE SET caller = coalesce(excluded.caller, caller), called = coalesce(excluded.called, called),
      began = coalesce(began, excluded.began), answered = coalesce(answered, excluded.answered),
      ended = coalesce(excluded.ended, ended), cause = coalesce(excluded.cause, cause)`);
  const upsertMessage = db.prepare(`INSERT INTO messages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET state = excluded.state, at = excluded.at WHERE excluded.at >= at`);
  const insertStep = db.prepare("INSERT OR IGNORE INTO steps VALUES (?, ?, ?, ?)");

  const NOTHING = { caller: null, called: null, began: null, answered: null, ended: null, cause: null };
  const call = (id: string, parts: Partial<Record<keyof typeof NOTHING, string>>) => {
    upsertCall.run({ ...NOTHING, ...parts, id });
  };
  const step = (subject: string, at: string, event: string, detail: string) => {
    insertStep.run(subject, at, event, detail);
  };
  const message = (
    { messageId, direction, from, to, text, state, time }: SmsEvent | MmsEvent,
    kind: string,
    media = 0,
  ) => {
    upsertMessage.run(messageId, kind, direction, from, to, text, media, state, time);
  };

  const receive = createReceiver({
    secrets: { basic: { username, password } },
    on: {
      incomingcall: ({ callId, from, to, time }) => call(callId, { caller: from, called: to, began: time }),
      answer({ callId, from, to, time }) {
        call(callId, { caller: from, called: to, answered: time });
        // What the platform does with the call from here on.
        const bxml = "<Response><SpeakSentence>Your call is recorded.</SpeakSentence><Record/></Response>";
        return new Response(bxml, { headers: { "content-type": "application/xml" } });
      },
      timeout: ({ callId, from, to, time }) =>
        call(callId, { caller: from, called: to, ended: time, cause: "TIMEOUT" }),
      hangup: ({ callId, from, to, time, cause }) => call(callId, { caller: from, called: to, ended: time, cause }),
      reject: ({ callId, from, to, time, cause }) => call(callId, { caller: from, called: to, ended: time, cause }),
      playback: ({ callId, time, status }) => step(callId, time, "playback", status),
      speak: ({ callId, time, status }) => step(callId, time, "speak", status),
      recording: ({ callId, recordingId, recordingUri, status, endTime }) =>
        step(callId, endTime, "recording", status === "complete" ? recordingUri : `${recordingId}: ${status}`),
      // Has no call, only the recording that it was made of; and no time.
      transcription: ({ transcriptionId, recordingId, status, text }) =>
        step(recordingId ?? transcriptionId, "", "transcription", text ?? status),
      dtmf: ({ callId, time, dtmfDigit }) => step(callId, time, "dtmf", dtmfDigit),
      gather: ({ callId, time, reason, digits }) => step(callId, time, "gather", `${digits ?? ""} (${reason})`),
      conference: ({ conferenceId, status, createdTime, completedTime }) =>
        step(conferenceId, completedTime ?? createdTime, "conference", status),
      "conference-member": ({ conferenceId, callId, time, state, activeMembers }) =>
        step(conferenceId, time, "conference-member", `${callId} ${state}, ${activeMembers} there`),
      "conference-playback": ({ conferenceId, time, status }) =>
        step(conferenceId, time, "conference-playback", status),
      "conference-speak": ({ conferenceId, time, status }) => step(conferenceId, time, "conference-speak", status),
      sms: (event) => message(event, "sms"),
      mms: (event) => message(event, "mms", event.media.length),
    },
  });

  const calls = db.prepare("SELECT * FROM calls ORDER BY coalesce(began, answered, ended), id");
  const messages = db.prepare("SELECT * FROM messages ORDER BY at, id");
  const steps = db.prepare("SELECT at, event, detail FROM steps WHERE subject = ? ORDER BY at, event, detail");

  return {
    receive,
    calls: () => calls.all() as unknown as readonly Readonly<Record<string, string | null>>[],
    messages: () => messages.all() as unknown as readonly Readonly<Record<string, string | number | null>>[],
    /** Of a call, a conference or a recording. */
    steps: (subject: string) =>
      steps.all(subject) as unknown as readonly { at: string; event: string; detail: string }[],
    close: () => db.close(),
  };
}

export function createCallLogServer(options: CallLogOptions) {
  const log = createCallLog(options);
  const callbacks = toNodeListener(log.receive);
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    if (pathname === "/callbacks") return callbacks(request, response);
    const subject = /^\/calls\/([\w-]{1,80})$/.exec(pathname)?.[1];
    const shown =
      pathname === "/calls" ? log.calls() : pathname === "/messages" ? log.messages() : subject && log.steps(subject);
    response.setHeader("content-type", "application/json");
    if (shown === undefined) return void response.writeHead(404).end('{"title":"Not Found"}\n');
    return void response.end(`${JSON.stringify(shown, null, 2)}\n`);
  });
  server.on("close", log.close);
  return server;
}

if (import.meta.main) {
  const { CALLBACK_USER = "log", CALLBACK_PASSWORD = "", DATABASE = "calls.sqlite", PORT = "3002" } = process.env;
  const server = createCallLogServer({ username: CALLBACK_USER, password: CALLBACK_PASSWORD, database: DATABASE });
  server.listen(Number(PORT), "127.0.0.1", () => console.log(`http://127.0.0.1:${PORT}/calls`));
}
