import type { LintRule } from "../rule.ts";
import { componentUnused } from "./component-unused.ts";
import { contentSchemaMissing } from "./content-schema-missing.ts";
import { dateStringWithoutFormat } from "./date-string-without-format.ts";
import { enumMayGrow } from "./enum-may-grow.ts";
import { jsonStringUndeclared } from "./json-string-undeclared.ts";
import { nameUnsafe } from "./name-unsafe.ts";
import { numberStringWithoutPattern } from "./number-string-without-pattern.ts";
import { operationIdDuplicate } from "./operation-id-duplicate.ts";
import { patternBacktracks } from "./pattern-backtracks.ts";
import { propertyWithoutDescription } from "./property-without-description.ts";
import { requiredPropertyUndefined } from "./required-property-undefined.ts";
import { schemaUnsatisfiable } from "./schema-unsatisfiable.ts";
import { webhookWithoutDescription } from "./webhook-without-description.ts";
import { webhookWithoutExample } from "./webhook-without-example.ts";
import { webhookWithoutReply } from "./webhook-without-reply.ts";
import { webhookWithoutSecurity } from "./webhook-without-security.ts";

/**
 * Every rule of `lint`, what is wrong before what is missing. To add one: its file, a line here, its entry in
 * `diagnostics/catalog.ts`, its page in `docs/diagnostics/`, and a case that it finds and a near miss that it leaves alone in
 * `test/lint/rules.test.ts`.
 */
export const rules: readonly LintRule[] = [
  schemaUnsatisfiable,
  operationIdDuplicate,
  requiredPropertyUndefined,
  patternBacktracks,
  enumMayGrow,
  nameUnsafe,
  componentUnused,
  contentSchemaMissing,
  jsonStringUndeclared,
  numberStringWithoutPattern,
  dateStringWithoutFormat,
  webhookWithoutExample,
  webhookWithoutDescription,
  webhookWithoutReply,
  webhookWithoutSecurity,
  propertyWithoutDescription,
];
