import { highlightCode, type Tag, tags as t, tagHighlighter } from "@lezer/highlight";
import { parser as javascript } from "@lezer/javascript";
import { parser as json } from "@lezer/json";
import { parser as yaml } from "@lezer/yaml";
import { type Html, html, join } from "./html.ts";
import { shellTokens } from "./shell-tokens.ts";

/**
 * Lezer's parsers take time in proportion to the text, whatever is in it; highlighters that are made of regular expressions can be
 * kept busy by an example of a hostile document.
 */
const PARSERS = { javascript, json, typescript: javascript.configure({ dialect: "ts" }), yaml } as const;

type Language = keyof typeof PARSERS | "shell" | "http";

const LANGUAGES: Readonly<Record<string, Language>> = {
  bash: "shell",
  console: "shell",
  http: "http",
  javascript: "javascript",
  js: "javascript",
  json: "json",
  jsonc: "json",
  mjs: "javascript",
  sh: "shell",
  shell: "shell",
  ts: "typescript",
  typescript: "typescript",
  yaml: "yaml",
  yml: "yaml",
};

/** The few kinds that a reader tells apart; the style sheet colours each. */
const CLASSES: readonly (readonly [readonly Tag[], string])[] = [
  [[t.propertyName, t.definition(t.propertyName), t.attributeName], "k"],
  [[t.string, t.regexp, t.content, t.attributeValue], "s"],
  [[t.number, t.bool, t.null, t.atom, t.special(t.string)], "n"],
  [[t.keyword, t.operatorKeyword, t.modifier, t.controlKeyword, t.definitionKeyword, t.moduleKeyword], "w"],
  [[t.typeName, t.className, t.standard(t.name), t.self], "b"],
  [[t.function(t.variableName), t.function(t.propertyName), t.definition(t.variableName)], "f"],
  [[t.comment, t.meta], "c"],
];

const highlighter = tagHighlighter(CLASSES.flatMap(([tags, name]) => tags.map((tag) => ({ tag, class: name }))));

/** More is shown as it is: nobody reads so much by its colours. */
const LENGTH_MAX = 100_000;

/** Code with its parts in `span`s of classes that the style sheet colours. Its text is the code, character for character. */
export function highlight(code: string, language: string): Html {
  const known = Object.hasOwn(LANGUAGES, language) ? LANGUAGES[language] : undefined;
  if (known === undefined || code.length > LENGTH_MAX) return html`${code}`;
  switch (known) {
    case "shell":
      return join(shellTokens(code).map(({ text, kind }) => piece(text, kind)));
    case "http":
      return httpMessage(code);
    default:
      return parsed(code, PARSERS[known]);
  }
}

function parsed(code: string, parser: (typeof PARSERS)[keyof typeof PARSERS]): Html {
  const parts: Html[] = [];
  const put = (text: string, kind: string) => parts.push(piece(text, kind));
  highlightCode(code, parser.parse(code), highlighter, put, () => put("\n", ""));
  return join(parts);
}

function piece(text: string, kind: string): Html {
  return kind === "" ? html`${text}` : html`<span class="${kind}">${text}</span>`;
}

/** A request: its first line, headers, and behind an empty line the body. */
function httpMessage(code: string): Html {
  const end = code.indexOf("\n\n");
  const head = end < 0 ? code : code.slice(0, end);
  const body = end < 0 ? "" : code.slice(end);
  const lines = head.split("\n").map((line) => {
    const [, name, value] = /^([\w!#$%&'*+.^`|~-]+)(:.*)$/.exec(line) ?? [];
    if (name !== undefined && value !== undefined) return html`${piece(name, "k")}${value}`;
    const [, method, rest] = /^([A-Z]+)( .*)$/.exec(line) ?? [];
    return method === undefined || rest === undefined ? html`${line}` : html`${piece(method, "w")}${rest}`;
  });
  const isJson = /^\s*[[{"]/.test(body);
  return html`${join(
    lines,
    html`
`,
  )}${isJson ? parsed(body, json) : body}`;
}
