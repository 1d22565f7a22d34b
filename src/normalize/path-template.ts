/** The path of an address as a template that starts with `/`; null where nothing literal is in it. */
export function pathTemplate(address: string): string | null {
  // A word alone is a name: of a topic, or of a callback whose URL nobody knows. No receiver's path has to end like that.
  if (!address.includes("/")) return null;
  // An expression may hold what would otherwise end the path (`{$request.body#/id}`).
  const withoutExpressions = address.replace(/^\{\$[^}]*\}/, "").replace(/\{\$[^}]*\}/g, "{}");
  const withoutOrigin = withoutExpressions.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, "");
  const path = withoutOrigin
    .replace(/[?#].*$/, "")
    .replace(/^\/*/, "/")
    .replace(/\/+$/, "");
  return /\/[^/{}]+/.test(path) ? path : null;
}
