import { isArray, isContainer, isObject, type JsonRecord, type JsonValue, own } from "./is.ts";
import { joinPointer } from "./pointer.ts";

/** A string in a description document that names another place. */
export interface ReferenceSite {
  /**
   * `$ref`: a Reference Object or a schema's keyword. `mapping`: a value of a Discriminator Object that is a URI
   * reference, not a schema's name. `externalValue`: a relative path in an Example Object.
   */
  readonly kind: "$ref" | "mapping" | "externalValue";
  /** As written. */
  readonly ref: string;
  /** Pointer of the object that holds the string (of the Discriminator's `mapping` for a mapping). */
  readonly holder: string;
  /** Pointer of the string itself. */
  readonly pointer: string;
}

/** A schema that names itself. */
export interface SchemaName {
  /** Pointer of the schema. */
  readonly pointer: string;
  /** As written. */
  readonly name: string;
}

/** What a document says about references, each list in document order. */
export interface FoundReferences {
  readonly references: readonly ReferenceSite[];
  /** Every `$id`. */
  readonly identifiers: readonly SchemaName[];
  /** Every `$anchor` and `$dynamicAnchor`, and the fragment-only `$id` of draft 7, without `#`. */
  readonly anchors: readonly SchemaName[];
}

/**
 * Finds the references of an AsyncAPI or OpenAPI document or a part of one. A `$ref` in data (`example`, `default`,
 * `const`, `enum`, an `examples` list) is data and is left out; whether a key is such a keyword or merely a name
 * (`properties: { default: … }`, `responses: { default: … }`) follows from where it stands.
 * @see https://spec.openapis.org/oas/v3.1.1.html#reference-object
 * @see https://www.asyncapi.com/docs/reference/specification/v3.0.0#referenceObject
 */
export function findReferences(value: JsonValue): FoundReferences {
  const references: ReferenceSite[] = [];
  const identifiers: SchemaName[] = [];
  const anchors: SchemaName[] = [];
  const places: Place[] = [{ value, role: "object", parent: null, token: "" }];

  for (let place = places.pop(); place !== undefined; place = places.pop()) {
    const current = place.value;
    if (isArray(current)) {
      for (let index = current.length - 1; index >= 0; index--) {
        push(places, current[index], place.role === "data" ? "data" : "object", place, index);
      }
      continue;
    }
    if (!isObject(current)) continue;
    const here = place;
    const addSite = (kind: ReferenceSite["kind"], key: string, ref: string) => {
      const holder = pointerOf(here);
      references.push({ kind, ref, holder, pointer: joinPointer(holder, key) });
    };

    if (place.role === "mapping") {
      for (const key of Object.keys(current)) {
        const target = current[key];
        if (typeof target === "string" && looksLikeReference(target)) addSite("mapping", key, target);
      }
      continue;
    }
    const ref = own(current, "$ref");
    if (typeof ref === "string") addSite("$ref", "$ref", ref);
    if (place.role === "example") {
      const externalValue = own(current, "externalValue");
      if (typeof ref !== "string" && typeof externalValue === "string" && isRelativePath(externalValue)) {
        addSite("externalValue", "externalValue", externalValue);
      }
      continue;
    }
    if (place.role === "object") collectNames(current, here, identifiers, anchors);

    const keys = Object.keys(current);
    for (let index = keys.length - 1; index >= 0; index--) {
      const key = keys[index] as string;
      const member = current[key];
      if (!isContainer(member)) continue;
      const role = place.role === "object" ? roleOf(key, member) : MEMBER_ROLES[place.role];
      if (role !== "data") push(places, member, role, here, key);
    }
  }
  return { references, identifiers, anchors };
}

/**
 * What the keys of an object mean. `object`: keywords of a specification. `names`: free names, each with an object.
 * `examples`: names of Example Objects. `mapping`: a discriminator's. `data`: nothing to us.
 */
type Role = "object" | "names" | "examples" | "example" | "discriminator" | "mapping" | "data";

interface Place {
  readonly value: JsonValue;
  readonly role: Role;
  readonly parent: Place | null;
  readonly token: string | number;
}

/** Roles of the members of an object whose keys are not keywords. */
const MEMBER_ROLES = {
  names: "object",
  examples: "example",
  discriminator: "mapping",
  data: "data",
} as const satisfies Partial<Record<Role, Role>>;

const DATA_KEYWORDS = new Set(["example", "default", "const", "enum"]);

/** Members of specification and schema objects that are maps from free names to objects. */
const NAME_MAPS = new Set([
  "$defs",
  "callbacks",
  "channelBindings",
  "channels",
  "content",
  "correlationIds",
  "definitions",
  "dependencies",
  "dependentSchemas",
  "encoding",
  "links",
  "messageBindings",
  "messageTraits",
  "messages",
  "operationBindings",
  "operationTraits",
  "operations",
  "parameters",
  "pathItems",
  "paths",
  "patternProperties",
  "properties",
  "replies",
  "replyAddresses",
  "requestBodies",
  "responses",
  "schemas",
  "securitySchemes",
  "serverBindings",
  "serverVariables",
  "servers",
  "variables",
  "webhooks",
  "x-webhooks",
]);

function roleOf(key: string, member: JsonValue): Role {
  if (DATA_KEYWORDS.has(key)) return "data";
  // A list is data (schemas, AsyncAPI messages); a map is of Example Objects or references to them (OpenAPI).
  if (key === "examples") return isArray(member) ? "data" : "examples";
  if (key === "discriminator" && isObject(member) && isObject(own(member, "mapping"))) return "discriminator";
  // OpenAPI: names of Header Objects. AsyncAPI: a schema.
  if (key === "headers" && isObject(member)) return looksLikeSchema(member) ? "object" : "names";
  if (NAME_MAPS.has(key) && isObject(member)) return "names";
  return "object";
}

function looksLikeSchema(value: JsonRecord): boolean {
  return (
    typeof own(value, "$ref") === "string" ||
    isObject(own(value, "properties")) ||
    typeof own(value, "type") === "string" ||
    isArray(own(value, "allOf"))
  );
}

function looksLikeReference(target: string): boolean {
  return target.includes("#") || target.includes("/") || /\.(?:json|ya?ml)$/i.test(target);
}

function isRelativePath(address: string): boolean {
  return !/^(?:[A-Za-z][A-Za-z0-9+.-]*:|\/)/.test(address) && address !== "";
}

function collectNames(schema: JsonRecord, place: Place, identifiers: SchemaName[], anchors: SchemaName[]): void {
  const id = own(schema, "$id");
  if (typeof id === "string" && id !== "") {
    if (id.startsWith("#")) anchors.push({ pointer: pointerOf(place), name: id.slice(1) });
    else identifiers.push({ pointer: pointerOf(place), name: id });
  }
  for (const keyword of ["$anchor", "$dynamicAnchor"]) {
    const anchor = own(schema, keyword);
    if (typeof anchor === "string") anchors.push({ pointer: pointerOf(place), name: anchor });
  }
}

function push(places: Place[], value: JsonValue | undefined, role: Role, parent: Place, token: string | number): void {
  if (isContainer(value)) places.push({ value, role, parent, token });
}

/** Pointers are made only for the few places that need one: a large document has far more places than references. */
function pointerOf(place: Place): string {
  const tokens: (string | number)[] = [];
  for (let current = place; current.parent !== null; current = current.parent) tokens.push(current.token);
  return joinPointer("", ...tokens.reverse());
}
