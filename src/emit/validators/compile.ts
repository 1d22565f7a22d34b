import { _ } from "ajv/dist/2020.js";
import type { ValidateFunction } from "ajv/dist/types/index.js";
import { diagnose } from "../../diagnostics/index.ts";
import type { Contract, Diagnostic, Json, Schema, SourceLocation } from "../../model/index.ts";
import { patternJudge } from "../../patterns/usable-pattern.ts";
import { decodedSchema, decodedSchemas, soleReference } from "../decoded-schemas.ts";
import { assertionSchema } from "./assertion-schema.ts";
import { ContractAjv } from "./contract-ajv.ts";
import { declareNotes } from "./declare-notes.ts";
import { expressions } from "./expressions.ts";
import { inlineReferences } from "./inline-references.ts";
import {
  beginWithVerdict,
  keepPatternsApart,
  lookAtOwnProperties,
  multipleOfKeyword,
  rememberReferences,
  seeOwnNotes,
  uniqueItemsKeyword,
} from "./keywords.ts";
import { checkPropertiesInTurn } from "./properties-keyword.ts";
import { repeatedReferences } from "./repeated-references.ts";
import { shareEqualSchemas } from "./share-equal-schemas.ts";

/** The functions that validators call at run time, and which format is checked by which. */
export interface ValidationFunctions {
  /** Format → the type of value it speaks of, and the function's name. */
  readonly formats: Readonly<Record<string, { readonly type: "string" | "number"; readonly functionName: string }>>;
  /** By name: the formats' functions, `isMultipleOf`, `stringLength`, `equal`, `linearExpression`, `once`, `repeatedItems`. */
  readonly functions: Readonly<Record<string, ValidationFunction>>;
}

export interface ValidationFunction {
  /** The runtime's module that exports it, a path below `runtime/` without extension. */
  readonly module: string;
  readonly call: (...values: never[]) => unknown;
}

export interface CompileOptions {
  readonly functions: ValidationFunctions;
  readonly closed?: "obey" | "ignore";
  /** Report every error of a payload, not the first: for people; a receiver needs one. */
  readonly allErrors?: boolean;
}

/** The validators of a contract, on decoded events. */
export interface CompiledContract {
  /** By webhook name. Two webhooks with one schema share one function. */
  readonly validators: ReadonlyMap<string, ValidateFunction>;
  readonly diagnostics: readonly Diagnostic[];
}

const CONTRACT = "hookbook:contract";

/**
 * Compiles a validator for the decoded event of each webhook. One AJV instance serves all, so that what they share is
 * compiled once.
 */
export function compileContract(contract: Contract, options: CompileOptions): CompiledContract {
  const { formats, functions } = options.functions;
  const diagnostics: Diagnostic[] = [];
  const judgePattern = patternJudge();
  const prepare = (schema: Schema, owner: string, source: SourceLocation): Schema =>
    assertionSchema(schema, {
      judgePattern,
      formats: new Set(Object.keys(formats)),
      closed: options.closed ?? "obey",
      onUnusable: (keyword, reason) => {
        diagnostics.push(diagnose("keyword-not-usable", { keyword, owner, reason }, source));
      },
    });

  const { schemas } = decodedSchemas(contract);
  const prepared = Object.entries(schemas).map(
    ([key, schema]) => [key, prepare(schema, key, contract.source)] as const,
  );
  const shared = shareEqualSchemas(
    inlineReferences(
      Object.fromEntries(prepared),
      contract.webhooks.map(({ name, payload, source }) => prepare(decodedSchema(payload), name, source)),
    ),
  );

  const { schemas: named, payloads } = shared;

  const ajv = new ContractAjv({
    strict: false,
    meta: false,
    validateSchema: false,
    logger: false,
    allErrors: options.allErrors ?? false,
    // Without it AJV passes over `minContains` and `maxContains`.
    next: true,
    unevaluated: usesUnevaluated([...Object.values(named), ...payloads]),
    // What is worth it is written into its place already.
    inlineRefs: false,
    // Schemas and payloads of a document are no code: nothing is looked up by their $id.
    addUsedSchema: false,
    code: {
      source: true,
      esm: true,
      lines: true,
      formats: _`formats`,
      process: declareNotes,
      regExp: expressions(judgePattern, options.functions),
    },
  });
  for (const [name, { type, functionName }] of Object.entries(formats)) {
    const validate = functions[functionName]?.call;
    if (validate === undefined) continue;
    if (type === "string") ajv.addFormat(name, validate as (value: string) => boolean);
    else ajv.addFormat(name, { type, validate: validate as (value: number) => boolean });
  }
  const { isMultipleOf, repeatedItems, once } = functions;
  if (isMultipleOf !== undefined) {
    ajv.removeKeyword("multipleOf");
    ajv.addKeyword(multipleOfKeyword(isMultipleOf.call as (value: number, divisor: number) => boolean));
  }
  if (repeatedItems !== undefined) {
    ajv.removeKeyword("uniqueItems");
    ajv.addKeyword(uniqueItemsKeyword(repeatedItems.call));
  }
  if (once !== undefined) {
    const repeated = [...repeatedReferences(shared)].map((key) => `#/schemas/${key}`);
    rememberReferences(ajv, new Set(repeated), once.call);
  }
  checkPropertiesInTurn(ajv);
  lookAtOwnProperties(ajv);
  keepPatternsApart(ajv);
  seeOwnNotes(ajv);
  beginWithVerdict(ajv);

  ajv.addSchema({ $id: CONTRACT, schemas: named as unknown as Json, webhooks: payloads });

  const validators = new Map<string, ValidateFunction>();
  contract.webhooks.forEach((webhook, index) => {
    // A payload that is nothing but a reference needs no validator of its own.
    const key = soleReference(payloads[index]);
    const pointer = key === null ? `#/webhooks/${index}` : `#/schemas/${key}`;
    try {
      const validate = ajv.getSchema(CONTRACT + pointer);
      if (validate === undefined) throw new Error("its schema cannot be found");
      validators.set(webhook.name, validate as ValidateFunction);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      diagnostics.push(diagnose("schema-not-usable", { webhook: webhook.name, reason }, webhook.source));
    }
  });
  return { validators, diagnostics };
}

/** Only these keywords must be told what others have seen; without them the validators are smaller and faster. */
function usesUnevaluated(schemas: readonly Schema[]): boolean {
  return /"unevaluated(?:Items|Properties)":/.test(JSON.stringify(schemas));
}
