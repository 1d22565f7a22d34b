import { loadPact } from "./load-pact.ts";

/**
 * Runs Pact's verifier in a process of its own: it writes to standard output from native code, past everything that
 * could hold it back, and whoever waits for it cannot be served meanwhile.
 */
process.once("message", (options: object) => {
  verify(options).then(
    (message) => process.send?.(message, () => process.exit(0)),
    () => process.exit(1),
  );
});

async function verify(options: object): Promise<object> {
  try {
    return { report: await loadPact().default.verifyPacts(options) };
  } catch (error) {
    // A failed verification throws its report as the message.
    const message = error instanceof Error ? error.message : String(error);
    return message.startsWith("{") ? { report: message } : { problem: message };
  }
}
