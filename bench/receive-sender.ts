/** Sends one delivery again and again over connections that stay open, and tells how many were answered and how quickly. */
import { Agent, request } from "node:http";
import { receiveCase } from "./receive-cases.ts";

const CONNECTIONS = 32;
const WARM_UP_MILLISECONDS = 500;

const [name = "", server = "", port = "", seconds = "3", count = "0"] = process.argv.slice(2);
const { body, headers } = await receiveCase(name, server);
const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
const options = {
  agent,
  port: Number(port),
  host: "127.0.0.1",
  method: "POST",
  path: "/hooks",
  headers: { ...headers, "content-length": body.length },
};

const times: number[] = [];
let left = Number(count);
if (left > 0) {
  await all(() => left-- > 0);
} else {
  await during(WARM_UP_MILLISECONDS);
  times.length = 0;
  const start = performance.now();
  await during(Number(seconds) * 1_000);
  const elapsed = (performance.now() - start) / 1_000;
  times.sort((a, b) => a - b);
  const at = (part: number) => times[Math.floor(times.length * part)] ?? Number.NaN;
  process.send?.({ perSecond: times.length / elapsed, p50: at(0.5), p99: at(0.99) });
}
if (Number(count) > 0) process.send?.({});
process.disconnect?.();
agent.destroy();

function during(milliseconds: number): Promise<void> {
  const end = performance.now() + milliseconds;
  return all(() => performance.now() < end);
}

async function all(goesOn: () => boolean): Promise<void> {
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      while (goesOn()) {
        const start = performance.now();
        const status = await send();
        if (status < 200 || status > 299) throw new Error(`answered ${status}`);
        times.push(performance.now() - start);
      }
    }),
  );
}

function send(): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(options, (response) => {
      response.resume();
      response.on("end", () => resolve(response.statusCode ?? 0));
    });
    sent.on("error", reject);
    sent.end(body);
  });
}
