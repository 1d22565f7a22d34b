import { type Check, isFilledText, listOf, settings, single } from "./config-fault.ts";
import type { DocsConfig } from "./define-config.ts";

const CHECKS = {
  title: single(isFilledText, "a text that is not empty"),
  logo: single(
    (value) => typeof value === "string" && /.\.(?:svg|png)$/i.test(value),
    "the path of an .svg or .png file",
  ),
  guides: single(isFilledText, "the path of a folder"),
  guidesFirst: listOf(single(isFilledText, "the name of a guide"), "a list of names"),
  guidesAddress: single(
    (value) => typeof value === "string" && /^https?:\/\/./i.test(value) && URL.canParse(value),
    "an http or https address",
  ),
  style: single(isFilledText, "the path of a file"),
  pacts: single((value) => value === false || isFilledText(value), "the path of a file or folder, or false"),
  changelog: single(
    (value) => typeof value === "boolean" || (Number.isInteger(value) && Number(value) > 0),
    "true, false or a number of revisions",
  ),
  commands: single((value) => typeof value === "boolean", "true or false"),
} as const satisfies Record<keyof DocsConfig, Check>;

/** Checks the settings of the published pages; whether the files are there is told when they are read. */
export const checkDocsConfig: Check = settings(CHECKS, "an object of settings");
