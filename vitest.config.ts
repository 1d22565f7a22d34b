import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Each file starts what it needs itself, and two cores are what a small CI machine has.
    maxWorkers: 2,
    testTimeout: 30_000,
  },
});
