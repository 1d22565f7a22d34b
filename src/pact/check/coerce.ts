import { isArray, isObject, parseJson } from "../../json/index.ts";
import type { Json } from "../../model/index.ts";
import type { Evaluator } from "./evaluate.ts";
import { typeNames } from "./keywords.ts";
import type { SchemaNode } from "./schema-view.ts";

/** Fields of a query or form as the schema types them: a number is text on the wire. */
export function coerceFields(value: Json, nodes: readonly SchemaNode[], evaluator: Evaluator): Json {
  if (!isObject(value)) return value;
  const { parts } = evaluator.resolve(value, nodes, "part", "");
  const entries = Object.entries(value).map(([name, field]): readonly [string, Json] => [
    name,
    coerceText(field, evaluator.memberNodes(parts, name), evaluator),
  ]);
  return Object.fromEntries(entries);
}

/** Text as a value of the type that a schema wants; as it is where the schema takes text, or cannot read it. */
export function coerceText(value: Json, nodes: readonly SchemaNode[], evaluator: Evaluator): Json {
  const types = new Set(typesOf(nodes, evaluator));
  if (isArray(value) && !types.has("array")) return value;
  if (typeof value !== "string" || types.size === 0 || types.has("string")) return value;
  if (types.has("boolean") && (value === "true" || value === "false")) return value === "true";
  const isNumber = types.has("integer") || types.has("number");
  if (isNumber && /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(value)) return Number(value);
  if (types.has("null") && value === "") return null;
  const parsed = types.has("object") || types.has("array") ? parseJson(value) : undefined;
  if (parsed !== undefined) return parsed;
  return types.has("array") ? [value] : value;
}

function typesOf(nodes: readonly SchemaNode[], { view }: Evaluator, depth = 0): readonly string[] {
  if (nodes.length === 0 || depth > 10) return [];
  const { parts, choices } = view.conjunction(nodes);
  return [
    ...parts.flatMap(({ schema }) => [
      ...typeNames(schema["type"]),
      ...(Object.hasOwn(schema, "const") ? [typeof schema["const"]] : []),
    ]),
    ...choices.flatMap(({ branches }) =>
      branches.flatMap((branch) => typesOf([branch], { view } as Evaluator, depth + 1)),
    ),
  ];
}
