import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import addFormats from "ajv-formats";

const official = JSON.parse(readFileSync(new URL("../fixtures/sarif/sarif-2.1.0-rtm.5.json", import.meta.url), "utf8"));
// The schema is of draft 4, from which draft 7 differs in how it spells the dialect and the id.
const { $schema: _, id: __, ...schema } = official;
const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
addFormats.default(ajv);
const validate = ajv.compile(schema);

/** What the official schema finds wrong with a SARIF log. */
export function sarifErrors(text: string): readonly unknown[] {
  return validate(JSON.parse(text)) ? [] : (validate.errors ?? []);
}
