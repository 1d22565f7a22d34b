import { afterAll, describe, expect, test } from "vitest";
import { joinPointer, walk } from "../../../src/json/index.ts";
import type { Contract, JsonObject } from "../../../src/model/index.ts";
import { endAsyncApiRules, loadContract } from "../../../src/pipeline.ts";
import { contractOf } from "../../normalize/helpers.ts";
import { cases } from "./cases.ts";
import { type Description, differingParts, exported, violations } from "./helpers.ts";

const FORMATS: readonly Description[] = ["asyncapi", "openapi"];
const repository = new URL("../../..", import.meta.url).pathname;

afterAll(endAsyncApiRules);

describe.each(FORMATS)("the contracts of this repository, as %s", (to) => {
  test.each([
    ["bandwidth-webrtc", "openapi.yaml", 3],
    ["conference", "openapi.yaml", 22],
    ["bandwidth-voice-messaging", "asyncapi.yaml", 17],
  ])("%s is the same when it is read again, and the document is right", async (id, file, count) => {
    const contract = await shipped(id, file);
    const { document, diagnostics, contract: again } = await exported(contract, to);
    expect(again.webhooks).toHaveLength(count);
    expect(diagnostics).toEqual([]);
    expect(differingParts(contract, again)).toEqual([]);
    expect(again.omissions).toEqual([]);
    expect(await violations(document)).toEqual([]);
    // Only the path items that are one webhook in two forms have to say so.
    const named = to === "openapi" && id === "bandwidth-voice-messaging";
    expect(extensionsIn(document)).toEqual(
      named ? contract.webhooks.map(({ name }) => `/webhooks/${name}/x-webhook-name`) : [],
    );
  });

  test("and back from the other format", async () => {
    const [there, back] = to === "asyncapi" ? FORMATS : [...FORMATS].reverse();
    for (const [id, file] of [
      ["conference", "openapi.yaml"],
      ["bandwidth-voice-messaging", "asyncapi.yaml"],
    ] as const) {
      const contract = await shipped(id, file);
      const first = await exported(contract, there as Description);
      const second = await exported(first.contract, back as Description);
      expect(differingParts(contract, second.contract)).toEqual([]);
      expect(second.diagnostics).toEqual([]);
    }
  });
});

describe.each(FORMATS)("as %s", (to) => {
  test.each(cases)("$why", async ({ files, [to]: outcome = {} }) => {
    const { contract } = await contractOf(files);
    const { document, diagnostics, contract: again } = await exported(contract, to);
    expect(diagnostics.map(({ message }) => message)).toEqual(outcome.losses ?? []);
    expect(differingParts(contract, again)).toEqual(outcome.differs ?? []);
    expect(extensionsIn(document)).toEqual(outcome.extensions ?? []);
    // The parser of AsyncAPI copies objects so that a key "__proto__" is lost.
    if (to === "openapi" || !JSON.stringify(document).includes('"__proto__":')) {
      expect(await violations(document)).toEqual([]);
    }
  });

  test("the same bytes every time, and the contract is left as it is", async () => {
    for (const { files } of cases.slice(0, 12)) {
      const { contract } = await contractOf(files);
      const before = JSON.stringify(contract);
      const texts = await Promise.all([1, 2].map(async () => (await exported(freeze(contract), to)).text));
      expect(texts[0]).toBe(texts[1]);
      expect(JSON.stringify(contract)).toBe(before);
    }
  });
});

test("losses are placed at what loses them", async () => {
  const found = cases.find(({ why }) => why.startsWith("AsyncAPI replies"));
  const { contract } = await contractOf(found?.files ?? {});
  const { diagnostics } = await exported(contract, "openapi");
  expect(diagnostics).toMatchObject([
    {
      code: "export-loses",
      severity: "warning",
      location: { file: "asyncapi.json", pointer: "/components/messages/m" },
    },
    { code: "export-loses", location: { pointer: "/components/messages/m" } },
  ]);
});

async function shipped(id: string, file: string): Promise<Contract> {
  const { value } = await loadContract(`specs/${id}/${file}`, { cwd: repository, id });
  if (value === null) throw new Error(`${id} cannot be read`);
  return value.contract;
}

/** Pointers of `x-webhook-name` and `x-webhook-route`, those inside of schemas left out. */
function extensionsIn(document: JsonObject): readonly string[] {
  const found: string[] = [];
  walk(document, (value, pointer) => {
    if (/\/(?:schema|payload|schemas)$/.test(pointer)) return "skip";
    if (typeof value !== "object" || value === null) return undefined;
    for (const extension of ["x-webhook-name", "x-webhook-route"]) {
      if (Object.hasOwn(value, extension)) found.push(joinPointer(pointer, extension));
    }
    return undefined;
  });
  return found;
}

function freeze<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const member of Object.values(value)) freeze(member);
  }
  return value;
}
