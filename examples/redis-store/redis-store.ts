/**
 * Delivery ids in Redis, so that several servers handle each event once among them.
 *
 *     const client = await createClient().connect();                  // from the package "redis"
 *     createReceiver({ duplicates: { store: createRedisStore(client) }, … });
 */
import type { DuplicateStore } from "../../generated/runtime/index.js";

/** The part of a Redis client that is used; that of the package `redis` has it. */
export interface RedisClient {
  sendCommand(command: string[]): Promise<unknown>;
}

export interface RedisStoreOptions {
  /** Before each id, so that others may use the same database. */
  readonly prefix?: string;
  /** How long a handled id is remembered: longer than the sender tries again; a day. */
  readonly keepSeconds?: number;
}

export function createRedisStore(
  client: RedisClient,
  { prefix = "webhook:", keepSeconds = 86_400 }: RedisStoreOptions = {},
): DuplicateStore {
  const set = (id: string, state: string, seconds: number, ...more: readonly string[]) =>
    client.sendCommand(["SET", prefix + id, state, "EX", String(Math.ceil(seconds)), ...more]);
  return {
    async claim(id, leaseSeconds) {
      // Sets and says so in one step: of two servers that ask at once, one gets it.
      if ((await set(id, "in-progress", leaseSeconds, "NX")) !== null) return "new";
      const state = String(await client.sendCommand(["GET", prefix + id]));
      return state === "handled" ? "handled" : "in-progress";
    },
    complete: (id) => set(id, "handled", keepSeconds),
    release: (id) => client.sendCommand(["DEL", prefix + id]),
  };
}
