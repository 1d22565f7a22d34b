/** `^[0-9a-f]{8}$`: nothing but one class of plain ASCII characters, so many times. */
const RUN = /^\^(?:(\\d)|\[(-?(?:[!-,.-Z_-~](?:-[!-,.-Z_-~])?)+-?)\])(?:([+*])|\{(\d{1,6})(?:(,)(\d{1,6})?)?\})?\$$/;

interface Range {
  readonly from: number;
  readonly to: number;
}

/**
 * A pattern that many identifiers have, as code that looks at each character: no expression is to be compiled when the first
 * payload comes, and it is faster on short texts.
 * @param pattern  a regular expression that compiles with the `u` flag
 * @returns an expression whose value has `test`, as a `RegExp`; null where the pattern is anything else.
 */
export function characterRun(pattern: string): string | null {
  const match = RUN.exec(pattern);
  if (match === null) return null;
  const [, digit, characters = "", star, least, comma, most] = match;
  const ranges = digit === undefined ? rangesOf(characters) : [{ from: 0x30, to: 0x39 }];
  if (ranges.length > RANGES_MAX) return null;
  const { min, max } = star === undefined ? counts(least, comma, most) : { min: star === "+" ? 1 : 0, max: undefined };
  const isOutside = [
    ...(min === 0 ? [] : [`text.length < ${min}`]),
    ...(max === undefined ? [] : [`text.length > ${max}`]),
  ];
  const isWrong = ranges.map(({ from, to }) =>
    from === to ? `character !== ${from}` : `(character < ${from} || character > ${to})`,
  );
  return `{ test(text) {
${isOutside.length === 0 ? "" : `  if (${isOutside.join(" || ")}) return false;\n`}  for (let index = 0; index < text.length; index++) {
    const character = text.charCodeAt(index);
    if (${isWrong.join(" && ")}) return false;
  }
  return true;
} }`;
}

/** With more of them, the engine's own way is as good. */
const RANGES_MAX = 6;

function counts(least: string | undefined, comma: string | undefined, most: string | undefined) {
  if (least === undefined) return { min: 1, max: 1 };
  const min = Number(least);
  if (comma === undefined) return { min, max: min };
  return { min, max: most === undefined ? undefined : Number(most) };
}

function rangesOf(characters: string): readonly Range[] {
  return [...characters.matchAll(/(.)(?:-(.))?/g)].map(([, from = "", to = from]) => ({
    from: from.charCodeAt(0),
    to: to.charCodeAt(0),
  }));
}
