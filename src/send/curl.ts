import type { OutgoingRequest } from "./request.ts";

/** A request as a command for `sh` that sends the same bytes, one option a line. */
export function curlCommand({ method, url, headers, body }: OutgoingRequest): string {
  // Brackets in the address are no patterns, and dots in the path stay.
  const lines = ["curl --include --globoff --path-as-is"];
  // Without it curl would wait for a reply that never has a body.
  lines.push(method === "HEAD" ? "--head" : `--request ${quoted(method)}`);
  // A header without a value is one whose colon is written as a semicolon.
  for (const [name, value] of Object.entries(headers)) {
    if (!isOwn(name, value, url)) lines.push(`--header ${quoted(value === "" ? `${name};` : `${name}: ${value}`)}`);
  }
  for (const name of ["accept", "user-agent", ...(body === "" ? [] : ["content-type"])]) {
    if (headers[name] === undefined) lines.push(`--header ${quoted(`${name}:`)}`);
  }
  // A shell's own `printf` takes any length; what a program is given is limited.
  const isPlain = !UNPRINTABLE.test(body) && !body.startsWith("@") && body.length < ARGUMENT_MAX;
  if (body !== "") lines.push(isPlain ? `--data-binary ${quoted(body)}` : "--data-binary @-");
  lines.push(quoted(url));
  const command = lines.join(" \\\n  ");
  return body === "" || isPlain ? command : `printf -- ${quoted(printfFormat(body))} |\n${command}`;
}

/** Linux has 128 KiB, in bytes. */
const ARGUMENT_MAX = 30_000;

/** What curl writes itself. */
function isOwn(name: string, value: string, url: string): boolean {
  return name === "content-length" || name === "connection" || (name === "host" && value === new URL(url).host);
}

/** What a terminal would not show, or what is lost when it is copied from there; a shell's words have no NUL. */
const UNPRINTABLE =
  /[\p{Cc}\p{Zl}\p{Zp}\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/u;

/** One word for a POSIX shell, whatever is in it. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** What the shell's `printf` writes as this text. */
function printfFormat(text: string): string {
  return text
    .replaceAll("\\", "\\\\")
    .replaceAll("%", "%%")
    .replace(new RegExp(UNPRINTABLE, "gu"), (character) => {
      if (character === "\n") return "\\n";
      if (character === "\r") return "\\r";
      if (character === "\t") return "\\t";
      return Array.from(new TextEncoder().encode(character), (byte) => `\\${byte.toString(8).padStart(3, "0")}`).join(
        "",
      );
    });
}
