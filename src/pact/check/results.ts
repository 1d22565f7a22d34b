import { isObject, parsePointer } from "../../json/index.ts";
import type { Json, SourceLocation, Webhook } from "../../model/index.ts";
import { type Expectation, type PactProblem, type PactTokens, rootLocation } from "../read/expectation.ts";
import type { Finding } from "./findings.ts";
import type { SchemaNode } from "./schema-view.ts";

export type ResultType = "error" | "warning" | "info";

/** One result, in the shape of `@pactflow/openapi-pact-comparator`; what it lacks is added. */
export interface CheckResult {
  readonly code: string;
  readonly type: ResultType;
  readonly message: string;
  readonly mockDetails: {
    readonly interactionDescription: string | null;
    readonly interactionState: string;
    readonly location: string;
    readonly value: Json;
    readonly file: string;
    readonly pointer: string;
  };
  readonly specDetails: {
    readonly location: string;
    readonly value: Json;
    readonly file: string;
    readonly pointer: string;
    readonly webhook: string | null;
    readonly pathMethod?: string;
    readonly pathName?: string;
  };
  readonly causes?: readonly CheckResult[];
}

/** Where a result comes from in a pact. */
export interface MockPlace {
  readonly file: string;
  readonly interaction: Pick<Expectation, "description" | "states"> | null;
  readonly tokens: PactTokens;
  readonly value: Json;
}

/** Where it comes from in a document. */
export interface SpecPlace {
  readonly place: SourceLocation;
  readonly value: Json;
  readonly webhook: Webhook | null;
}

export interface ResultParts {
  readonly code: string;
  readonly type: ResultType;
  readonly message: string;
  readonly mock: MockPlace;
  readonly spec: SpecPlace;
  readonly causes?: readonly CheckResult[];
}

export function makeResult({ code, type, message, mock, spec, causes }: ResultParts): CheckResult {
  const form = spec.webhook?.forms[0];
  const states = mock.interaction?.states.join(", ") ?? "";
  return {
    code,
    type,
    message,
    mockDetails: {
      interactionDescription: mock.interaction?.description ?? null,
      interactionState: states === "" ? "[none]" : states,
      location: rootLocation(mock.tokens),
      value: mock.value,
      file: mock.file,
      pointer: pointerOf(mock.tokens),
    },
    specDetails: {
      location: ["[root]", ...(parsePointer(spec.place.pointer) ?? [])].join("."),
      value: spec.value,
      file: spec.place.file,
      pointer: spec.place.pointer,
      webhook: spec.webhook?.name ?? null,
      ...(form === undefined
        ? {}
        : { pathMethod: form.method.toLowerCase(), pathName: form.address ?? spec.webhook?.name ?? "" }),
    },
    ...(causes === undefined || causes.length === 0 ? {} : { causes }),
  };
}

/** What of an interaction a finding is about, as codes begin. */
export interface Scope {
  /** `message.payload`, `request.header`, … */
  readonly prefix: string;
  readonly mock: Omit<MockPlace, "value">;
  readonly webhook: Webhook;
}

const TYPES: Readonly<Record<Finding["kind"], ResultType>> = {
  incompatible: "error",
  contradiction: "error",
  undocumented: "warning",
  optional: "warning",
  narrow: "warning",
  case: "warning",
  unknown: "warning",
  decoded: "info",
};

export function toResult(finding: Finding, scope: Scope): CheckResult {
  const { kind, path, message, value, node, keyword, causes } = finding;
  const tokens = finding.tokens ?? [...scope.mock.tokens, ...memberTokens(path)];
  return makeResult({
    code: kind === "contradiction" ? "pact.matcher.contradiction" : `${scope.prefix}.${kind}`,
    type: TYPES[kind],
    message: `${scope.webhook.name}: ${message}.`,
    mock: { ...scope.mock, tokens, value },
    spec: specOf(node, keyword, scope.webhook),
    ...(causes === undefined ? {} : { causes: causes.map((cause) => toResult(cause, scope)) }),
  });
}

function memberTokens(path: string): PactTokens {
  return parsePointer(path) ?? [];
}

function specOf(node: SchemaNode | null, keyword: string | null, webhook: Webhook): SpecPlace {
  if (node === null) return { place: webhook.source, value: null, webhook };
  const { schema, place } = node;
  if (keyword === null) return { place, value: Object.keys(schema).length === 0 ? null : schema, webhook };
  const value = isObject(schema) && Object.hasOwn(schema, keyword) ? (schema[keyword] ?? null) : null;
  return { place: { file: place.file, pointer: `${place.pointer}/${keyword}` }, value, webhook };
}

export function problemResult(problem: PactProblem, file: string, document: SourceLocation): CheckResult {
  return makeResult({
    code: problem.code,
    type: problem.type,
    message: problem.message,
    mock: { file, interaction: problem.interaction ?? null, tokens: problem.tokens, value: problem.value ?? null },
    spec: { place: document, value: null, webhook: null },
  });
}

function pointerOf(tokens: PactTokens): string {
  return tokens.map((token) => `/${String(token).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}
