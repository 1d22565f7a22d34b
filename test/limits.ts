/** Hostile input must be answered within this time, however busy the machine: what is wrong with it takes for ever. */
export const HOSTILE_MILLISECONDS_MAX = 10_000;

/** Whether a test may take its time: `npm test` is to be run at every change, `npm run test:slow` before it is shared. */
export const IS_THOROUGH = process.env["HOOKBOOK_TESTS"] === "thorough";

/** How often a property is tried: so often, or a tenth of it where there is no time. */
export function runs(count: number): number {
  return IS_THOROUGH ? count : Math.ceil(count / 10);
}
