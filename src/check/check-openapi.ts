import type { ErrorObject } from "ajv";
import { diagnose } from "../diagnostics/index.ts";
import { getAt, isObject, type JsonRecord, own, parsePointer } from "../json/index.ts";
import type { Diagnostic, Json } from "../model/index.ts";
import { inDocumentOrder } from "./document-order.ts";
import { explainErrors } from "./explain-errors.ts";
import type { MapBack } from "./map-back.ts";
import { JSON_SCHEMA_2020_12, type OpenApiVersion } from "./openapi-schemas.ts";
import { openApiValidator } from "./openapi-validator.ts";
import { reasonOf, report } from "./report.ts";

/**
 * Checks a document against the official JSON Schema of its OpenAPI version (3.0, 3.1, 3.2), and its Schema Objects against
 * the meta-schema of JSON Schema 2020-12 where that is their dialect. What other documents hold is not looked at.
 * @param document  the entry document's value; of another version or family, nothing is checked.
 * @returns `openapi-violation` for each thing to mend, at most 20 and then how many more there are.
 * @see https://spec.openapis.org/oas/v3.1.1.html
 */
export async function checkOpenApi(document: Json, mapBack: MapBack): Promise<Diagnostic[]> {
  const version = versionOf(document);
  if (version === null || !isObject(document)) return [];
  const specification = `OpenAPI ${version}`;
  try {
    const validator = await openApiValidator(version, { checkSchemas: usesStandardDialect(document) });
    const errors = validator
      .validate(document)
      .filter((error) => validator.objectName(error) !== "Schema Object" || !isOfOtherDialect(error, document));
    const violations = explainErrors(errors, {
      objectName: validator.objectName,
      url: (error) => sectionUrl(version, validator.objectName(error)),
      resolve: validator.resolve,
    });
    return report(inDocumentOrder(violations, document), { code: "openapi-violation", specification, mapBack });
  } catch (error) {
    return [diagnose("specification-not-checked", { specification, reason: reasonOf(error) }, mapBack(""))];
  }
}

function versionOf(document: Json): OpenApiVersion | null {
  const version = isObject(document) ? own(document, "openapi") : undefined;
  return (/^(3\.[012])(?:\.|$)/.exec(String(version))?.[1] ?? null) as OpenApiVersion | null;
}

/** @see https://spec.openapis.org/oas/v3.1.1.html#specifying-schema-dialects */
function usesStandardDialect(document: JsonRecord): boolean {
  const dialect = own(document, "jsonSchemaDialect");
  return dialect === undefined || isStandardDialect(dialect);
}

function isStandardDialect(dialect: Json): boolean {
  if (typeof dialect !== "string") return false;
  return dialect.replace(/#$/, "") === JSON_SCHEMA_2020_12 || /\/oas\/3\.[12]\/dialect\//.test(dialect);
}

/** Whether an error is inside a Schema Object that says by `$schema` that it is of another dialect. */
function isOfOtherDialect(error: ErrorObject, document: JsonRecord): boolean {
  const tokens = parsePointer(error.instancePath) ?? [];
  let dialect: Json | undefined;
  for (let count = 0; count <= tokens.length; count++) {
    const value = getAt(document, tokens.slice(0, count));
    const said = isObject(value) ? own(value, "$schema") : undefined;
    if (typeof said === "string") dialect = said;
  }
  return dialect !== undefined && !isStandardDialect(dialect);
}

function sectionUrl(version: OpenApiVersion, objectName: string | undefined): string | undefined {
  if (objectName === undefined) return undefined;
  return `https://spec.openapis.org/oas/v${version}#${objectName.toLowerCase().replaceAll(" ", "-")}`;
}
