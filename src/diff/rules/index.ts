import type { Rule } from "../rule.ts";
import { addressChanged } from "./address-changed.ts";
import { constChanged } from "./const-changed.ts";
import { constraintChanged } from "./constraint-changed.ts";
import { constraintLoosened } from "./constraint-loosened.ts";
import { constraintTightened } from "./constraint-tightened.ts";
import { contentSchemaMediaTypeChanged } from "./content-schema-media-type-changed.ts";
import { contentTypeChanged } from "./content-type-changed.ts";
import { deprecated } from "./deprecated.ts";
import { enumClosed } from "./enum-closed.ts";
import { enumIntroduced } from "./enum-introduced.ts";
import { enumOpened } from "./enum-opened.ts";
import { enumRemoved } from "./enum-removed.ts";
import { enumValueAdded } from "./enum-value-added.ts";
import { enumValueRemoved } from "./enum-value-removed.ts";
import { formAdded } from "./form-added.ts";
import { formRemoved } from "./form-removed.ts";
import { formatChanged } from "./format-changed.ts";
import { formatIntroduced } from "./format-introduced.ts";
import { formatRemoved } from "./format-removed.ts";
import { headerAdded } from "./header-added.ts";
import { headerBecameOptional } from "./header-became-optional.ts";
import { headerBecameRequired } from "./header-became-required.ts";
import { headerRemoved } from "./header-removed.ts";
import { methodChanged } from "./method-changed.ts";
import { objectClosed } from "./object-closed.ts";
import { objectOpened } from "./object-opened.ts";
import { openEnumValueAdded } from "./open-enum-value-added.ts";
import { propertyAdded } from "./property-added.ts";
import { propertyAddedToClosedObject } from "./property-added-to-closed-object.ts";
import { propertyBecameOptional } from "./property-became-optional.ts";
import { propertyBecameRequired } from "./property-became-required.ts";
import { propertyRemoved } from "./property-removed.ts";
import { proseChanged } from "./prose-changed.ts";
import { replyAdded } from "./reply-added.ts";
import { replyRemoved } from "./reply-removed.ts";
import { routeChanged } from "./route-changed.ts";
import { schemaChanged } from "./schema-changed.ts";
import { securityChanged } from "./security-changed.ts";
import { typeChanged } from "./type-changed.ts";
import { typeNarrowed } from "./type-narrowed.ts";
import { typeWidened } from "./type-widened.ts";
import { variantAdded } from "./variant-added.ts";
import { variantRemoved } from "./variant-removed.ts";
import { webhookAdded } from "./webhook-added.ts";
import { webhookRemoved } from "./webhook-removed.ts";

/**
 * Every rule of the comparison, in the order in which `docs/compatibility.md` shows them. To add one: its file, a line here, its
 * page in `docs/rules/` with an example, a row in `test/diff/table.ts`, and what it is the other way round.
 */
export const rules: readonly Rule[] = [
  webhookRemoved,
  webhookAdded,
  propertyRemoved,
  propertyBecameOptional,
  propertyBecameRequired,
  propertyAdded,
  propertyAddedToClosedObject,
  typeChanged,
  constChanged,
  typeWidened,
  typeNarrowed,
  enumValueAdded,
  enumRemoved,
  enumOpened,
  openEnumValueAdded,
  enumClosed,
  enumValueRemoved,
  enumIntroduced,
  variantAdded,
  variantRemoved,
  constraintLoosened,
  constraintTightened,
  constraintChanged,
  formatChanged,
  formatRemoved,
  formatIntroduced,
  contentSchemaMediaTypeChanged,
  headerRemoved,
  headerBecameOptional,
  headerBecameRequired,
  headerAdded,
  contentTypeChanged,
  methodChanged,
  addressChanged,
  routeChanged,
  formRemoved,
  formAdded,
  securityChanged,
  replyRemoved,
  replyAdded,
  objectOpened,
  objectClosed,
  deprecated,
  schemaChanged,
  proseChanged,
];
