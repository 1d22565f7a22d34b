import { escapePointer, ownMember, setMember } from "./own.ts";
import type { SharedPlans, UnwrapPlan } from "./plan.ts";
import type { ValidationError } from "./types.ts";

/**
 * Replaces the strings that hold JSON by what they hold, in place: the payload was parsed for this decoding alone.
 * @returns the payload, itself replaced where the whole of it is such a string; or what is wrong.
 */
export type Unwrap = (payload: unknown) => unknown;

/** One error for every string that should hold JSON and does not, with the pointer of the string. */
export class NotUnwrapped {
  readonly errors: readonly ValidationError[];
  /** The payload as far as it could be unwrapped. */
  readonly value: unknown;

  constructor(errors: readonly ValidationError[], value: unknown) {
    this.errors = errors;
    this.value = value;
  }
}

/** Changes a value, and tells of a place by the path from that value. */
type Step = (value: unknown, faults: Fault[]) => unknown;

/** Its path is completed from the inside out, so that a payload without fault costs no pointer. */
interface Fault {
  path: string;
  schemaPath: string;
  readonly keyword: "type" | "contentMediaType";
}

/** Compiles a plan once, since a receiver follows it for every delivery. */
export function compileUnwrap(plan: UnwrapPlan, shared: SharedPlans): Unwrap {
  const compiled = new Map<string, Step>();
  const step = compile(plan);
  // One list for all payloads: nothing waits while it is in use, and a payload without fault leaves it empty.
  const faults: Fault[] = [];
  return (payload) => {
    // Following a payload may have ended in an exception, where it was nested deeper than the stack is.
    if (faults.length > 0) faults.length = 0;
    const value = step(payload, faults);
    if (faults.length === 0) return value;
    return new NotUnwrapped(faults.splice(0).map(toError), value);
  };

  function compile(current: UnwrapPlan): Step {
    if (current.shared !== undefined) return compileShared(current.shared);
    if (current.json !== undefined) return compileJson(compile(current.json), current.lenient === true);
    const steps: Step[] = (current.properties ?? []).map(([name, next]) => compileMember(name, compile(next)));
    if (current.others !== undefined) {
      const known = new Set(current.properties?.map(([name]) => name));
      steps.push(compileOthers(known, compile(current.others)));
    }
    if (current.items !== undefined) steps.push(compileItems(compile(current.items)));
    const only = steps[0];
    if (only === undefined) return (value) => value;
    if (steps.length === 1) return only;
    return (value, faults) => {
      for (const one of steps) one(value, faults);
      return value;
    };
  }

  /** Named plans may lead back to themselves, so they are compiled when they are first followed. */
  function compileShared(name: string): Step {
    return (value, faults) => {
      let step = compiled.get(name);
      if (step === undefined) {
        step = compile(shared[name] ?? {});
        compiled.set(name, step);
      }
      return step(value, faults);
    };
  }
}

function compileJson(next: Step, lenient: boolean): Step {
  return (value, faults) => {
    if (typeof value !== "string") {
      if (!lenient) faults.push({ path: "", schemaPath: "", keyword: "type" });
      return value;
    }
    let inner: unknown;
    try {
      inner = JSON.parse(value);
    } catch {
      if (!lenient) faults.push({ path: "", schemaPath: "", keyword: "contentMediaType" });
      return value;
    }
    return next(inner, faults);
  };
}

function compileMember(name: string, next: Step): Step {
  const isInherited = name in Object.prototype;
  return (value, faults) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
    const member = isInherited ? ownMember(value, name) : (value as Record<string, unknown>)[name];
    if (member === undefined) return value;
    const before = faults.length;
    const changed = next(member, faults);
    if (changed !== member) setMember(value, name, changed);
    if (faults.length > before) prefix(faults, before, name, `/properties/${escapePointer(name)}`);
    return value;
  };
}

function compileOthers(known: ReadonlySet<string>, next: Step): Step {
  return (value, faults) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
    for (const name of Object.keys(value)) {
      if (known.has(name)) continue;
      const before = faults.length;
      setMember(value, name, next(ownMember(value, name), faults));
      prefix(faults, before, name, "/additionalProperties");
    }
    return value;
  };
}

function compileItems(next: Step): Step {
  return (value, faults) => {
    if (!Array.isArray(value)) return value;
    for (let index = 0; index < value.length; index++) {
      const before = faults.length;
      value[index] = next(value[index], faults);
      prefix(faults, before, String(index), "/items");
    }
    return value;
  };
}

function prefix(faults: readonly Fault[], from: number, token: string, schemaPath: string): void {
  for (const fault of faults.slice(from)) {
    fault.path = `/${escapePointer(token)}${fault.path}`;
    fault.schemaPath = schemaPath + fault.schemaPath;
  }
}

function toError({ path, schemaPath, keyword }: Fault): ValidationError {
  const isType = keyword === "type";
  return {
    instancePath: path,
    schemaPath: `#${schemaPath}/${keyword}`,
    keyword,
    params: isType ? { type: "string" } : { contentMediaType: "application/json" },
    message: isType ? "must be string" : "must be a string that holds JSON",
  };
}
