/** What an expression reads, as data: the parts of a regular expression. */
export type ExpressionPart =
  /** One character, as an expression of its own: `[a-z]`, `\d`, `.` */
  | string
  /** One after the other. */
  | readonly ["all", ...ExpressionPart[]]
  /** Any one of them. */
  | readonly ["any", ...ExpressionPart[]]
  /** At least so often, and at most; null is without end. */
  | readonly ["repeat", ExpressionPart, number, number | null]
  /** `^`, `$`, `\b`, `\B` */
  | readonly ["start"]
  | readonly ["end"]
  | readonly ["boundary"]
  | readonly ["no-boundary"];

/** What stands before or after a place in the text, as far as `^`, `$` and `\b` can tell. */
type Side = 0 | 1 | 2;
const EDGE = 0;
const WORD = 1;
const OTHER = 2;

type Assertion = "start" | "end" | "boundary" | "no-boundary";

/** One step of the automaton. Steps that read nothing lead on at once. */
type Step =
  | { readonly reads: number; readonly next: number }
  | { readonly asserts: Assertion; readonly next: number }
  | { readonly either: readonly number[] }
  | null;

/** Where the automaton may be at one place in the text, all at once; and where that leads, as far as it was asked. */
interface State {
  readonly steps: readonly number[];
  readonly before: Side;
  /** By kind of the next character. */
  readonly next: (State | undefined)[];
  atEnd: boolean | undefined;
}

/** Characters that no part of the expression tells apart. */
interface Kind {
  readonly id: number;
  readonly readBy: readonly boolean[];
  readonly side: Side;
}

/** What is remembered; beyond it, all is forgotten and found again, so that no text makes it grow. */
const STATES_MAX = 500;
const KINDS_MAX = 500;
const CHARACTERS_MAX = 5_000;

const ACCEPTED: State = { steps: [], before: OTHER, next: [], atEnd: true };

/**
 * A regular expression whose `test` takes time in proportion to the text, whatever the expression and the text: it follows
 * all ways to read the text at once, where the engine's own `RegExp` would try one after the other. It says the same as that
 * with the flag `u`.
 * @see https://swtch.com/~rsc/regexp/regexp1.html
 */
export function linearExpression(part: ExpressionPart): { test(text: string): boolean } {
  let test: ((text: string) => boolean) | null = null;
  return {
    test(text) {
      // Most validators that are loaded never see most of their patterns.
      test ??= compile(part);
      return test(text);
    },
  };
}

function compile(part: ExpressionPart): (text: string) => boolean {
  const classes: RegExp[] = [];
  const classIds = new Map<string, number>();
  const steps: Step[] = [null];
  const DONE = 0;
  let looksAside = false;
  const entry = add(part, DONE);

  const { follow, isDone } = createWalker(steps, entry);

  let kinds = new Map<string, Kind>();
  let characters = new Map<number, Kind>();
  let states = new Map<string, State>();

  return (text) => {
    if (kinds.size > KINDS_MAX || characters.size > CHARACTERS_MAX || states.size > STATES_MAX) forget();
    let state = stateOf([], EDGE);
    for (let at = 0; at < text.length; at++) {
      // A text that leads to ever new states is not worth remembering any of them for.
      if (states.size > STATES_MAX) return testWithoutStates(text, at, state);
      const character = text.codePointAt(at) as number;
      if (character > 0xffff) at++;
      const kind = characters.get(character) ?? kindOf(character);
      state = state.next[kind.id] ?? stateAfter(state, kind);
      if (state === ACCEPTED) return true;
    }
    state.atEnd ??= isDone(state.steps, state.before);
    return state.atEnd;
  };

  function testWithoutStates(text: string, from: number, { steps: first, before: side }: State): boolean {
    let where = first;
    let before = side;
    for (let at = from; at < text.length; at++) {
      const character = text.codePointAt(at) as number;
      if (character > 0xffff) at++;
      const kind = characters.get(character) ?? kindOf(character);
      const next = follow(where, before, kind);
      if (next === null) return true;
      where = next;
      before = kind.side;
    }
    return isDone(where, before);
  }

  /** Adds the steps of a part that go on with `next`; returns the first of them. */
  function add(of: ExpressionPart, next: number): number {
    if (typeof of === "string") return push({ reads: classOf(of), next });
    switch (of[0]) {
      case "all":
        return (of.slice(1) as ExpressionPart[]).reduceRight<number>((after, one) => add(one, after), next);
      case "any":
        return push({ either: (of.slice(1) as ExpressionPart[]).map((one) => add(one, next)) });
      case "repeat":
        return addRepeated(of, next);
      default:
        looksAside ||= of[0] === "boundary" || of[0] === "no-boundary";
        return push({ asserts: of[0], next });
    }
  }

  function addRepeated([, of, min, max]: readonly ["repeat", ExpressionPart, number, number | null], next: number) {
    let after = next;
    if (max === null) {
      const either: number[] = [next];
      after = push({ either });
      either.push(add(of, after));
    } else {
      for (let round = min; round < max; round++) after = push({ either: [next, add(of, after)] });
    }
    for (let round = 0; round < min; round++) after = add(of, after);
    return after;
  }

  function push(step: Step): number {
    return steps.push(step) - 1;
  }

  function classOf(source: string): number {
    const known = classIds.get(source);
    if (known !== undefined) return known;
    const id = classes.push(new RegExp(`^${source}$`, "u")) - 1;
    classIds.set(source, id);
    return id;
  }

  function kindOf(character: number): Kind {
    const text = String.fromCodePoint(character);
    const readBy = classes.map((one) => one.test(text));
    const side: Side = looksAside && /\w/.test(text) ? WORD : OTHER;
    const key = `${side}${readBy.map(Number).join("")}`;
    const kind = kinds.get(key) ?? { id: kinds.size, readBy, side };
    // A text of very many different characters may ask again for some of them.
    if (kinds.size <= KINDS_MAX) kinds.set(key, kind);
    if (kinds.size <= KINDS_MAX && characters.size <= CHARACTERS_MAX) characters.set(character, kind);
    return kind;
  }

  function forget(): void {
    kinds = new Map();
    characters = new Map();
    states = new Map();
  }

  function stateOf(where: readonly number[], before: Side): State {
    const key = `${before}:${where.join()}`;
    const known = states.get(key);
    if (known !== undefined) return known;
    const state: State = { steps: where, before, next: [], atEnd: undefined };
    states.set(key, state);
    return state;
  }

  function stateAfter(state: State, kind: Kind): State {
    const where = follow(state.steps, state.before, kind);
    const next =
      where === null
        ? ACCEPTED
        : stateOf(
            where.sort((a, b) => a - b),
            kind.side,
          );
    // Kinds beyond the limit have one number, and so must not be remembered by it.
    if (kinds.size <= KINDS_MAX) state.next[kind.id] = next;
    return next;
  }
}

/** Walks through the steps of an automaton. The expression may begin anywhere, so each place in the text is a beginning too. */
function createWalker(steps: readonly Step[], entry: number) {
  /** By step: the last walk that was there. */
  let visited = new Uint32Array(steps.length);
  let added = new Uint32Array(steps.length);
  let walk = 0;
  const open: number[] = [];

  return {
    /** The steps after the next character, each once; null where the expression has been read to its end before it. */
    follow(from: readonly number[], before: Side, { readBy, side }: Kind): number[] | null {
      const reached: number[] = [];
      return walkFrom(from, before, side, readBy, reached) ? null : reached;
    },
    isDone: (from: readonly number[], before: Side): boolean => walkFrom(from, before, EDGE, [], []),
  };

  function walkFrom(
    from: readonly number[],
    before: Side,
    after: Side,
    readBy: readonly boolean[],
    reached: number[],
  ): boolean {
    if (++walk === 0xffffffff) {
      visited = new Uint32Array(steps.length);
      added = new Uint32Array(steps.length);
      walk = 1;
    }
    open.length = 0;
    open.push(entry);
    for (const id of from) open.push(id);
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      if (visited[id] === walk) continue;
      visited[id] = walk;
      const step = steps[id];
      if (step === null || step === undefined) return true;
      if ("reads" in step) {
        if (readBy[step.reads] !== true || added[step.next] === walk) continue;
        added[step.next] = walk;
        reached.push(step.next);
      } else if ("either" in step) {
        for (const next of step.either) open.push(next);
      } else if (holds(step.asserts, before, after)) {
        open.push(step.next);
      }
    }
    return false;
  }
}

function holds(assertion: Assertion, before: Side, after: Side): boolean {
  switch (assertion) {
    case "start":
      return before === EDGE;
    case "end":
      return after === EDGE;
    case "boundary":
      return (before === WORD) !== (after === WORD);
    case "no-boundary":
      return (before === WORD) === (after === WORD);
  }
}
