export { type Bundle, bundleForParser } from "./bundle.ts";
export { type ResolveInput, resolveDocuments } from "./resolve-documents.ts";
