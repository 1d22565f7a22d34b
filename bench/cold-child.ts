/** Prints the milliseconds from the beginning of the import to the first decoded event, in a process that did nothing else. */
const [index = "", body] = process.argv.slice(2);
const start = performance.now();
const { decode } = await import(index);
const decoded = await decode({ method: "POST", headers: { "content-type": "application/json" }, body });
const milliseconds = performance.now() - start;
if (!decoded.ok) throw new Error(`not decoded: ${decoded.reason}`);
process.stdout.write(String(milliseconds));
