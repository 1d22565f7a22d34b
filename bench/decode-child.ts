/**
 * Times one candidate on one case, in a process of its own so that no other has warmed its caches. The floor and the
 * candidate alternate round by round; before any timing the candidate must say yes and no where it should.
 * Prints `{ floor, decode }`, nanoseconds an operation, best round each; or `{ wrong }`.
 */
import { candidates, type Decode } from "./candidates.ts";
import { cases } from "./cases.ts";

const ROUNDS = 61;
const ROUND_MILLISECONDS = 12;

const [caseName, candidateName, kind] = process.argv.slice(2);
const chosen = cases.find(({ name }) => name === caseName);
const decode = chosen && candidates[candidateName ?? ""]?.[chosen.name]();
if (chosen === undefined || decode === undefined)
  throw new Error(`no such case or candidate: ${caseName}, ${candidateName}`);

const wrong = await firstWrong(decode);
if (wrong !== null) {
  process.stdout.write(JSON.stringify({ wrong }));
} else {
  const bodies = kind === "invalid" ? chosen.invalid : chosen.valid;
  const floorBodies = chosen.valid;
  const floor = (body: Uint8Array) => chosen.parse(body) !== undefined;
  const best = { floor: Number.POSITIVE_INFINITY, decode: Number.POSITIVE_INFINITY };
  for (let round = 0; round < ROUNDS; round++) {
    best.floor = Math.min(best.floor, await time(floorBodies, floor));
    best.decode = Math.min(best.decode, await time(bodies, decode));
  }
  process.stdout.write(JSON.stringify(best));
}

async function firstWrong(decode: Decode): Promise<string | null> {
  for (const body of chosen?.valid ?? []) if (!(await accepts(decode, body))) return `refuses ${textOf(body)}`;
  for (const body of chosen?.invalid ?? []) if (await accepts(decode, body)) return `accepts ${textOf(body)}`;
  return null;
}

async function accepts(decode: Decode, body: Uint8Array): Promise<boolean> {
  const result = await decode(body);
  return typeof result === "boolean" ? result : result.ok;
}

function textOf(body: Uint8Array): string {
  return new TextDecoder().decode(body);
}

/** Nanoseconds an operation over about one round's time. What answers at once is not awaited: a promise has its price. */
async function time(bodies: readonly Uint8Array[], decode: Decode): Promise<number> {
  const isAsync = decode(bodies[0] ?? new Uint8Array()) instanceof Promise;
  let operations = 0;
  let accepted = 0;
  const start = performance.now();
  let elapsed = 0;
  do {
    if (isAsync) {
      const decodeLater = decode as (body: Uint8Array) => Promise<{ readonly ok: boolean }>;
      for (const body of bodies) accepted += (await decodeLater(body)).ok ? 1 : 0;
    } else {
      for (const body of bodies) accepted += decode(body) ? 1 : 0;
    }
    operations += bodies.length;
    elapsed = performance.now() - start;
  } while (elapsed < ROUND_MILLISECONDS);
  if (accepted > operations) throw new Error("unreachable, and so the loop cannot be optimised away");
  return (elapsed / operations) * 1e6;
}
