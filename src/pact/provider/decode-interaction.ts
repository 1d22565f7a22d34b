import { isArray, isObject, own, parseJson, setOwn } from "../../json/index.ts";
import type { Json, JsonObject } from "../../model/index.ts";
import type { MessageInteraction, RulesByPath } from "../pact-file.ts";

/** An interaction in which JSON that stood in strings is a value, so that Pact looks into it too. */
export interface DecodedInteraction {
  readonly interaction: MessageInteraction;
  /** The same for what comes. */
  readonly decode: (payload: Json) => Json;
}

/** Path expressions of strings that hold JSON, with the rules for what is inside, as the kit notes them in the comments. */
type Inside = readonly (readonly [path: string, rules: RulesByPath, inner: Inside])[];

export function decodeInteraction(interaction: MessageInteraction): DecodedInteraction {
  const inside = insideOf(own((interaction.comments?.["hookbook"] ?? {}) as JsonObject, "decoded"));
  if (inside.length === 0) return { interaction, decode: (payload) => payload };
  const { contents, matchingRules = {} } = interaction;
  const content = decodeAll(contents.content, inside);
  const body: Record<string, unknown> = { ...matchingRules.body };
  for (const one of inside) place(one, "", body);
  return {
    interaction: {
      ...interaction,
      contents: { ...contents, content },
      matchingRules: { ...matchingRules, body: body as RulesByPath },
    },
    decode: (payload) => decodeAll(payload, inside),
  };
}

function place([path, rules, inner]: Inside[number], at: string, body: Record<string, unknown>): void {
  const whole = at === "" ? path : at + path.slice(1);
  for (const [expression, rule] of Object.entries(rules)) setOwn(body, whole + expression.slice(1), rule);
  for (const one of inner) place(one, whole, body);
}

function insideOf(comment: Json | undefined): Inside {
  if (!isObject(comment)) return [];
  return Object.entries(comment).flatMap(([path, value]) => {
    if (!path.startsWith("$") || !isObject(value) || !isObject(own(value, "rules"))) return [];
    return [[path, own(value, "rules") as unknown as RulesByPath, insideOf(own(value, "decoded"))] as const];
  });
}

function decodeAll(payload: Json, inside: Inside): Json {
  return inside.reduce((value, [path, , inner]) => decodeAt(value, stepsOf(path), inner), payload);
}

function decodeAt(value: Json, steps: readonly string[], inner: Inside): Json {
  const [step, ...rest] = steps;
  if (step === undefined) {
    const decoded = typeof value === "string" ? parseJson(value) : undefined;
    // What is no JSON stays text, and Pact says that it is.
    return decoded === undefined ? value : decodeAll(decoded, inner);
  }
  if (isArray(value))
    return value.map((item, index) => (step === "*" || step === String(index) ? decodeAt(item, rest, inner) : item));
  if (!isObject(value)) return value;
  const copy: Record<string, Json> = {};
  for (const [name, member] of Object.entries(value)) {
    setOwn(copy, name, step === "*" || step === name ? decodeAt(member, rest, inner) : member);
  }
  return copy;
}

/** The steps of an expression that `pathExpression` wrote. */
function stepsOf(path: string): readonly string[] {
  return [...path.matchAll(/\.([^.['\]]+)|\['([^']*)'\]|\[([^\]']*)\]/g)].map(
    ([, name, quoted, index]) => name ?? quoted ?? index ?? "",
  );
}
