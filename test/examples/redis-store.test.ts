import { expect, test } from "vitest";
import { createRedisStore, type RedisClient } from "../../examples/redis-store/redis-store.ts";

/** A fake of Redis: the three commands that the store sends, as its documentation says them. */
function fakeRedis(): RedisClient & { now: number; readonly sent: string[][] } {
  const values = new Map<string, { readonly value: string; readonly until: number }>();
  const fake = {
    now: 0,
    sent: [] as string[][],
    async sendCommand(command: string[]) {
      fake.sent.push(command);
      const [name, key = "", value = "", , seconds, condition] = command;
      const held = values.get(key);
      const live = held !== undefined && held.until > fake.now ? held.value : null;
      if (name === "GET") return live;
      if (name === "DEL") return Number(values.delete(key));
      if (condition === "NX" && live !== null) return null;
      values.set(key, { value, until: fake.now + Number(seconds) });
      return "OK";
    },
  };
  return fake;
}

test("an id is claimed once, until it is released, or its server died", async () => {
  const redis = fakeRedis();
  const store = createRedisStore(redis, { keepSeconds: 100 });
  expect(await Promise.all([store.claim("a", 10), store.claim("a", 10)])).toEqual(["new", "in-progress"]);
  await store.release("a");
  expect(await store.claim("a", 10)).toBe("new");
  redis.now = 10;
  expect(await store.claim("a", 10)).toBe("new");
  await store.complete("a");
  expect(await store.claim("a", 10)).toBe("handled");
  redis.now = 110;
  expect(await store.claim("a", 10)).toBe("new");
});

test("ids are kept apart from what else is in the database", async () => {
  const redis = fakeRedis();
  await createRedisStore(redis, { prefix: "hooks:" }).claim("a", 0.5);
  expect(redis.sent).toEqual([["SET", "hooks:a", "in-progress", "EX", "1", "NX"]]);
});
