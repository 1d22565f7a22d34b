export type { Role } from "./asyncapi-3.0.ts";
export { type NormalizeOptions, type NormalizeResult, normalize } from "./normalize.ts";
