import { isObject } from "../../../json/index.ts";
import type { Contract, SecurityScheme } from "../../../model/index.ts";
import { codeBlock } from "../code-block.ts";
import type { SignedExample } from "../docs-site.ts";
import { type Html, html, nothing } from "../html.ts";
import { renderMarkdown } from "../markdown.ts";
import { type Secret, secretOf } from "../secrets.ts";
import { receiverSnippet } from "./receiver-snippet.ts";
import { schemeId } from "./scheme-id.ts";

/** How a receiver knows by one scheme that a delivery is genuine, step by step. */
export function authRecipe(name: string, contract: Contract, signed: SignedExample | undefined): Html {
  const secret = secretOf(name, contract.security[name]);
  const { scheme } = secret;
  const text =
    scheme.description === undefined
      ? nothing
      : html`<div class="prose">${renderMarkdown(scheme.description, { firstLevel: 4 }).html}</div>`;
  const snippet =
    secret.kind === "other"
      ? nothing
      : codeBlock({
          code: receiverSnippet({ contract, webhook: null, secrets: [secret] }),
          language: "typescript",
          label: "receiver.ts",
        });
  const id = schemeId(name);
  return html`<section class="scheme" id="${id}" aria-labelledby="${id}-title"><h3 id="${id}-title">${name} <span class="field-type">${kindText(secret)}</span></h3>${text}${steps(secret)}${signed === undefined ? null : workedExample(signed)}${snippet}</section>`;
}

function kindText({ kind, scheme, place }: Secret): string {
  switch (kind) {
    case "signature":
      return `signature in the header ${place.name}`;
    case "basic":
      return "HTTP Basic";
    case "bearer":
      return scheme.type === "http" ? "bearer token" : scheme.type;
    case "token":
      return `shared secret in the ${place.in === "query" ? "query parameter" : place.in} ${place.name}`;
    case "other":
      return scheme.scheme ?? scheme.type;
    default:
      return kind satisfies never;
  }
}

function steps(secret: Secret): Html {
  const { kind, place, scheme } = secret;
  const where = place.in === "query" ? "query parameter" : place.in;
  switch (kind) {
    case "token":
      return ordered([
        html`Read the ${where} <code>${place.name}</code>. Without it, answer 401.`,
        html`Compare it with the secret that you share with the sender, in constant time.`,
        html`It is the same in every delivery and does not depend on the body: whoever has seen one can send others. Take deliveries by HTTPS alone.`,
      ]);
    case "basic":
      return ordered([
        html`Read the header <code>authorization</code>: <code>Basic</code>, a space, and user name and password in base64, a colon between them. Without it, answer 401.`,
        html`Compare both with yours, in constant time.`,
        html`They are the same in every delivery: take deliveries by HTTPS alone.`,
      ]);
    case "bearer":
      return ordered([
        html`Read the header <code>authorization</code>: <code>Bearer</code>, a space, and the token${scheme.bearerFormat === undefined ? nothing : html` (${scheme.bearerFormat})`}. Without it, answer 401.`,
        html`Check the token as its issuer says; one that is a shared secret is compared in constant time.`,
      ]);
    case "signature":
      return ordered(signatureSteps(scheme, place.name));
    case "other":
      return html`<p>There is no recipe for it: a receiver has to check it by itself.</p>`;
    default:
      return kind satisfies never;
  }
}

function signatureSteps({ signature }: SecurityScheme, header: string): readonly Html[] {
  if (!isObject(signature)) {
    return [
      html`Check the signature in <code>${header}</code> over the raw bytes of the body, as <code>${String(signature)}</code> says.`,
    ];
  }
  const member = (name: string): string | null => (typeof signature[name] === "string" ? signature[name] : null);
  const tolerance = signature["toleranceSeconds"];
  const timestamp = member("timestampHeader");
  return [
    html`Take the raw bytes of the body, before anything parses them.`,
    html`Read <code>${header}</code>${member("format") === null || member("format") === "{signature}" ? nothing : html`, written as <code>${member("format")}</code>`}${timestamp === null ? nothing : html`, the time from <code>${timestamp}</code>`}${member("idHeader") === null ? nothing : html`, the delivery's id from <code>${member("idHeader")}</code>`}.`,
    typeof tolerance === "number" &&
    tolerance > 0 &&
    (timestamp !== null || member("format")?.includes("{timestamp}") === true)
      ? html`Refuse a time that is more than ${tolerance} seconds from your clock.`
      : html`The signature covers no time, so an old delivery can be sent again: remember the ids of those that you handled, where there are any.`,
    html`Make <code>${member("algorithm")}</code> of <code>${member("signedContent")}</code> with the secret${secretText(member("secretEncoding"), member("secretPrefix"))}, and write it as ${member("encoding")}.`,
    html`Compare the two in constant time. Where they differ, answer 401 and look no further.`,
  ];
}

function secretText(encoding: string | null, prefix: string | null): Html {
  const written = encoding === null || encoding === "utf8" ? nothing : html`, which is written in ${encoding}`;
  return html`${prefix === null ? nothing : html` without its <code>${prefix}</code>`}${written}`;
}

function ordered(list: readonly Html[]): Html {
  return html`<ol class="steps">${list.map((step) => html`<li>${step}</li>`)}</ol>`;
}

/** Real numbers: whoever writes a check of their own compares with them. */
function workedExample({ algorithm, secret, content, body, headers }: SignedExample): Html {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const digest = /^hmac-(sha\d+)$/.exec(algorithm)?.[1];
  return html`<p>With the secret <code>${secret}</code>, the body <code>${body}</code> is sent with</p>${codeBlock({ code: lines.join("\n"), language: "http", label: "Signed headers" })}${digest === undefined ? null : html`<p>since this is what is signed:</p>${codeBlock({ code: content, language: "text", label: "Signed content" })}`}`;
}
