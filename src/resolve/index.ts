export { type Bundle, bundleDocument, bundleForParser } from "./bundle.ts";
export { type ResolveInput, resolveDocuments } from "./resolve-documents.ts";
