/**
 * Breaks the code that decides who sent a delivery, in one way at a time, and has the tests find out. A mutant that they let
 * pass is something that could be broken without anybody being told.
 */
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";

const repository = fileURLToPath(new URL("../..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "hookbook-mutants-"));

interface Mutant {
  readonly why: string;
  /** In `src/receiver/`. */
  readonly file: string;
  /** Stands there once. */
  readonly code: string;
  readonly instead: string;
}

const MUTANTS: readonly Mutant[] = [
  {
    why: "bytes that differ are equal",
    file: "authenticity/bytes.ts",
    code: "return difference === 0;",
    instead: "return difference >= 0;",
  },
  {
    why: "only the last byte counts",
    file: "authenticity/bytes.ts",
    code: "difference |= (a[index]",
    instead: "difference = (a[index]",
  },
  {
    why: "lengths do not count",
    file: "authenticity/bytes.ts",
    code: "if (a.length !== b.length) return false;",
    instead: "",
  },
  { why: "odd hex is read", file: "authenticity/bytes.ts", code: "text.length % 2 !== 0 || ", instead: "" },
  {
    why: "a wrong signature is right",
    file: "authenticity/check-signature.ts",
    code: "if (!results.includes(true) || !hashFits)",
    instead: "if (!hashFits)",
  },
  {
    why: "the body's hash is not looked at",
    file: "authenticity/check-signature.ts",
    code: "if (!results.includes(true) || !hashFits)",
    instead: "if (!results.includes(true))",
  },
  {
    why: "signatures are right when wrong",
    file: "authenticity/check-signature.ts",
    code: "!results.includes(true)",
    instead: "results.includes(true)",
  },
  {
    why: "no time is too old",
    file: "authenticity/check-signature.ts",
    code: "return isStale ? failed",
    instead: "return false ? failed",
  },
  {
    why: "the future is never too far",
    file: "authenticity/check-signature.ts",
    code: "Math.abs(now() - signedAt)",
    instead: "(now() - signedAt)",
  },
  {
    why: "tolerance in milliseconds",
    file: "authenticity/check-signature.ts",
    code: "toleranceSeconds * 1_000",
    instead: "toleranceSeconds * 1_000_000",
  },
  {
    why: "a tolerance is none",
    file: "authenticity/check-signature.ts",
    code: "toleranceSeconds > 0",
    instead: "toleranceSeconds > 1000",
  },
  {
    why: "a missing time is no matter",
    file: "authenticity/check-signature.ts",
    code: "(needsTimestamp && signedAt === null) || ",
    instead: "",
  },
  {
    why: "a missing id is no matter",
    file: "authenticity/check-signature.ts",
    code: " || (needsId && id === null)",
    instead: "",
  },
  {
    why: "any body will do without a hash",
    file: "authenticity/check-signature.ts",
    code: "if (wanted === null) return false;",
    instead: "if (wanted === null) return true;",
  },
  {
    why: "seconds are milliseconds",
    file: "authenticity/check-signature.ts",
    code: 'unit === "seconds" ? 1_000 : 1',
    instead: 'unit === "seconds" ? 1 : 1_000',
  },
  {
    why: "only the first secret counts",
    file: "authenticity/check-signature.ts",
    code: "secrets.map((secret) => verifyingKey",
    instead: "secrets.slice(0, 1).map((secret) => verifyingKey",
  },
  {
    why: "a hash that is another",
    file: "authenticity/check-signature.ts",
    code: ": equalBytes(own, wanted)",
    instead: ": true",
  },
  {
    why: "an empty key",
    file: "authenticity/secret.ts",
    code: 'if (bytes.length === 0) throw new TypeError("The secret is empty.");',
    instead: "if (bytes.length === 0) return bytes;",
  },
  {
    why: "a short key",
    file: "authenticity/secret.ts",
    code: "bytes.length < SECRET_BYTES_MIN",
    instead: "bytes.length < 1",
  },
  {
    why: "a key a byte too short",
    file: "authenticity/secret.ts",
    code: "bytes.length < SECRET_BYTES_MIN",
    instead: "bytes.length < SECRET_BYTES_MIN - 1",
  },
  {
    why: "one signature of several",
    file: "authenticity/verifying-key.ts",
    code: "signatures.some((one) => equalBytes(made, one))",
    instead: "signatures.slice(0, 1).some((one) => equalBytes(made, one))",
  },
  {
    why: "any signature",
    file: "authenticity/verifying-key.ts",
    code: "signatures.some((one) => equalBytes(made, one))",
    instead: "signatures.length > 0 || !made",
  },
  {
    why: "endless signatures",
    file: "authenticity/signature-header.ts",
    code: "signatures.length < SIGNATURES_MAX",
    instead: "true",
  },
  {
    why: "a recipe that signs no body",
    file: "authenticity/declaration.ts",
    code: "if (!/\\{(?:body|form)\\}/.test(signedContent))",
    instead: "if (false)",
  },
  {
    why: "tokens that differ are equal",
    file: "credentials/constant-time.ts",
    code: "return difference === 0;",
    instead: "return difference >= 0;",
  },
  {
    why: "lengths of tokens do not count",
    file: "credentials/constant-time.ts",
    code: "let difference = given.length ^ secret.length;",
    instead: "let difference = 0;",
  },
  {
    why: "only the last character counts",
    file: "credentials/constant-time.ts",
    code: "difference |= given",
    instead: "difference = given",
  },
  { why: "only the last secret counts", file: "credentials/constant-time.ts", code: " || found;", instead: ";" },
  {
    why: "an empty token",
    file: "credentials/secret-texts.ts",
    code: "if (length === 0) throw",
    instead: "if (length === 0) return; if (length < 0) throw",
  },
  {
    why: "a short token",
    file: "credentials/secret-texts.ts",
    code: "length < TOKEN_BYTES_MIN",
    instead: "length < 1",
  },
  {
    why: "white space around a token",
    file: "credentials/secret-texts.ts",
    code: "if (token.trim() !== token)",
    instead: "if (false)",
  },
  {
    why: "a short password",
    file: "credentials/secret-texts.ts",
    code: 'checkLength(password, "The password");',
    instead: "",
  },
  {
    why: "missing credentials are right",
    file: "credentials/check-scheme.ts",
    code: "if (given === null) return MISSING;",
    instead: "if (given === null) return MET;",
  },
  {
    why: "wrong credentials are right",
    file: "credentials/check-scheme.ts",
    code: "return isOneOf(given, wanted) ? MET : WRONG;",
    instead: "return MET;",
  },
  {
    why: "a check of one's own need not say true",
    file: "credentials/check-scheme.ts",
    code: "(await secret.check(delivery)) === true ? MET : WRONG",
    instead: "(await secret.check(delivery)) === false ? WRONG : MET",
  },
  {
    why: "any kind of authorization is basic",
    file: "credentials/check-scheme.ts",
    code: "value.slice(0, space).toLowerCase() === scheme",
    instead: "true",
  },
  {
    why: "a cookie's name need only end so",
    file: "credentials/check-scheme.ts",
    code: "pair.slice(0, equals).trim() === name",
    instead: "pair.slice(0, equals).trim().endsWith(name)",
  },
  {
    why: "basic credentials of the wrong part",
    file: "credentials/check-scheme.ts",
    code: 'scheme.in === "user"',
    instead: 'scheme.in !== "user"',
  },
  {
    why: "half of what is needed is enough",
    file: "credentials/authenticator.ts",
    code: "if (failed.length === 0) return null;",
    instead: "if (failed.length < alternative.length || failed.length === 0) return null;",
  },
  {
    why: "nothing is needed",
    file: "credentials/authenticator.ts",
    code: "if (!failures.includes(null)) return closest",
    instead: "if (false) return closest",
  },
  {
    why: "one webhook's credentials are good for another",
    file: "credentials/authenticator.ts",
    code: "failures[plan.policyOf(webhook)] ?? null",
    instead: "null",
  },
  {
    why: "an alternative counts without its secrets",
    file: "credentials/plan-security.ts",
    code: "names.every((name) => given.includes(name))",
    instead: "names.some((name) => given.includes(name))",
  },
  {
    why: "a secret is not asked for where none is needed",
    file: "credentials/plan-security.ts",
    code: "if (checked.length > 0) return checked;",
    instead: "if (checked.length > 0 && checked.length === usable.length) return checked;",
  },
  {
    why: "a silent document lets everybody in",
    file: "credentials/plan-security.ts",
    code: "anyOf(checked)",
    instead: "anyOf([])",
  },
  {
    why: "a scheme that is not checked opens the others",
    file: "credentials/plan-security.ts",
    code: "anyOf(checked)",
    instead: "anyOf(given)",
  },
  {
    why: "a variable that is not set is no matter",
    file: "credentials/plan-security.ts",
    code: "} else if (!isGiven(secrets, name)) {",
    instead: "} else if (false) {",
  },
  {
    why: "a missing secret is no matter",
    file: "credentials/plan-security.ts",
    code: "problems.push(missingSecret(wanted, names, definitions));",
    instead: "",
  },
  {
    why: "an added scheme without secret is no matter",
    file: "credentials/plan-security.ts",
    code: "if (!Object.hasOwn(secrets, name)) problems.push(`schemes",
    instead: "if (false) problems.push(`schemes",
  },
  {
    why: "an unreadable secret is no matter",
    file: "credentials/plan-security.ts",
    code: "if (!(error instanceof TypeError)) throw error;",
    instead: "return [];",
  },
  {
    why: "an empty list of secrets",
    file: "credentials/read-secret.ts",
    code: "if (secrets.length === 0) throw",
    instead: "if (false) throw",
  },
  {
    why: "a receiver that goes on",
    file: "receive.ts",
    code: "if (!authentic.ok) return refuseCredentials(authentic, asSent, progress);",
    instead: "if (!authentic.ok) return handleUnknown([], { delivery, authentic: authentic as never, progress });",
  },
  {
    why: "a receiver that does not look again",
    file: "receive.ts",
    code: "if (missing !== null) return",
    instead: "if (false) return",
  },
  {
    why: "a body that is too large",
    file: "receive.ts",
    code: "if (body.length > bodyBytesMax)",
    instead: "if (false)",
  },
  {
    why: "ids are done when handling failed",
    file: "handling.ts",
    code: "{ error: end.error }), done: false",
    instead: "{ error: end.error }), done: true",
  },
];

const TESTS = [
  "authenticity/verify-signature",
  "authenticity/published",
  "credentials/authenticator",
  "receive",
  "handling",
];

beforeAll(() => {
  for (const part of ["src/receiver", "src/runtime", "tsconfig.json", "package.json"]) {
    cpSync(join(repository, part), join(folder, part), { recursive: true });
  }
  for (const name of [...TESTS.map((one) => `${one}.test.ts`), "helpers.ts"]) {
    cpSync(join(repository, "test/receiver", name), join(folder, "test/receiver", name));
  }
  symlinkSync(join(repository, "node_modules"), join(folder, "node_modules"));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Whether the tests of the copy pass. */
function passes(): boolean {
  const vitest = join(repository, "node_modules/vitest/vitest.mjs");
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [vitest, "run", "--root", folder, "--bail", "1", "--testTimeout", "60000"],
    {
      encoding: "utf8",
      env: { ...process.env, VITEST: undefined, NO_COLOR: "1" },
    },
  );
  // A copy that cannot even be read would be taken for one that the tests have found.
  expect(`${stdout}${stderr}`).toMatch(/Tests {2}.*(?:passed|failed)/);
  return status === 0;
}

test("the tests pass as long as nothing is broken", () => expect(passes()).toBe(true), 120_000);

test.each(MUTANTS)(
  "$why: the tests find it",
  ({ file, code, instead }) => {
    const path = join(folder, "src/receiver", file);
    const text = readFileSync(path, "utf8");
    expect(text.split(code), `${file} must have this once: ${code}`).toHaveLength(2);
    writeFileSync(
      path,
      text.replace(code, () => instead),
    );
    try {
      expect(passes()).toBe(false);
    } finally {
      writeFileSync(path, text);
    }
  },
  120_000,
);
