/** What a recording sees of the ways in which code reads an event, and what it cannot see. */
import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Json } from "../../../src/model/index.ts";
import { record, takeWhole } from "../../../src/pact/recording/recorder.ts";
import { markRead, newUsage, readPointers } from "../../../src/pact/recording/usage.ts";

const EVENT = {
  event: "hangup",
  payload: {
    id: 1,
    cause: null,
    call: { from: "+12025550100", to: "+12025550101" },
    tags: ["a", "b"],
    legs: [
      { id: 1, state: "up" },
      { id: 2, state: "down" },
    ],
  },
  time: "2026-01-01T00:00:00Z",
} as const;
type Event = typeof EVENT;

function read(handler: (event: Event) => unknown): readonly string[] {
  const { value, usage } = record(EVENT);
  handler(value as Event);
  return readPointers(usage, EVENT);
}

const legs = (event: Event) => event.payload.legs;

describe("what is read", () => {
  test.each<readonly [string, (event: Event) => unknown, readonly string[]]>([
    ["a property", (event) => event.time, ["/time"]],
    ["a property of a property", (event) => event.payload.call.from, ["/payload/call/from"]],
    [
      "destructuring",
      ({
        payload: {
          id,
          call: { to },
        },
      }) => [id, to],
      ["/payload/id", "/payload/call/to"],
    ],
    [
      "destructuring with the rest, which spreads",
      ({ payload: { id, ...rest } }) => [id, rest],
      ["/payload"].flatMap(() => ["/payload/id", "/payload/cause", "/payload/call", "/payload/tags", "/payload/legs"]),
    ],
    ["optional chaining", (event) => event.payload?.call?.from, ["/payload/call/from"]],
    ["null is read as well", (event) => event.payload.cause ?? "none", ["/payload/cause"]],
    ["a computed name", (event) => event[["ti", "me"].join("") as "time"], ["/time"]],
    ["in", (event) => "time" in event, ["/time"]],
    ["in, of an object that is not looked into", (event) => "payload" in event, ["/payload"]],
    ["Object.hasOwn", (event) => Object.hasOwn(event.payload, "id"), ["/payload/id"]],
    ["hasOwnProperty", (event) => Object.hasOwn(event.payload, "id"), ["/payload/id"]],
    ["Object.keys", (event) => Object.keys(event.payload.call), ["/payload/call/from", "/payload/call/to"]],
    ["Object.entries", (event) => Object.entries(event.payload.call), ["/payload/call/from", "/payload/call/to"]],
    [
      "for in",
      (event) => {
        for (const name in event.payload.call) String(name);
      },
      ["/payload/call/from", "/payload/call/to"],
    ],
    ["spreading", (event) => ({ ...event.payload.call }), ["/payload/call/from", "/payload/call/to"]],
    ["Object.assign", (event) => Object.assign({}, event.payload.call), ["/payload/call/from", "/payload/call/to"]],
    ["JSON.stringify", (event) => JSON.stringify(event.payload.call), ["/payload/call/from", "/payload/call/to"]],
    ["JSON.stringify of some", (event) => JSON.stringify(event, ["payload", "id"]), ["/payload/id"]],
    [
      "isDeepStrictEqual",
      (event) => isDeepStrictEqual(event.payload.call, EVENT.payload.call),
      ["/payload/call/from", "/payload/call/to"],
    ],
    ["handing on", (event) => [event.payload], ["/payload"]],
    ["handing on all", (event) => [event], [""]],
    [
      "structuredClone, as the kit has it",
      (event) => structuredClone(takeWhole({ at: event.payload.call })),
      ["/payload/call"],
    ],
    ["Object.create", (event) => Object.create(event.payload.call).from, ["/payload/call/from"]],
    ["a method of the items", (event) => legs(event).map(({ id }) => id), ["/payload/legs/*/id"]],
    [
      "for of",
      (event) => {
        for (const leg of legs(event)) String(leg.state);
      },
      ["/payload/legs/*/state"],
    ],
    [
      "different properties of different items",
      (event) => [legs(event)[0].id, legs(event)[1].state],
      ["/payload/legs/*/id", "/payload/legs/*/state"],
    ],
    [
      "array destructuring",
      (event) => {
        const [first] = event.payload.tags;
        return first;
      },
      ["/payload/tags/*"],
    ],
    ["spreading a list", (event) => [...event.payload.tags], ["/payload/tags/*"]],
    ["concat and sort", (event) => [...event.payload.tags].concat(event.payload.tags).sort(), ["/payload/tags/*"]],
    ["includes", (event) => event.payload.tags.includes("b"), ["/payload/tags/*"]],
    ["at", (event) => legs(event).at(-1)?.state, ["/payload/legs/*/state"]],
    [
      "find",
      (event) => legs(event).find(({ state }) => state === "down")?.id,
      ["/payload/legs/*/id", "/payload/legs/*/state"],
    ],
    ["the length alone", (event) => event.payload.tags.length, ["/payload/tags"]],
    ["a Set of items", (event) => new Set(event.payload.tags).has("a"), ["/payload/tags/*"]],
    [
      "after an await",
      async (event) => {
        await null;
        return event.time;
      },
      [],
    ],
  ])("%s", (_, handler, want) => {
    expect(read(handler)).toEqual(want.length === 0 ? [""] : want);
  });

  test("also what is read later", async () => {
    const { value, usage } = record(EVENT);
    await (async (event: Event) => {
      await null;
      return event.time;
    })(value as Event);
    expect(readPointers(usage, EVENT)).toEqual(["/time"]);
  });
});

describe("a recorded event is like any other", () => {
  const { value } = record(EVENT);
  const event = value as Event;

  test("it has one identity", () => {
    const { payload } = event;
    expect(event.payload).toBe(payload);
    expect(event.payload.legs.includes(event.payload.legs[1])).toBe(true);
    expect(event.payload.legs.indexOf(event.payload.legs[1])).toBe(1);
    expect(new Map([[event.payload, 1]]).get(event.payload)).toBe(1);
  });

  test("lists are lists", () => {
    expect(Array.isArray(event.payload.tags)).toBe(true);
    expect(Object.prototype.toString.call(event.payload.tags)).toBe("[object Array]");
    expect([0].concat(event.payload.legs.map(({ id }) => id))).toEqual([0, 1, 2]);
  });

  test("it may be changed and frozen, and what is written is not read", () => {
    const { value: other, usage } = record(EVENT);
    const own = other as { time: string; note?: string; payload: { tags: string[]; cause?: unknown } };
    own.note = "mine";
    own.time = "later";
    own.payload.tags.push("c");
    expect([own.note, own.time, own.payload.tags.length]).toEqual(["mine", "later", 3]);
    expect(delete own.payload.cause).toBe(true);
    expect(readPointers(usage, EVENT)).toEqual(["/payload/tags"]);
    const frozen = Object.freeze(own.payload);
    expect(frozen.tags[0]).toBe("a");
    expect(Object.isFrozen(frozen)).toBe(true);
  });

  test("it does not change what it records", () => {
    const plain = structuredClone(EVENT) as Json;
    const { value: other } = record(plain);
    (other as { payload: { id: number } }).payload.id = 99;
    expect(plain).toEqual(EVENT);
  });

  test("any JSON is read back as it is, and then wholly", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        const plain = JSON.parse(JSON.stringify(json)) as Json;
        const { value: other } = record(plain);
        expect(JSON.stringify(other)).toBe(JSON.stringify(plain));
      }),
    );
  });
});

describe("what is not there", () => {
  const missed = (handler: (event: Record<string, never>) => unknown, value: Json = EVENT) => {
    const recording = record(value);
    handler(recording.value as Record<string, never>);
    return recording.missed.map(({ path, name }) => [...path, name].join("/"));
  };

  test("is told with its place and line", () => {
    const recording = record(EVENT);
    String((recording.value as { payload: { caus?: string } }).payload.caus);
    expect(recording.missed).toMatchObject([{ path: ["payload"], name: "caus" }]);
    expect(recording.missed[0]?.stack).toContain("recorder.test.ts");
  });

  test.each<readonly [string, (event: Record<string, never>) => unknown, readonly string[]]>([
    ["once", (event) => [event["tme"], event["tme"], "tme" in event], ["tme"]],
    [
      "in items",
      (event) => (event["payload"] as unknown as Event["payload"]).legs.map((leg) => (leg as { stat?: string }).stat),
      ["payload/legs/*/stat"],
    ],
    [
      "but not what engines and libraries ask",
      (event) => [
        String(event),
        event["toJSON"],
        event["then"],
        event["constructor"],
        JSON.stringify(event),
        event["nodeType"],
      ],
      [],
    ],
    [
      "nor what was written before",
      (event) => {
        (event as Record<string, unknown>)["note"] = 1;
        return event["note"];
      },
      [],
    ],
  ])("%s", (_, handler, want) => {
    expect(missed(handler)).toEqual(want);
  });

  test("await does not ask for it", async () => {
    const recording = record(EVENT);
    await Promise.resolve(recording.value);
    expect(recording.missed).toEqual([]);
  });
});

describe("what is asked for by name", () => {
  const named = (handler: (event: Record<string, never>) => unknown) => {
    const recording = record(EVENT);
    handler(recording.value as Record<string, never>);
    return recording.named.map(({ path, name }) => [...path, name].join("/"));
  };

  test.each<readonly [string, (event: Record<string, never>) => unknown, readonly string[]]>([
    ["once", (event) => [event["payload"], event["payload"], "payload" in event], ["payload"]],
    ["by destructuring, before the rest", ({ payload, ...rest }) => [payload, rest], ["payload"]],
    ["and not by going through all", (event) => [{ ...event }, JSON.stringify(event), Object.entries(event)], []],
  ])("%s", (_, handler, want) => {
    expect(named(handler)).toEqual(want);
  });
});

test("a pointer is marked as read, whatever else is not", () => {
  const usage = newUsage();
  markRead(usage, "/payload/call/to");
  expect(readPointers(usage, EVENT)).toEqual(["/payload/call/to"]);
});
