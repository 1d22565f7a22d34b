/** One kind of delivery: valid bodies as bytes, wrong ones, and what no receiver can do without. */
export interface Case {
  readonly name: "webrtc" | "conference";
  readonly valid: readonly Uint8Array[];
  readonly invalid: readonly Uint8Array[];
  /** The floor: reading the same bytes as JSON, the JSON in a string included. */
  readonly parse: (body: Uint8Array) => unknown;
  /** What `decode` may cost, in multiples of the floor. */
  readonly ratioMax: number;
}

const COUNT = 300;
const decoder = new TextDecoder();
const encoder = new TextEncoder();

/** The same payloads on every run: a linear congruential generator is random enough for ids. */
function randomHex(seed: number): (length: number) => string {
  let state = seed;
  return (length) => {
    let text = "";
    while (text.length < length) {
      state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
      text += ((state >> 16) & 15).toString(16);
    }
    return text;
  };
}

function bytes(value: unknown): Uint8Array {
  return encoder.encode(JSON.stringify(value));
}

export const cases: readonly Case[] = [webrtc(), conference()];

function webrtc(): Case {
  const hex = randomHex(1);
  const uuid = () => `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`;
  const events = ["onConnect", "onLeave", "onDisconnect"];
  const payloads = Array.from({ length: COUNT }, (_, index) => ({
    event: events[index % events.length],
    timestamp: String(1628786234676 + index),
    participantId: uuid(),
    deviceId: uuid(),
    tag: "hello-world-phone",
  }));
  const broken = payloads.map(({ participantId, ...rest }, index) => {
    const choices = [
      { ...rest, participantId, event: "onNothing" },
      { ...rest, participantId: 7 },
      rest,
      { ...rest, participantId, timestamp: 1628786234676 },
    ];
    return choices[index % choices.length];
  });
  return {
    name: "webrtc",
    valid: payloads.map(bytes),
    invalid: broken.map(bytes),
    parse: (body) => JSON.parse(decoder.decode(body)),
    ratioMax: 1.6,
  };
}

function conference(): Case {
  const events = ["conference_start", "conference_end", "enter_conference"];
  const make = (index: number, change: (inner: Record<string, unknown>) => void) => {
    const event = events[index % events.length];
    const inner: Record<string, unknown> = { conference_id: 1258835 + index, host_id: 61803 };
    if (event === "enter_conference") {
      Object.assign(inner, {
        participant_id: index,
        participant_role: "moderator",
        meeting_url: "https://meet.example.com/a",
      });
    }
    change(inner);
    return { event, payload: JSON.stringify(inner), timestamp: `2022-08-24T20:${10 + (index % 49)}:55.000Z` };
  };
  const indexes = Array.from({ length: COUNT }, (_, index) => index);
  const valid = indexes.map((index) => make(index, () => {}));
  const broken = indexes.map((index) => {
    if (index % 3 === 0) return make(index, (inner) => Object.assign(inner, { host_id: "61803" }));
    const whole = make(index, () => {});
    return index % 3 === 1 ? { ...whole, payload: whole.payload.slice(0, -1) } : { ...whole, timestamp: "2022-08-24" };
  });
  return {
    name: "conference",
    valid: valid.map(bytes),
    invalid: broken.map(bytes),
    parse: (body) => {
      const outer = JSON.parse(decoder.decode(body));
      return JSON.parse(outer.payload);
    },
    ratioMax: 1.7,
  };
}
