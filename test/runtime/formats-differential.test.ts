import { fullFormats } from "ajv-formats/dist/formats.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as runtime from "../../src/runtime/formats.ts";
import { runs } from "../limits.ts";

// `ajv-formats` full is the authority. It is asked about values near the border of each format: every single edit of some
// seeds, then random edits and random texts over the characters and pieces that the format is made of.

/** By name: the tests choose at run time. */
const predicates: Readonly<Record<string, unknown>> = runtime;

type StringFormat = {
  [Name in keyof typeof runtime.formats]: (typeof runtime.formats)[Name]["type"] extends "string" ? Name : never;
}[keyof typeof runtime.formats];
type NumberFormat = Exclude<keyof typeof runtime.formats, StringFormat>;

interface Neighbourhood {
  readonly seeds: readonly string[];
  /** Characters and longer pieces that are put in. */
  readonly pieces: readonly string[];
}

const EDITS_MAX = 4;
const RUNS = runs(3_000);

/** What every format meets: the ends of ASCII classes, line ends (`$`!), white space, folding letters, surrogates. */
const COMMON_PIECES = [
  ..."\n\r\t \0\v\u007f\u0080\u00a0\u00a1\u00b5\u00df\u0130\u0131\u017f\u1680\u2028\u2029\u212a\u3000\ufeff\uffff٣é",
  "\ud800",
  "\udc00",
  "😀",
  ..."azAZgG09_~%-.:/@[`{^|\\\"'<>!$&()*+,;=?#]}",
  "%41",
  "%zz",
];

const TIMES = [
  "00:00:00Z",
  "23:59:59z",
  "23:59:60Z",
  "23:59:60.999Z",
  "15:59:60-08:00",
  "00:29:60+00:30",
  "24:59:00+01:00",
  "23:60:59+00:01",
  "23:59:59.99999999999999999Z",
  "23:59:60.99999999999999999Z",
  "12:30:59.99999999999999999Z",
  "12:30:45.123456789012345678901234567890Z",
  "12:30:45-03",
  "12:30:45+0530",
  "12:30:45+23:59",
  "12:30:45+24:00",
  "12:30:45",
  "12:30:45,5Z",
];
const DATES = [
  "0000-02-29",
  "1900-02-29",
  "2000-02-29",
  "2023-02-28",
  "2023-02-29",
  "2024-02-30",
  "2024-04-31",
  "2024-06-30",
  "2024-09-31",
  "2024-11-30",
  "2024-12-31",
  "2024-13-01",
  "2024-00-10",
  "2024-01-00",
  "9999-01-31",
];
const URIS = [
  "https://user:pass@example.com:8080/a/b;c?q=1&r=%20#frag",
  "a:",
  "a:b",
  "a://",
  "a:///",
  "urn:uuid:1",
  "mailto:a@b.c",
  "//example.com/x",
  "/a//b",
  "a/b?c#d",
  "?q",
  "#f",
  "http:/u@[::1]:80/p",
  "http://[1:2:3:4:5:6:7:8]",
  "http://[::ffff:012.0.0.255]?q#f",
  "//[v1f.a:b]",
  "http://u%41@[V1.~]:/",
  'http://a"b/"?"#"',
  "1a://x",
  "http://[::1]]",
];
const IPV6 = [
  "1:2:3:4:5:6:7:8",
  "::",
  "::1",
  "1::",
  "1:2:3:4:5:6:7::",
  "::2:3:4:5:6:7:8",
  "1:2:3::6:7:8",
  "1:2:3:4:5:6:1.2.3.4",
  "::1.2.3.4",
  "1::5:255.249.99.0",
  "::a:b:c:d:e:1.2.3.4",
  "1:2:3:4:5:6:7:8:9",
  "1:2:3:4:5:6:7:1.2.3.4",
  "fe80::1%eth0",
  "ABCD::12345",
];
const POINTERS = ["", "/", "/a~0b~1c/0", "//", "/~2", "a", "/é\n"];

const neighbourhoods: Readonly<Record<StringFormat, Neighbourhood>> = {
  binary: { seeds: ["", "x"], pieces: [] },
  byte: {
    seeds: ["", "QQ==", "QUI=", "QUJD", "QUJDQQ==", "!\n", "!\r\nQUJD\n!", "!\u2028QQ==", "====", "A===", "QQ==QQ=="],
    pieces: ["=", "==", "AAAA", "\n", "\r\n", "\u2029"],
  },
  date: { seeds: DATES, pieces: [..."0123456789-"] },
  "date-time": {
    seeds: TIMES.flatMap((time) => [`2024-02-29T${time}`, `2023-06-30 ${time}`]).concat(
      DATES.map((date) => `${date}t12:30:45Z`),
    ),
    pieces: [..."0123456789-:.tTzZ+ ", "\u00a0"],
  },
  duration: {
    seeds: ["P1Y2M3DT4H5M6S", "P12W", "PT1S", "P", "PT", "P1YT", "P1Y2D", "PT1H2S", "P1W1D", "P1S", "P1YW", "PT1W"],
    pieces: [..."PTYMDHSW0123456789", "1Y", "1M", "1W", "T1H"],
  },
  email: {
    seeds: [
      "a.b+c@example.co.uk",
      "a@b.c",
      "a@b",
      "a..b@c.d",
      ".a@b.c",
      "a.@b.c",
      "a@-b.c",
      "a@b-.c",
      "a@b.c-d.e",
      "@b.c",
    ],
    pieces: ["@", ".", "..", "-", "--", ".-"],
  },
  hostname: {
    seeds: [
      "a",
      "example.com.",
      "a-b.c--d",
      "-a",
      "a-",
      "a..b",
      ".",
      "a.-b",
      "x".repeat(63),
      "x".repeat(64),
      `${"x".repeat(63)}.${"y".repeat(64)}`,
      `${"x".repeat(64)}.y`,
      `${`${"x".repeat(49)}.`.repeat(5)}abc`,
      `${`${"x".repeat(49)}.`.repeat(5)}abc.`,
      `${`${"x".repeat(49)}.`.repeat(5)}abcd`,
    ],
    pieces: [".", "-", "a.", "x".repeat(62)],
  },
  ipv4: {
    seeds: ["127.0.0.1", "255.255.255.255", "256.1.1.1", "01.2.3.4", "1.2.3", "1.2.3.4.5", "249.199.99.9"],
    pieces: [..."0123456789.", "25", "255"],
  },
  ipv6: { seeds: IPV6, pieces: [..."0123456789abcdefABCDEF:.", "::", "1.2.3.4", "01.2.3.4", ":1", "1:"] },
  "iso-date-time": {
    seeds: TIMES.flatMap((time) => [`2024-02-29T${time}`, `2023-06-30\n${time}`]).concat(
      DATES.map((date) => `${date}T12:30:45`),
    ),
    pieces: [..."0123456789-:.tTzZ+ "],
  },
  "iso-time": { seeds: TIMES, pieces: [..."0123456789-:.zZ+"] },
  "json-pointer": { seeds: POINTERS, pieces: ["~", "~0", "~1", "/"] },
  "json-pointer-uri-fragment": {
    seeds: POINTERS.map((pointer) => `#${pointer}`).concat("#/%41~0", "#/~%30", "/a", "#/'()*@"),
    pieces: ["~", "~0", "~1", "/", "#", "%41", "%4"],
  },
  password: { seeds: ["", "x"], pieces: [] },
  regex: {
    seeds: [
      "^a*$",
      "(a)\\1",
      "[a-z]{1,2}",
      "a\\Z",
      "\\Z",
      "\\\\Z",
      "(?<n>a)\\k<n>",
      "\\p{L}",
      "a{,2}",
      "(?=a)*",
      "]",
      "(?",
    ],
    pieces: [..."()[]{}*+?|\\^$.-", "\\Z", "(?<a>", "(?i:", "\\u{1}", "{2,1}"],
  },
  "relative-json-pointer": {
    seeds: POINTERS.flatMap((pointer) => [`0${pointer}`, `12${pointer}`]).concat(
      "0#",
      "10#",
      "01",
      "0#/",
      "-1",
      "0+1/a",
    ),
    pieces: [..."0123456789#~/", "~0"],
  },
  time: { seeds: TIMES, pieces: [..."0123456789-:.zZ+"] },
  uri: { seeds: [...URIS, ...IPV6.map((address) => `a://[${address}]`)], pieces: ["//", "://", "[::1]", "@", ":"] },
  "uri-reference": {
    seeds: [...URIS, ...IPV6.map((address) => `//[${address}]`)],
    pieces: ["//", "://", "[::1]", "@", ":"],
  },
  "uri-template": {
    seeds: [
      "",
      "a{b}c",
      "{+a,b:3,c*}",
      "{/a*}",
      "{?x,y}",
      "%41{%41}",
      "{}",
      "{a:0}",
      "{a:12345}",
      "{a.b}",
      "é{a}😀",
      "{a,}",
      "{a*:1}",
    ],
    pieces: ["{", "}", "{a}", ",", ":1", ":9999", "*", ..."+#./;?&=,!@|"],
  },
  url: {
    seeds: [
      "http://a.bc",
      "https://user:pw@example.com:8080/p?q#f",
      "ftp://x-y.example.org/",
      "httpſ://a.bc",
      "http://a.bc?q",
      "http://a-.bc",
      "http://a--b.cd",
      "http://a.b",
      "http://a.b1",
      "http://localhost",
      "http://1.2.3.4",
      "http://10.1.1.1",
      "http://127.0.0.1/",
      "http://169.254.1.1",
      "http://192.168.1.1",
      "http://172.15.1.1",
      "http://172.16.1.1",
      "http://172.32.1.1",
      "http://223.255.255.254:80",
      "http://224.1.1.1",
      "http://1.02.00.255",
      "http://1.2.3.0",
      "http://@a.bc",
      "http://a@@b.cd",
      "http://a@b@c.de/@ f",
      "http://a.bc/x@y.zz",
      "http://☺.damowmow.com/",
      "http://a\u3000b.cd/",
      "http://😀.bc",
      "http://\ud83d.bc",
      "http://a.bc:1",
      "http://a.bc:123456",
    ],
    pieces: ["@", "/", ":80", ".", "-", "1.2.3.4", "10.", ".bc", "//"],
  },
  uuid: {
    seeds: [
      "123e4567-e89b-12d3-a456-426614174000",
      "URN:uuid:123E4567-E89B-12D3-A456-426614174000",
      "00000000-0000-0000-0000-000000000000",
      "123e4567e89b12d3a456426614174000",
      "{123e4567-e89b-12d3-a456-426614174000}",
    ],
    pieces: [..."0123456789abcdefABCDEF-", "urn:uuid:"],
  },
};

function isValidForAjv(format: string, value: string | number): boolean {
  const definition: unknown = (fullFormats as Readonly<Record<string, unknown>>)[format];
  const validate =
    typeof definition === "object" && definition !== null && "validate" in definition
      ? definition.validate
      : definition;
  if (validate === true) return true;
  if (validate instanceof RegExp) return validate.test(String(value));
  return (validate as (value: string | number) => boolean)(value);
}

function predicate(format: keyof typeof runtime.formats): (value: string | number) => boolean {
  return predicates[runtime.formats[format].functionName] as (value: string | number) => boolean;
}

function expectSameVerdict(format: keyof typeof runtime.formats, value: string | number): boolean {
  const want = isValidForAjv(format, value);
  const got = predicate(format)(value);
  // Made only on failure: a call of `expect` per value would take most of the time.
  if (got !== want) expect({ format, value, valid: got }).toEqual({ format, value, valid: want });
  return want;
}

function* singleEdits(seed: string, pieces: readonly string[]): Generator<string> {
  yield seed;
  yield seed.toUpperCase();
  yield seed + seed;
  for (let at = 0; at <= seed.length; at++) {
    const before = seed.slice(0, at);
    yield before;
    yield before + seed.slice(at + 1);
    for (const piece of pieces) {
      yield before + piece + seed.slice(at);
      yield before + piece + seed.slice(at + 1);
    }
  }
}

function nearMisses({ seeds, pieces }: Neighbourhood): fc.Arbitrary<string> {
  const piece = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...(pieces.length === 0 ? COMMON_PIECES : pieces)) },
    { weight: 2, arbitrary: fc.constantFrom(...COMMON_PIECES) },
    { weight: 1, arbitrary: fc.string({ unit: "binary", minLength: 1, maxLength: 2 }) },
  );
  const edit = fc.record({ at: fc.nat(1_000), removed: fc.nat(3), piece: fc.oneof(fc.constant(""), piece) });
  const edited = fc
    .tuple(fc.constantFrom(...seeds), fc.array(edit, { minLength: 1, maxLength: EDITS_MAX }))
    .map(([seed, edits]) =>
      edits.reduce((text, { at, removed, piece }) => {
        const start = at % (text.length + 1);
        return text.slice(0, start) + piece + text.slice(start + removed);
      }, seed),
    );
  const spliced = fc
    .tuple(fc.constantFrom(...seeds), fc.constantFrom(...seeds), fc.nat(1_000), fc.nat(1_000))
    .map(([a, b, i, j]) => a.slice(0, i % (a.length + 1)) + b.slice(j % (b.length + 1)));
  const assembled = fc.array(piece, { maxLength: 12 }).map((parts) => parts.join(""));
  return fc.oneof(
    { weight: 4, arbitrary: edited },
    { weight: 2, arbitrary: spliced },
    { weight: 1, arbitrary: assembled },
  );
}

describe.each(Object.entries(neighbourhoods))("%s", (name, neighbourhood) => {
  const format = name as StringFormat;

  test("every single edit of the seeds is judged as by ajv-formats", () => {
    const verdicts = new Set<boolean>();
    const pieces = [...neighbourhood.pieces, ...COMMON_PIECES];
    for (const seed of neighbourhood.seeds) {
      for (const value of singleEdits(seed, pieces)) verdicts.add(expectSameVerdict(format, value));
    }
    // Seeds on one side only would prove little.
    expect(verdicts.size).toBe(neighbourhood.pieces.length === 0 ? 1 : 2);
  });

  test("random near misses are judged as by ajv-formats", () => {
    fc.assert(
      fc.property(nearMisses(neighbourhood), (value) => {
        expectSameVerdict(format, value);
      }),
      { numRuns: RUNS },
    );
  });
});

const numberFormats: readonly NumberFormat[] = ["int32", "int64", "float", "double"];

test.each(numberFormats)("%s is judged as by ajv-formats", (format) => {
  const borders = [0, -0, 0.5, 1e21, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.MAX_VALUE];
  const edges = [2 ** 31, 2 ** 53, 2 ** 63].flatMap((edge) => [edge - 1, edge - 0.5, edge, edge + 1]);
  for (const value of [...borders, ...edges, ...edges.map((edge) => -edge)]) expectSameVerdict(format, value);
  fc.assert(
    fc.property(fc.oneof(fc.double(), fc.integer(), fc.maxSafeInteger()), (value) => {
      expectSameVerdict(format, value);
    }),
    { numRuns: RUNS },
  );
});

test("there is a predicate for every format of ajv-formats, and no other", () => {
  expect(Object.keys(runtime.formats).toSorted()).toEqual(Object.keys(fullFormats).toSorted());
  for (const { functionName } of Object.values(runtime.formats))
    expect(predicates[functionName]).toBeTypeOf("function");
});
