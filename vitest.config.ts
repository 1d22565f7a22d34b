import { fileURLToPath } from "node:url";
import { configDefaults, defineConfig } from "vitest/config";

/** Contract tests write pacts, and are asked for by `npm run contract`. */
const CONTRACT = ["test/contract/**/*.test.ts"];
/** What tries to break the tool takes minutes, and is asked for by `npm run test:hostile`. */
const HOSTILE = [
  "test/fuzz/**/*.test.ts",
  "test/hostile/{generate-documents,list-documents,payloads,receiver,texts}.test.ts",
  "test/{diff,docs,lint,emit/export}/hostile.test.ts",
];
/** What runs whole commands many times over, or Pact's own verifier, takes minutes as well: `npm run test:slow`. */
const SLOW = [
  "test/check/{check-asyncapi,openapi-differential}.test.ts",
  "test/cli/{changelog,docs,docs-watch,generate,lint,send,template,too-deep}.test.ts",
  "test/corpus/**/*.test.ts",
  "test/diff/{corpus,random}.test.ts",
  "test/docs/commands.test.ts",
  "test/emit/{types,export/round-trip}.test.ts",
  "test/generated/{deterministic,standalone}.test.ts",
  "test/lint/rules.test.ts",
  "test/normalize/mutations.test.ts",
  "test/pact/kit/examples.test.ts",
  "test/pact/mutations.test.ts",
  "test/pact/provider/**/*.test.ts",
  "test/samples/random-schemas.test.ts",
  "test/send/corpus.test.ts",
];
/** Belongs to `npm test` too, where it tries its properties less often and leaves out what is largest. */
const THOROUGH = [
  "test/patterns/is-linear.test.ts",
  "test/read/parse-document.test.ts",
  "test/runtime/{decode,equal,fields,formats-differential,multipart,string-length,unique-items}.test.ts",
];
/** Runs tests on code and documents that are broken on purpose, once for each way to break them: `npm run test:mutants`. */
const MUTANTS = ["test/hostile/security-mutants.test.ts", "test/pact/contract-command.test.ts"];

/** What looks at pages in a browser, which has to be there: `npm run test:browser`. */
const BROWSER = ["test/browser/**/*.test.ts"];

const INCLUDED: Readonly<Record<string, readonly string[]>> = {
  hostile: HOSTILE,
  slow: [...SLOW, ...THOROUGH],
  mutants: MUTANTS,
  browser: BROWSER,
  contract: CONTRACT,
};

export default defineConfig(({ mode }) => ({
  test: {
    include: [...(INCLUDED[mode] ?? ["test/**/*.test.ts"])],
    exclude: [
      ...configDefaults.exclude,
      ...(mode in INCLUDED ? [] : [...HOSTILE, ...SLOW, ...MUTANTS, ...BROWSER, ...CONTRACT]),
    ],
    // CommonJS packages are imported as Node imports them, or the sources would see other modules than users do.
    deps: { interopDefault: false },
    // Two cores are what a small CI machine has. What files import takes as long as most of them do, so it is shared: a test
    // leaves nothing behind, and one that changes what is imported changes it back. Hostile documents fill a process of their own.
    isolate: mode === "hostile" || mode === "mutants",
    maxWorkers: mode === "contract" ? 1 : 2,
    env: {
      HOOKBOOK_TESTS: mode === "slow" ? "thorough" : "quick",
      // Tests start the command hundreds of times: without it, each start would compile the same sources.
      NODE_COMPILE_CACHE: fileURLToPath(new URL("node_modules/.cache/node-compile", import.meta.url)),
    },
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
}));
