import { styleText } from "node:util";
import { junitXml, type TestCase, visible } from "../../diagnostics/index.ts";
import type { Locate } from "../../model/index.ts";
import type { CheckReport, CheckResult } from "../../pact/static.ts";
import { workflowCommand } from "./github.ts";

/** Where lines of both sides are found. */
export interface ResultPlaces {
  readonly locatePact: Locate;
  readonly locateDocument: Locate;
}

/** More of one code tell nothing new; the number of the others is said. */
const SAME_CODE_MAX = 20;
const COLORS = { error: "red", warning: "yellow", info: "blue" } as const;

/** Results for people: each with its place in the pact and in the document. */
export function pactText(
  { results, summary }: CheckReport,
  { colors, ...places }: ResultPlaces & { readonly colors: boolean },
): string {
  const counts = new Map<string, number>();
  const shown = results.filter(isTelling).filter(({ code }) => {
    const count = (counts.get(code) ?? 0) + 1;
    counts.set(code, count);
    return count <= SAME_CODE_MAX;
  });
  const paint = (type: CheckResult["type"]) =>
    colors ? styleText(COLORS[type], type, { validateStream: false }) : type;
  const blocks = shown.map((result) => {
    const { code, type, message, causes = [] } = result;
    const lines = [
      `${mockPlace(result, places)}  ${paint(type)}  ${code}  ${visible(message)}`,
      `  in ${interactionText(result)}`,
      `  the document: ${specPlace(result, places)}`,
      ...causes.map((cause) => `  - ${visible(cause.message)}`),
    ];
    return `${lines.join("\n")}\n`;
  });
  const more = [...counts].flatMap(([code, count]) =>
    count > SAME_CODE_MAX ? [`and ${count - SAME_CODE_MAX} more of ${code} (--format json has them all)\n`] : [],
  );
  const { interactions, compared, matched, errors, warnings } = summary;
  const total = `${counted(interactions, "interaction")}, ${compared} compared, ${matched} matched: ${counted(errors, "error")}, ${counted(warnings, "warning")}`;
  return `${[...blocks, ...more].join("\n")}${blocks.length > 0 ? "\n" : ""}${total}\n`;
}

/** A test case for each interaction; what is wrong with a whole file is one of its own. */
export function pactJunit({ results }: CheckReport, contract: string): string {
  const cases = new Map<string, TestCase>();
  for (const { code, type, message, mockDetails } of results) {
    const { file, interactionDescription, interactionState, location } = mockDetails;
    const [interaction] = /^\[root\]\.\w+\[\d+\]/.exec(location) ?? [""];
    const id = JSON.stringify([file, interaction]);
    const state = interactionState === "[none]" ? "" : ` (${interactionState})`;
    const name = visible(interactionDescription === null ? "the pact" : `${interactionDescription}${state}`);
    const failures = type === "error" ? [`${code} ${visible(message)}`] : [];
    const known = cases.get(id);
    cases.set(id, { name, className: visible(file), failures: [...(known?.failures ?? []), ...failures] });
  }
  return junitXml(`hookbook pact check ${contract}`, [...cases.values()]);
}

/** Errors and warnings as annotations at the pact's lines. */
export function pactGithub({ results }: CheckReport, places: ResultPlaces): string {
  return results
    .filter(isTelling)
    .map((result) => {
      const { file, pointer } = result.mockDetails;
      const { line, column } = places.locatePact({ file, pointer });
      const text = `${visible(result.message)}\nthe document: ${specPlace(result, places)}`;
      return workflowCommand(result.type, { file, line, column, title: result.code }, text);
    })
    .join("");
}

/** What went well is counted. */
function isTelling({ code }: CheckResult): boolean {
  return !code.endsWith(".matched");
}

function mockPlace({ mockDetails: { file, pointer } }: CheckResult, { locatePact }: ResultPlaces): string {
  const { line, column } = locatePact({ file, pointer });
  return `${visible(file)}:${line}:${column}`;
}

function specPlace({ specDetails: { file, pointer } }: CheckResult, { locateDocument }: ResultPlaces): string {
  const { line, column } = locateDocument({ file, pointer });
  return `${visible(file)}:${line}:${column}${pointer === "" ? "" : ` at ${visible(pointer)}`}`;
}

function interactionText({ mockDetails }: CheckResult): string {
  const { interactionDescription, interactionState, location } = mockDetails;
  const state = interactionState === "[none]" ? "" : ` (${interactionState})`;
  const name = interactionDescription === null ? "" : `${JSON.stringify(interactionDescription)}${state} at `;
  return visible(`${name}${location}`);
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}
