export {
  applyBaseline,
  type Baseline,
  type BaselineEntry,
  baselineOf,
  baselineText,
  mergeBaseline,
  parseBaseline,
} from "./baseline.ts";
export { applyLevels, type Level } from "./levels.ts";
