import type { ValidationError } from "./types.ts";

/** A validator as AJV writes it: what it found stands on the function until the next call. */
interface Validate {
  /** @param context  where the data is, in the shape that the function takes: AJV's object, or the path alone */
  (data: unknown, context?: unknown): boolean;
  errors?: readonly ValidationError[] | null;
  /** Which properties and items it looked at, for `unevaluatedProperties` and its like. */
  evaluated?: object;
}

interface Judged {
  readonly valid: boolean;
  readonly errors: readonly ValidationError[] | null;
  readonly evaluated: object | undefined;
}

const known = new WeakMap<Validate, Validate>();

/**
 * The validator that judges each object once within one run, however many ways lead to it. Where a schema refers to itself
 * from two branches, or to one that does so to the next, the ways double with each level; a few dozen levels of a payload
 * would take for ever.
 */
export function once(validate: Validate): Validate {
  let remembering = known.get(validate);
  if (remembering === undefined) {
    remembering = remember(validate);
    known.set(validate, remembering);
  }
  return remembering;
}

/**
 * Calls under way, one within the other, of all that remember: with the outermost the run ends, and what it remembers. A run
 * never waits, so there is one at a time.
 */
let depth = 0;
const remembered: Map<object, Judged>[] = [];

function remember(validate: Validate): Validate {
  const judged = new Map<object, Judged>();
  const remembering: Validate = (data, context) => {
    if (typeof data !== "object" || data === null) return tell(judge(data, context));
    const before = judged.get(data);
    if (before !== undefined) return tell(before);
    depth++;
    try {
      const now = judge(data, context);
      if (judged.size === 0) remembered.push(judged);
      // All errors were told the first time. One must be left, since errors are counted to know what is valid.
      judged.set(data, { ...now, errors: now.errors?.slice(-1) ?? null });
      return tell(now);
    } finally {
      depth--;
      if (depth === 0) for (const one of remembered.splice(0)) one.clear();
    }
  };
  return remembering;

  function judge(data: unknown, context: unknown): Judged {
    const valid = validate(data, context);
    return { valid, errors: validate.errors ?? null, evaluated: validate.evaluated };
  }

  function tell({ valid, errors, evaluated }: Judged): boolean {
    remembering.errors = errors;
    if (evaluated !== undefined) remembering.evaluated = evaluated;
    return valid;
  }
}
