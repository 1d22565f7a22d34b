import type { Form, Webhook } from "../../model/index.ts";
import type { Secret } from "./secrets.ts";
import { LOCAL_ORIGIN, pathOf, type WireRequest } from "./wire.ts";

/** Text as one word of a POSIX shell, whatever is in it. */
function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

export interface CurlOptions {
  readonly form: Form;
  readonly request: WireRequest;
  readonly secrets: readonly Secret[];
}

/**
 * The command that delivers a request to a receiver on this machine. Secrets are variables of the shell; what has to be computed
 * for each delivery is one too, and a shell cannot compute it.
 */
export function curlCommand({ form, request, secrets }: CurlOptions): string {
  const [path = "/", search] = request.target.split("?");
  const queryOfSecrets = secrets.filter(({ place }) => place.in === "query");
  const words: string[] = [];
  const own = (search ?? "")
    .split("&")
    .filter(
      (pair) =>
        pair !== "" && !queryOfSecrets.some(({ place }) => pair.startsWith(`${encodeURIComponent(place.name)}=`)),
    );
  const url = `${LOCAL_ORIGIN}${path}`;
  if (form.encoding === "query") {
    words.push(`--get ${shellWord(url)}`);
    for (const [name, value] of request.fields)
      words.push(`--data-urlencode ${shellWord(`${/^[\w.-]+$/.test(name) ? name : encodedName(name)}=${value}`)}`);
    if (form.method !== "GET") words.push(`--request ${shellWord(form.method)}`);
  } else {
    // Not --url-query, which many a curl in use does not know yet. What a document says stays out of the double quotes.
    const added = queryOfSecrets.map(({ place, variable }) => `${encodedName(place.name)}=$${variable}`).join("&");
    const known = `${url}${own.length + queryOfSecrets.length === 0 ? "" : "?"}${own.join("&")}`;
    const between = own.length === 0 || added === "" ? "" : "&";
    words.push(shellWord(known + between) + (added === "" ? "" : `"${added}"`));
    if (form.method !== "POST" || request.body === "") words.unshift(`--request ${shellWord(form.method)}`);
  }
  if (form.encoding === "query") {
    for (const { place, variable } of queryOfSecrets)
      words.push(`--data-urlencode "${encodedName(place.name)}=$${variable}"`);
  }
  const cookies = secrets
    .filter(({ place }) => place.in === "cookie")
    .map(({ place, variable }) => `${headerName(place.name)}=$${variable}`);
  for (const [name, value] of request.headers) {
    const secret = secrets.find(({ place }) => place.in === "header" && place.name.toLowerCase() === name);
    if (secret?.kind === "basic") words.push(`--user "$${secret.variable}_USERNAME:$${secret.variable}_PASSWORD"`);
    else if (secret?.kind === "bearer") words.push(`--header "authorization: Bearer $${secret.variable}"`);
    else if (secret !== undefined) words.push(`--header "${headerName(name)}: $${secret.variable}"`);
    else if (name === "cookie" && cookies.length > 0) words.push(`--cookie "${cookies.join("; ")}"`);
    else if (name === "content-type" && form.encoding === "multipart") continue;
    else words.push(`--header ${shellWord(`${name}: ${value}`)}`);
  }
  if (form.encoding === "multipart") {
    for (const [name, value] of request.fields) words.push(`--form-string ${shellWord(`${name}=${value}`)}`);
  } else if (form.encoding !== "query" && request.body !== "") {
    words.push(`--data-raw ${shellWord(request.body)}`);
  }
  return `curl ${words.join(" \\\n  ")}`;
}

/** A name as a query has it; nothing of it means anything to a shell, in double quotes either. */
function encodedName(name: string): string {
  return encodeURIComponent(name.replace(/\p{Cs}/gu, "\ufffd")).replace(
    /[!'()*~]/g,
    (character) => `%${character.charCodeAt(0).toString(16)}`,
  );
}

/** In double quotes the shell would read some characters; a header's name has none of them if it is one. */
function headerName(name: string): string {
  return name.replace(/[^\w#%&'*+.^|~-]/g, "_");
}

export interface SendOptions {
  readonly documentPath: string;
  readonly webhook: Webhook;
  readonly example: string | null;
  readonly form: Form | undefined;
  readonly secrets: readonly Secret[];
}

/** The `hookbook send` line, which signs where that is needed. */
export function sendCommand({ documentPath, webhook, example, form, secrets }: SendOptions): string {
  const words = [`hookbook send ${shellWord(documentPath)} ${shellWord(webhook.name)}`];
  words.push(`--to ${shellWord(`${LOCAL_ORIGIN}${pathOf(form?.address ?? null)}`)}`);
  if (example !== null && webhook.examples.length > 1) words.push(`--example ${shellWord(example)}`);
  for (const { name, kind, variable } of secrets) {
    if (kind === "other") continue;
    const value = kind === "basic" ? `$${variable}_USERNAME:$${variable}_PASSWORD` : `$${variable}`;
    words.push(`--secret ${shellWord(name)}="${value}"`);
  }
  return words.join(" \\\n  ");
}
