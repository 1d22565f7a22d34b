import type { GlobalContext, SchemaObject } from "openapi-typescript";
import type { Node, PropertySignature } from "typescript";
import type { Json } from "../../model/index.ts";
import { transformComponentsObject, ts } from "./typescript.ts";

/** What openapi-typescript asks for each schema, and for each property that it has written. */
export type TransformHooks = Required<Pick<GlobalContext, "transform" | "transformProperty">>;

/** Named schemas as types. */
export interface TransformedSchemas {
  /** One member for each, whose type it is. */
  readonly members: readonly PropertySignature[];
  /** Types that the others use. */
  readonly helpers: readonly Node[];
}

const PREFIX = "#/components/schemas/";

/**
 * Writes named schemas as openapi-typescript does those of a document.
 * @param all  what they may refer to
 */
export function transformSchemas(
  schemas: Readonly<Record<string, Json>>,
  all: Readonly<Record<string, Json>>,
  hooks: TransformHooks,
): TransformedSchemas {
  const ctx: GlobalContext = {
    ...hooks,
    additionalProperties: false,
    alphabetize: false,
    arrayLength: false,
    conditionalEnums: false,
    dedupeEnums: false,
    defaultNonNullable: false,
    discriminators: { objects: {}, refsHandled: [] },
    emptyObjectsUnknown: true,
    enum: false,
    enumValues: false,
    excludeDeprecated: false,
    exportType: false,
    generatePathParams: false,
    immutable: false,
    injectFooter: [],
    makePathsEnum: false,
    pathParamsAsTypes: false,
    postTransform: undefined,
    propertiesRequiredByDefault: false,
    readWriteMarkers: false,
    rootTypes: false,
    rootTypesKeepCasing: false,
    rootTypesNoSchemaPrefix: false,
    silent: true,
    // The linter's, which is not there.
    redoc: {} as GlobalContext["redoc"],
    resolve: <T>(reference: string) => follow(all, reference) as T | undefined,
  };
  const components = { schemas: schemas as unknown as Record<string, SchemaObject> };
  const [node] = [transformComponentsObject(components, ctx)].flat();
  return { members: membersOf(node), helpers: ctx.injectFooter };
}

/** The schema at the end of a chain of references. */
function follow(schemas: Readonly<Record<string, Json>>, reference: string): Json | undefined {
  const seen = new Set<string>();
  for (let next = reference; next.startsWith(PREFIX) && !seen.has(next); ) {
    seen.add(next);
    const name = next.slice(PREFIX.length);
    const schema = Object.hasOwn(schemas, name) ? schemas[name] : undefined;
    if (typeof schema !== "object" || schema === null || !("$ref" in schema)) return schema;
    next = String(schema["$ref"]);
  }
  return undefined;
}

function membersOf(components: Node | undefined): readonly PropertySignature[] {
  if (components === undefined || !ts.isTypeLiteralNode(components)) return [];
  for (const member of components.members) {
    if (!ts.isPropertySignature(member) || member.type === undefined || !ts.isTypeLiteralNode(member.type)) continue;
    if (ts.isIdentifier(member.name) && member.name.text === "schemas")
      return member.type.members.filter(ts.isPropertySignature);
  }
  return [];
}
