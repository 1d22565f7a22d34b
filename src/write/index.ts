export { type CompareReason, compareUnit, type StaleFile } from "./compare-unit.ts";
export { hashBytes, hashInputs } from "./hash.ts";
export { type ExpectedUnit, isUnitFresh } from "./is-unit-fresh.ts";
export { withLock } from "./lock.ts";
export { MANIFEST_NAME, type Manifest } from "./manifest.ts";
export { orphanedUnits, removeUnit } from "./orphaned-units.ts";
export type { Unit, UnitFile } from "./unit.ts";
export { WriteError, type WriteErrorCode } from "./write-error.ts";
export { type WriteCounts, writeUnit } from "./write-unit.ts";
