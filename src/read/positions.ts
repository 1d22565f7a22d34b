import type { SourceDocument } from "../model/index.ts";
import { JsonIndex } from "./json-index.ts";
import { LineIndex } from "./line-index.ts";
import type { OffsetIndex } from "./offset-index.ts";
import { yamlIndex } from "./parse-yaml.ts";

/** What is known of the places in one document, each part made when it is first needed. */
interface Positions {
  index?: OffsetIndex;
  lines?: LineIndex;
}

const cache = new WeakMap<SourceDocument, Positions>();

/** Keeps an index that reading has made on the way, so that the document need not be parsed again. */
export function rememberIndex(document: SourceDocument, index: OffsetIndex): void {
  positionsOf(document).index = index;
}

export function indexOf(document: SourceDocument): OffsetIndex {
  const positions = positionsOf(document);
  positions.index ??= makeIndex(document);
  return positions.index;
}

export function linesOf(document: SourceDocument): LineIndex {
  const positions = positionsOf(document);
  positions.lines ??= new LineIndex(document.text);
  return positions.lines;
}

function positionsOf(document: SourceDocument): Positions {
  const known = cache.get(document);
  if (known !== undefined) return known;
  const positions: Positions = {};
  cache.set(document, positions);
  return positions;
}

function makeIndex(document: SourceDocument): OffsetIndex {
  switch (document.kind) {
    case "json":
      return new JsonIndex(document.text);
    case "yaml":
      return yamlIndex(document.text);
    case "text":
      return { offsetOf: () => 0 };
    default:
      return document.kind satisfies never;
  }
}
