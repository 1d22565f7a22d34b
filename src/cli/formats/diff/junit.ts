import { junitXml, type TestCase, visible } from "../../../diagnostics/index.ts";
import type { DiffReport, ReportedChange } from "../../diff/report.ts";
import { placesText, pointerText, sentenceOf } from "./words.ts";

/**
 * The comparison as test results: each webhook is a case, which fails by the changes that make the command fail.
 * @param fails  whether a change does; the others are left out, since a test passes or fails
 */
export function diffJunit({ contracts, complete }: DiffReport, fails: (change: ReportedChange) => boolean): string {
  const cases = contracts.flatMap(({ contract, webhooks, changes }) =>
    webhooks.map(
      (name): TestCase => ({
        name: visible(name),
        className: visible(contract),
        failures: changes.filter((change) => change.webhook === name && fails(change)).map(failureText),
      }),
    ),
  );
  const unread: TestCase = {
    name: "every side can be read",
    className: "hookbook diff",
    failures: ["A side could not be read, or not whole: standard error says which."],
  };
  return junitXml("hookbook diff", complete ? cases : [unread, ...cases]);
}

function failureText(change: ReportedChange): string {
  const where = pointerText(change.in, [change.pointer, ...(change.also ?? [])]);
  const places = placesText(change.base, change.revision);
  const head = [change.level, change.rule, where].filter((part) => part !== "").join(" ");
  return visible(`${head}: ${sentenceOf(change)}${places === "" ? "" : ` (${places})`}`);
}
