declare module "openapi-typescript/dist/transform/components-object.mjs" {
  export { transformComponentsObject as default } from "openapi-typescript";
}

declare module "openapi-typescript/dist/lib/ts.mjs" {
  export { astToString } from "openapi-typescript";
}
