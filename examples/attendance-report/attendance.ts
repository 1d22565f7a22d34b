/**
 * An attendance report of conferences: who was there, from when to when, and what else happened. Deliveries may come late, twice or
 * in any order, so every one says something about a row that may or may not be there yet.
 *
 *     SIGNING_TOKEN=… node examples/attendance-report/attendance.ts
 *     hookbook send specs/conference/openapi.yaml enter_conference --to http://127.0.0.1:3001/webhooks --secret signingToken=…
 *     curl http://127.0.0.1:3001/conferences/1258835
 */
import { createServer } from "node:http";
import { DatabaseSync } from "node:sqlite";
import { createReceiver, type WebhookName } from "../../generated/conference/index.js";
import { toNodeListener } from "../../generated/runtime/node.js";

export interface AttendanceOptions {
  /** What the platform sends as `x-signing-token`. */
  readonly signingToken: string;
  /** A file; in memory where left out. */
  readonly database?: string;
}

export interface Attendance {
  readonly participant: number;
  readonly role: string | null;
  readonly joined: string | null;
  readonly left: string | null;
  readonly reason: string | null;
  /** Null while the participant is there, or where one of both ends is not known. */
  readonly seconds: number | null;
}

const TABLES = `
  CREATE TABLE IF NOT EXISTS stays (conference INTEGER, participant INTEGER, role TEXT, joined TEXT, "left" TEXT, reason TEXT,
    PRIMARY KEY (conference, participant));
  CREATE TABLE IF NOT EXISTS notes (conference INTEGER, host INTEGER, at TEXT, event TEXT, detail TEXT,
    UNIQUE (conference, host, at, event, detail))`;

export function createAttendance({ signingToken, database = ":memory:" }: AttendanceOptions) {
  const db = new DatabaseSync(database);
  db.exec(TABLES);
  const enter = db.prepare(`INSERT INTO stays (conference, participant, role, joined) VALUES (?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET role = excluded.role, joined = min(coalesce(joined, excluded.joined), excluded.joined)`);
  const leave = db.prepare(`INSERT INTO stays (conference, participant, role, "left", reason) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET "left" = excluded."left", reason = excluded.reason`);
  const changeRole = db.prepare("UPDATE stays SET role = ? WHERE conference = ? AND participant = ?");
  const endStays = db.prepare(`UPDATE stays SET "left" = ?, reason = 'conference_end'
    WHERE conference = ? AND joined IS NOT NULL AND "left" IS NULL`);
  const insertNote = db.prepare("INSERT OR IGNORE INTO notes VALUES (?, ?, ?, ?, ?)");

  interface Noted {
    readonly event: WebhookName;
    readonly timestamp: string;
    readonly payload: { readonly host_id: number; readonly conference_id?: number };
  }
  function note({ event, timestamp, payload }: Noted, detail = ""): void {
    insertNote.run(payload.conference_id ?? null, payload.host_id, timestamp, event, detail);
  }
  const noteOnly = (event: Noted) => note(event);

  const receive = createReceiver({
    secrets: { signingToken },
    on: {
      conference_start: noteOnly,
      conference_end(event) {
        endStays.run(event.timestamp, event.payload.conference_id);
        note(event);
      },
      enter_conference({ payload, timestamp }) {
        enter.run(payload.conference_id, payload.participant_id, payload.participant_role, timestamp);
      },
      leave_conference({ payload, timestamp }) {
        const { conference_id, participant_id, participant_role, reason_for_leaving } = payload;
        leave.run(conference_id, participant_id, participant_role, timestamp, reason_for_leaving);
      },
      participant_role_changed({ payload }) {
        changeRole.run(payload.participant_role, payload.conference_id, payload.participant_id);
      },
      dialout_status_change: (event) => note(event, `${event.payload.phone_number} ${event.payload.status}`),
      enter_livestream: (event) => note(event, String(event.payload.participant_id)),
      leave_livestream: (event) => note(event, `${event.payload.participant_id} ${event.payload.reason_for_leaving}`),
      recording_ready: (event) => note(event, event.payload.download_link),
      transcription_ready: noteOnly,
      start_recording: noteOnly,
      stop_recording: noteOnly,
      start_streaming: noteOnly,
      stop_streaming: noteOnly,
      start_broadcasting: noteOnly,
      stop_broadcasting: noteOnly,
      stream_preview_updated: (event) => note(event, event.payload.video_url),
      profile_picture_upload_success: noteOnly,
      profile_picture_upload_failure: noteOnly,
      drive_file_added: (event) => note(event, `${event.payload.filename} (${event.payload.size} bytes)`),
      drive_file_deleted: (event) => note(event, event.payload.filename),
      one_time_access_code_reused: (event) => note(event, `first used in ${event.payload.original_conference_id}`),
    },
  });

  const stays = db.prepare(`SELECT participant, role, joined, "left", reason,
    CAST(round((julianday("left") - julianday(joined)) * 86400) AS INTEGER) AS seconds
    FROM stays WHERE conference = ? ORDER BY joined, participant`);
  const notes = db.prepare("SELECT at, event, detail FROM notes WHERE conference IS ? ORDER BY at, event, detail");

  return {
    receive,
    /** Who was in a conference. */
    report: (conference: number) => stays.all(conference) as unknown as readonly Attendance[],
    /** What else happened in it; of no conference in particular where it is null. */
    timeline: (conference: number | null) =>
      notes.all(conference) as unknown as readonly { at: string; event: string; detail: string }[],
    close: () => db.close(),
  };
}

export function createAttendanceServer(options: AttendanceOptions) {
  const attendance = createAttendance(options);
  const webhooks = toNodeListener(attendance.receive);
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    if (pathname === "/webhooks") return webhooks(request, response);
    const conference = /^\/conferences\/(\d{1,15})$/.exec(pathname)?.[1];
    response.setHeader("content-type", "application/json");
    if (conference === undefined) return void response.writeHead(404).end('{"title":"Not Found"}\n');
    const id = Number(conference);
    const report = { conference: id, attendance: attendance.report(id), timeline: attendance.timeline(id) };
    return void response.end(`${JSON.stringify(report, null, 2)}\n`);
  });
  server.on("close", attendance.close);
  return server;
}

if (import.meta.main) {
  const { SIGNING_TOKEN = "", DATABASE = "attendance.sqlite", PORT = "3001" } = process.env;
  const server = createAttendanceServer({ signingToken: SIGNING_TOKEN, database: DATABASE });
  server.listen(Number(PORT), "127.0.0.1", () => console.log(`http://127.0.0.1:${PORT}/conferences/<id>`));
}
