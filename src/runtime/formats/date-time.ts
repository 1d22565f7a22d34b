/**
 * What nearly every timestamp looks like, judged in one step. Whatever it takes is right but for the days 29 to 31;
 * whatever it leaves (leap seconds, offsets without a colon, long fractions, other white space) is judged part by part.
 * The fraction is bounded because `59.99999999999999999` is read as the number 60, which is a leap second.
 */
const COMMON_DATE_TIME =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])[Tt ](?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?(?:[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;
const COMMON_TIME = /^(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?(?:[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;
const COMMON_DATE = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;
/** hour, minute, second with fraction, offset, its sign, its hour, its minute */
const TIME = /^(\d\d):(\d\d):(\d\d(?:\.\d+)?)(z|([+-])(\d\d)(?::?(\d\d))?)?$/i;
const DATE_TIME_SEPARATOR = /[t\s]/i;
const DATE_LENGTH = 10;

/**
 * `date`: `full-date` of RFC 3339 §5.6, checked against the calendar (leap years as in its appendix C; there is a year 0000).
 * Equals `ajv-formats` full.
 */
export function isDate(value: string): boolean {
  return COMMON_DATE.test(value) && isDayOfMonth(value);
}

/**
 * `time`: `full-time` of RFC 3339 §5.6. Beyond it `z` may be lower-case, and an offset may leave out its colon or its minutes
 * (`+0530`, `-03`). Second 60 is taken where it is 23:59:60 in UTC. Equals `ajv-formats` full.
 */
export function isTime(value: string): boolean {
  return COMMON_TIME.test(value) || isUncommonTime(value, true);
}

/**
 * `date-time`: `date-time` of RFC 3339 §5.6, with the freedoms of {@link isTime}; between date and time stands `T`, `t`
 * or one character of white space. Equals `ajv-formats` full.
 */
export function isDateTime(value: string): boolean {
  // Compiling an expression costs the first delivery of a process more than everything else about it; once it is compiled,
  // it is faster than a look at each character.
  if (timestampsSeen < WARM_AFTER ? isUtcTimestamp(value) : UTC_TIMESTAMP.test(value)) return true;
  return COMMON_DATE_TIME.test(value) ? isDayOfMonth(value) : isUncommonDateTime(value, true);
}

/** `iso-time`: as {@link isTime}, but the offset may be left out (ISO 8601 local time). Equals `ajv-formats` full. */
export function isIsoTime(value: string): boolean {
  return COMMON_TIME.test(value) || isUncommonTime(value, false);
}

/** `iso-date-time`: as {@link isDateTime}, but the offset may be left out (ISO 8601 local time). Equals `ajv-formats` full. */
export function isIsoDateTime(value: string): boolean {
  return COMMON_DATE_TIME.test(value) ? isDayOfMonth(value) : isUncommonDateTime(value, false);
}

/** `2022-08-24T20:56:55Z`, or with milliseconds, on a day that every month has: what most senders write. */
const UTC_TIMESTAMP =
  /^\d\d\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d\d\d)?Z$/;

/** So many timestamps are judged without it. */
const WARM_AFTER = 100;
let timestampsSeen = 0;

/** What {@link UTC_TIMESTAMP} matches. */
function isUtcTimestamp(value: string): boolean {
  timestampsSeen++;
  const { length } = value;
  if (length !== 24 && length !== 20) return false;
  if (length === 24 && (value.charCodeAt(19) !== 0x2e || pairAt(value, 20) > 99 || pairAt(value, 21) > 99))
    return false;
  return (
    value.charCodeAt(length - 1) === 0x5a &&
    value.charCodeAt(4) === 0x2d &&
    value.charCodeAt(7) === 0x2d &&
    value.charCodeAt(10) === 0x54 &&
    value.charCodeAt(13) === 0x3a &&
    value.charCodeAt(16) === 0x3a &&
    pairAt(value, 0) <= 99 &&
    pairAt(value, 2) <= 99 &&
    isBetween(pairAt(value, 5), 1, 12) &&
    isBetween(pairAt(value, 8), 1, 28) &&
    pairAt(value, 11) <= 23 &&
    pairAt(value, 14) <= 59 &&
    pairAt(value, 17) <= 59
  );
}

/** Two digits as a number; 100 where they are none. */
function pairAt(value: string, start: number): number {
  const tens = value.charCodeAt(start) - 0x30;
  const ones = value.charCodeAt(start + 1) - 0x30;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : 100;
}

function isBetween(value: number, least: number, most: number): boolean {
  return value >= least && value <= most;
}

function isUncommonDateTime(value: string, offsetRequired: boolean): boolean {
  return (
    DATE_TIME_SEPARATOR.test(value.charAt(DATE_LENGTH)) &&
    isDate(value.slice(0, DATE_LENGTH)) &&
    isUncommonTime(value.slice(DATE_LENGTH + 1), offsetRequired)
  );
}

/** Does the month have that day? `value` begins with digits at the places of a date, month 01 to 12 and day 01 to 31. */
function isDayOfMonth(value: string): boolean {
  const day = twoDigits(value, 8);
  if (day <= 28) return true;
  const month = twoDigits(value, 5);
  if (month === 2) return day === 29 && isLeapYear(Number(value.slice(0, 4)));
  return day <= 30 || (month !== 4 && month !== 6 && month !== 9 && month !== 11);
}

function twoDigits(value: string, start: number): number {
  return value.charCodeAt(start) * 10 + value.charCodeAt(start + 1) - 0x30 * 11;
}

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

function isUncommonTime(value: string, offsetRequired: boolean): boolean {
  const match = TIME.exec(value);
  if (match === null) return false;
  const hour = Number(match[1]);
  const minute = Number(match[2]);
  const second = Number(match[3]);
  const offsetSign = match[5] === "-" ? -1 : 1;
  const offsetHour = Number(match[6] ?? 0);
  const offsetMinute = Number(match[7] ?? 0);
  if (offsetHour > 23 || offsetMinute > 59 || (offsetRequired && match[4] === undefined)) return false;
  if (hour <= 23 && minute <= 59 && second < 60) return true;
  // ajv-formats asks of everything else only that it be the last minute of the day in UTC. So 24:59:00+01:00 passes too.
  const utcMinute = minute - offsetMinute * offsetSign;
  const utcHour = hour - offsetHour * offsetSign - (utcMinute < 0 ? 1 : 0);
  return (utcHour === 23 || utcHour === -1) && (utcMinute === 59 || utcMinute === -1) && second < 61;
}
