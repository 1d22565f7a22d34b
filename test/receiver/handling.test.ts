import { describe, expect, test, vi } from "vitest";
import { createMemoryStore } from "../../src/receiver/memory-store.ts";
import type { Claim } from "../../src/receiver/types.ts";
import { contractOf, NOW, post, receiver, SECRET, signed, signedContract } from "./helpers.ts";

const secrets = { signature: SECRET };
const now = () => NOW;
const a = { type: "a" };

function deferred<T = void>(): { promise: Promise<T>; resolve: (value: T) => void; reject: (error: unknown) => void } {
  let [resolve, reject]: [(value: T) => void, (error: unknown) => void] = [() => {}, () => {}];
  const promise = new Promise<T>((one, other) => {
    [resolve, reject] = [one, other];
  });
  return { promise, resolve, reject };
}

const turn = () => new Promise((resolve) => setTimeout(resolve, 5));

describe("what a handler does", () => {
  const cases: readonly { why: string; handler: () => unknown; want: string }[] = [
    { why: "returns", handler: () => 1, want: "handled 204" },
    { why: "resolves", handler: async () => ({ status: "ok" }), want: "handled 204" },
    {
      why: "throws",
      handler: () => {
        throw new Error("no");
      },
      want: "handler-failed 500",
    },
    {
      why: "throws nothing",
      handler: () => {
        throw undefined;
      },
      want: "handler-failed 500",
    },
    { why: "rejects", handler: () => Promise.reject(new Error("no")), want: "handler-failed 500" },
    { why: "never ends", handler: () => new Promise(() => {}), want: "timed-out 503" },
    { why: "answers", handler: () => new Response("<Response/>", { status: 201 }), want: "handled 201" },
    { why: "answers later", handler: async () => new Response("x"), want: "handled 200" },
    { why: "refuses", handler: async () => new Response("x", { status: 503 }), want: "handled 503" },
    { why: "answers with an error that is none", handler: () => Response.error(), want: "handler-failed 500" },
    {
      why: "answers with what was read",
      handler: async () => {
        const response = new Response("x");
        await response.text();
        return response;
      },
      want: "handler-failed 500",
    },
  ];

  test.each(cases)("it $why: $want", async ({ handler, want }) => {
    const { deliver, outcomes } = receiver(contractOf(), { on: { a: handler }, handlerSecondsMax: 0.05 });
    const { status, outcome } = await deliver(post(a));
    expect(`${outcome.name} ${status}`).toBe(want);
    expect(outcomes).toHaveLength(1);
  });

  test("its answer is given whole", async () => {
    const headers = { "Content-Type": "application/xml", "X-A": "b" };
    const on = { a: () => new Response("<Response/>", { headers }) };
    const reply = await receiver(contractOf(), { on }).deliver(post(a));
    expect(reply.headers).toEqual({ "content-type": "application/xml", "x-a": "b" });
    expect(new TextDecoder().decode(reply.body as Uint8Array)).toBe("<Response/>");
  });

  test("its error is the hook's and nobody else's", async () => {
    const error = new Error("password=hunter2");
    const { deliver, outcomes } = receiver(contractOf(), { on: { a: () => Promise.reject(error) } });
    const reply = await deliver(post(a));
    expect(outcomes[0]?.error).toBe(error);
    expect(reply.body).not.toContain("hunter2");
  });

  test("it is told when it has taken too long, and may ask before or after", async () => {
    const seen: boolean[] = [];
    const { promise, resolve } = deferred();
    const on = {
      a: async (_: unknown, delivery: { signal: AbortSignal }) => {
        const aborted = new Promise((done) => delivery.signal.addEventListener("abort", done));
        seen.push(delivery.signal.aborted);
        await aborted;
        seen.push(delivery.signal.aborted);
        resolve();
      },
      b: async (_: unknown, delivery: { signal: AbortSignal }) => {
        await new Promise((done) => setTimeout(done, 60));
        seen.push(delivery.signal.aborted);
      },
    };
    const { deliver } = receiver(contractOf(), { on: on as never, handlerSecondsMax: 0.03 });
    expect((await deliver(post(a))).outcome.name).toBe("timed-out");
    await promise;
    expect((await deliver(post({ type: "b" }))).outcome.name).toBe("timed-out");
    await new Promise((done) => setTimeout(done, 60));
    expect(seen).toEqual([false, true, true]);
  });

  test("without a limit it may take as long as it likes", async () => {
    const on = { a: () => new Promise((resolve) => setTimeout(resolve, 30)) };
    const { deliver } = receiver(contractOf(), { on, handlerSecondsMax: Number.POSITIVE_INFINITY });
    expect((await deliver(post(a))).outcome.name).toBe("handled");
  });
});

describe("answering first", () => {
  test("answers before the handler begins, and tells the hook how it ended", async () => {
    const { promise, reject } = deferred();
    const handler = vi.fn(() => promise);
    const kept: Promise<unknown>[] = [];
    const waitUntil = (work: Promise<unknown>) => kept.push(work);
    const { deliver, outcomes } = receiver(contractOf(), { on: { a: handler }, acknowledge: "first", waitUntil });
    const reply = await deliver(post(a));
    expect(reply).toMatchObject({ status: 204, outcome: { name: "accepted" } });
    expect(handler).not.toHaveBeenCalled();
    expect(outcomes).toEqual([]);
    await turn();
    expect(handler).toHaveBeenCalledTimes(1);
    reject(new Error("later"));
    await kept[0];
    expect(outcomes.map(({ name }) => name)).toEqual(["handler-failed"]);
  });

  test("refuses what is not valid all the same", async () => {
    const { deliver } = receiver(contractOf(), { on: { a() {} }, acknowledge: "first" });
    expect((await deliver(post({ type: "a", count: "x" }))).status).toBe(422);
  });

  test("a duplicate that comes meanwhile is answered like the first; what failed may come again", async () => {
    const { promise, reject } = deferred();
    const handler = vi.fn().mockReturnValueOnce(promise).mockReturnValue(undefined);
    const options = { now, secrets, on: { a: handler }, acknowledge: "first" } as const;
    const { deliver } = receiver(signedContract(), options);
    expect((await deliver(signed(a))).outcome.name).toBe("accepted");
    await turn();
    expect(await deliver(signed(a))).toMatchObject({ status: 204, outcome: { name: "duplicate" } });
    reject(new Error("no"));
    await turn();
    expect((await deliver(signed(a))).outcome.name).toBe("accepted");
    await turn();
    expect(handler).toHaveBeenCalledTimes(2);
  });
});

describe("duplicates", () => {
  const namesOf = (replies: readonly { outcome: { name: string } }[]) => replies.map(({ outcome }) => outcome.name);

  test("a store that says something else has failed", async () => {
    const store = { claim: () => undefined as unknown as Claim, complete() {}, release() {} };
    const { deliver, outcomes } = receiver(signedContract(), { now, secrets, on: { a() {} }, duplicates: { store } });
    expect(await deliver(signed(a))).toMatchObject({ status: 503, outcome: { name: "store-failed" } });
    expect(String(outcomes[0]?.error)).toMatch(/claim says new, in-progress or handled/);
  });

  test("an id is handled once", async () => {
    const handler = vi.fn();
    const { deliver } = receiver(signedContract(), { now, secrets, on: { a: handler } });
    const replies = [await deliver(signed(a)), await deliver(signed(a)), await deliver(signed(a, { id: "msg_2" }))];
    expect(namesOf(replies)).toEqual(["handled", "duplicate", "handled"]);
    expect(replies.map(({ status }) => status)).toEqual([204, 204, 204]);
    expect(handler).toHaveBeenCalledTimes(2);
  });

  test("each time, where that is wanted, and where there is no id", async () => {
    const handler = vi.fn();
    const { deliver } = receiver(signedContract(), { now, secrets, on: { a: handler }, duplicates: false });
    expect(namesOf([await deliver(signed(a)), await deliver(signed(a))])).toEqual(["handled", "handled"]);
    const plain = receiver(contractOf(), { on: { a: handler } });
    expect(namesOf([await plain.deliver(post(a)), await plain.deliver(post(a))])).toEqual(["handled", "handled"]);
  });

  test("by an id of one's own, which the handler is told", async () => {
    const handler = vi.fn();
    const id = (delivery: { event: unknown }) => (delivery.event as { key?: string }).key;
    const { deliver, outcomes } = receiver(contractOf(), { on: { a: handler }, duplicates: { id } });
    const replies = [
      await deliver(post({ ...a, key: "1" })),
      await deliver(post({ ...a, key: "1", n: 2 })),
      await deliver(post({ ...a, key: "2" })),
      await deliver(post(a)),
      await deliver(post(a)),
      await deliver(post({ ...a, key: "" })),
      await deliver(post({ ...a, key: 7 })),
      await deliver(post({ ...a, key: "x".repeat(513) })),
      await deliver(post({ ...a, key: "x".repeat(513) })),
    ];
    const all = "handled duplicate handled handled handled handled handled handled handled".split(" ");
    expect(namesOf(replies)).toEqual(all);
    expect(handler.mock.calls[0]?.[1].id).toBe("1");
    expect(outcomes[1]?.id).toBe("1");
  });

  test("an invalid or forged delivery takes no id", async () => {
    const { deliver } = receiver(signedContract(), { now, secrets, on: { a() {} } });
    const forged = signed(a, { secret: SECRET.replace("0", "1") });
    const replies = [await deliver(signed({ type: "a", count: "x" })), await deliver(forged), await deliver(signed(a))];
    expect(namesOf(replies)).toEqual(["invalid-payload", "not-authentic", "handled"]);
  });

  test.each([
    ["threw", () => Promise.reject(new Error("no")), "handler-failed"],
    ["answered that it failed", () => Promise.resolve(new Response("", { status: 500 })), "handled"],
  ])("what %s is handled when it comes again", async (_, fail, first) => {
    const handler = vi.fn().mockImplementationOnce(fail).mockResolvedValue(undefined);
    const { deliver } = receiver(signedContract(), { now, secrets, on: { a: handler } });
    const replies = [await deliver(signed(a)), await deliver(signed(a)), await deliver(signed(a))];
    expect(namesOf(replies)).toEqual([first, "handled", "duplicate"]);
  });

  test("those that come at once wait for the first", async () => {
    const { promise, resolve } = deferred();
    const handler = vi.fn(() => promise);
    const { deliver } = receiver(signedContract(), { now, secrets, on: { a: handler } });
    const all = Promise.all([deliver(signed(a)), deliver(signed(a)), deliver(signed(a))]);
    await turn();
    expect(handler).toHaveBeenCalledTimes(1);
    resolve();
    expect(namesOf(await all)).toEqual(["handled", "duplicate", "duplicate"]);
  });

  test("where the first fails, one that waited is handled, and the others shall come again", async () => {
    const { promise, reject } = deferred();
    const second = deferred();
    const handler = vi.fn().mockReturnValueOnce(promise).mockReturnValueOnce(second.promise);
    const { deliver } = receiver(signedContract(), { now, secrets, on: { a: handler } });
    const all = Promise.all([deliver(signed(a)), deliver(signed(a)), deliver(signed(a))]);
    await turn();
    reject(new Error("no"));
    await turn();
    second.resolve();
    const replies = await all;
    expect(namesOf(replies)).toEqual(["handler-failed", "handled", "in-progress"]);
    expect(replies[2]).toMatchObject({ status: 503, headers: { "retry-after": "5" } });
    expect(handler).toHaveBeenCalledTimes(2);
  });

  test("one that took too long keeps its id until it ends", async () => {
    const { promise, resolve } = deferred();
    const handler = vi.fn(() => promise);
    const { deliver } = receiver(signedContract(), { now, secrets, on: { a: handler }, handlerSecondsMax: 0.02 });
    expect(namesOf([await deliver(signed(a)), await deliver(signed(a))])).toEqual(["timed-out", "in-progress"]);
    resolve();
    await turn();
    expect(namesOf([await deliver(signed(a))])).toEqual(["duplicate"]);
    expect(handler).toHaveBeenCalledTimes(1);
  });

  test("one that never ends gives its id free in time", async () => {
    let time = NOW;
    const handler = vi.fn().mockReturnValueOnce(new Promise(() => {}));
    const options = { now: () => time, secrets, on: { a: handler }, handlerSecondsMax: 0.02 };
    const { deliver } = receiver(signedContract(), options);
    const at = (seconds: number) => {
      time = NOW + seconds * 1_000;
      return deliver(signed(a, { signedAt: time }));
    };
    expect(namesOf([await at(0), await at(59), await at(61)])).toEqual(["timed-out", "in-progress", "handled"]);
  });

  test("a store that fails before handling asks for another try, and one that fails after has handled", async () => {
    const handler = vi.fn();
    const failing = { claim: () => Promise.reject(new Error("no redis")), complete() {}, release() {} };
    const first = receiver(signedContract(), { now, secrets, on: { a: handler }, duplicates: { store: failing } });
    expect(await first.deliver(signed(a))).toMatchObject({ status: 503, outcome: { name: "store-failed" } });
    expect(handler).not.toHaveBeenCalled();
    const claim = (): Claim => "new";
    const complete = () => {
      throw new Error("no redis");
    };
    const store = { claim, complete, release() {} };
    const second = receiver(signedContract(), { now, secrets, on: { a: handler }, duplicates: { store } });
    expect(await second.deliver(signed(a))).toMatchObject({ status: 204, outcome: { name: "handled" } });
  });

  test("a store of one's own is told everything, by ids of this contract", async () => {
    const calls: unknown[] = [];
    const claims: Claim[] = ["new", "handled", "in-progress", "new"];
    const store = {
      claim: async (id: string, leaseSeconds: number) => {
        calls.push(["claim", id, leaseSeconds]);
        return claims.shift() ?? "new";
      },
      complete: async (id: string) => calls.push(["complete", id]),
      release: async (id: string) => calls.push(["release", id]),
    };
    const handler = vi.fn().mockReturnValueOnce(1).mockRejectedValueOnce(new Error("no"));
    const options = { now, secrets, on: { a: handler }, duplicates: { store }, handlerSecondsMax: 40 };
    const { deliver } = receiver(signedContract(), options);
    const replies = [];
    for (let index = 0; index < 4; index++) replies.push(await deliver(signed(a)));
    expect(namesOf(replies)).toEqual(["handled", "duplicate", "in-progress", "handler-failed"]);
    const claimed = ["claim", "test:msg_1", 80];
    expect(calls).toEqual([claimed, ["complete", "test:msg_1"], claimed, claimed, claimed, ["release", "test:msg_1"]]);
  });

  test("the memory has bounds in number and in time", () => {
    let time = 0;
    const store = createMemoryStore({ idsMax: 3, keepSeconds: 100, now: () => time * 1_000 });
    for (const id of ["1", "2", "3", "4"]) {
      expect(store.claim(id, 10)).toBe("new");
      store.complete(id);
    }
    expect(store.claim("4", 10)).toBe("handled");
    expect(store.claim("1", 10)).toBe("new");
    expect(store.claim("1", 10)).toBe("in-progress");
    time = 10;
    expect(store.claim("1", 10)).toBe("new");
    store.release("1");
    expect(store.claim("1", 10)).toBe("new");
    time = 99;
    expect(store.claim("4", 10)).toBe("handled");
    time = 100;
    expect(store.claim("4", 10)).toBe("new");
  });
});
