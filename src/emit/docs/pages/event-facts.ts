import type { Condition, Contract, Form, Webhook } from "../../../model/index.ts";
import { type Html, html, join, nothing, webHref } from "../html.ts";
import type { Secret } from "../secrets.ts";
import { contractPath, hrefBetween, type PagePath } from "../site-paths.ts";
import { schemeId } from "./scheme-id.ts";

export interface EventFacts {
  readonly webhook: Webhook;
  readonly contract: Contract;
  readonly secrets: readonly Secret[];
  readonly path: PagePath;
}

/** How an event is delivered, at a glance. */
export function eventFacts({ webhook, contract, secrets, path }: EventFacts): Html {
  const { forms, route, externalDocs, tags, security } = webhook;
  const rows: (readonly [string, Html])[] = [
    ["Sent as", join(forms.map(formText), html`<br>`)],
    [
      "Recognised by",
      route.length === 0
        ? html`<span class="muted">nothing in the delivery; by being tried</span>`
        : join(route.map(conditionText), html`<br>`),
    ],
    ["Authentication", authentication(secrets, security.length, contract, path)],
  ];
  if (tags.length > 0) rows.push(["Tags", html`${tags.join(", ")}`]);
  if (externalDocs !== undefined) rows.push(["More", externalLink(externalDocs.url, externalDocs.description)]);
  return factList(rows);
}

export function factList(rows: readonly (readonly [string, Html])[]): Html {
  return html`<dl class="facts">${rows.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

function externalLink(url: string, text: string | undefined): Html {
  const href = webHref(url);
  return href === null ? html`${text ?? url}` : html`<a href="${href}" rel="noreferrer">${text ?? url}</a>`;
}

const ENCODINGS: Readonly<Record<Form["encoding"], string>> = {
  json: "body as JSON",
  form: "body as form fields",
  multipart: "body in parts",
  query: "all fields in the query, no body",
};

export function formText({ method, address, contentType, encoding }: Form): Html {
  const where = address === null ? nothing : html` to <code>${address}</code>`;
  const type = encoding === "query" ? nothing : html` <code>${contentType}</code>,`;
  return html`<span class="method">${method}</span>${type} ${ENCODINGS[encoding]}${where}`;
}

export function conditionText({ in: place, at, value }: Condition): Html {
  const values = join(
    [value].flat().map((one) => html`<code>${JSON.stringify(one)}</code>`),
    html` or `,
  );
  if (place === "path") return html`path ends like ${values}`;
  return html`${place} <code>${at}</code> is ${values}`;
}

function authentication(secrets: readonly Secret[], alternatives: number, contract: Contract, path: PagePath): Html {
  const page = contractPath(contract.id);
  if (secrets.length === 0) return html`<span class="muted">none documented</span>`;
  const names = join(
    secrets.map(({ name }) => html`<a href="${hrefBetween(path, page, schemeId(name))}">${name}</a>`),
    html` and `,
  );
  if (alternatives <= 1) return names;
  return html`${names}, or another: see <a href="${hrefBetween(path, page, "authentication")}">authentication</a>`;
}
