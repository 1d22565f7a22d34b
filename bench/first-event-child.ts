/** Prints the milliseconds from the beginning of the import to the first decoded event, in a process that did nothing else. */
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [module = "", bodyFile = ""] = process.argv.slice(2);
const body = readFileSync(bodyFile);
const start = performance.now();
const { decode } = await import(pathToFileURL(module).href);
const decoded = await decode({ method: "POST", headers: { "content-type": "application/json" }, body });
const milliseconds = performance.now() - start;
if (!decoded.ok && decoded.webhook === null) {
  // Several webhooks of this document are told apart by a header: it is what their sender sends.
  throw new Error(`not decoded: ${decoded.reason} ${JSON.stringify(decoded.errors).slice(0, 300)}`);
}
process.stdout.write(String(milliseconds));
