import { isObject, own } from "../../json/index.ts";
import type { Contract, SourceLocation, Webhook } from "../../model/index.ts";
import type { Expectation, HttpExpectation } from "../read/expectation.ts";
import { fieldsOf } from "../read/read-interaction.ts";
import type { PactReading } from "../read/read-pact.ts";
import { RuleTree } from "../read/rule-tree.ts";
import type { WebhookReferences } from "../webhook-references.ts";
import { comparePart, type DescribedPart, fits } from "./compare-part.ts";
import { compareResponse } from "./compare-response.ts";
import { describeDelivery } from "./describe-delivery.ts";
import { Evaluator, TooMuchWork } from "./evaluate.ts";
import { byAddress, createFinder, type Found } from "./find-webhook.ts";
import type { Finding } from "./findings.ts";
import { type CheckResult, makeResult, problemResult, type Scope, toResult } from "./results.ts";
import { SchemaView } from "./schema-view.ts";
import { type Relied, withoutCovered } from "./siblings.ts";
import type { ValueTests } from "./value-tests.ts";

/** A pact file as it was read. */
export interface CheckedFile {
  readonly file: string;
  readonly reading: PactReading;
}

export interface CheckContext {
  readonly contract: Contract;
  readonly references: WebhookReferences;
  readonly schemaSource: (schema: object) => SourceLocation | undefined;
  readonly tests: ValueTests;
}

/** An interaction, and the webhook that it is about. */
export interface Match {
  readonly file: string;
  readonly consumer: string;
  readonly expectation: Expectation;
  readonly webhook: Webhook;
  /** Whether nothing that was found is an error. */
  readonly isClean: boolean;
}

/** An event that a consumer does not want, as its pact says. */
export interface OptOut {
  readonly file: string;
  readonly consumer: string;
  readonly webhook: string;
  readonly reason: string;
}

export interface CheckSummary {
  readonly interactions: number;
  /** Interactions that were compared with a webhook and found to expect only what the document promises. */
  readonly matched: number;
  /** Results that are errors. */
  readonly errors: number;
  readonly warnings: number;
  /** Interactions that were compared with a webhook at all. */
  readonly compared: number;
}

export interface CheckReport {
  readonly results: readonly CheckResult[];
  readonly summary: CheckSummary;
  readonly matches: readonly Match[];
  readonly optOuts: readonly OptOut[];
}

/** A finding before the interactions beside it were asked. */
interface PlacedFinding {
  readonly finding: Finding;
  readonly scope: Scope;
}

/** What was found for one interaction. */
interface Outcome extends Relied {
  readonly file: string;
  readonly found: readonly PlacedFinding[];
  readonly results: readonly CheckResult[];
}

/** Holds pacts against a contract: does each expect only what the contract promises? */
export function checkPacts(files: readonly CheckedFile[], context: CheckContext): CheckReport {
  const checker = new Checker(context);
  const results: CheckResult[] = [];
  const outcomes: Outcome[] = [];
  let interactions = 0;
  for (const { file, reading } of files) {
    const { source } = context.contract;
    results.push(...reading.problems.map((problem) => problemResult(problem, file, source)));
    const unread = new Set(
      reading.problems.flatMap(({ code, tokens }) => (UNREAD.has(code) ? [tokens.slice(0, 2).join(" ")] : [])),
    );
    interactions += (reading.pact?.expectations.length ?? 0) + unread.size;
    for (const expectation of reading.pact?.expectations ?? []) {
      outcomes.push(checker.check(expectation, file, reading.pact?.consumer ?? file));
    }
  }
  const matches: Match[] = [];
  const covered = withoutCovered(outcomes, context.tests);
  for (const outcome of outcomes) {
    const own = [
      ...outcome.results,
      ...outcome.found
        .filter(({ finding }) => !covered.has(finding))
        .map(({ finding, scope }) => toResult(finding, scope)),
    ];
    const { file, consumer, expectation, webhook } = outcome;
    const isClean = own.every(({ type }) => type !== "error");
    results.push(...own);
    if (webhook === null) continue;
    matches.push({ file, consumer, expectation, webhook, isClean });
    if (isClean) results.push(matchedResult(outcome, webhook));
  }
  const count = (wanted: CheckResult["type"]) => results.filter(({ type }) => type === wanted).length;
  const summary = {
    interactions,
    matched: matches.filter(({ isClean }) => isClean).length,
    errors: count("error"),
    warnings: count("warning"),
    compared: matches.length,
  };
  return { results, summary, matches, optOuts: files.flatMap(optOutsOf) };
}

/** As the kit notes them in the pact's metadata. */
function optOutsOf({ file, reading: { pact } }: CheckedFile): readonly OptOut[] {
  const noted = pact?.metadata["hookbook"];
  const ignored = isObject(noted) ? own(noted, "ignored") : undefined;
  return Object.entries(isObject(ignored) ? ignored : {}).flatMap(([webhook, reason]) =>
    typeof reason === "string" ? [{ file, consumer: pact?.consumer ?? file, webhook, reason }] : [],
  );
}

/** Which webhook each interaction is about, without asking whether it expects too much. */
export function matchPacts(files: readonly CheckedFile[], context: CheckContext): readonly Omit<Match, "isClean">[] {
  const checker = new Checker(context);
  return files.flatMap(({ file, reading: { pact } }) =>
    (pact?.expectations ?? []).flatMap((expectation) => {
      const webhook = checker.find(expectation);
      return webhook === null ? [] : [{ file, consumer: pact?.consumer ?? file, expectation, webhook }];
    }),
  );
}

/** Problems that leave an interaction out. */
const UNREAD: ReadonlySet<string> = new Set(["pact.interaction.invalid", "pact.interaction.unsupported"]);

function matchedResult({ file, expectation }: Outcome, webhook: Webhook): CheckResult {
  return makeResult({
    code: `${expectation.kind === "message" ? "message" : "request"}.matched`,
    type: "info",
    message: `${webhook.name}: matched.`,
    mock: { file, interaction: expectation, tokens: expectation.tokens, value: expectation.description },
    spec: { place: webhook.source, value: null, webhook },
  });
}

class Checker {
  readonly #context: CheckContext;
  readonly #evaluator: Evaluator;
  readonly #find: (expectation: Expectation) => Found;
  readonly #described = new Map<Webhook, DescribedPart>();

  constructor(context: CheckContext) {
    const { contract, references, schemaSource, tests } = context;
    this.#context = context;
    this.#evaluator = new Evaluator(new SchemaView({ schemas: contract.schemas, schemaSource }), tests);
    this.#find = createFinder({
      contract,
      references,
      fits: (expectation, webhook) => this.#fits(expectation, webhook),
    });
  }

  check(expectation: Expectation, file: string, consumer: string): Outcome {
    const base = { file, consumer, expectation };
    try {
      this.#evaluator.begin();
      const found = this.#find(expectation);
      if (found.kind !== "found") return { ...base, webhook: null, found: [], results: [this.#notFound(found, base)] };
      const { webhook } = found;
      return { ...base, webhook, ...this.#compare(expectation, file, webhook) };
    } catch (error) {
      if (!(error instanceof TooMuchWork) && !(error instanceof RangeError)) throw error;
      const message =
        "Comparing this interaction takes too long: the schemas have too many alternatives, or the example is too large.";
      return {
        ...base,
        webhook: null,
        found: [],
        results: [this.#result("pact.interaction.too-complex", "error", message, base)],
      };
    }
  }

  /** @returns null where there is none, several fit, or telling takes too long */
  find(expectation: Expectation): Webhook | null {
    try {
      this.#evaluator.begin();
      const found = this.#find(expectation);
      return found.kind === "found" ? found.webhook : null;
    } catch (error) {
      if (!(error instanceof TooMuchWork) && !(error instanceof RangeError)) throw error;
      return null;
    }
  }

  #compare(expectation: Expectation, file: string, webhook: Webhook): Pick<Outcome, "found" | "results"> {
    const mock = { file, interaction: expectation };
    const scope = (prefix: string, tokens: Scope["mock"]["tokens"]): Scope => ({
      prefix,
      webhook,
      mock: { ...mock, tokens },
    });
    const results: CheckResult[] = [];
    const found: PlacedFinding[] = [];
    const add = (findings: readonly Finding[], of: Scope) => {
      for (const finding of findings) found.push({ finding, scope: of });
    };
    const isMessage = expectation.kind === "message";
    const place = { file, expectation };
    if (!isMessage && byAddress(expectation, [webhook]).length === 0) {
      const ways = webhook.forms.map(({ method, address }) => `${method} ${address ?? "any path"}`).join(", ");
      const message = `${webhook.name}: the document delivers it by ${ways}; the pact has ${expectation.method} ${expectation.path}.`;
      results.push(this.#result("request.path-or-method.unknown", "error", message, place, webhook));
    }
    // A request that is to be refused need not be right.
    const isRefused = !isMessage && expectation.status !== null && expectation.status >= 400;
    const delivery = isMessage ? expectation.delivery : withQuery(expectation);
    const { body } = delivery;
    const words = isMessage
      ? { payload: "message.payload", headers: "message.headers", contentType: "message.content-type" }
      : { payload: "request.body", headers: "request.header", contentType: "request.content-type" };
    if (body !== null && body.content === undefined) {
      const message = `${webhook.name}: the payload is not compared, since ${body.problem}.`;
      results.push(
        this.#result(`${words.payload}.unvalidatable`, "warning", message, { ...place, tokens: body.tokens }, webhook),
      );
    } else if (body === null) {
      const message = `${webhook.name}: this interaction has no payload, so nothing of it is compared.`;
      results.push(this.#result(`${words.payload}.missing`, "warning", message, place, webhook));
    }
    if (!isRefused) {
      const parts = comparePart(delivery, this.#describe(webhook), isMessage ? "part" : "whole", this.#evaluator);
      add(parts.payload, scope(words.payload, body?.tokens ?? expectation.tokens));
      add(parts.headers, scope(words.headers, expectation.tokens));
      add(parts.contentType, scope(words.contentType, delivery.contentTypeTokens));
    }
    if (!isMessage) {
      const answer = compareResponse(expectation, webhook, this.#evaluator);
      for (const { code, type, message, tokens } of answer.problems) {
        results.push(this.#result(code, type, message, { ...place, tokens }, webhook));
      }
      add(answer.payload, scope("response.body", expectation.response.body?.tokens ?? expectation.tokens));
      add(answer.headers, scope("response.header", expectation.tokens));
      add(answer.contentType, scope("response.content-type", expectation.response.contentTypeTokens));
    }
    return { found, results };
  }

  #fits(expectation: Expectation, webhook: Webhook): boolean {
    const delivery = expectation.kind === "message" ? expectation.delivery : withQuery(expectation);
    return fits(delivery, this.#describe(webhook), expectation.kind === "message" ? "part" : "whole", this.#evaluator);
  }

  #describe(webhook: Webhook): DescribedPart {
    const known = this.#described.get(webhook);
    if (known !== undefined) return known;
    const described = describeDelivery(webhook, this.#context.contract);
    this.#described.set(webhook, described);
    return described;
  }

  #notFound(found: Exclude<Found, { kind: "found" }>, base: { file: string; expectation: Expectation }): CheckResult {
    const { contract } = this.#context;
    const { expectation } = base;
    const isMessage = expectation.kind === "message";
    const what = isMessage ? `"${expectation.description}"` : `${expectation.method} ${expectation.path}`;
    switch (found.kind) {
      case "unknown": {
        const tokens = [...expectation.tokens, "comments", "references", ...found.tokens];
        const message = `The interaction refers to ${JSON.stringify(found.name)}, which names no webhook of ${contract.id}.`;
        return this.#result("message.operation.unknown", "error", message, { ...base, tokens });
      }
      case "call": {
        const message = `${what} is a call of the API that the document describes and no webhook, so it is not compared.`;
        return this.#result("request.not-a-webhook", "info", message, base);
      }
      case "several": {
        const names = found.nearest.slice(0, 8).map(({ name }) => name);
        const message = `Several webhooks fit ${what}: ${names.join(", ")}. Say which is meant by comments.references, or by a description that begins with its name.`;
        return this.#result("message.webhook.ambiguous", "error", message, base);
      }
      case "none": {
        const code = isMessage ? "message.no.match" : "request.path-or-method.unknown";
        const message = `No webhook of ${contract.id} matches ${what}: it refers to none, its description begins with the name of none, and the schemas of none allow its example.`;
        return this.#result(code, "error", message, base, null, this.#causes(found.nearest, base));
      }
      default:
        return found satisfies never;
    }
  }

  /** What the nearest webhook has against an example that none takes. */
  #causes(
    webhooks: readonly Webhook[],
    { file, expectation }: { file: string; expectation: Expectation },
  ): readonly CheckResult[] {
    let nearest: readonly CheckResult[] = [];
    for (const webhook of webhooks.slice(0, 50)) {
      const { found } = this.#compare(expectation, file, webhook);
      const errors = found.map(({ finding, scope }) => toResult(finding, scope)).filter(({ type }) => type === "error");
      if (nearest.length === 0 || errors.length < nearest.length) nearest = errors;
    }
    return nearest.slice(0, 10);
  }

  #result(
    code: string,
    type: CheckResult["type"],
    message: string,
    {
      file,
      expectation,
      tokens = expectation.tokens,
    }: { file: string; expectation: Expectation; tokens?: Expectation["tokens"] },
    webhook: Webhook | null = null,
    causes: readonly CheckResult[] = [],
  ): CheckResult {
    const { source } = this.#context.contract;
    return makeResult({
      code,
      type,
      message,
      mock: { file, interaction: expectation, tokens, value: expectation.description },
      spec: { place: webhook?.source ?? source, value: null, webhook },
      causes,
    });
  }
}

/** What a delivery without a body says stands in its query. */
function withQuery(expectation: HttpExpectation): HttpExpectation["delivery"] {
  const { delivery, query, queryTokens } = expectation;
  if (delivery.body !== null || query.size === 0) return delivery;
  const fields = [...query].flatMap(([name, values]) => values.map((value) => [name, value] as const));
  const body = { content: fieldsOf(fields), tokens: queryTokens, rules: new RuleTree() };
  return { ...delivery, contentType: null, body };
}
