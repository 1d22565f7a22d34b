/** A unit that several webhooks need. */
export interface SharedUnit {
  readonly name: string;
  /** Characters. */
  readonly size: number;
  /** Webhooks. */
  readonly users: ReadonlySet<string>;
}

/** Characters up to which everything shared stays in one module: loading it all costs less than finding out what to load. */
const SHARED_IN_ONE_MAX = 64 * 1024;

/** Finding and opening one module more takes a receiver as long as reading so many characters of code that it never runs. */
const MODULE_CHARACTERS = 40_000;

/** Groups that are tried with each other; of more, those with the fewest users stay as they are. */
const GROUPS_MAX = 300;

interface Group {
  readonly names: readonly string[];
  readonly size: number;
  readonly users: ReadonlySet<string>;
}

/**
 * Puts what webhooks share into modules so that the first delivery of any of them is ready soon. Units with the same users
 * belong together; what others need as well is loaded with them where a module of its own would cost their users more.
 * @returns the units' names, module by module
 */
export function shareModules(units: readonly SharedUnit[]): readonly (readonly string[])[] {
  const total = units.reduce((sum, { size }) => sum + size, 0);
  if (units.length === 0) return [];
  if (total <= SHARED_IN_ONE_MAX) return [units.map(({ name }) => name)];
  const byUsers = new Map<string, Group>();
  for (const { name, size, users } of units) {
    const id = [...users].sort().join("\n");
    const known = byUsers.get(id) ?? { names: [], size: 0, users };
    byUsers.set(id, { ...known, names: [...known.names, name], size: known.size + size });
  }
  const groups = [...byUsers.values()].sort((a, b) => b.users.size - a.users.size);
  const rest = groups.splice(GROUPS_MAX);
  return [...merged(groups), ...rest].map(({ names }) => names);
}

/** Joins the two that gain most by it, until no two gain anything. */
function merged(groups: readonly Group[]): readonly Group[] {
  const left = [...groups];
  const gains = left.map((a, index) => left.slice(0, index).map((b) => gainOf(a, b)));
  for (;;) {
    let best = 0;
    let pair: readonly [number, number] | undefined;
    gains.forEach((row, a) => {
      row.forEach((gain, b) => {
        if (gain > best) [best, pair] = [gain, [a, b]];
      });
    });
    if (pair === undefined) return left.filter(({ names }) => names.length > 0);
    const [from, to] = pair;
    const joined = join(left[to] as Group, left[from] as Group);
    // The place stays, empty, so that the table of gains keeps its shape.
    left[from] = { names: [], size: 0, users: new Set() };
    left[to] = joined;
    for (const place of [from, to]) {
      left.forEach((other, index) => {
        const gain = index === place || other.names.length === 0 ? 0 : gainOf(left[place] as Group, other);
        const [row, column] = index < place ? [place, index] : [index, place];
        const gainRow = gains[row];
        if (gainRow !== undefined && row !== column) gainRow[column] = gain;
      });
    }
  }
}

function join(a: Group, b: Group): Group {
  return { names: [...a.names, ...b.names], size: a.size + b.size, users: new Set([...a.users, ...b.users]) };
}

/** Characters that all users together are spared: a module less for who needs both, code of no use for who needs one. */
function gainOf(a: Group, b: Group): number {
  if (a.names.length === 0 || b.names.length === 0) return 0;
  let both = 0;
  for (const user of a.users) if (b.users.has(user)) both++;
  return both * MODULE_CHARACTERS - (a.users.size - both) * b.size - (b.users.size - both) * a.size;
}
