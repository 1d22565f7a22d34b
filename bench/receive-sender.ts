/**
 * Sends one delivery again and again over connections that stay open, and tells how many were answered and how quickly.
 * It writes the same bytes to plain sockets: an HTTP client takes more time than the servers that it is to measure.
 */
import { connect, type Socket } from "node:net";
import { receiveCase } from "./receive-cases.ts";

const CONNECTIONS = 32;
const WARM_UP_MILLISECONDS = 2_000;

const [name = "", server = "", port = "", count = "0"] = process.argv.slice(2);
const message = await requestBytes();
const times: number[] = [];

const sockets = await Promise.all(Array.from({ length: CONNECTIONS }, opened));
let left = Number(count);
if (left > 0) {
  await all(() => left-- > 0);
  end();
} else {
  await during(WARM_UP_MILLISECONDS);
  process.on("message", measured);
  process.on("disconnect", end);
}
process.send?.({});

/** Sends for so many milliseconds, each time it is asked to. */
async function measured(milliseconds: unknown): Promise<void> {
  times.length = 0;
  const cpu = process.cpuUsage();
  const start = performance.now();
  await during(Number(milliseconds));
  const elapsed = (performance.now() - start) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  const senderCpu = (user + system) / times.length;
  times.sort((a, b) => a - b);
  const at = (part: number) => times[Math.floor(times.length * part)] ?? Number.NaN;
  process.send?.({ count: times.length, perSecond: times.length / elapsed, senderCpu, p50: at(0.5), p99: at(0.99) });
}

function end(): void {
  for (const socket of sockets) {
    socket.removeAllListeners("close");
    socket.destroy();
  }
}

async function requestBytes(): Promise<Buffer> {
  const { body, headers } = await receiveCase(name, server);
  const lines = Object.entries({ host: `127.0.0.1:${port}`, ...headers, "content-length": body.length });
  const head = `POST /hooks HTTP/1.1\r\n${lines.map(([key, value]) => `${key}: ${value}\r\n`).join("")}\r\n`;
  return Buffer.concat([Buffer.from(head), body]);
}

function opened(): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), "127.0.0.1", () => resolve(socket.setNoDelay(true)));
    socket.on("error", reject);
  });
}

function during(milliseconds: number): Promise<void> {
  const end = performance.now() + milliseconds;
  return all(() => performance.now() < end);
}

async function all(goesOn: () => boolean): Promise<void> {
  await Promise.all(sockets.map((socket) => keepSending(socket, goesOn)));
}

function keepSending(socket: Socket, goesOn: () => boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    let start = 0;
    let answer = "";
    const next = () => {
      if (!goesOn()) {
        socket.off("data", read);
        socket.off("close", onClosed);
        resolve();
        return;
      }
      start = performance.now();
      socket.write(message);
    };
    const read = (chunk: Buffer) => {
      answer += chunk.latin1Slice();
      const length = lengthOf(answer);
      if (length === null || answer.length < length) return;
      if (!answer.startsWith("HTTP/1.1 2")) reject(new Error(`answered ${answer.slice(0, 300)}`));
      answer = answer.slice(length);
      times.push(performance.now() - start);
      next();
    };
    const onClosed = () => reject(new Error("the server closed the connection"));
    socket.on("data", read);
    socket.once("close", onClosed);
    next();
  });
}

/** Bytes of the whole answer, once its head is there: none of these servers answers in chunks. */
function lengthOf(answer: string): number | null {
  const end = answer.indexOf("\r\n\r\n");
  if (end === -1) return null;
  const body = /\r\ncontent-length: *(\d+)/i.exec(answer.slice(0, end))?.[1] ?? "0";
  return end + 4 + Number(body);
}
