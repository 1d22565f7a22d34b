import type { Claim, DuplicateStore, MemoryStoreOptions } from "./types.ts";

interface Entry {
  readonly state: "in-progress" | "handled";
  readonly until: number;
}

/** Remembers ids in this process. */
export function createMemoryStore({
  idsMax = 10_000,
  keepSeconds = 86_400,
  now = Date.now,
}: MemoryStoreOptions = {}): DuplicateStore {
  const entries = new Map<string, Entry>();
  const put = (id: string, state: Entry["state"], seconds: number) => {
    // Deleted first, so that the newest is last.
    entries.delete(id);
    entries.set(id, { state, until: now() + seconds * 1_000 });
    if (entries.size > idsMax) entries.delete(entries.keys().next().value ?? "");
  };
  return {
    claim(id, leaseSeconds): Claim {
      const entry = entries.get(id);
      if (entry !== undefined && entry.until > now()) return entry.state;
      put(id, "in-progress", leaseSeconds);
      return "new";
    },
    complete: (id) => put(id, "handled", keepSeconds),
    release: (id) => entries.delete(id),
  };
}
