export type { Role } from "./asyncapi-3.0.ts";
export { type NormalizeOptions, normalize } from "./normalize.ts";
export { safeKey } from "./safe-key.ts";
