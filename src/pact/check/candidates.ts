import { isArray } from "../../json/index.ts";

import type { Json, JsonObject } from "../../model/index.ts";
import { usablePattern } from "../../patterns/usable-pattern.ts";
import { Dice } from "../../samples/dice.ts";
import { textOfPattern } from "../../samples/texts-of-pattern.ts";
import { closedEnum, typeNames } from "./keywords.ts";
import type { SchemaNode, SchemaView } from "./schema-view.ts";

/**
 * Values that a document may allow at a place, to try what a pact makes of them. Not all of them keep to the schemas: who
 * asks must judge them. The telling ones come first: constants, null, another type, what the document shows.
 */
export function candidateValues(nodes: readonly SchemaNode[], view: SchemaView, shown: readonly Json[]): Candidates {
  const parts = allParts(nodes, view);
  const schemas = parts.map(({ schema }) => schema);
  const constants = schemas.flatMap((schema) => [
    ...(Object.hasOwn(schema, "const") ? [schema["const"] as Json] : []),
    ...(closedEnum(schema) ?? []),
  ]);
  if (constants.length > 0) return { values: [...constants, ...others(schemas)], constants };
  const written = schemas.flatMap((schema) => [
    ...(isArray(schema["enum"]) ? schema["enum"] : []),
    ...(isArray(schema["examples"]) ? schema["examples"] : []),
    ...[schema["example"], schema["default"]].flatMap((value) => (value === undefined ? [] : [value])),
  ]);
  return { values: [...others(schemas), ...written, ...shown, ...schemas.flatMap(valuesOf)], constants: [] };
}

export interface Candidates {
  readonly values: readonly Json[];
  /** Those that `const` and `enum` name. */
  readonly constants: readonly Json[];
}

/** More values would make a large enum of a document slow to compare, and tell nothing new. */
export const CANDIDATES_MAX = 200;

/** All schemas of a place, those of every alternative among them. */
function allParts(nodes: readonly SchemaNode[], view: SchemaView): readonly SchemaNode[] {
  const found = new Map<JsonObject, SchemaNode>();
  const open: (readonly SchemaNode[])[] = [nodes];
  for (let next = open.pop(); next !== undefined && found.size < 500; next = open.pop()) {
    const { parts, choices } = view.conjunction(next);
    for (const part of parts) {
      if (found.has(part.schema)) continue;
      found.set(part.schema, part);
      for (const word of ["then", "else"]) if (part.schema[word] !== undefined) open.push([view.child(part, word)]);
    }
    for (const { branches } of choices)
      for (const branch of branches) if (!found.has(branch.schema)) open.push([branch]);
  }
  return [...found.values()];
}

/** One simple value of each type that could be meant. */
function others(schemas: readonly JsonObject[]): readonly Json[] {
  const types = schemas.flatMap(({ type }) => typeNames(type));
  if (types.length > 0) return types.flatMap((type) => SIMPLE[type] ?? []);
  // Who describes members without saying that it is an object means one.
  const isMeant = schemas.some((schema) => STRUCTURAL.some((keyword) => schema[keyword] !== undefined));
  return isMeant ? [] : [null, true, 0, "", {}, []];
}

const STRUCTURAL = ["properties", "required", "additionalProperties", "items", "prefixItems", "contentSchema"];

const SIMPLE: Readonly<Record<string, readonly Json[]>> = {
  null: [null],
  boolean: [true, false],
  integer: [1, 0, -1, 1_000_000],
  number: [1, 0.5, 0, -1.5],
  string: ["text", "Ä b", "", "0"],
  array: [[]],
  object: [{}],
};

function valuesOf(schema: JsonObject): readonly Json[] {
  const { format, pattern, minLength, maxLength, minimum, maximum } = schema;
  const lengths = [minLength, maxLength].filter((length) => typeof length === "number" && length <= 500);
  return [
    ...(typeof pattern === "string" ? textsOf(pattern) : []),
    ...(typeof format === "string" && Object.hasOwn(FORMATS, format) ? (FORMATS[format] ?? []) : []),
    ...lengths.map((length) => "x".repeat(Number(length))),
    ...[minimum, maximum].filter((bound) => typeof bound === "number"),
  ];
}

/** Values of formats, in the ways that they may be written. */
const FORMATS: Readonly<Record<string, readonly Json[]>> = {
  "date-time": [
    "2024-02-29T12:30:00Z",
    "2024-02-29T12:30:00.000Z",
    "2024-02-29T12:30:00+02:00",
    "2024-02-29T12:30:00.123456Z",
  ],
  date: ["2024-02-29", "1999-12-31"],
  time: ["12:30:00Z", "12:30:00.5Z", "12:30:00+02:00"],
  uuid: ["0b8f8a3e-9f6b-4c55-8d0b-6a1c9b1f2e3d", "0B8F8A3E-9F6B-1C55-8D0B-6A1C9B1F2E3D"],
  uri: ["https://example.com/a?b=c#d", "urn:example:a", "http://localhost:8080"],
  url: ["https://example.com/a?b=c#d", "http://localhost:8080"],
  "uri-reference": ["/a/b", "https://example.com/"],
  email: ["a@example.com", "first.last+tag@mail.example.org"],
  ipv4: ["192.0.2.1"],
  ipv6: ["2001:db8::1", "::1"],
  hostname: ["example.com", "localhost"],
  int32: [1],
  int64: [1],
  duration: ["PT1H", "P1DT12H"],
};

/** Texts of a pattern: each alternative in turn, with few repetitions and with more. */
function textsOf(pattern: string): readonly string[] {
  const { source } = usablePattern(pattern);
  if (source === null) return [];
  const random = steady();
  const read = [0, 1, 2, 3].flatMap((turn) => [0, 3].map((extra) => textOfPattern(source, { extra, turn })));
  const thrown = [1, 4, 9].map((extra) => textOfPattern(source, { extra, turn: 0, dice: new Dice(random) }));
  return [...new Set([...read, ...thrown])].filter((text) => text !== null);
}

/** The same numbers on every run. */
function steady(): () => number {
  let state = 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
