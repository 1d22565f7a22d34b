import { _, type CodeKeywordDefinition, type KeywordCxt, Name } from "ajv/dist/2020.js";
import { resolveRef, SchemaEnv } from "ajv/dist/compile/index.js";
import { callRef, getValidate } from "ajv/dist/vocabularies/core/ref.js";
import type { ValidationFunction } from "./compile.ts";
import type { ContractAjv } from "./contract-ajv.ts";

/** Keywords whose code asks whether an object has a property. */
const KEYWORDS_ON_NAMES = ["required", "properties", "dependentRequired", "dependentSchemas"] as const;

/**
 * Makes AJV look for own properties where a schema speaks of names that every object inherits: otherwise `{}` meets
 * `required: ["constructor"]`. AJV's own option does it for all names, at a price that every delivery would pay.
 */
export function lookAtOwnProperties(ajv: ContractAjv): void {
  for (const keyword of KEYWORDS_ON_NAMES) {
    const definition = ajv.getKeyword(keyword);
    if (typeof definition !== "object" || !("code" in definition)) continue;
    const code = definition.code as CodeKeywordDefinition["code"];
    (definition as CodeKeywordDefinition).code = (context, ruleType) => {
      const { it } = context;
      const { opts } = it;
      if (!namesOf(context.schema).some((name) => name in Object.prototype)) return code(context, ruleType);
      const changeable = it as { opts: typeof opts };
      changeable.opts = { ...opts, ownProperties: true };
      code(context, ruleType);
      changeable.opts = opts;
    };
  }
}

/**
 * Lets `patternProperties` note what it has seen apart from what `if`, `anyOf`, … have, and joins both. AJV writes into the
 * others' note, which at run time may be `true` or nothing yet: in a function that is passed over, in a module it throws.
 */
export function keepPatternsApart(ajv: ContractAjv): void {
  const definition = ajv.getKeyword("patternProperties");
  if (typeof definition !== "object" || !("code" in definition)) return;
  const code = definition.code as CodeKeywordDefinition["code"];
  (definition as CodeKeywordDefinition).code = (context, ruleType) => {
    const { it } = context;
    const others = it.props;
    if (it.opts.unevaluated !== true || others === true) return code(context, ruleType);
    if (!(others instanceof Name)) {
      it.props = ownNames(context, others);
      return code(context, ruleType);
    }
    it.props = ownNames(context, {});
    code(context, ruleType);
    const { items: _items, ...own } = it;
    it.props = others;
    context.mergeEvaluated(own, Name);
  };
}

/** A note of names in which none is there that all objects inherit, and in which `__proto__` can be noted. */
function ownNames({ gen }: KeywordCxt, known: Readonly<Record<string, true | undefined>> | undefined): Name {
  const names = gen.var("props", _`Object.create(null)`);
  for (const name of Object.keys(known ?? {})) gen.assign(_`${names}[${name}]`, true);
  return names;
}

/**
 * Lets `unevaluatedProperties` see what was noted and not what every object inherits: AJV keeps its notes in a plain object,
 * in which `toString` seems to be noted always.
 */
export function seeOwnNotes(ajv: ContractAjv): void {
  const definition = ajv.getKeyword("unevaluatedProperties");
  if (typeof definition !== "object" || !("code" in definition)) return;
  const code = definition.code as CodeKeywordDefinition["code"];
  (definition as CodeKeywordDefinition).code = (context, ruleType) => {
    const { gen, it } = context;
    if (it.props instanceof Name) {
      const copy = _`${it.props} === true || Object.assign(Object.create(null), ${it.props})`;
      it.props = gen.const("props", copy);
    }
    code(context, ruleType);
  };
}

/** Keywords of arrays whose verdict AJV sets for items that are there only, and what it is without any. */
const VERDICT_WITHOUT_ITEMS: Readonly<Record<string, boolean>> = { contains: false, prefixItems: true };

/**
 * Lets keywords of arrays begin with a verdict of their own. In AJV an array without the items in question gets that of the
 * array before it, so that `[[1], []]` met `items: { contains: { type: number } }`; or none, so that what else a schema says
 * was passed over.
 */
export function beginWithVerdict(ajv: ContractAjv): void {
  for (const [keyword, verdict] of Object.entries(VERDICT_WITHOUT_ITEMS)) {
    const definition = ajv.getKeyword(keyword);
    if (typeof definition !== "object" || !("code" in definition)) continue;
    const code = definition.code as CodeKeywordDefinition["code"];
    (definition as CodeKeywordDefinition).code = (context, ruleType) => {
      const { gen, parentSchema } = context;
      // Where it counts, AJV begins with a verdict itself.
      const counts = (parentSchema["minContains"] ?? 1) !== 1 || parentSchema["maxContains"] !== undefined;
      if (keyword === "contains" && counts) return code(context, ruleType);
      const { name } = gen;
      gen.name = (prefix) => {
        const made = name.call(gen, prefix);
        // The first that AJV asks for is its verdict on the array; inner schemas name theirs as always.
        gen.name = name;
        return prefix === "valid" ? gen.var(made, verdict) : made;
      };
      code(context, ruleType);
      gen.name = name;
    };
  }
}

function namesOf(schema: unknown): readonly string[] {
  if (Array.isArray(schema)) return schema.filter((name) => typeof name === "string");
  if (typeof schema !== "object" || schema === null) return [];
  return [
    ...Object.keys(schema),
    ...Object.values(schema).flatMap((value) => (Array.isArray(value) ? namesOf(value) : [])),
  ];
}

/**
 * Lets calls of some named schemas remember what they judged.
 * @param references  the `$ref`s of those
 */
export function rememberReferences(
  ajv: ContractAjv,
  references: ReadonlySet<string>,
  once: ValidationFunction["call"],
): void {
  const definition = ajv.getKeyword("$ref");
  if (typeof definition !== "object" || !("code" in definition)) return;
  const code = definition.code as CodeKeywordDefinition["code"];
  (definition as CodeKeywordDefinition).code = (context, ruleType) => {
    const { gen, schema, it } = context;
    if (!references.has(schema)) return code(context, ruleType);
    const target = resolveRef.call(it.self, it.schemaEnv.root, it.baseId, schema);
    if (!(target instanceof SchemaEnv)) return code(context, ruleType);
    const remember = gen.scopeValue("func", { key: once, ref: once, code: _`once` });
    callRef(context, _`${remember}(${getValidate(context, target)})`, target, false);
  };
}

/**
 * `uniqueItems` in a time in proportion to the array; AJV compares each item with each where they may be objects.
 * @see https://json-schema.org/draft/2020-12/json-schema-validation#section-6.4.3
 */
export function uniqueItemsKeyword(repeatedItems: ValidationFunction["call"]): CodeKeywordDefinition {
  return {
    keyword: "uniqueItems",
    type: "array",
    schemaType: "boolean",
    error: {
      message: ({ params: { i, j } }) =>
        _`"must NOT have duplicate items (items ## " + ${j} + " and " + ${i} + " are identical)"`,
      params: ({ params: { i, j } }) => _`{i: ${i}, j: ${j}}`,
    },
    code(context: KeywordCxt) {
      const { gen, data, schema } = context;
      if (schema !== true) return;
      const find = gen.scopeValue("func", { key: repeatedItems, ref: repeatedItems, code: _`repeatedItems` });
      const pair = gen.const("repeated", _`${data}.length > 1 ? ${find}(${data}) : null`);
      context.setParams({ i: _`${pair}[0]`, j: _`${pair}[1]` });
      context.fail(_`${pair} !== null`);
    },
  };
}

/**
 * `multipleOf` in decimal arithmetic, as a person reads 19.99 and 0.01; AJV divides binary fractions.
 * @see https://json-schema.org/draft/2020-12/json-schema-validation#section-6.2.1
 */
export function multipleOfKeyword(isMultipleOf: (value: number, divisor: number) => boolean): CodeKeywordDefinition {
  return {
    keyword: "multipleOf",
    type: "number",
    schemaType: "number",
    error: {
      message: ({ schemaCode }) => _`"must be multiple of " + ${schemaCode}`,
      params: ({ schemaCode }) => _`{multipleOf: ${schemaCode}}`,
    },
    code(context: KeywordCxt) {
      const { gen, data, schemaCode, schema } = context;
      if (Number.isInteger(schema)) {
        context.fail(_`${data} % ${schemaCode} !== 0`);
        return;
      }
      const check = gen.scopeValue("func", { key: isMultipleOf, ref: isMultipleOf, code: _`isMultipleOf` });
      context.fail(_`!${check}(${data}, ${schemaCode})`);
    },
  };
}
