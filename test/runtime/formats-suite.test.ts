import { fullFormats } from "ajv-formats/dist/formats.js";
import { describe, expect, test } from "vitest";
import * as runtime from "../../src/runtime/formats.ts";

// The official JSON-Schema-Test-Suite, draft2020-12, optional/format, at commit 47958f82d0ca44b82f3fb32744a0fb5aead191a6
// (https://github.com/json-schema-org/JSON-Schema-Test-Suite): its cases with a string, for the formats that ajv-formats
// has; so without idn-email, idn-hostname, iri and iri-reference. The suite is not among the packages of the npm registry.
//
// Copyright (c) 2012 Julian Berman
//
// Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
// documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
// rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
// persons to whom the Software is furnished to do so, subject to the following conditions:
//
// The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
// Software.
//
// THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
// WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
// COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
// OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.

/** By name: the tests choose at run time. */
const predicates: Readonly<Record<string, unknown>> = runtime;

type Format = keyof typeof runtime.formats;
type SuiteCase = readonly [description: string, value: string, valid: boolean];

const suite = {
  date: [
    ["a valid date string", "1963-06-19", true],
    ["a valid date string with 31 days in January", "2020-01-31", true],
    ["a invalid date string with 32 days in January", "2020-01-32", false],
    ["a valid date string with 28 days in February (normal)", "2021-02-28", true],
    ["a invalid date string with 29 days in February (normal)", "2021-02-29", false],
    ["a valid date string with 29 days in February (leap)", "2020-02-29", true],
    ["a invalid date string with 30 days in February (leap)", "2020-02-30", false],
    ["a valid date string with 31 days in March", "2020-03-31", true],
    ["a invalid date string with 32 days in March", "2020-03-32", false],
    ["a valid date string with 30 days in April", "2020-04-30", true],
    ["a invalid date string with 31 days in April", "2020-04-31", false],
    ["a valid date string with 31 days in May", "2020-05-31", true],
    ["a invalid date string with 32 days in May", "2020-05-32", false],
    ["a valid date string with 30 days in June", "2020-06-30", true],
    ["a invalid date string with 31 days in June", "2020-06-31", false],
    ["a valid date string with 31 days in July", "2020-07-31", true],
    ["a invalid date string with 32 days in July", "2020-07-32", false],
    ["a valid date string with 31 days in August", "2020-08-31", true],
    ["a invalid date string with 32 days in August", "2020-08-32", false],
    ["a valid date string with 30 days in September", "2020-09-30", true],
    ["a invalid date string with 31 days in September", "2020-09-31", false],
    ["a valid date string with 31 days in October", "2020-10-31", true],
    ["a invalid date string with 32 days in October", "2020-10-32", false],
    ["a valid date string with 30 days in November", "2020-11-30", true],
    ["a invalid date string with 31 days in November", "2020-11-31", false],
    ["a valid date string with 31 days in December", "2020-12-31", true],
    ["a invalid date string with 32 days in December", "2020-12-32", false],
    ["a invalid date string with invalid month", "2020-13-01", false],
    ["an invalid date string", "06/19/1963", false],
    ["only RFC3339 not all of ISO 8601 are valid", "2013-350", false],
    ["non-padded month dates are not valid", "1998-1-20", false],
    ["non-padded day dates are not valid", "1998-01-1", false],
    ["invalid month", "1998-13-01", false],
    ["invalid month-day combination", "1998-04-31", false],
    ["2021 is not a leap year", "2021-02-29", false],
    ["2020 is a leap year", "2020-02-29", true],
    ["invalid non-ASCII '\u09ea' (a Bengali 4)", "1963-06-1\u09ea", false],
    ["ISO8601 / non-RFC3339: YYYYMMDD without dashes (2023-03-28)", "20230328", false],
    ["ISO8601 / non-RFC3339: week number implicit day of week (2023-01-02)", "2023-W01", false],
    ["ISO8601 / non-RFC3339: week number with day of week (2023-03-28)", "2023-W13-2", false],
    ["ISO8601 / non-RFC3339: week number rollover to next year (2023-01-01)", "2022W527", false],
  ],
  "date-time": [
    ["a valid date-time string", "1963-06-19T08:30:06.283185Z", true],
    ["a valid date-time string without second fraction", "1963-06-19T08:30:06Z", true],
    ["a valid date-time string with plus offset", "1937-01-01T12:00:27.87+00:20", true],
    ["a valid date-time string with minus offset", "1990-12-31T15:59:50.123-08:00", true],
    ["a valid date-time with a leap second, UTC", "1998-12-31T23:59:60Z", true],
    ["a valid date-time with a leap second, with minus offset", "1998-12-31T15:59:60.123-08:00", true],
    ["an invalid date-time past leap second, UTC", "1998-12-31T23:59:61Z", false],
    ["an invalid date-time with leap second on a wrong minute, UTC", "1998-12-31T23:58:60Z", false],
    ["an invalid date-time with leap second on a wrong hour, UTC", "1998-12-31T22:59:60Z", false],
    ["an invalid day in date-time string", "1990-02-31T15:59:59.123-08:00", false],
    ["an invalid offset in date-time string", "1990-12-31T15:59:59-24:00", false],
    ["an invalid closing Z after time-zone offset", "1963-06-19T08:30:06.28123+01:00Z", false],
    ["an invalid date-time string", "06/19/1963 08:30:06 PST", false],
    ["case-insensitive T and Z", "1963-06-19t08:30:06.283185z", true],
    ["only RFC3339 not all of ISO 8601 are valid", "2013-350T01:01:01", false],
    ["invalid non-padded month dates", "1963-6-19T08:30:06.283185Z", false],
    ["invalid non-padded day dates", "1963-06-1T08:30:06.283185Z", false],
    ["invalid non-ASCII '\u09ea' (a Bengali 4) in date portion", "1963-06-1\u09eaT00:00:00Z", false],
    ["invalid non-ASCII '\u09ea' (a Bengali 4) in time portion", "1963-06-11T0\u09ea:00:00Z", false],
  ],
  duration: [
    ["a valid duration string", "P4DT12H30M5S", true],
    ["an invalid duration string", "PT1D", false],
    ["no elements present", "P", false],
    ["no time elements present", "P1YT", false],
    ["no date or time elements present", "PT", false],
    ["elements out of order", "P2D1Y", false],
    ["missing time separator", "P1D2H", false],
    ["time element in the date position", "P2S", false],
    ["four years duration", "P4Y", true],
    ["zero time, in seconds", "PT0S", true],
    ["zero time, in days", "P0D", true],
    ["one month duration", "P1M", true],
    ["one minute duration", "PT1M", true],
    ["one and a half days, in hours", "PT36H", true],
    ["one and a half days, in days and hours", "P1DT12H", true],
    ["two weeks", "P2W", true],
    ["weeks cannot be combined with other units", "P1Y2W", false],
    ["invalid non-ASCII '\u09e8' (a Bengali 2)", "P\u09e8Y", false],
    ["element without unit", "P1", false],
  ],
  email: [
    ["a valid e-mail address", "joe.bloggs@example.com", true],
    ["an invalid e-mail address", "2962", false],
    ["tilde in local part is valid", "te~st@example.com", true],
    ["tilde before local part is valid", "~test@example.com", true],
    ["tilde after local part is valid", "test~@example.com", true],
    ["a quoted string with a space in the local part is valid", '"joe bloggs"@example.com', true],
    ["a quoted string with a double dot in the local part is valid", '"joe..bloggs"@example.com', true],
    ["a quoted string with a @ in the local part is valid", '"joe@bloggs"@example.com', true],
    ["an IPv4-address-literal after the @ is valid", "joe.bloggs@[127.0.0.1]", true],
    ["an IPv6-address-literal after the @ is valid", "joe.bloggs@[IPv6:::1]", true],
    ["dot before local part is not valid", ".test@example.com", false],
    ["dot after local part is not valid", "test.@example.com", false],
    ["two separated dots inside local part are valid", "te.s.t@example.com", true],
    ["two subsequent dots inside local part are not valid", "te..st@example.com", false],
    ["an invalid domain", "joe.bloggs@invalid=domain.com", false],
    ["an invalid IPv4-address-literal", "joe.bloggs@[127.0.0.300]", false],
  ],
  hostname: [
    ["a valid host name", "www.example.com", true],
    ["a valid punycoded IDN hostname", "xn--4gbwdl.xn--wgbh1c", true],
    ["a host name starting with an illegal character", "-a-host-name-that-starts-with--", false],
    ["a host name containing illegal characters", "not_a_valid_host_name", false],
    [
      "a host name with a component too long",
      "a-vvvvvvvvvvvvvvvveeeeeeeeeeeeeeeerrrrrrrrrrrrrrrryyyyyyyyyyyyyyyy-long-host-name-component",
      false,
    ],
    ["starts with hyphen", "-hostname", false],
    ["ends with hyphen", "hostname-", false],
    ["starts with underscore", "_hostname", false],
    ["ends with underscore", "hostname_", false],
    ["contains underscore", "host_name", false],
    ["maximum label length", "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijk.com", true],
    ["exceeds maximum label length", "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijkl.com", false],
  ],
  ipv4: [
    ["a valid IP address", "192.168.0.1", true],
    ["an IP address with too many components", "127.0.0.0.1", false],
    ["an IP address with out-of-range values", "256.256.256.256", false],
    ["an IP address without 4 components", "127.0", false],
    ["an IP address as an integer", "0x7f000001", false],
    ["an IP address as an integer (decimal)", "2130706433", false],
    ["invalid leading zeroes, as they are treated as octals", "087.10.0.1", false],
    ["value without leading zero is valid", "87.10.0.1", true],
    ["invalid non-ASCII '\u09e8' (a Bengali 2)", "1\u09e87.0.0.1", false],
  ],
  ipv6: [
    ["a valid IPv6 address", "::1", true],
    ["an IPv6 address with out-of-range values", "12345::", false],
    ["trailing 4 hex symbols is valid", "::abef", true],
    ["trailing 5 hex symbols is invalid", "::abcef", false],
    ["an IPv6 address with too many components", "1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:1", false],
    ["an IPv6 address containing illegal characters", "::laptop", false],
    ["no digits is valid", "::", true],
    ["leading colons is valid", "::42:ff:1", true],
    ["trailing colons is valid", "d6::", true],
    ["missing leading octet is invalid", ":2:3:4:5:6:7:8", false],
    ["missing trailing octet is invalid", "1:2:3:4:5:6:7:", false],
    ["missing leading octet with omitted octets later", ":2:3:4::8", false],
    ["single set of double colons in the middle is valid", "1:d6::42", true],
    ["two sets of double colons is invalid", "1::d6::42", false],
    ["mixed format with the ipv4 section as decimal octets", "1::d6:192.168.0.1", true],
    ["mixed format with double colons between the sections", "1:2::192.168.0.1", true],
    ["mixed format with ipv4 section with octet out of range", "1::2:192.168.256.1", false],
    ["mixed format with ipv4 section with a hex octet", "1::2:192.168.ff.1", false],
    ["mixed format with leading double colons (ipv4-mapped ipv6 address)", "::ffff:192.168.0.1", true],
    ["triple colons is invalid", "1:2:3:4:5:::8", false],
    ["8 octets", "1:2:3:4:5:6:7:8", true],
    ["insufficient octets without double colons", "1:2:3:4:5:6:7", false],
    ["no colons is invalid", "1", false],
    ["ipv4 is not ipv6", "127.0.0.1", false],
    ["ipv4 segment must have 4 octets", "1:2:3:4:1.2.3", false],
    ["leading whitespace is invalid", "  ::1", false],
    ["trailing whitespace is invalid", "::1  ", false],
    ["netmask is not a part of ipv6 address", "fe80::/64", false],
    ["zone id is not a part of ipv6 address", "fe80::a%eth1", false],
    ["a long valid ipv6", "1000:1000:1000:1000:1000:1000:255.255.255.255", true],
    ["a long invalid ipv6, below length limit, first", "100:100:100:100:100:100:255.255.255.255.255", false],
    ["a long invalid ipv6, below length limit, second", "100:100:100:100:100:100:100:255.255.255.255", false],
    ["invalid non-ASCII '\u09ea' (a Bengali 4)", "1:2:3:4:5:6:7:\u09ea", false],
    ["invalid non-ASCII '\u09ea' (a Bengali 4) in the IPv4 portion", "1:2::192.16\u09ea.0.1", false],
  ],
  "json-pointer": [
    ["a valid JSON-pointer", "/foo/bar~0/baz~1/%a", true],
    ["not a valid JSON-pointer (~ not escaped)", "/foo/bar~", false],
    ["valid JSON-pointer with empty segment", "/foo//bar", true],
    ["valid JSON-pointer with the last empty segment", "/foo/bar/", true],
    ["valid JSON-pointer as stated in RFC 6901 #1", "", true],
    ["valid JSON-pointer as stated in RFC 6901 #2", "/foo", true],
    ["valid JSON-pointer as stated in RFC 6901 #3", "/foo/0", true],
    ["valid JSON-pointer as stated in RFC 6901 #4", "/", true],
    ["valid JSON-pointer as stated in RFC 6901 #5", "/a~1b", true],
    ["valid JSON-pointer as stated in RFC 6901 #6", "/c%d", true],
    ["valid JSON-pointer as stated in RFC 6901 #7", "/e^f", true],
    ["valid JSON-pointer as stated in RFC 6901 #8", "/g|h", true],
    ["valid JSON-pointer as stated in RFC 6901 #9", "/i\\j", true],
    ["valid JSON-pointer as stated in RFC 6901 #10", '/k"l', true],
    ["valid JSON-pointer as stated in RFC 6901 #11", "/ ", true],
    ["valid JSON-pointer as stated in RFC 6901 #12", "/m~0n", true],
    ["valid JSON-pointer used adding to the last array position", "/foo/-", true],
    ["valid JSON-pointer (- used as object member name)", "/foo/-/bar", true],
    ["valid JSON-pointer (multiple escaped characters)", "/~1~0~0~1~1", true],
    ["valid JSON-pointer (escaped with fraction part) #1", "/~1.1", true],
    ["valid JSON-pointer (escaped with fraction part) #2", "/~0.1", true],
    ["not a valid JSON-pointer (URI Fragment Identifier) #1", "#", false],
    ["not a valid JSON-pointer (URI Fragment Identifier) #2", "#/", false],
    ["not a valid JSON-pointer (URI Fragment Identifier) #3", "#a", false],
    ["not a valid JSON-pointer (some escaped, but not all) #1", "/~0~", false],
    ["not a valid JSON-pointer (some escaped, but not all) #2", "/~0/~", false],
    ["not a valid JSON-pointer (wrong escape character) #1", "/~2", false],
    ["not a valid JSON-pointer (wrong escape character) #2", "/~-1", false],
    ["not a valid JSON-pointer (multiple characters not escaped)", "/~~", false],
    ["not a valid JSON-pointer (isn't empty nor starts with /) #1", "a", false],
    ["not a valid JSON-pointer (isn't empty nor starts with /) #2", "0", false],
    ["not a valid JSON-pointer (isn't empty nor starts with /) #3", "a/a", false],
  ],
  regex: [
    ["a valid regular expression", "([abc])+\\s+$", true],
    ["a regular expression with unclosed parens is invalid", "^(abc]", false],
  ],
  "relative-json-pointer": [
    ["a valid upwards RJP", "1", true],
    ["a valid downwards RJP", "0/foo/bar", true],
    ["a valid up and then down RJP, with array index", "2/0/baz/1/zip", true],
    ["a valid RJP taking the member or index name", "0#", true],
    ["an invalid RJP that is a valid JSON Pointer", "/foo/bar", false],
    ["negative prefix", "-1/foo/bar", false],
    ["explicit positive prefix", "+1/foo/bar", false],
    ["## is not a valid json-pointer", "0##", false],
    ["zero cannot be followed by other digits, plus json-pointer", "01/a", false],
    ["zero cannot be followed by other digits, plus octothorpe", "01#", false],
    ["empty string", "", false],
    ["multi-digit integer prefix", "120/foo/bar", true],
  ],
  time: [
    ["a valid time string", "08:30:06Z", true],
    ["invalid time string with extra leading zeros", "008:030:006Z", false],
    ["invalid time string with no leading zero for single digit", "8:3:6Z", false],
    ["hour, minute, second must be two digits", "8:0030:6Z", false],
    ["a valid time string with leap second, Zulu", "23:59:60Z", true],
    ["invalid leap second, Zulu (wrong hour)", "22:59:60Z", false],
    ["invalid leap second, Zulu (wrong minute)", "23:58:60Z", false],
    ["valid leap second, zero time-offset", "23:59:60+00:00", true],
    ["invalid leap second, zero time-offset (wrong hour)", "22:59:60+00:00", false],
    ["invalid leap second, zero time-offset (wrong minute)", "23:58:60+00:00", false],
    ["valid leap second, positive time-offset", "01:29:60+01:30", true],
    ["valid leap second, large positive time-offset", "23:29:60+23:30", true],
    ["invalid leap second, positive time-offset (wrong hour)", "23:59:60+01:00", false],
    ["invalid leap second, positive time-offset (wrong minute)", "23:59:60+00:30", false],
    ["valid leap second, negative time-offset", "15:59:60-08:00", true],
    ["valid leap second, large negative time-offset", "00:29:60-23:30", true],
    ["invalid leap second, negative time-offset (wrong hour)", "23:59:60-01:00", false],
    ["invalid leap second, negative time-offset (wrong minute)", "23:59:60-00:30", false],
    ["a valid time string with second fraction", "23:20:50.52Z", true],
    ["a valid time string with precise second fraction", "08:30:06.283185Z", true],
    ["a valid time string with plus offset", "08:30:06+00:20", true],
    ["a valid time string with minus offset", "08:30:06-08:00", true],
    ["hour, minute in time-offset must be two digits", "08:30:06-8:000", false],
    ["a valid time string with case-insensitive Z", "08:30:06z", true],
    ["an invalid time string with invalid hour", "24:00:00Z", false],
    ["an invalid time string with invalid minute", "00:60:00Z", false],
    ["an invalid time string with invalid second", "00:00:61Z", false],
    ["an invalid time string with invalid leap second (wrong hour)", "22:59:60Z", false],
    ["an invalid time string with invalid leap second (wrong minute)", "23:58:60Z", false],
    ["an invalid time string with invalid time numoffset hour", "01:02:03+24:00", false],
    ["an invalid time string with invalid time numoffset minute", "01:02:03+00:60", false],
    ["an invalid time string with invalid time with both Z and numoffset", "01:02:03Z+00:30", false],
    ["an invalid offset indicator", "08:30:06 PST", false],
    ["only RFC3339 not all of ISO 8601 are valid", "01:01:01,1111", false],
    ["no time offset", "12:00:00", false],
    ["no time offset with second fraction", "12:00:00.52", false],
    ["invalid non-ASCII '\u09e8' (a Bengali 2)", "1\u09e8:00:00Z", false],
    ["offset not starting with plus or minus", "08:30:06#00:20", false],
    ["contains letters", "ab:cd:ef", false],
  ],
  uri: [
    ["a valid URL with anchor tag", "http://foo.bar/?baz=qux#quux", true],
    ["a valid URL with anchor tag and parentheses", "http://foo.com/blah_(wikipedia)_blah#cite-1", true],
    ["a valid URL with URL-encoded stuff", "http://foo.bar/?q=Test%20URL-encoded%20stuff", true],
    ["a valid puny-coded URL ", "http://xn--nw2a.xn--j6w193g/", true],
    ["a valid URL with many special characters", "http://-.~_!$&'()*+,;=:%40:80%2f::::::@example.com", true],
    ["a valid URL based on IPv4", "http://223.255.255.254", true],
    ["a valid URL with ftp scheme", "ftp://ftp.is.co.za/rfc/rfc1808.txt", true],
    ["a valid URL for a simple text file", "http://www.ietf.org/rfc/rfc2396.txt", true],
    ["a valid URL ", "ldap://[2001:db8::7]/c=GB?objectClass?one", true],
    ["a valid mailto URI", "mailto:John.Doe@example.com", true],
    ["a valid newsgroup URI", "news:comp.infosystems.www.servers.unix", true],
    ["a valid tel URI", "tel:+1-816-555-1212", true],
    ["a valid URN", "urn:oasis:names:specification:docbook:dtd:xml:4.1.2", true],
    ["an invalid protocol-relative URI Reference", "//foo.bar/?baz=qux#quux", false],
    ["an invalid relative URI Reference", "/abc", false],
    ["an invalid URI", "\\\\WINDOWS\\fileshare", false],
    ["an invalid URI though valid URI reference", "abc", false],
    ["an invalid URI with spaces", "http:// shouldfail.com", false],
    ["an invalid URI with spaces and missing scheme", ":// should fail", false],
    ["an invalid URI with comma in scheme", "bar,baz:foo", false],
  ],
  "uri-reference": [
    ["a valid URI", "http://foo.bar/?baz=qux#quux", true],
    ["a valid protocol-relative URI Reference", "//foo.bar/?baz=qux#quux", true],
    ["a valid relative URI Reference", "/abc", true],
    ["an invalid URI Reference", "\\\\WINDOWS\\fileshare", false],
    ["a valid URI Reference", "abc", true],
    ["a valid URI fragment", "#fragment", true],
    ["an invalid URI fragment", "#frag\\ment", false],
  ],
  "uri-template": [
    ["a valid uri-template", "http://example.com/dictionary/{term:1}/{term}", true],
    ["an invalid uri-template", "http://example.com/dictionary/{term:1}/{term", false],
    ["a valid uri-template without variables", "http://example.com/dictionary", true],
    ["a valid relative uri-template", "dictionary/{term:1}/{term}", true],
  ],
  uuid: [
    ["all upper-case", "2EB8AA08-AA98-11EA-B4AA-73B441D16380", true],
    ["all lower-case", "2eb8aa08-aa98-11ea-b4aa-73b441d16380", true],
    ["mixed case", "2eb8aa08-AA98-11ea-B4Aa-73B441D16380", true],
    ["all zeroes is valid", "00000000-0000-0000-0000-000000000000", true],
    ["wrong length", "2eb8aa08-aa98-11ea-b4aa-73b441d1638", false],
    ["missing section", "2eb8aa08-aa98-11ea-73b441d16380", false],
    ["bad characters (not hex)", "2eb8aa08-aa98-11ea-b4ga-73b441d16380", false],
    ["no dashes", "2eb8aa08aa9811eab4aa73b441d16380", false],
    ["too few dashes", "2eb8aa08aa98-11ea-b4aa73b441d16380", false],
    ["too many dashes", "2eb8-aa08-aa98-11ea-b4aa73b44-1d16380", false],
    ["dashes in the wrong spot", "2eb8aa08aa9811eab4aa73b441d16380----", false],
    ["valid version 4", "98d80576-482e-427f-8434-7f86890ab222", true],
    ["valid version 5", "99c17cbb-656f-564a-940f-1a4568f03487", true],
    ["hypothetical version 6", "99c17cbb-656f-664a-940f-1a4568f03487", true],
    ["hypothetical version 15", "99c17cbb-656f-f64a-940f-1a4568f03487", true],
  ],
} satisfies Partial<Record<Format, readonly SuiteCase[]>>;

/**
 * Where ajv-formats, and so this runtime, judges otherwise than the suite. A difference that appears or vanishes fails
 * the tests: the list is what users are told.
 */
const differences: Readonly<Record<keyof typeof suite, readonly string[]>> = {
  date: [],
  "date-time": [],
  duration: [],
  email: [
    'a quoted string with a space in the local part is valid: "\\"joe bloggs\\"@example.com"',
    'a quoted string with a double dot in the local part is valid: "\\"joe..bloggs\\"@example.com"',
    'a quoted string with a @ in the local part is valid: "\\"joe@bloggs\\"@example.com"',
    'an IPv4-address-literal after the @ is valid: "joe.bloggs@[127.0.0.1]"',
    'an IPv6-address-literal after the @ is valid: "joe.bloggs@[IPv6:::1]"',
  ],
  hostname: [],
  ipv4: [],
  ipv6: [],
  "json-pointer": [],
  regex: [],
  "relative-json-pointer": [],
  time: [],
  uri: [],
  "uri-reference": [],
  "uri-template": [],
  uuid: [],
};

describe.each(Object.entries(suite))("%s", (name, cases) => {
  const format = name as keyof typeof suite;
  const isValid = predicates[runtime.formats[format].functionName] as (value: string) => boolean;

  test("differs from the official suite only in what is listed", () => {
    const differing = cases.filter(([, value, valid]) => isValid(value) !== valid);
    expect(differing.map(([description, value]) => `${description}: ${JSON.stringify(value)}`)).toEqual(
      differences[format],
    );
  });

  test("agrees with ajv-formats on all of the suite", () => {
    const definition: unknown = fullFormats[format];
    const validate =
      typeof definition === "object" && definition !== null && "validate" in definition
        ? definition.validate
        : definition;
    const isValidForAjv = validate instanceof RegExp ? (value: string) => validate.test(value) : validate;
    expect(isValidForAjv).toBeTypeOf("function");
    for (const [description, value] of cases) {
      expect(isValid(value), description).toBe((isValidForAjv as (value: string) => boolean)(value));
    }
  });
});
