import { configDefaults, defineConfig } from "vitest/config";

/** Contract tests write pacts, and are asked for by `npm run contract`. */
const CONTRACT = ["test/contract/**/*.test.ts"];
/** What tries to break the tool takes minutes, and is asked for by `npm run test:hostile`. */
const HOSTILE = ["test/fuzz/**/*.test.ts", "test/hostile/**/*.test.ts"];

/** What looks at pages in a browser, which has to be there: `npm run test:browser`. */
const BROWSER = ["test/browser/**/*.test.ts"];

const INCLUDED: Readonly<Record<string, readonly string[]>> = {
  hostile: HOSTILE,
  browser: BROWSER,
  contract: CONTRACT,
};

export default defineConfig(({ mode }) => ({
  test: {
    include: [...(INCLUDED[mode] ?? ["test/**/*.test.ts"])],
    exclude: [...configDefaults.exclude, ...(mode in INCLUDED ? [] : [...HOSTILE, ...BROWSER, ...CONTRACT])],
    // CommonJS packages are imported as Node imports them, or the sources would see other modules than users do.
    deps: { interopDefault: false },
    // Each file starts what it needs itself, and two cores are what a small CI machine has.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
}));
