import type { ErrorObject } from "ajv";
import { nearest, quote } from "../diagnostics/index.ts";
import { isContainer, isObject, isWithin, type JsonRecord, joinPointer } from "../json/index.ts";
import { isKnownProperty, propertyNames } from "./known-properties.ts";
import { choicesInWords, listInWords, nameOf, typeInWords, valueInWords } from "./plain-words.ts";
import type { Violation } from "./violation.ts";

export interface ExplainOptions {
  /** What the specification calls the object that breaks the schema: `"Info Object"`. */
  readonly objectName?: (error: ErrorObject) => string | undefined;
  /** The section that explains it. */
  readonly url?: (error: ErrorObject) => string | undefined;
  /** Whether a `title` in the schema is a noun for what is expected: "must be a <title>". Default false. */
  readonly titlesAreNouns?: boolean;
  /** Resolves a local `$ref` of the schema, so that the properties it allows are known. */
  readonly resolve?: (ref: string) => unknown;
}

/**
 * Boils AJV's errors down to what a person has to mend: the deepest error of each place, alternatives told as one
 * sentence, no consequences of another error, nothing twice.
 * @param errors  of a run with `allErrors` and `verbose`, in AJV's order.
 */
export function explainErrors(errors: readonly ErrorObject[], options: ExplainOptions = {}): Violation[] {
  const violations = new Map<string, Violation>();
  const causes = dropConsequences(errors.slice(0, ERRORS_MAX), options);
  // What is wrong is never passed over in silence.
  for (const error of causes.length > 0 ? causes : errors.slice(0, 1)) {
    const violation = explain(error, options);
    const url = options.url?.(error);
    // Several schemas may want an object in one place: that is said once.
    const key = `${violation.pointer}\n${error.keyword === "type" ? "type" : violation.sentence}`;
    if (!violations.has(key)) violations.set(key, { ...violation, ...(url === undefined ? {} : { url }) });
  }
  return [...violations.values()];
}

/** Errors that are looked at: comparing them costs the square of their number. */
const ERRORS_MAX = 2000;

const ALTERNATIVES: ReadonlySet<string> = new Set(["anyOf", "oneOf"]);

/** Keeps causes: an error that only says that another one happened goes, and what alternatives say that are beside the point. */
function dropConsequences(errors: readonly ErrorObject[], options: ExplainOptions): ErrorObject[] {
  const dropped = new Set<ErrorObject>(errors.filter(({ keyword }) => keyword === "if"));
  const places = errors.map(({ instancePath }) => instancePath).sort();

  errors.forEach((error, index) => {
    if (dropped.has(error)) return;
    if (error.keyword === "propertyNames") {
      if (errors.some((inner) => inner.propertyName === error.params["propertyName"])) dropped.add(error);
    } else if (error.keyword === "enum") {
      const { instancePath, parentSchema } = error;
      const isMistyped = (other: ErrorObject) =>
        other.keyword === "type" && other.parentSchema === parentSchema && other.instancePath === instancePath;
      if (errors.some(isMistyped)) dropped.add(error);
    } else if (ALTERNATIVES.has(error.keyword)) {
      const before = errors.slice(0, index).filter((other) => other.instancePath === error.instancePath);
      const written = schemasWithin(error.schema, options.resolve);
      const branches = before.filter((other) => !dropped.has(other) && written.has(other.parentSchema));
      if (requiredSets(error.schema) !== null) for (const each of branches) dropped.add(each);
      else if (hasDeeper(places, error.instancePath)) for (const each of [error, ...branches]) dropped.add(each);
      else dropAllButBest(error, branches, dropped);
    }
  });
  dropForgottenProperties(errors, dropped, options);
  return errors.filter((error) => !dropped.has(error));
}

/**
 * When a branch of a schema fails, AJV forgets which properties it knew, and reports them all as not evaluated. One that the
 * schema speaks of somewhere counts only where nothing else is wrong with the object: then it goes with another branch.
 */
function dropForgottenProperties(
  errors: readonly ErrorObject[],
  dropped: Set<ErrorObject>,
  options: ExplainOptions,
): void {
  const forgotten = errors.filter(
    (error) =>
      error.keyword === "unevaluatedProperties" &&
      isKnownProperty(error.parentSchema, propertyOf(error), options.resolve),
  );
  const causes = errors.filter((error) => !dropped.has(error) && !forgotten.includes(error));
  for (const error of forgotten) {
    const isConsequence = (cause: ErrorObject) => isWithin(cause.instancePath, error.instancePath);
    if (
      causes.some(isConsequence) ||
      forgotten.some((inner) => inner.instancePath !== error.instancePath && isConsequence(inner))
    ) {
      dropped.add(error);
    }
  }
}

function propertyOf({ params }: ErrorObject): string {
  return String(params["unevaluatedProperty"] ?? params["additionalProperty"]);
}

/** Of alternatives that all fail at one place, the one that says what is allowed is kept, else the wrapper. */
function dropAllButBest(wrapper: ErrorObject, branches: readonly ErrorObject[], dropped: Set<ErrorObject>): void {
  const best = branches.find(({ keyword }) => keyword === "enum") ?? branches.find(({ keyword }) => keyword !== "type");
  for (const branch of branches) if (branch !== best) dropped.add(branch);
  if (best !== undefined) dropped.add(wrapper);
}

/** Every schema that alternatives consist of, written there or referred to. AJV's errors name their schema by identity. */
function schemasWithin(alternatives: unknown, resolve: ExplainOptions["resolve"]): ReadonlySet<unknown> {
  const found = new Set<unknown>();
  const open: unknown[] = [alternatives];
  while (open.length > 0) {
    const current = open.pop();
    if (!isContainer(current) || found.has(current)) continue;
    found.add(current);
    const ref = isObject(current) ? current["$ref"] : undefined;
    if (typeof ref === "string") open.push(resolve?.(ref));
    open.push(...Object.values(current));
  }
  return found;
}

function hasDeeper(sortedPlaces: readonly string[], place: string): boolean {
  return sortedPlaces.some((other) => other.length > place.length && isWithin(other, place));
}

/** The property names that each alternative requires, where that is all they do. */
function requiredSets(alternatives: unknown): string[][] | null {
  if (!Array.isArray(alternatives)) return null;
  const sets = alternatives.map((branch: unknown) => (isObject(branch) ? branch["required"] : undefined));
  return sets.every((set) => Array.isArray(set)) ? (sets as string[][]) : null;
}

function explain(error: ErrorObject, options: ExplainOptions): Violation {
  const { instancePath, keyword, params, parentSchema, schema, data } = error;
  const owner = options.objectName?.(error);
  const place = instancePath;
  const name = nameOf(place);
  const title = options.titlesAreNouns === true ? parentSchema?.["title"] : undefined;
  const expectation = title === undefined ? undefined : `${name} must be a ${title}, not ${valueInWords(data)}.`;

  if (error.propertyName !== undefined) {
    const pointer = joinPointer(place, error.propertyName);
    const letters = String(schema) === "^[a-zA-Z0-9._-]+$" ? 'use letters, digits, ".", "_" and "-" only' : undefined;
    return hinted({ pointer, sentence: `${quote(error.propertyName)} is no name that may be used here.` }, letters);
  }
  switch (keyword) {
    case "required": {
      const missing = quote(String(params["missingProperty"]));
      return {
        pointer: place,
        sentence:
          owner === undefined ? `${name} needs ${missing}.` : `${missing} is missing: ${article(owner)} needs it.`,
      };
    }
    case "unevaluatedProperties":
    case "additionalProperties": {
      const property = propertyOf(error);
      const pointer = joinPointer(place, property);
      if (isKnownProperty(parentSchema, property, options.resolve)) {
        return { pointer, sentence: `${quote(property)} does not go with what else is here.` };
      }
      const where = owner === undefined ? name : article(owner);
      return hinted(
        { pointer, sentence: `${quote(property)} is no property of ${where}.` },
        unknownPropertyHint(property, parentSchema, options),
      );
    }
    case "type": {
      const hint = params["type"] === "string" && typeof data === "number" ? "write it in quotes" : undefined;
      const sentence = expectation ?? `${name} must be ${typeInWords(params["type"])}, not ${valueInWords(data)}.`;
      return hinted({ pointer: place, sentence }, hint);
    }
    case "enum": {
      const allowed: readonly unknown[] = params["allowedValues"];
      const meant = typeof data === "string" ? nearest(data, allowed.filter(isText)) : undefined;
      const sentence = `${name} must be ${allowed.length > 1 ? "one of " : ""}${choicesInWords(allowed)}, not ${valueInWords(data)}.`;
      return hinted({ pointer: place, sentence }, meant === undefined ? undefined : `did you mean ${quote(meant)}?`);
    }
    case "const":
      return {
        pointer: place,
        sentence: `${name} must be ${valueInWords(params["allowedValue"])}, not ${valueInWords(data)}.`,
      };
    case "pattern":
      return {
        pointer: place,
        sentence: expectation ?? `${name} must have the form ${params["pattern"]}, not be ${valueInWords(data)}.`,
      };
    case "format":
      return {
        pointer: place,
        sentence: `${name} must be a ${FORMATS[params["format"]] ?? params["format"]}, not ${valueInWords(data)}.`,
      };
    case "not":
      return { pointer: place, sentence: expectation ?? explainNot(schema, name) };
    case "anyOf":
    case "oneOf":
      return { pointer: place, sentence: explainAlternatives(error, name) };
    case "false schema":
      return { pointer: place, sentence: `${name} is not allowed here.` };
    case "minItems":
    case "minProperties":
    case "minLength":
      return {
        pointer: place,
        sentence: params["limit"] === 1 ? `${name} must not be empty.` : `${name} ${error.message}.`,
      };
    case "uniqueItems":
      return {
        pointer: place,
        sentence: `${name} holds the same item twice (items ${params["j"]} and ${params["i"]}).`,
      };
    default:
      return { pointer: place, sentence: `${name} ${error.message ?? "is not right"}.` };
  }
}

const FORMATS: Readonly<Record<string, string>> = { regex: "regular expression" };

function explainNot(schema: unknown, name: string): string {
  const required = isObject(schema) ? schema["required"] : undefined;
  if (!Array.isArray(required)) return `${name} is not allowed as it is.`;
  const names = required.map((property) => quote(String(property)));
  return names.length === 1
    ? `${names[0]} is not allowed beside what else is here.`
    : `${listInWords(names, "and")} exclude each other.`;
}

function explainAlternatives(error: ErrorObject, name: string): string {
  const sets = requiredSets(error.schema);
  if (sets === null) return `${name} fits none of the forms it may have.`;
  const names = [...new Set(sets.flat())].map(quote);
  const passing: unknown = error.params["passingSchemas"];
  if (Array.isArray(passing)) return `${listInWords(names, "and")} exclude each other.`;
  return error.keyword === "oneOf"
    ? `${name} needs either ${listInWords(names)}.`
    : `${name} needs at least one of ${listInWords(names, "and")}.`;
}

function unknownPropertyHint(
  property: string,
  schema: JsonRecord | undefined,
  options: ExplainOptions,
): string | undefined {
  const { names, patterns } = propertyNames(schema, options.resolve);
  const meant = nearest(property, names);
  if (meant !== undefined) return `did you mean ${quote(meant)}?`;
  if (patterns.includes("^/") || patterns.includes("^\\/")) return 'a path begins with "/"';
  if (patterns.some((pattern) => pattern.startsWith("^[1-5]"))) return "a status is 100 to 599, 1XX to 5XX, or default";
  if (patterns.includes("^x-")) return 'an extension begins with "x-"';
  return names.length > 0 && names.length <= 20 ? `there are ${listInWords([...names].sort(), "and")}` : undefined;
}

function article(name: string): string {
  return `${/^[AEIO]/.test(name) ? "an" : "a"} ${name}`;
}

function hinted(violation: Violation, hint: string | undefined): Violation {
  return hint === undefined ? violation : { ...violation, hint };
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}
