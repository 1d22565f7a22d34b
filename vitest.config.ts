import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // CommonJS packages are imported as Node imports them, or the sources would see other modules than users do.
    deps: { interopDefault: false },
    // Each file starts what it needs itself, and two cores are what a small CI machine has.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
