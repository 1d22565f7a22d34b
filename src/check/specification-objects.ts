import { isArray, isContainer, isObject, type JsonRecord, type JsonValue, joinPointer } from "../json/index.ts";

/** Keywords whose value is data of the user's, whatever it looks like. */
const DATA_KEYWORDS: ReadonlySet<string> = new Set(["example", "examples", "default", "const", "enum"]);

/** Keywords whose value maps free names to objects: there, `default` and `x-webhook-name` are names. */
const NAME_MAPS: ReadonlySet<string> = new Set(
  (
    "$defs callbacks channelBindings channels content correlationIds definitions dependencies dependentSchemas encoding " +
    "links mapping messageBindings messageTraits messages operationBindings operationTraits operations parameters pathItems " +
    "patternProperties properties replies replyAddresses requestBodies responses schemas securitySchemes serverBindings " +
    "serverVariables servers variables webhooks x-webhooks"
  ).split(" "),
);

/** Extensions that hold objects of a specification; the inside of any other is its inventor's. */
const OPEN_EXTENSIONS: ReadonlySet<string> = new Set(["x-webhooks"]);

interface Place {
  readonly value: JsonValue;
  readonly pointer: string;
  /** The keys are free names. */
  readonly isNameMap: boolean;
}

/**
 * Visits every object of a description that a specification or JSON Schema gives a meaning: not examples, defaults and other
 * data, not what is inside extensions, and not the maps from names to such objects. Parents first, in document order; an
 * object that stands in several places (a YAML alias) is visited at the first.
 */
export function eachSpecificationObject(
  document: JsonValue,
  visit: (object: JsonRecord, pointer: string) => void,
): void {
  const places: Place[] = [{ value: document, pointer: "", isNameMap: false }];
  const seen = new Set<unknown>();
  for (let place = places.pop(); place !== undefined; place = places.pop()) {
    const { value, pointer, isNameMap } = place;
    if (!isContainer(value) || seen.has(value)) continue;
    seen.add(value);
    if (isObject(value) && !isNameMap) visit(value, pointer);
    for (const [key, member] of Object.entries(value).reverse()) {
      if (!isContainer(member)) continue;
      const isKeyword = !isArray(value) && !isNameMap;
      if (isKeyword && (DATA_KEYWORDS.has(key) || (key.startsWith("x-") && !OPEN_EXTENSIONS.has(key)))) continue;
      const isMap =
        isKeyword && isObject(member) && (NAME_MAPS.has(key) || isPaths(key, pointer) || isHeaderMap(key, member));
      places.push({ value: member, pointer: joinPointer(pointer, key), isNameMap: isMap });
    }
  }
}

/** The Paths Object takes extensions, but its other keys are names. */
function isPaths(key: string, pointer: string): boolean {
  return key === "paths" && pointer === "";
}

/** OpenAPI: a map of Header Objects. AsyncAPI: a schema. */
function isHeaderMap(key: string, member: JsonRecord): boolean {
  if (key !== "headers") return false;
  return !["$ref", "type", "properties", "allOf"].some(
    (keyword) => Object.hasOwn(member, keyword) && !isHeader(member[keyword]),
  );
}

function isHeader(value: JsonValue | undefined): boolean {
  return isObject(value) && (Object.hasOwn(value, "schema") || Object.hasOwn(value, "content"));
}
