import type { ValidateFunction } from "ajv/dist/types/index.js";
import type { Json } from "../../model/index.ts";
import { literal } from "../source-text.ts";
import { characterRun } from "./character-run.ts";
import type { ValidationFunctions } from "./compile.ts";
import { declareNotes } from "./declare-notes.ts";
import { linearPartOf } from "./expressions.ts";
import { plainArguments } from "./plain-arguments.ts";
import { quotedParts } from "./quoted-parts.ts";
import { shortenErrors } from "./short-errors.ts";

/** One validation function that AJV wrote, with what it needs around it. */
export interface Unit {
  /** The function's name, unique among all of a contract. */
  readonly name: string;
  readonly code: string;
  /** Constants that stand before it: patterns, enums. */
  readonly constants: ReadonlyMap<string, string>;
  /** Names of the units it calls. */
  readonly calls: ReadonlySet<string>;
  /** Names of the runtime's functions it calls. */
  readonly imports: ReadonlySet<string>;
}

type Source = NonNullable<ValidateFunction["source"]>;
type ScopeName = Source["scopeValues"][string] extends Set<infer Name> | undefined ? Name : never;

/**
 * Takes the compiled validators apart into units. AJV's own `standalone` module writes each validator with copies of
 * all it calls, and leaves calls of `require` in ES modules; from units, shared functions are written once.
 * @returns the units by name, and the unit of each validator.
 */
export function collectUnits(
  validators: ReadonlyMap<string, ValidateFunction>,
  { formats, functions }: ValidationFunctions,
): { units: ReadonlyMap<string, Unit>; entries: ReadonlyMap<string, string> } {
  const units = new Map<string, Unit>();
  const entries = new Map<string, string>();
  const functionNames = new Map(Object.entries(functions).map(([name, { call }]) => [call as unknown, name]));
  const pending: ValidateFunction[] = [];
  for (const [webhook, validate] of validators) {
    entries.set(webhook, sourceOf(validate).validateName.str);
    pending.push(validate);
  }
  for (let validate = pending.pop(); validate !== undefined; validate = pending.pop()) {
    const source = sourceOf(validate);
    if (!units.has(source.validateName.str)) units.set(source.validateName.str, read(source));
  }
  return { units: withPlainArguments(units), entries };

  function read(source: Source): Unit {
    const constants = new Map<string, string>();
    const calls = new Set<string>();
    const imports = new Set<string>();
    const schemas = new Map<string, Json>();
    for (const names of Object.values(source.scopeValues)) {
      for (const name of (names ?? []) as Iterable<ScopeName>) {
        constantOf(name, constants, calls, imports);
        if (name.prefix === "schema") schemas.set(name.str, name.value?.ref as Json);
      }
    }
    const { str: name } = source.validateName;
    const evaluated = source.evaluated === undefined ? "" : `\n${name}.evaluated = ${source.evaluated};`;
    const short = shortenErrors(declareNotes(source.validateCode) + evaluated);
    for (const call of short.calls) imports.add(call);
    let { code } = short;
    // AJV declares every schema that a function may want to quote in an error; few do, and these a part of it.
    const mentioned = wordsOf(code);
    for (const constant of [...constants.keys()]) if (!mentioned.has(constant)) constants.delete(constant);
    for (const [constant, schema] of schemas) {
      const quoted = constants.has(constant) ? quotedParts(code, constant, schema) : null;
      if (quoted === null) continue;
      code = quoted.code;
      constants.delete(constant);
      for (const [part, text] of quoted.constants) constants.set(part, text);
    }
    const inConstants = wordsOf([...constants.values()].join("\n"));
    const used = [...imports].filter((one) => mentioned.has(one) || inConstants.has(one));
    return { name, code, constants, calls, imports: new Set(used) };
  }

  function constantOf(name: ScopeName, constants: Map<string, string>, calls: Set<string>, imports: Set<string>): void {
    const value = name.value;
    const ref: unknown = value?.ref;
    switch (name.prefix) {
      case "validate": {
        const called = ref as ValidateFunction;
        calls.add(sourceOf(called).validateName.str);
        pending.push(called);
        return;
      }
      // A reference into a schema that is still being compiled: AJV calls it through an object that is filled later.
      case "root":
      case "wrapper": {
        const { validate, validateName } = ref as { validate?: ValidateFunction; validateName?: { str: string } };
        if (validate === undefined || validateName === undefined) throw new Error("AJV left a reference open");
        calls.add(validateName.str);
        pending.push(validate);
        constants.set(name.str, `{ validate: ${validateName.str} }`);
        return;
      }
      case "formats": {
        const key = value?.key;
        const format = typeof key === "string" && Object.hasOwn(formats, key) ? formats[key] : undefined;
        if (format === undefined) throw new Error(`AJV uses a format that is not known: ${String(key)}`);
        imports.add(format.functionName);
        // AJV calls a format of numbers as a member of its definition.
        constants.set(
          name.str,
          format.type === "string" ? format.functionName : `{ validate: ${format.functionName} }`,
        );
        return;
      }
      case "func": {
        const known = functionNames.get(ref) ?? AJV_FUNCTIONS.get(String(value?.code ?? ""));
        if (known !== undefined) {
          imports.add(known);
          constants.set(name.str, known);
          return;
        }
        constants.set(name.str, codeOf(name));
        return;
      }
      case "pattern": {
        const linear = linearPartOf(ref);
        if (linear !== null) {
          imports.add("linearExpression");
          constants.set(name.str, `linearExpression(${literal(linear)})`);
          return;
        }
        constants.set(name.str, (ref instanceof RegExp ? characterRun(ref.source) : null) ?? codeOf(name));
        return;
      }
      default:
        constants.set(name.str, codeOf(name));
    }
  }

  function codeOf(name: ScopeName): string {
    const code = name.value?.code;
    if (code === undefined) throw new Error(`AJV uses ${name.str}, of which the code is not known`);
    const text = code.toString();
    if (text.includes("require(")) throw new Error(`AJV calls ${text}, which an ES module cannot`);
    return withOwnPrototypeKeys(text);
  }
}

function withPlainArguments(units: ReadonlyMap<string, Unit>): ReadonlyMap<string, Unit> {
  const codes = plainArguments([...units.values()].map(({ code }) => code));
  return new Map([...units].map(([name, unit], index) => [name, { ...unit, code: codes[index] ?? unit.code }]));
}

/**
 * JSON as an expression that makes the same value: an own `__proto__` is written as a computed key, since a plain one sets
 * the prototype. Quotes within a string are escaped, so only a key's stand behind a brace or a comma and before a colon.
 */
function withOwnPrototypeKeys(json: string): string {
  return json.replace(/([{,])"__proto__":/g, '$1["__proto__"]:');
}

/** AJV's own run-time functions, which it would `require`, and ours that do the same. */
const AJV_FUNCTIONS: ReadonlyMap<string, string> = new Map([
  ['require("ajv/dist/runtime/ucs2length").default', "stringLength"],
  ['require("ajv/dist/runtime/equal").default', "equal"],
]);

function sourceOf(validate: ValidateFunction): Source {
  if (validate.source === undefined) throw new Error("a validator was compiled without its source");
  return validate.source;
}

/** All that could be a name in it: a function may have thousands of constants, and each is asked for. */
function wordsOf(code: string): ReadonlySet<string> {
  return new Set(code.match(/\w+/g));
}
