/** Words that cannot name a binding in a module, and the names every object already has. */
const RESERVED_WORDS: ReadonlySet<string> = new Set(
  (
    "arguments await break case catch class const continue debugger default delete do else enum eval export extends " +
    "false finally for function if implements import in instanceof interface let new null package private protected " +
    "public return static super switch this throw true try typeof undefined var void while with yield " +
    "constructor hasownproperty isprototypeof propertyisenumerable tolocalestring tostring valueof __proto__ " +
    "__definegetter__ __definesetter__ __lookupgetter__ __lookupsetter__ prototype index any unknown never object " +
    "string number boolean symbol bigint"
  ).split(" "),
);

/** Names that Windows keeps for devices, with any extension. */
const WINDOWS_DEVICES = /^(?:aux|con|nul|prn|com[0-9]|lpt[0-9])$/i;

/** Longest key: file systems take 255 bytes a name, and a key gets endings and prefixes. */
const KEY_LENGTH_MAX = 80;

/**
 * Makes a name safe as a JavaScript identifier and as a file name on every system: ASCII letters, digits and `_`.
 * The same name always gives the same key; different names may give the same one (`KeyRegistry` tells them apart).
 */
export function safeKey(name: string): string {
  const ascii = [...name.normalize("NFKD").replace(/\p{Mark}/gu, "")]
    .map((character) => (/[A-Za-z0-9_]/.test(character) ? character : asciiFor(character)))
    .join("")
    .replace(/_{2,}/g, "_")
    .replace(/^_+|_+$/g, "");
  const limited = ascii.length > KEY_LENGTH_MAX ? `${ascii.slice(0, KEY_LENGTH_MAX - 9)}_${hash(name)}` : ascii;
  if (limited === "") return "_";
  if (/^[0-9]/.test(limited)) return `_${limited}`;
  return RESERVED_WORDS.has(limited.toLowerCase()) || WINDOWS_DEVICES.test(limited) ? `${limited}_` : limited;
}

/** Letters outside ASCII are kept apart by their code point; everything else only separates. */
function asciiFor(character: string): string {
  return /\p{Letter}|\p{Number}/u.test(character) ? `u${character.codePointAt(0)?.toString(16)}_` : "_";
}

/** FNV-1a, 32 bits: tells apart long names that share their beginning; no secret depends on it. */
function hash(text: string): string {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193) >>> 0;
  }
  return value.toString(16).padStart(8, "0");
}

/** Hands out safe keys, each once, without regard to case: some file systems do not tell `A` from `a`. */
export class KeyRegistry {
  readonly #taken = new Set<string>();

  take(name: string): string {
    const key = safeKey(name);
    let unique = key;
    for (let count = 2; this.#taken.has(unique.toLowerCase()); count++) unique = `${key}_${count}`;
    this.#taken.add(unique.toLowerCase());
    return unique;
  }
}
