import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { GIT_ENVIRONMENT } from "./git.ts";

export interface GitObject {
  readonly hash: string;
  readonly type: string;
  readonly bytes: Buffer;
}

export type FoundObject = GitObject | "missing" | "too-large" | "failed";

/** Objects of a repository from one process: where many are read, starting one for each takes longer than all else. */
export interface GitObjects {
  /**
   * @param name  a hash, or `<hash>:<path>` as git has it. What cannot stand in one line is missing.
   * @param bytesMax  larger ones are not kept
   */
  readonly read: (name: string, bytesMax: number) => Promise<FoundObject>;
  readonly close: () => void;
}

interface Waiting {
  readonly bytesMax: number;
  readonly done: (found: FoundObject) => void;
}

/** @see https://git-scm.com/docs/git-cat-file#_batch_output */
export function openGitObjects(cwd: string): GitObjects {
  let child: ChildProcessWithoutNullStreams | null = null;
  const waiting: Waiting[] = [];
  const fail = () => {
    child = null;
    for (const { done } of waiting.splice(0)) done("failed");
  };
  const start = (): ChildProcessWithoutNullStreams => {
    const started = spawn("git", ["cat-file", "--batch"], {
      cwd,
      env: { ...process.env, ...GIT_ENVIRONMENT },
      windowsHide: true,
    });
    started.on("error", fail);
    started.on("close", fail);
    // Written to after it has ended: its end tells of that.
    started.stdin.on("error", () => {});
    started.stderr.resume();
    const answers = new Answers(() => waiting.shift());
    started.stdout.on("data", (chunk: Buffer) => answers.take(chunk));
    return started;
  };
  return {
    read: (name, bytesMax) => {
      if (/[\n\0]/.test(name)) return Promise.resolve("missing");
      return new Promise((done) => {
        child ??= start();
        waiting.push({ bytesMax, done });
        child.stdin.write(`${name}\n`);
      });
    },
    close: () => child?.stdin.end(),
  };
}

/** Takes what the process writes apart into the answers that wait for it. */
class Answers {
  readonly #next: () => Waiting | undefined;
  #chunks: Buffer[] = [];
  #size = 0;
  /** Null while the line above an object is awaited. */
  #open: { readonly waiting: Waiting; readonly hash: string; readonly type: string; readonly size: number } | null =
    null;
  /** Bytes of an object that nobody wants. */
  #toSkip = 0;

  constructor(next: () => Waiting | undefined) {
    this.#next = next;
  }

  take(chunk: Buffer): void {
    let rest = chunk;
    if (this.#toSkip > 0) {
      const skipped = Math.min(this.#toSkip, rest.length);
      this.#toSkip -= skipped;
      rest = rest.subarray(skipped);
    }
    if (rest.length === 0) return;
    this.#chunks.push(rest);
    this.#size += rest.length;
    while (this.#step());
  }

  #step(): boolean {
    if (this.#open !== null) {
      const { waiting, hash, type, size } = this.#open;
      // A line break follows each object.
      if (this.#size <= size) return false;
      waiting.done({ hash, type, bytes: this.#shift(size + 1).subarray(0, size) });
      this.#open = null;
      return true;
    }
    const buffer = this.#join();
    const end = buffer.indexOf(0x0a);
    if (end < 0) return false;
    const line = this.#shift(end + 1).toString("utf8", 0, end);
    const waiting = this.#next();
    if (waiting === undefined) return false;
    const [, hash, type, size] = /^([0-9a-f]+) (\w+) (\d+)$/.exec(line) ?? [];
    if (hash === undefined || type === undefined) waiting.done("missing");
    else if (Number(size) <= waiting.bytesMax) this.#open = { waiting, hash, type, size: Number(size) };
    else {
      waiting.done("too-large");
      const left = Number(size) + 1;
      const skipped = Math.min(left, this.#size);
      this.#shift(skipped);
      this.#toSkip = left - skipped;
    }
    return true;
  }

  #join(): Buffer {
    const buffer = this.#chunks.length === 1 ? (this.#chunks[0] ?? Buffer.alloc(0)) : Buffer.concat(this.#chunks);
    this.#chunks = [buffer];
    return buffer;
  }

  #shift(length: number): Buffer {
    const buffer = this.#join();
    this.#chunks = [buffer.subarray(length)];
    this.#size = buffer.length - length;
    return buffer.subarray(0, length);
  }
}
