import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { event, openapi, project, run } from "./helpers.ts";

const docs = (path: string) => readFileSync(new URL(`../../docs/${path}`, import.meta.url), "utf8");

test("the workflow that the guide shows is that of the file, and finds the comment that is printed", async () => {
  const workflow = docs("workflows/webhook-compatibility.yml");
  const [, shown = ""] =
    /```yaml\n( {6}- uses: actions\/checkout[\s\S]*?)```/.exec(docs("check-compatibility-in-ci.md")) ?? [];
  const steps = shown.split(/^ *# …\n/m);
  expect(steps).toHaveLength(2);
  for (const step of steps) expect(workflow).toContain(step.trimEnd());
  const { jobs, on } = parse(workflow);
  expect(Object.keys(on)).toEqual(["pull_request"]);
  const scripts: string = jobs.diff.steps.map(({ run: script = "" }) => script).join("\n");
  const [, marker = ""] = /startswith\("(.*?)"\)/.exec(scripts) ?? [];
  const cwd = project({ "a.json": openapi({ paid: event("paid") }), "b.json": openapi({}) });
  const { stdout } = await run(cwd, ["diff", "a.json", "b.json", "--format", "markdown"]);
  expect(stdout.startsWith(`${marker}\n`)).toBe(true);
});
