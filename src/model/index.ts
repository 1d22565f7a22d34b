export type * from "./change.ts";
export type * from "./changelog.ts";
export type * from "./contract.ts";
export type * from "./diagnostic.ts";
export type * from "./document.ts";
export type * from "./json.ts";
export type * from "./output-file.ts";
export type * from "./source.ts";
