import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { type DiffSide, diffContracts } from "../../src/diff/index.ts";
import { loadContract } from "../../src/pipeline.ts";
import { loaded, readable } from "../corpus/documents.ts";
import { Random } from "../fuzz/random.ts";
import { told } from "./helpers.ts";
import { withoutMirror } from "./random-checks.ts";
import { changed } from "./random-pairs.ts";

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

/** A contract in which one schema lost or got a keyword: a named one, or a webhook's own. */
function mutated(side: DiffSide, random: Random): DiffSide {
  const { contract } = side;
  const keys = Object.keys(contract.schemas);
  if (keys.length > 0 && random.chance(0.7)) {
    const key = random.pick(keys);
    const schemas = { ...contract.schemas, [key]: changed(contract.schemas[key] ?? true, random) };
    return { ...side, contract: { ...contract, schemas } };
  }
  const chosen = random.pick(contract.webhooks);
  const webhooks = contract.webhooks.map((one) =>
    one === chosen ? { ...one, payload: changed(one.payload, random) } : one,
  );
  return { ...side, contract: { ...contract, webhooks } };
}

test("what was changed at random in any document is told alike both ways", async () => {
  const random = new Random(5, 0);
  let [tried, found] = [0, 0];
  const unmirrored: string[] = [];
  for (const document of readable) {
    const base = (await loaded(document)).value;
    if (base.contract.webhooks.length === 0) continue;
    for (let round = 0; round < 6; round++) {
      const revision = mutated(base, random);
      const forward = diffContracts({ base, revision });
      const backward = diffContracts({ base: revision, revision: base });
      tried++;
      if (forward.length > 0) found++;
      const lost = [...withoutMirror(forward, backward), ...withoutMirror(backward, forward)];
      if (lost.length > 0) unmirrored.push(`${document.name}, round ${round}: ${lost.join(", ")}`);
    }
  }
  expect(found / tried).toBeGreaterThan(0.3);
  // As in `fuzz/diff.test.ts`: an object among listed values can be judged one way only, and a document has many places.
  expect(unmirrored.length / tried, unmirrored.join("\n")).toBeLessThan(0.02);
});
