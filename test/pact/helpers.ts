import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Json } from "../../src/model/index.ts";
import { runVerifier } from "../../src/pact/native/run-verifier.ts";
import type { RulesByPath } from "../../src/pact/pact-file.ts";

export interface Trial {
  readonly name: string;
  readonly content: Json;
  readonly rules: RulesByPath;
  /** The JSON text that comes. */
  readonly actual: string;
}

/**
 * Lets Pact's own verifier compare what comes with what is expected, all in one message, since each costs it some
 * milliseconds.
 * @returns the names of the trials that it refused, with its reasons
 */
export async function refusedByPact(trials: readonly Trial[]): Promise<ReadonlyMap<string, string>> {
  const folder = mkdtempSync(join(tmpdir(), "hookbook-matchers-"));
  const file = join(folder, "pact.json");
  const content = Object.fromEntries(trials.map((trial, index) => [`t${index}`, trial.content]));
  const rules = trials.flatMap((trial, index) =>
    Object.entries(trial.rules).map(([path, rule]) => [`$.t${index}${path.slice(1)}`, rule] as const),
  );
  const message = {
    type: "Asynchronous/Messages",
    description: "all",
    contents: { content, contentType: "application/json", encoded: false },
    matchingRules: { body: Object.fromEntries(rules) },
  };
  const pact = { consumer: { name: "receiver" }, provider: { name: "sender" }, interactions: [message] };
  writeFileSync(file, JSON.stringify({ ...pact, metadata: { pactSpecification: { version: "4.0" } } }));
  const actual = `{${trials.map((trial, index) => `"t${index}":${trial.actual}`).join()}}`;
  const server = createServer((request, response) => {
    request.resume();
    response.setHeader("content-type", "application/json");
    response.end(actual);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  try {
    const report = await runVerifier({
      options: {
        provider: "sender",
        providerBaseUrl: `http://127.0.0.1:${port}`,
        pactUrls: [file],
        transports: [{ protocol: "message", port, path: "/" }],
        logLevel: "error",
      },
      timeoutMilliseconds: 60_000,
    });
    const [result] = report.interactionResults;
    if (result === undefined) throw new Error(JSON.stringify(report.errors));
    const refused = new Map<string, string>();
    for (const { path = "", mismatch = "" } of result.mismatch?.mismatches ?? []) {
      const index = /^\$\.t(\d+)(?![0-9])/.exec(path)?.[1];
      if (index === undefined) throw new Error(`${path}: ${mismatch}`);
      refused.set(trials[Number(index)]?.name ?? "", mismatch);
    }
    return refused;
  } finally {
    server.close();
    rmSync(folder, { recursive: true });
  }
}
