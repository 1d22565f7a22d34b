// The types' emitter is not among these: it brings a compiler with it, and is imported where types are wanted.
export { emitContract } from "./contract/emit-contract.ts";
export { type DecodedSchemas, decodedSchemas } from "./decoded-schemas.ts";
export { type DecodedExample, emitExamples } from "./examples/emit-examples.ts";
export { emitIndex } from "./index/emit-index.ts";
export { makePlans, type Plans } from "./plans.ts";
export { emitRuntime, packageText, type RuntimeTexts } from "./runtime/emit-runtime.ts";
export { fileText } from "./source-text.ts";
export { type TypeNames, typeNames } from "./type-names.ts";
export {
  type CompiledContract,
  compileContract,
  type ValidationFunction,
  type ValidationFunctions,
} from "./validators/compile.ts";
export { emitValidators } from "./validators/emit-validators.ts";
