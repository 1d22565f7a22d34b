import { createRequire } from "node:module";

// Required and not imported: TypeScript does not say that it is CommonJS, so Node would read its nine megabytes once more to find out.
const require = createRequire(import.meta.url);

type TypeScript = typeof import("typescript");
type Types = typeof import("openapi-typescript");

export const ts: TypeScript = require("typescript");

/**
 * Single modules of openapi-typescript: its entry brings a linter of OpenAPI documents, which takes longer to load, and to run on the
 * schemas of a contract, than all else that is generated.
 */
export const transformComponentsObject: Types["transformComponentsObject"] =
  require("openapi-typescript/dist/transform/components-object.cjs").default;
export const { astToString }: Pick<Types, "astToString"> = require("openapi-typescript/dist/lib/ts.cjs");
