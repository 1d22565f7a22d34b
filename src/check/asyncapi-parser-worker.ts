import { parentPort } from "node:worker_threads";
import { type ParserAnswer, READY } from "./parser-protocol.ts";

/**
 * Runs the AsyncAPI parser in a thread of its own: it has no limits of time and memory itself, and runs the patterns of the
 * document.
 */
// What the parser prints is no concern of the user's.
process.stdout.write = process.stderr.write = () => true;

const { Parser } = await import("@asyncapi/parser");

// The parser asks these before its own readers, and not those at all when it gets an answer: nothing is read or fetched.
const resolvers = ["file", "http", "https"].map((schema) => ({ schema, order: 1, read: () => "{}" }));
const parser = new Parser({ __unstable: { resolver: { cache: false, resolvers } } });

parentPort?.postMessage(READY);
parentPort?.on("message", async (text: string) => {
  parentPort?.postMessage(await validate(text));
});

async function validate(text: string): Promise<ParserAnswer> {
  try {
    const findings = await parser.validate(text);
    return findings.map(({ code, severity, message, path }) => ({ rule: String(code), severity, message, path }));
  } catch (error) {
    return { failure: error instanceof Error ? error.message : String(error) };
  }
}
