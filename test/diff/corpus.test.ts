import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { type DiffSide, diffContracts } from "../../src/diff/index.ts";
import { loadContract } from "../../src/pipeline.ts";
import { loaded, readable } from "../corpus/documents.ts";
import { told } from "./helpers.ts";

const repository = fileURLToPath(new URL("../..", import.meta.url));

/** The documents of the repository that are kept beside their expected output. */
const others = ["specs", "test/fixtures/documents"].flatMap((folder) =>
  readdirSync(join(repository, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) =>
      ["openapi.yaml", "asyncapi.yaml", "openapi.json", "asyncapi.json"]
        .map((file) => join(folder, name, file))
        .filter((file) => existsSync(join(repository, file))),
    ),
);

test.each(readable.map((document) => [document.name, document] as const))(
  "%s has not changed since it was read",
  async (_name, document) => {
    expectNoChange((await loaded(document)).value, (await loaded(document)).value);
  },
);

test.each(others)("%s has not changed since it was read", async (path) => {
  const load = async () => (await loadContract(path, { cwd: repository, id: "case" })).value;
  const [base, revision] = [await load(), await load()];
  if (base === null || revision === null) throw new Error(`${path} cannot be read`);
  expect(base.contract.webhooks.length).toBeGreaterThan(0);
  expectNoChange(base, revision);
});

function expectNoChange(base: DiffSide, revision: DiffSide): void {
  expect(told(diffContracts({ base, revision }, { prose: true }))).toEqual([]);
}
