import type { ErrorObject, FuncKeywordDefinition, SchemaValidateFunction } from "ajv";
import { getAt, isContainer, type JsonRecord, type JsonValue, parsePointer, stableStringify } from "../json/index.ts";
import { type OpenApiVersion, openApiSchema } from "./openapi-schemas.ts";

export interface OpenApiValidator {
  readonly validate: (document: JsonValue) => readonly ErrorObject[];
  /** What the specification calls the object that an error is about; undefined where it has no name for it. */
  readonly objectName: (error: ErrorObject) => string | undefined;
  /** Finds the target of a `$ref` in the official schema or in the meta-schema that it leads to. */
  readonly resolve: (ref: string) => unknown;
}

const validators = new Map<string, Promise<OpenApiValidator>>();

/** The validator of a version; compiling costs a tenth of a second, so it is done once. */
export function openApiValidator(
  version: OpenApiVersion,
  options: { readonly checkSchemas: boolean },
): Promise<OpenApiValidator> {
  const key = `${version} ${options.checkSchemas}`;
  const validator = validators.get(key) ?? compile(version, options);
  validators.set(key, validator);
  return validator;
}

const KEYWORDS_META_SCHEMA = "https://json-schema.org/draft/2020-12/meta/validation";

async function compile(
  version: OpenApiVersion,
  options: { readonly checkSchemas: boolean },
): Promise<OpenApiValidator> {
  const { Ajv2020 } = await import("ajv/dist/2020.js");
  const ajv = new Ajv2020({
    allErrors: true,
    verbose: true,
    strict: false,
    validateSchema: false,
    logger: false,
    formats: { regex: isRegularExpression },
    code: { process: capErrors },
  });
  ajv.removeKeyword("uniqueItems").addKeyword(uniqueItems);
  const schema = openApiSchema(version, options);
  const check = ajv.compile(schema);
  const names = objectNames(schema);
  const keywords = ajv.getSchema(KEYWORDS_META_SCHEMA)?.schema as JsonRecord;
  return {
    validate: (document) => (check(document) ? [] : [...(check.errors ?? [])]),
    objectName: ({ parentSchema }) => {
      const name = names.get(parentSchema);
      // What is not of the official schema is of the meta-schema.
      return name === undefined ? "Schema Object" : (name ?? undefined);
    },
    resolve: (ref) => {
      const tokens = ref.startsWith("#") ? parsePointer(ref.slice(1)) : null;
      return tokens === null ? undefined : (getAt(schema, tokens) ?? getAt(keywords, tokens));
    },
  };
}

/** Errors that AJV collects from the parts of a document; nobody reads more. */
const ERRORS_MAX = 2000;

/**
 * Caps the collecting of errors in AJV's code: it copies all errors so far for each part that has some, which takes minutes for
 * a document with a hundred thousand of them.
 */
function capErrors(code: string): string {
  return code.replace(
    /vErrors\.concat\(([\w.]+)\)/g,
    `(vErrors.length > ${ERRORS_MAX} ? vErrors : vErrors.concat($1))`,
  );
}

const validateUniqueItems: SchemaValidateFunction = (isUnique: boolean, items: readonly JsonValue[], parentSchema) => {
  const seen = new Map<string, number>();
  for (const [i, item] of isUnique ? items.entries() : []) {
    const text = stableStringify(item, { indent: 0 });
    const j = seen.get(text);
    if (j !== undefined) {
      const error = { keyword: "uniqueItems", params: { i, j }, message: "must not have duplicate items" };
      validateUniqueItems.errors = [parentSchema === undefined ? error : { ...error, parentSchema }];
      return false;
    }
    seen.set(text, i);
  }
  return true;
};

/** As AJV's own, but not in the square of the number of items: a document is untrusted. */
const uniqueItems: FuncKeywordDefinition = {
  keyword: "uniqueItems",
  type: "array",
  schemaType: "boolean",
  validate: validateUniqueItems,
};

/** Compiles the expression and never runs it. Without the flag `u`, more escapes are right, and ECMA-262 allows them. */
function isRegularExpression(source: string): boolean {
  for (const flags of ["u", ""]) {
    try {
      new RegExp(source, flags);
      return true;
    } catch {
      // The other flags may take it.
    }
  }
  return false;
}

/** Definitions of the official schemas that are objects of the specification, with a section of their own. */
const OBJECTS = new Map(
  (
    "Info, Contact, License, Server, Server Variable, Components, Paths, Path Item, Operation, External Documentation, " +
    "Parameter, Request Body, Media Type, Encoding, Responses, Response, Callback, Example, Link, Header, Tag, Reference, " +
    "Schema, Discriminator, XML, Security Scheme, OAuth Flows, Security Requirement"
  )
    .split(", ")
    .map((name) => [name.replace(" ", "").toLowerCase(), `${name} Object`]),
);

/** Definitions that are parts of such objects. */
const PARTS: Readonly<Record<string, string>> = {
  apikeysecurityscheme: "securityscheme",
  httpsecurityscheme: "securityscheme",
  oauth2securityscheme: "securityscheme",
  openidconnectsecurityscheme: "securityscheme",
  parameterlocation: "parameter",
  schemaxorcontent: "parameter",
};

/** Every subschema of the official schema, with the name of the object it describes; null where that has no name. */
function objectNames(schema: JsonRecord): ReadonlyMap<unknown, string | null> {
  const names = new Map<unknown, string | null>();
  const { $defs, definitions, ...root } = schema;
  for (const [definition, inner] of Object.entries((definitions ?? $defs) as JsonRecord)) {
    const key = definition
      .toLowerCase()
      .replace(/-or-reference$/, "")
      .replaceAll("-", "")
      .replace(/^callbacks$/, "callback");
    nameAll(inner, OBJECTS.get(key) ?? OBJECTS.get(PARTS[key] ?? "") ?? null, names);
  }
  names.set(schema, "OpenAPI Object");
  nameAll(root, "OpenAPI Object", names);
  return names;
}

function nameAll(schema: JsonValue, name: string | null, names: Map<unknown, string | null>): void {
  if (!isContainer(schema) || names.has(schema)) return;
  names.set(schema, name);
  for (const inner of Object.values(schema)) nameAll(inner, name, names);
}
