export { fullSample, minimalSample, randomSample, type Sample, type SampledContract, webhookSample } from "./sample.ts";
export { type SampleVariant, sampleVariants, type VariantOptions } from "./variants.ts";
