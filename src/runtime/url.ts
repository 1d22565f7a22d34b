/** The query of an absolute or relative URL, without its `?`. */
export function queryOf(url: string): string {
  const end = url.indexOf("#");
  const withoutFragment = end === -1 ? url : url.slice(0, end);
  const start = withoutFragment.indexOf("?");
  return start === -1 ? "" : withoutFragment.slice(start + 1);
}

/** The path of an absolute or relative URL. */
export function pathOf(url: string): string {
  return url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, "").replace(/[?#].*$/s, "");
}
