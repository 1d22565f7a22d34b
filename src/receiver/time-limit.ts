/** A link of the chain of all that is waited for, oldest first. */
export class Limited {
  before: Limited = this;
  after: Limited = this;
  /** The turn it was begun in. */
  turn = 0;

  /** It has taken too long. */
  end(): void {}
}

export interface TimeLimit {
  readonly begin: (limited: Limited) => void;
  readonly done: (limited: Limited) => void;
}

/** A limit is kept to a sixteenth of it. */
const TURNS = 16;

const NO_LIMIT: TimeLimit = { begin() {}, done() {} };

/**
 * Ends whatever takes longer than so many seconds, and up to a sixteenth more. One timer serves all of it, and goes only while
 * there is something to wait for: a timer for each costs more than reading a small body does.
 */
export function createTimeLimit(seconds: number): TimeLimit {
  if (!Number.isFinite(seconds)) return NO_LIMIT;
  /** Before the oldest and after the newest. */
  const ends = new Limited();
  let turn = 0;
  let isTurning = false;

  return {
    begin(limited) {
      limited.turn = turn;
      limited.before = ends.before;
      limited.after = ends;
      ends.before.after = limited;
      ends.before = limited;
      if (!isTurning) next();
    },
    done,
  };

  function done(limited: Limited): void {
    limited.before.after = limited.after;
    limited.after.before = limited.before;
    limited.before = limited;
    limited.after = limited;
  }

  function next(): void {
    isTurning = true;
    const timer: unknown = setTimeout(onTurn, (seconds * 1_000) / TURNS);
    // What is waited for has a connection, which keeps the process alive while it is open.
    (timer as { unref?: () => void }).unref?.();
  }

  function onTurn(): void {
    turn++;
    for (let oldest = ends.after; oldest !== ends && turn - oldest.turn > TURNS; oldest = ends.after) {
      done(oldest);
      oldest.end();
    }
    isTurning = ends.after !== ends;
    if (isTurning) next();
  }
}
