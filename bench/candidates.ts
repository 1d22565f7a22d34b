import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import * as v from "valibot";
import { z } from "zod";
import * as webrtc from "../generated/bandwidth-webrtc/index.js";
import * as conference from "../generated/conference/index.js";
import type { Case } from "./cases.ts";

/** Bytes in; whether they are a valid event of a known kind out. A promise where the library works so. */
export type Decode = ((body: Uint8Array) => boolean) | ((body: Uint8Array) => Promise<{ readonly ok: boolean }>);

/** Ways to get a checked event out of a delivery; each reads the bytes itself. */
export const candidates: Readonly<Record<string, Record<Case["name"], () => Decode>>> = {
  hookbook: {
    webrtc: () => (body) => webrtc.decode({ method: "POST", headers: JSON_HEADERS, body }),
    conference: () => (body) => conference.decode({ method: "POST", headers: JSON_HEADERS, body }),
  },
  "ajv, oneOf": { webrtc: ajvWebrtc, conference: ajvConference },
  "zod 4": { webrtc: zodWebrtc, conference: zodConference },
  valibot: { webrtc: valibotWebrtc, conference: valibotConference },
};

const JSON_HEADERS = { "content-type": "application/json" };
const decoder = new TextDecoder();
const read = (body: Uint8Array): unknown => JSON.parse(decoder.decode(body));

/** Reading may throw for a body, which is then refused. */
function refusing(decode: (body: Uint8Array) => boolean): Decode {
  return (body) => {
    try {
      return decode(body);
    } catch {
      return false;
    }
  };
}

const CONNECTIONS = ["onConnect", "onLeave", "onDisconnect"] as const;
const ROLES = ["organizer", "moderator", "participant"] as const;

function ajvWebrtc(): Decode {
  const ajv = addFormats.default(new Ajv2020());
  const string = { type: "string" };
  const validate = ajv.compile({
    oneOf: CONNECTIONS.map((event) => ({
      type: "object",
      required: ["event", "timestamp", "participantId", "deviceId"],
      properties: {
        event: { const: event },
        timestamp: { type: "string", pattern: "^[0-9]+$" },
        participantId: string,
        deviceId: string,
        tag: string,
      },
    })),
  });
  return refusing((body) => validate(read(body)));
}

function ajvConference(): Decode {
  const ajv = addFormats.default(new Ajv2020());
  const ids = {
    host_id: { type: "integer" },
    conference_id: { type: "integer" },
    company_id: { type: ["integer", "string"] },
  };
  const required = ["host_id", "conference_id"];
  const inner = new Map([
    ["conference_start", ajv.compile({ type: "object", required, properties: ids })],
    ["conference_end", ajv.compile({ type: "object", required, properties: ids })],
    [
      "enter_conference",
      ajv.compile({
        type: "object",
        required: [...required, "participant_id", "participant_role", "meeting_url"],
        properties: {
          ...ids,
          participant_id: { type: "integer" },
          participant_role: { enum: ROLES },
          meeting_url: { type: "string", format: "uri" },
        },
      }),
    ],
  ]);
  const envelope = ajv.compile<{ event: string; payload: string }>({
    type: "object",
    required: ["event", "payload", "timestamp"],
    properties: {
      event: { enum: [...inner.keys()] },
      payload: { type: "string" },
      timestamp: { type: "string", format: "date-time" },
    },
  });
  return refusing((body) => {
    const outer = read(body);
    return envelope(outer) && inner.get(outer.event)?.(JSON.parse(outer.payload)) === true;
  });
}

function zodWebrtc(): Decode {
  const event = (name: string) =>
    z.looseObject({
      event: z.literal(name),
      timestamp: z.string().regex(/^[0-9]+$/),
      participantId: z.string(),
      deviceId: z.string(),
      tag: z.string().optional(),
    });
  const schema = z.discriminatedUnion("event", [event("onConnect"), event("onLeave"), event("onDisconnect")]);
  return refusing((body) => schema.safeParse(read(body)).success);
}

function zodConference(): Decode {
  const ids = { host_id: z.int(), conference_id: z.int(), company_id: z.union([z.int(), z.string()]).optional() };
  const json = <T extends z.ZodType>(schema: T) =>
    z
      .string()
      .transform((text) => JSON.parse(text))
      .pipe(schema);
  const envelope = <T extends z.ZodType>(name: string, payload: T) =>
    z.looseObject({ event: z.literal(name), payload: json(payload), timestamp: z.iso.datetime({ offset: true }) });
  const entered = { ...ids, participant_id: z.int(), participant_role: z.enum(ROLES), meeting_url: z.url() };
  const schema = z.discriminatedUnion("event", [
    envelope("conference_start", z.looseObject(ids)),
    envelope("conference_end", z.looseObject(ids)),
    envelope("enter_conference", z.looseObject(entered)),
  ]);
  return refusing((body) => schema.safeParse(read(body)).success);
}

function valibotWebrtc(): Decode {
  const event = <T extends string>(name: T) =>
    v.looseObject({
      event: v.literal(name),
      timestamp: v.pipe(v.string(), v.regex(/^[0-9]+$/)),
      participantId: v.string(),
      deviceId: v.string(),
      tag: v.optional(v.string()),
    });
  const schema = v.variant("event", [event("onConnect"), event("onLeave"), event("onDisconnect")]);
  return refusing((body) => v.safeParse(schema, read(body)).success);
}

function valibotConference(): Decode {
  const integer = v.pipe(v.number(), v.integer());
  const ids = { host_id: integer, conference_id: integer, company_id: v.optional(v.union([integer, v.string()])) };
  const entered = {
    ...ids,
    participant_id: integer,
    participant_role: v.picklist(ROLES),
    meeting_url: v.pipe(v.string(), v.url()),
  };
  const envelope = <T extends string, E extends v.ObjectEntries>(name: T, entries: E) =>
    v.looseObject({
      event: v.literal(name),
      payload: v.pipe(v.string(), v.parseJson(), v.looseObject(entries)),
      timestamp: v.pipe(v.string(), v.isoTimestamp()),
    });
  const schema = v.variant("event", [
    envelope("conference_start", ids),
    envelope("conference_end", ids),
    envelope("enter_conference", entered),
  ]);
  return refusing((body) => v.safeParse(schema, read(body)).success);
}
