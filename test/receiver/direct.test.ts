import { describe, expect, test, vi } from "vitest";
import { createReceiver } from "../../src/receiver/create-receiver.ts";
import { createTimeLimit, Limited } from "../../src/receiver/time-limit.ts";
import type { Answer } from "../../src/receiver/types.ts";
import { contractOf, NOW, post, receiver, SECRET, signed, signedContract } from "./helpers.ts";

const a = { type: "a" };
const options = { now: () => NOW, secrets: { signature: SECRET } };

describe("what an adapter asks is answered at once", () => {
  test("where nothing has to be waited for, from the second delivery of a webhook on", async () => {
    const handled: unknown[] = [];
    const { direct } = receiver(signedContract(), { ...options, on: { a: (event) => handled.push(event) } });
    expect(direct.admit({ method: "POST", headers: { "content-length": "12" } })).toBeNull();
    const first = direct.deliver(signed(a, { id: "1" }));
    expect(first).toBeInstanceOf(Promise);
    expect(await first).toMatchObject({ status: 204 });
    expect(direct.deliver(signed(a, { id: "2" }))).toEqual({ status: 204, headers: {}, body: "" });
    expect(direct.deliver(signed(a, { id: "2" }))).toMatchObject({ status: 204 });
    expect(direct.deliver(signed({ type: "z" }))).toMatchObject({ status: 204 });
    expect(direct.deliver(signed("{"))).toMatchObject({ status: 400 });
    expect(handled).toHaveLength(2);
  });

  test("later, where a handler, a store or a check of one's own takes its time", async () => {
    const slow = receiver(contractOf(), { on: { a: async () => new Response("x", { status: 202 }) } });
    const store = { claim: async () => "new" as const, complete: vi.fn(), release: vi.fn() };
    const stored = receiver(signedContract(), { ...options, on: { a() {} }, duplicates: { store } });
    for (const [{ direct }, delivery, status] of [
      [slow, post(a), 202],
      [stored, signed(a), 204],
    ] as const) {
      await direct.deliver(delivery);
      const second = direct.deliver(delivery);
      expect(second).toBeInstanceOf(Promise);
      expect(((await second) as Answer).status).toBe(status);
    }
    expect(store.complete).toHaveBeenCalledTimes(2);
  });

  test("with the headers of a handler's response, whatever they are called", async () => {
    const respond = () => new Response("", { headers: { constructor: "a", "to-string": "b", __proto__x: "c" } });
    const { direct } = receiver(contractOf(), { on: { a: respond } });
    const { headers } = await direct.deliver(post(a));
    expect(headers).toMatchObject({ constructor: "a", "to-string": "b", __proto__x: "c" });
  });

  test("with the same outcomes, which the hook is told of", async () => {
    const on = {
      a() {
        throw new Error("no");
      },
    };
    const { direct, outcomes } = receiver(contractOf(), { on });
    await direct.deliver(post(a));
    expect(direct.deliver(post(a))).toMatchObject({ status: 500 });
    expect(direct.admit({ method: "PUT" })).toMatchObject({ status: 405, headers: { allow: "POST" } });
    expect(direct.refuse("slow-body")).toMatchObject({ status: 408 });
    expect(outcomes.map(({ name }) => name)).toEqual([
      "handler-failed",
      "handler-failed",
      "method-not-allowed",
      "slow-body",
    ]);
    expect(outcomes[1]?.timings.total).toBeGreaterThan(0);
  });

  test("also before the receiver is loaded, when it is a promise", async () => {
    const { direct } = createReceiver(contractOf() as never, { on: { a() {} } } as never);
    const [refused, answer] = [direct.admit({ method: "PUT" }), direct.deliver(post(a))];
    expect(refused).toBeInstanceOf(Promise);
    expect([(await refused)?.status, (await answer).status]).toEqual([405, 204]);
    expect(direct.admit({ method: "POST" })).toBeNull();
  });

  test("who is given an answer to keep may change it", async () => {
    const { deliver } = receiver(contractOf(), { on: { a() {} } });
    const { headers } = await deliver(post(a));
    Object.assign(headers, { "x-a": "b" });
    expect((await deliver(post(a))).headers).toEqual({});
  });
});

describe("a time limit", () => {
  class Waiting extends Limited {
    isOver = false;
    override end(): void {
      this.isOver = true;
    }
  }

  test("ends what takes too long, and no more than a sixteenth later", () => {
    vi.useFakeTimers();
    try {
      const limit = createTimeLimit(16);
      const [early, late, done] = [new Waiting(), new Waiting(), new Waiting()];
      limit.begin(early);
      limit.begin(done);
      vi.advanceTimersByTime(1_500);
      limit.begin(late);
      limit.done(done);
      vi.advanceTimersByTime(14_499);
      expect(early.isOver).toBe(false);
      vi.advanceTimersByTime(1_001);
      expect([early.isOver, late.isOver]).toEqual([true, false]);
      vi.advanceTimersByTime(499);
      expect(late.isOver).toBe(false);
      vi.advanceTimersByTime(1_001);
      expect([late.isOver, done.isOver, vi.getTimerCount()]).toEqual([true, false, 0]);
      const again = new Waiting();
      limit.begin(again);
      vi.advanceTimersByTime(17_000);
      expect(again.isOver).toBe(true);
    } finally {
      vi.useRealTimers();
    }
  });

  test("that is none ends nothing", () => {
    vi.useFakeTimers();
    try {
      const waiting = new Waiting();
      createTimeLimit(Number.POSITIVE_INFINITY).begin(waiting);
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });
});
