import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { emitContractFiles, loadContract } from "../../src/pipeline.ts";

const folder = fileURLToPath(new URL("../fixtures/documents/", import.meta.url));
const cases = readdirSync(folder).sort();

/** Everything that is emitted for small documents that were chosen with care; `why` stands in each one's first line. */
describe.each(cases)("%s", (name) => {
  test("is emitted as it was last read and approved", async () => {
    const document = readdirSync(join(folder, name)).find((file) => /^(?:openapi|asyncapi)\.yaml$/.test(file)) ?? "";
    const { value } = await loadContract(document, { id: name, cwd: join(folder, name) });
    expect(value).not.toBeNull();
    if (value === null) return;
    const { value: files, diagnostics } = await emitContractFiles(value.contract, {});
    for (const { path, text } of files) {
      await expect(text).toMatchFileSnapshot(join(folder, name, "expected", path));
    }
    const findings = diagnostics.map(({ code, message }) => `${code}: ${message}\n`).join("");
    await expect(findings).toMatchFileSnapshot(join(folder, name, "expected", "diagnostics.txt"));
    // A file that is no longer made would lie here for ever.
    const expected = readdirSync(join(folder, name, "expected"), { recursive: true, withFileTypes: true });
    expect(expected.filter((entry) => entry.isFile())).toHaveLength(files.length + 1);
  });
});
