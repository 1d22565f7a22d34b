import { createContext, runInContext } from "node:vm";
import type { Within } from "../bridge/check-examples-within.ts";

/** Runs work under the engine's own watchdog, which ends even a regular expression that backtracks for ever. */
export const within: Within = (milliseconds, work) => {
  try {
    return runInContext("work()", createContext({ work }), { timeout: milliseconds });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_SCRIPT_EXECUTION_TIMEOUT") return undefined;
    throw error;
  }
};
