import { readFileSync } from "node:fs";

/** This package's version; `package.json` stands one folder above both the sources and the built package. */
export const version: string = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")).version;
