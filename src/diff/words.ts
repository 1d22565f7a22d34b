import { visible } from "../diagnostics/index.ts";
import type { Form, Json } from "../model/index.ts";
import type { ConstraintFate } from "./difference.ts";

const LENGTH_MAX = 60;
const VALUES_MAX = 8;

/** A name or value of a document in quotes, safe to print and not too long. */
export function quoted(value: Json): string {
  const text = visible(JSON.stringify(value));
  return text.length <= LENGTH_MAX ? text : `${text.slice(0, LENGTH_MAX)}…`;
}

/** `"a", "b" and "c"`. */
export function listed(values: readonly Json[]): string {
  const shown = values.slice(0, VALUES_MAX).map(quoted);
  if (values.length > VALUES_MAX) return `${shown.join(", ")} and ${values.length - VALUES_MAX} more`;
  return joined(shown);
}

/** `a, b and c`. */
function joined(words: readonly string[]): string {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

/** Text of a document without quotes, safe to print and not too long. */
export function plain(text: string): string {
  const safe = visible(text);
  return safe.length <= LENGTH_MAX ? safe : `${safe.slice(0, LENGTH_MAX)}…`;
}

/** `integer or null`; a type of which all are allowed is `anything`. */
export function typesInWords(types: readonly string[]): string {
  if (types.length === 0) return "nothing";
  if (types.length >= 6) return "anything";
  return types.length === 1 ? types.join("") : `${types.slice(0, -1).join(", ")} or ${types.at(-1)}`;
}

/** `value "a"` or `values "a" and "b"`. */
export function valuesInWords(values: readonly Json[]): string {
  return `${values.length === 1 ? "value" : "values"} ${listed(values)}`;
}

/** `maxLength was tightened from 40 to 20.`, as far as both limits are known; `maxLength 20 was introduced.` where one is. */
export function constraintInWords(constraint: {
  readonly fate: ConstraintFate;
  readonly keyword: string;
  readonly from: Json | undefined;
  readonly to: Json | undefined;
}): string {
  const { fate, keyword, from, to } = constraint;
  const verb = fate === "changed" ? "changed" : `was ${fate}`;
  if (from === undefined) return to === undefined ? `${keyword} ${verb}.` : `${keyword} ${quoted(to)} was introduced.`;
  if (to === undefined) return `${keyword} ${quoted(from)} was dropped.`;
  return `${keyword} ${verb} from ${quoted(from)} to ${quoted(to)}.`;
}

/** `POST application/json to "/hooks"`. */
export function formInWords({ method, contentType, address, encoding }: Form): string {
  const how = encoding === "query" ? "query" : contentType;
  return `${plain(method)} ${plain(how)}${address === null ? "" : ` to ${quoted(address)}`}`;
}

/** Ways to authenticate, any of which will do. */
export function alternatives(ways: readonly string[]): string {
  return ways.length === 0 ? "nothing" : ways.map(plain).join(" or ");
}
