import { _, type CodeKeywordDefinition, type KeywordCxt } from "ajv/dist/2020.js";
import { not } from "ajv/dist/compile/codegen/index.js";
import names from "ajv/dist/compile/names.js";
import { alwaysValidSchema, mergeEvaluated, toHash } from "ajv/dist/compile/util.js";
import { allSchemaProperties, propertyInData } from "ajv/dist/vocabularies/code.js";
import { isObject } from "../../json/index.ts";
import type { Json } from "../../model/index.ts";
import type { ContractAjv } from "./contract-ajv.ts";

/** Keywords that call another function, which notes its errors and lets the caller go on. */
const CALLS: ReadonlySet<string> = new Set(["$ref", "$dynamicRef"]);

/**
 * Writes the checks of an object's properties one after the other. In AJV's code each stands within the one before, so that
 * an object of some thousand properties is nested deeper than an engine reads, and its validator refused every payload. Where the
 * first error ends it all, what comes after a check is reached only when it held.
 */
export function checkPropertiesInTurn(ajv: ContractAjv): void {
  const definition = ajv.getKeyword("properties");
  if (typeof definition !== "object" || !("code" in definition)) return;
  const nested = definition.code as CodeKeywordDefinition["code"];
  (definition as CodeKeywordDefinition).code = (context, ruleType) => {
    const { allErrors, compositeRule } = context.it;
    // Within `anyOf`, `not` and the like an error is only noted: the others ask whether there was one.
    if (allErrors === true || compositeRule === true) return nested(context, ruleType);
    inTurn(context);
  };
}

function inTurn(context: KeywordCxt): void {
  const { gen, schema, data, it } = context;
  const properties = allSchemaProperties(schema);
  for (const property of properties) it.definedProperties.add(property);
  if (it.opts.unevaluated === true && properties.length > 0 && it.props !== true) {
    it.props = mergeEvaluated.props(gen, toHash(properties), it.props);
  }
  for (const property of properties) {
    const subschema = schema[property];
    if (alwaysValidSchema(it, subschema) === true) continue;
    gen.if(propertyInData(gen, data, property, it.opts.ownProperties), () => {
      const valid = gen.name("valid");
      context.subschema({ keyword: "properties", schemaProp: property, dataProp: property }, valid);
      if (calls(subschema)) gen.if(not(valid), () => giveUp(context));
    });
  }
}

function giveUp({ gen, it }: KeywordCxt): void {
  gen.assign(_`${it.validateName}.errors`, names.default.vErrors);
  gen.return(false);
}

function calls(schema: Json): boolean {
  if (Array.isArray(schema)) return schema.some(calls);
  if (!isObject(schema)) return false;
  return Object.entries(schema).some(([keyword, value]) => CALLS.has(keyword) || calls(value));
}
