import { describe, expect, test } from "vitest";
import { diffDocuments, documentOf, FORMATS, type FormatName, told, type WebhookSpec } from "./helpers.ts";
import { replyTable, type TableCase, table } from "./table.ts";

async function diffSpecs(before: WebhookSpec, after: WebhookSpec, format: FormatName, schemas: TableCase["schemas"]) {
  const documents = [before, after].map((webhook, index) =>
    documentOf({ webhooks: { event: webhook }, schemas: schemas?.[index] ?? {} }, format),
  );
  return told(await diffDocuments(documents[0], documents[1]));
}

describe.each(FORMATS)("%s", (format) => {
  test.each(
    [...table, ...replyTable].map(
      (one) => [`${one.row}${one.what === undefined ? "" : `: ${one.what}`}`, one] as const,
    ),
  )("%s", async (_name, { before, after, schemas, forward, backward }) => {
    expect(await diffSpecs(before, after, format, schemas)).toEqual(forward);
    const turned = schemas && ([schemas[1], schemas[0]] as const);
    expect(await diffSpecs(after, before, format, turned)).toEqual(backward);
    expect(await diffSpecs(before, before, format, schemas && [schemas[0], schemas[0]])).toEqual([]);
    expect(await diffSpecs(after, after, format, schemas && [schemas[1], schemas[1]])).toEqual([]);
  });
});
