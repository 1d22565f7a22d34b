import { wordsOf } from "./words.ts";

/** Several texts for one place differ by their number, from 0. */
type Make = (number: number) => string;

const two = (number: number) => String(number % 100).padStart(2, "0");
const hex = (number: number, length: number) =>
  (0x1f3a5c7e + number).toString(16).padStart(8, "0").repeat(8).slice(0, length);

const dateTime: Make = (number) => `2026-01-15T09:${two(30 + (number % 30))}:00Z`;
const date: Make = (number) => `2026-01-${two(15 + (number % 15))}`;
const time: Make = (number) => `09:${two(30 + (number % 30))}:00Z`;
const uuid: Make = (number) => `6f1c2b9e-4d7a-4c3f-9b52-${(0x8e0d1a2b3c4d + number).toString(16)}`;
const email: Make = (number) => (number === 0 ? "ada@example.com" : `ada.${number + 1}@example.com`);
/** Numbers that the North American plan keeps for fiction. */
const phone: Make = (number) => `+1202555${String(100 + (number % 100)).padStart(4, "0")}`;
const ipv4: Make = (number) => `192.0.2.${1 + (number % 250)}`;
const ipv6: Make = (number) => `2001:db8::${(1 + number).toString(16)}`;
const url: Make = (number) => `https://example.com/${number === 0 ? "" : number + 1}`;
const hostname: Make = (number) => (number === 0 ? "example.com" : `host-${number + 1}.example.com`);
const base64: Make = (number) => btoa(`example ${1 + (number % 9)}`);
const counted =
  (text: string): Make =>
  (number) =>
    number === 0 ? text : `${text} ${number + 1}`;
const joined =
  (text: string): Make =>
  (number) =>
    number === 0 ? text : `${text}-${number + 1}`;
const inTurn =
  (...texts: readonly string[]): Make =>
  (number) =>
    texts[number % texts.length] ?? "";

const FORMATS: Readonly<Record<string, Make>> = {
  base64,
  binary: joined("data"),
  byte: base64,
  color: inTurn("#3366ff", "#ff6633", "#33cc66"),
  country: inTurn("US", "GB", "DE", "FR"),
  currency: inTurn("USD", "EUR", "GBP"),
  date,
  "date-time": dateTime,
  datetime: dateTime,
  decimal: (number) => `${19 + number}.99`,
  duration: (number) => `PT${5 + number}M`,
  e164: phone,
  email,
  "full-date": date,
  hostname,
  html: counted("<p>An example.</p>"),
  "idn-email": email,
  "idn-hostname": hostname,
  int32: (number) => String(1001 + number),
  int64: (number) => String(1001 + number),
  ip: ipv4,
  ipv4,
  ipv6,
  iri: url,
  "iri-reference": url,
  "iso-date-time": dateTime,
  "iso-time": time,
  iso8601: dateTime,
  "json-pointer": (number) => `/items/${number}`,
  "json-pointer-uri-fragment": (number) => `#/items/${number}`,
  markdown: counted("An *example*."),
  number: (number) => String(1001 + number),
  password: joined("correct-horse-battery-staple"),
  phone,
  "phone-number": phone,
  regex: (number) => `^[a-z]{${number + 1}}$`,
  "relative-json-pointer": (number) => `${number}/id`,
  rfc3339: dateTime,
  time,
  timestamp: dateTime,
  ulid: (number) => `01JH${String(number).padStart(4, "0")}ABCDEFGHJKMNPQRSTV`,
  uri: url,
  "uri-reference": url,
  "uri-template": (number) => `https://example.com/items/{id${number === 0 ? "" : number}}`,
  url,
  uuid,
};

/**
 * What strings of a name usually hold, tried from the top: the words of the name, joined by spaces, are read. Where a word
 * means different things to different senders there is no line.
 */
const NAMES: readonly (readonly [words: RegExp, make: Make])[] = [
  [/\be ?mail( address)?$/, email],
  [/\b(phone|mobile|msisdn|fax|telephone)( number)?$/, phone],
  [/\b(uuid|guid)$/, uuid],
  [/\b(user agent)$/, inTurn("Mozilla/5.0")],
  [/\bip( address| v4)?$/, ipv4],
  [/\bip v6$/, ipv6],
  [/\bmac address$/, (number) => `00:00:5e:00:53:${two(number)}`],
  [
    /\b(avatar|image|photo|picture|logo|icon)( url| uri| link)?$/,
    (number) => `https://example.com/images/${number + 1}.png`,
  ],
  [/\b(url|uri|href|link|website|homepage|endpoint|webhook|callback)s?$/, url],
  [/\b(domain|host|hostname)( name)?$/, hostname],
  [/\b(date of birth|birth ?day|birth ?date|dob)$/, inTurn("1990-12-10")],
  [
    /(^| )(at|on|time ?stamp|date ?time|datetime|until|since)$|\b(created|updated|modified|deleted|expires|expiry|started|ended) ?(time)?$/,
    dateTime,
  ],
  [/\bdate$/, date],
  [/\btime$/, dateTime],
  [/\btime ?zone|tz$/, inTurn("Europe/London", "America/New_York")],
  [/\b(first|given) name$/, inTurn("Ada", "Alan", "Grace")],
  [/\b(last|family|sur) ?name$/, inTurn("Lovelace", "Turing", "Hopper")],
  [
    /\b(full|user|customer|contact|display|sender|recipient|author|owner|participant|caller) ?name$/,
    inTurn("Ada Lovelace", "Alan Turing", "Grace Hopper"),
  ],
  [/\b(username|login|handle|nick ?name|screen name)$/, inTurn("ada", "alan", "grace")],
  [/\b(password|passphrase)$/, (number) => `Correct-horse-${number + 1}`],
  [/\bcurrency( code)?$/, inTurn("USD", "EUR", "GBP")],
  [/\bcountry code$/, inTurn("US", "GB", "DE")],
  [/\bcountry$/, inTurn("US", "GB", "DE")],
  [/\b(language|lang)( code)?$/, inTurn("en", "de", "fr")],
  [/\blocale$/, inTurn("en-US", "en-GB")],
  [/\b(city|town)$/, inTurn("London", "Paris")],
  [/\b(street|address|address line|line) ?1?$/, (number) => `${number + 1} Example Street`],
  [/\b(zip|postal|post) ?code$|\bzip$/, inTurn("94107", "10001")],
  [/\b(amount|price|total|subtotal|balance|cost|fee|tax|rate)$/, (number) => `${19 + number}.99`],
  [/\b(colou?r)$/, inTurn("#3366ff", "#ff6633")],
  [/\b(sha|sha ?1|commit|commit (id|hash|sha))$/, (number) => hex(number, 40)],
  [/\b(sha ?256|hash|checksum|digest|fingerprint|signature)$/, (number) => hex(number, 64)],
  [/\b(md5|etag)$/, (number) => hex(number, 32)],
  [/\bversion$/, (number) => `1.${number}.0`],
  [/\b(mime|media|content) type$/, inTurn("text/plain", "application/json")],
  [/\b(file ?name|attachment)$/, (number) => `example-${number + 1}.txt`],
  [/\bpath$/, (number) => `/example/${number + 1}`],
  [/\bslug$/, joined("example")],
  [/\b(status|state)$/, inTurn("active", "inactive")],
  [
    /\b(description|summary|text|body|comment|note|notes|content|message|reason|detail|details)$/,
    counted("An example"),
  ],
  [/\b(subject|title|heading|caption|label)$/, counted("An example")],
];

const ID = /(^| )(id|identifier|sid|key|reference|ref|number|no|code|token|secret|nonce)s?$/;

/** Texts that strings of these formats have; what is not known to have a format of its own gives none. */
export function textOfFormat(format: string, number: number): string | null {
  const make = Object.hasOwn(FORMATS, format) ? FORMATS[format] : undefined;
  return make === undefined ? null : make(number);
}

/** Texts that strings of this name may have, the likeliest first. */
export function textsOfName(name: string, number: number): readonly string[] {
  const words = wordsOf(name);
  const phrase = words.join(" ");
  if (phrase === "") return [counted("example")(number)];
  const likely = NAMES.find(([pattern]) => pattern.test(phrase))?.[1](number);
  const id = ID.test(phrase) ? `${words.join("-")}-${1001 + number}` : undefined;
  return [likely, id, counted(phrase)(number), joined(words.join("-"))(number)].filter((text) => text !== undefined);
}

/** One of every kind of text that has a shape of its own, for patterns that want such a shape without a format saying so. */
export function usualTexts(number: number): readonly string[] {
  const made = [dateTime, date, time, phone, uuid, email, url, hostname, ipv4].map((make) => make(number));
  return [
    String(1001 + number),
    `${19 + number}.99`,
    ...inEach(number, ["USD", "EUR", "GBP"], ["US", "GB", "DE"], ["en-US", "en-GB"], ["en", "de"]),
    ...made,
    number === 0 ? "2026-01-15T09:30:00.000Z" : `2026-01-15T09:${two(30 + (number % 30))}:00.000Z`,
    `1.${number}.0`,
    "#3366ff",
    `example-${number + 1}`,
    `EXAMPLE_${number + 1}`,
    `Aa1!example${number + 1}`,
    hex(number, 8),
    hex(number, 24),
    hex(number, 32),
    hex(number, 40),
    hex(number, 64),
  ];
}

function inEach(number: number, ...lists: readonly (readonly string[])[]): readonly string[] {
  return lists.flatMap((list) => list[number % list.length] ?? []);
}
