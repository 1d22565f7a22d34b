import type { SchemaDifference } from "../difference.ts";
import type { Content, Shape } from "../schema/shape.ts";
import type { Comparison } from "./pair.ts";

/** Notes how that differs which two strings hold; JSON in them is compared like any other. */
export function compareContent(base: Shape, revision: Shape, comparison: Comparison): void {
  const [before, after] = [base.content, revision.content];
  if (before === null && after === null) return;
  const differ = (difference: SchemaDifference, forward: boolean, backward: boolean) =>
    comparison.differ({
      ...difference,
      at: "",
      forward,
      backward,
      base: comparison.base.locate([...holder(before), ...base.schemas]),
      revision: comparison.revision.locate([...holder(after), ...revision.schemas]),
    });
  const [from, to] = [mediaTypeOf(before), mediaTypeOf(after)];
  const [fromEncoding, toEncoding] = [before?.encoding ?? null, after?.encoding ?? null];
  // A string of which nothing was known is still one: whoever took it as it came does so now.
  if (from === null && to !== null)
    differ({ kind: "constraint", fate: "tightened", keyword: "contentMediaType", to }, true, false);
  else if (from !== to) differ({ kind: "content", keyword: "contentMediaType", from, to }, from === null, to === null);
  if (fromEncoding !== toEncoding)
    differ(
      { kind: "content", keyword: "contentEncoding", from: fromEncoding, to: toEncoding },
      fromEncoding === null,
      toEncoding === null,
    );
  const [was, is] = [
    before?.isJson === true && before.schemas.length > 0,
    after?.isJson === true && after.schemas.length > 0,
  ];
  if (was && is) {
    comparison.enter("", comparison.base.node(before?.schemas ?? []), comparison.revision.node(after?.schemas ?? []));
    return;
  }
  // Where the media type changed, that has been said.
  if (was === is || from !== to || fromEncoding !== toEncoding) return;
  differ({ kind: "constraint", fate: was ? "loosened" : "tightened", keyword: "contentSchema" }, !was, was);
}

/** All media types of JSON are one. */
function mediaTypeOf(content: Content | null): string | null {
  return content?.isJson === true ? "application/json" : (content?.mediaType ?? null);
}

function holder(content: Content | null) {
  return content === null ? [] : [content.holder];
}
