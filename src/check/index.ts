export { endAsyncApiParser } from "./asyncapi-parser.ts";
export { checkAsyncApi } from "./check-asyncapi.ts";
export { checkOpenApi } from "./check-openapi.ts";
export { checkVocabulary } from "./check-vocabulary.ts";
export { type MapBack, sameFile } from "./map-back.ts";
