import { diagnose } from "../diagnostics/index.ts";
import { formatFragment, isObject } from "../json/index.ts";
import type {
  Contract,
  DocumentFormat,
  DocumentSet,
  Result,
  Schema,
  SecurityScheme,
  SourceLocation,
  Webhook,
} from "../model/index.ts";
import { assignExamples } from "./assign-examples.ts";
import { readAsyncApi2 } from "./asyncapi-2.ts";
import { type Role, readAsyncApi30 } from "./asyncapi-3.0.ts";
import type { AsyncApiContext } from "./asyncapi-message.ts";
import { breakCycles } from "./break-cycles.ts";
import { DocumentReader, type ObjectNode } from "./document-reader.ts";
import type { DocumentDraft, WebhookDraft } from "./draft.ts";
import { readExampleTexts } from "./example-text.ts";
import { mergeForms } from "./merge-forms.ts";
import { assignNames } from "./name.ts";
import { readOpenApi30 } from "./openapi-3.0.ts";
import { readOpenApi31 } from "./openapi-3.1.ts";
import { numbered, schemaExamples } from "./openapi-examples.ts";
import { assignRoutes } from "./route.ts";
import { KeyRegistry } from "./safe-key.ts";
import { SchemaCollector } from "./schema-collector.ts";
import { keyOfReference } from "./schema-lookup.ts";
import { splitPayload } from "./split.ts";

export interface NormalizeOptions {
  readonly id: string;
  /** Which side an AsyncAPI document describes; left out, it is guessed and a guess is noted. */
  readonly role?: Role;
}

/** A contract, and where its schemas were written. */
export interface NormalizeResult extends Result<Contract> {
  /** Where a schema object of the contract was written; undefined for one that was put together here. */
  readonly schemaSource: (schema: object) => SourceLocation | undefined;
  /** The operation or message that a webhook was read from; its `source` is the schema where its payload was split. */
  readonly webhookOrigin: (webhook: Webhook) => SourceLocation;
}

/** A draft, and the group of drafts that came from the same payload. */
interface SplitDraft extends WebhookDraft {
  readonly group: number;
}

/**
 * Makes the one model of a description of any family and version. Whatever the document says is in the contract or in
 * its `omissions`.
 */
export function normalize(set: DocumentSet, options: NormalizeOptions): NormalizeResult {
  const reader = new DocumentReader(set);
  const schemas = new SchemaCollector(reader);
  const security: Record<string, SecurityScheme> = {};
  const document = readDraft({ reader, schemas, security }, set.format, options.role);
  const merged = mergeForms(document.drafts);

  const broken = breakCycles(schemas.schemas);
  for (const key of broken.cut) {
    const source = schemas.sources.get(key) ?? reader.root.location;
    reader.omit(source, "a reference that leads back to itself without a step into the value");
    if (!isReferenceCycle(set, source))
      reader.report(diagnose("schema-cycle", { schema: schemas.documentName(key) }, source));
  }

  const drafts = merged.map((draft) => readExampleTexts(draft, broken.schemas));
  const split = drafts.flatMap((draft, group) => splitDraft(draft, group, schemas, broken.schemas));
  const { routes, report: reportRoutes } = assignRoutes(split, broken.schemas, document.commonRoute);
  const { names, diagnostics: nameDiagnostics } = assignNames(split, routes);
  const keys = new KeyRegistry();
  const examples = examplesOf(drafts, split, routes, { reader, schemas });
  const origins = new Map<Webhook, SourceLocation>();
  const webhooks = split.map((draft, index): Webhook => {
    const { group, wantedName, documentKey, ownRoute, discriminator, headerConstants, ...webhook } = draft;
    const name = names[index] ?? documentKey;
    const value = {
      name,
      key: keys.take(name),
      route: routes[index] ?? [],
      ...webhook,
      examples: examples[index] ?? [],
    };
    origins.set(value, drafts[group]?.source ?? webhook.source);
    return value;
  });
  if (webhooks.length === 0) reader.report(diagnose("no-webhooks", {}, reader.root.location));
  omitUnusedSchemas(reader, schemas);
  const value: Contract = {
    id: options.id,
    title: document.title,
    version: document.version,
    ...(document.description === undefined ? {} : { description: document.description }),
    format: set.format,
    webhooks,
    schemas: broken.schemas,
    security,
    omissions: reader.omissions,
    source: reader.root.location,
  };
  return {
    value,
    diagnostics: [...reader.diagnostics, ...reportRoutes(names), ...nameDiagnostics],
    schemaSource: (schema) => schemas.placeOf(schema),
    webhookOrigin: (webhook) => origins.get(webhook) ?? webhook.source,
  };
}

/** Each version has its reader; a newer minor version is read as the newest that is known. */
function readDraft(context: AsyncApiContext, format: DocumentFormat, role: Role | undefined): DocumentDraft {
  if (format.startsWith("asyncapi-2.")) return readAsyncApi2(context, role);
  if (format.startsWith("asyncapi-")) return readAsyncApi30(context, role);
  return format === "openapi-3.0" ? readOpenApi30(context) : readOpenApi31(context);
}

function splitDraft(
  draft: WebhookDraft,
  group: number,
  schemas: SchemaCollector,
  acyclic: Contract["schemas"],
): readonly SplitDraft[] {
  const branches = splitPayload(draft.payload, acyclic, (key) => schemas.documentName(key));
  if (branches === null) return [{ ...draft, group }];
  return branches.map((branch) => {
    const { wantedName: _, ...rest } = draft;
    const summary = branch.title ?? draft.summary;
    const description = branch.description ?? draft.description;
    const source = branch.schemaKey === undefined ? undefined : schemas.sources.get(branch.schemaKey);
    return {
      ...rest,
      group,
      documentKey: branch.schemaKey === undefined ? draft.documentKey : schemas.documentName(branch.schemaKey),
      ...(branch.wantedName === undefined ? {} : { wantedName: branch.wantedName }),
      ...(branch.discriminator === undefined ? {} : { discriminator: branch.discriminator }),
      payload: branch.payload,
      ...(summary === undefined ? {} : { summary }),
      ...(description === undefined ? {} : { description }),
      ...(branch.deprecated === true ? { deprecated: true } : {}),
      source: source ?? draft.source,
    };
  });
}

/** Whether resolving has said already that the reference at a place leads round in a circle. */
function isReferenceCycle({ diagnostics }: DocumentSet, { file, pointer }: SourceLocation): boolean {
  return diagnostics.some(
    ({ code, location }) =>
      code === "reference-cycle" && location.file === file && location.pointer === `${pointer}/$ref`,
  );
}

/**
 * The examples of a payload that was split go to the branch whose route they meet; the others stay where they were. A
 * branch that gets none has those of its own schema.
 */
function examplesOf(
  drafts: readonly WebhookDraft[],
  split: readonly SplitDraft[],
  routes: readonly Webhook["route"][],
  { reader, schemas }: Pick<AsyncApiContext, "reader" | "schemas">,
): readonly Webhook["examples"][] {
  const result: Webhook["examples"][] = split.map((draft) => draft.examples);
  drafts.forEach((draft, group) => {
    const members = split.flatMap((candidate, index) => (candidate.group === group ? index : []));
    if (members.length < 2) return;
    const { assigned, left } = assignExamples(
      draft.examples,
      members.map((index) => routes[index] ?? []),
    );
    members.forEach((index, position) => {
      const given = assigned[position] ?? [];
      const payload = split[index]?.payload ?? true;
      result[index] = given.length > 0 ? given : ofSchema(payload, { reader, schemas });
    });
    for (const example of left)
      reader.omit(example.source, "an example that none of the payload's events, or several, would take");
  });
  return result;
}

/** The examples that stand in the schema of a payload, or in the one that it refers to. */
function ofSchema(
  payload: Schema,
  { reader, schemas }: Pick<AsyncApiContext, "reader" | "schemas">,
): Webhook["examples"] {
  if (typeof payload === "boolean") return [];
  const key = typeof payload["$ref"] === "string" ? keyOfReference(payload["$ref"]) : null;
  const place = key === null ? schemas.placeOf(payload) : schemas.sources.get(key);
  const target = place && reader.set.resolve(`#${formatFragment(place.pointer)}`, { file: place.file, pointer: "" });
  return target && isObject(target.value) ? numbered(schemaExamples(reader, target as ObjectNode)) : [];
}

function omitUnusedSchemas(reader: DocumentReader, schemas: SchemaCollector): void {
  const components = reader.object(reader.root, "components");
  const section = components && reader.child(components, "schemas");
  if (section === undefined) return;
  const isUsed = usedIn([...schemas.sources.values()], section.location);
  const unused = reader.entries(section, { extensions: true }).filter(([, node]) => !isUsed(node.location));
  if (unused.length === 0) return;
  const names = unused
    .slice(0, 5)
    .map(([name]) => name)
    .join(", ");
  const more = unused.length > 5 ? ", …" : "";
  reader.omit(section.location, `no webhook uses ${unused.length} of its schemas (${names}${more})`);
}

/** Tells of a schema of a section whether it is used, be it only a part of it that a reference names. */
function usedIn(sources: readonly SourceLocation[], section: SourceLocation): (schema: SourceLocation) => boolean {
  const used = new Set(
    sources
      .filter(({ file }) => file === section.file)
      .map(({ pointer }) =>
        pointer
          .split("/")
          .slice(0, section.pointer.split("/").length + 1)
          .join("/"),
      ),
  );
  return ({ pointer }) => used.has(pointer);
}
