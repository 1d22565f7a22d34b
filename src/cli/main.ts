import type { Context } from "./context.ts";
import { runProgram } from "./program.ts";

/** How long a command may take to end after it was asked to. */
const STOP_MILLISECONDS = 500;

/** The command as a process: its arguments, streams and signals. */
export async function main(): Promise<void> {
  const abort = new AbortController();
  for (const [signal, number] of [
    ["SIGINT", 2],
    ["SIGTERM", 15],
  ] as const) {
    process.once(signal, () => {
      abort.abort();
      // What watches ends by itself; everything else is stopped where it is, which leaves no half-written file.
      setTimeout(() => process.exit(128 + number), STOP_MILLISECONDS).unref();
    });
  }
  // Whoever reads the results may have seen enough (`| head`).
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EPIPE") process.exit(0);
    });
  }
  const context: Context = {
    cwd: process.cwd(),
    stdout: (text) => process.stdout.write(text),
    stderr: (text) => process.stderr.write(text),
    readStdin: async () => {
      const chunks: Uint8Array[] = [];
      for await (const chunk of process.stdin) chunks.push(chunk);
      return Buffer.concat(chunks);
    },
    colors: { stdout: hasColors(process.stdout), stderr: hasColors(process.stderr) },
    interactive: process.stderr.isTTY === true && process.env["CI"] === undefined,
    env: process.env,
    now: () => new Date(),
    signal: abort.signal,
  };
  try {
    process.exitCode = await runProgram(process.argv.slice(2), context);
  } catch (error) {
    // Only a fault of this program comes here: whatever a document does is a diagnostic.
    process.exitCode = 2;
    const text = error instanceof Error ? error.message : String(error);
    const trace = process.env["HOOKBOOK_DEBUG"] && error instanceof Error ? `\n${error.stack}` : "";
    context.stderr(
      `hookbook failed: ${text}${trace}\n  hint: this is a fault of hookbook; HOOKBOOK_DEBUG=1 shows where\n`,
    );
  }
}

/** https://no-color.org, and FORCE_COLOR as Node reads it. */
function hasColors(stream: NodeJS.WriteStream): boolean {
  if (process.env["NO_COLOR"]) return false;
  if (process.env["FORCE_COLOR"]) return process.env["FORCE_COLOR"] !== "0";
  return stream.isTTY === true && process.env["TERM"] !== "dumb";
}
