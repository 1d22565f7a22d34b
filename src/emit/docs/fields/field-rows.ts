import { breakable, type Html, html, join, nothing, siteHref } from "../html.ts";

import type { Constraint, Field, FieldValue, SameAs, Variant, Variants } from "./field.ts";
import type { FieldLabels } from "./field-labels.ts";

/** Deeper levels are closed until somebody opens them. */
const OPEN_DEPTH_MAX = 2;
/** A list with more is closed below the first level. */
const OPEN_CHILDREN_MAX = 24;

export interface FieldRowsOptions {
  readonly labels: FieldLabels;
  /** Consumers that read a field, by its id. */
  readonly readBy?: ReadonlyMap<string, ReadonlySet<string>>;
}

/** The table of a payload's fields. */
export function fieldRows(root: Field, options: FieldRowsOptions): Html {
  return html`${note(root)}${inside(root, 0, options)}`;

  function note({ sameAs }: Field): Html {
    return sameAs === undefined ? nothing : sameAsLine(sameAs);
  }
}

function inside(field: Pick<Field, "children" | "variants">, depth: number, options: FieldRowsOptions): Html {
  const rows = field.children.map((child) => row(child, depth, options));
  const list = rows.length === 0 ? nothing : html`<ul class="fields">${rows}</ul>`;
  return html`${list}${field.variants.map((variants) => alternatives(variants, depth, options))}`;
}

function row(field: Field, depth: number, options: FieldRowsOptions): Html {
  const { id, name, kind } = field;
  const shown =
    kind === "others" && name === "{…}" ? "any other name" : kind === "items" && name === "[]" ? "each item" : name;
  const label =
    kind === "property" ? html`<code>${shown === "" ? '""' : breakable(shown)}</code>` : html`<em>${shown}</em>`;
  const need = field.required ? html` <span class="need">required</span>` : nothing;
  const condition = field.condition === undefined ? nothing : html` <span class="need when">${field.condition}</span>`;
  const readers = [...(options.readBy?.get(id) ?? [])];
  return html`<li id="${id}"${field.deprecated ? html` class="over"` : null}><div class="field"><div class="field-head"><a class="field-name" href="${siteHref([], id)}" title="${field.path}">${label}</a> <span class="field-type">${typeText(field)}</span>${field.isJsonText ? html` <span class="chip">JSON in a string</span>` : null}${need}${condition}${field.deprecated ? html` <span class="chip warn">deprecated</span>` : null}${readersOf(readers)}</div><div class="field-text">${texts(field, options)}${valueList(field.values, field.open, options)}${constraintList(field.constraints)}${field.sameAs === undefined ? null : sameAsLine(field.sameAs)}</div></div>${nested(field, depth, options)}</li>`;
}

/** So many names stand in a line; of more, the rest is a number. */
const READERS_MAX = 3;

function readersOf(readers: readonly string[]): Html {
  if (readers.length === 0) return nothing;
  const rest = readers.length - READERS_MAX;
  const names = readers.slice(0, READERS_MAX).join(", ");
  return html` <span class="readers">read by ${names}${rest > 0 ? ` and ${rest} more` : null}</span>`;
}

function typeText({ type, format, isJsonText, children }: Field): string {
  if (isJsonText) return children.length > 0 ? "string holding an object" : "string";
  return format === undefined ? type : `${type} · ${format}`;
}

function texts({ title, description }: Pick<Field, "title" | "description">, { labels }: FieldRowsOptions): Html {
  const text = description ?? title;
  return text === undefined ? nothing : labels.text(text);
}

function nested(field: Field, depth: number, options: FieldRowsOptions): Html {
  const { children, variants, isJsonText, type } = field;
  if (children.length === 0 && variants.length === 0) return nothing;
  const count = children.length;
  const choices = variants.reduce((sum, { choices: list }) => sum + list.length, 0);
  const parts = [
    count > 0 ? `${count} ${count === 1 ? "field" : "fields"}` : "",
    choices > 0 ? `${choices} alternatives` : "",
  ].filter((part) => part !== "");
  const of = isJsonText ? " in the JSON" : type.startsWith("array") ? " of each item" : "";
  const isOpen = depth + 1 < OPEN_DEPTH_MAX && count <= OPEN_CHILDREN_MAX;
  return html`<details class="nested"${isOpen ? html` open` : null}><summary>${parts.join(", ")}${of}</summary>${inside(field, depth + 1, options)}</details>`;
}

function alternatives({ kind, choices }: Variants, depth: number, options: FieldRowsOptions): Html {
  const lead = kind === "one" ? "One of these" : "One or several of these";
  return html`<div class="choices"><p class="choices-lead">${lead}</p>${choices.map((choice) => alternative(choice, depth, options))}</div>`;
}

function alternative(choice: Variant, depth: number, options: FieldRowsOptions): Html {
  const { label, type, description, values, constraints, sameAs } = choice;
  const text = html`${description === undefined ? null : options.labels.text(description)}${valueList(values, false, options)}${constraintList(constraints)}${sameAs === undefined ? null : sameAsLine(sameAs)}`;
  const head = html`<strong>${label}</strong>${label === type ? null : html` <span class="field-type">${type}</span>`}`;
  const content = html`${text}${inside(choice, depth + 1, options)}`;
  if (content.toString() === "") return html`<div class="choice plain">${head}</div>`;
  return html`<details class="choice"${depth === 0 ? html` open` : null}><summary>${head}</summary>${content}</details>`;
}

/** So many are read at a glance; of more, the rest is folded away. */
const VALUES_MAX = 30;

function valueList(values: readonly FieldValue[], open: boolean, { labels }: FieldRowsOptions): Html {
  if (values.length === 0) return nothing;
  const others = open ? html`<span class="muted">or any other</span>` : nothing;
  if (values.some(({ meaning }) => meaning !== undefined)) {
    const rows = values.map(
      ({ value, meaning }) =>
        html`<div><dt><code>${literal(value)}</code></dt><dd>${meaning === undefined ? null : labels.text(meaning)}</dd></div>`,
    );
    return html`<dl class="values">${rows}</dl>${open ? html`<p>${others}</p>` : null}`;
  }
  const lead = values.length === 1 && !open ? "always" : "one of";
  const chips = (list: readonly FieldValue[]) =>
    join(
      list.map(({ value }) => html`<code>${literal(value)}</code>`),
      html` `,
    );
  const shown = values.slice(0, VALUES_MAX);
  const rest = values.slice(VALUES_MAX);
  const more =
    rest.length === 0 ? nothing : html`<details><summary>${rest.length} more values</summary>${chips(rest)}</details>`;
  return html`<p class="chips"><span class="muted">${lead}</span> ${chips(shown)} ${others}</p>${more}`;
}

function literal(value: FieldValue["value"]): string {
  return typeof value === "string" ? `"${value}"` : JSON.stringify(value);
}

function constraintList(constraints: readonly Constraint[]): Html {
  if (constraints.length === 0) return nothing;
  const items = constraints.map(
    ({ words, code }) => html`<li>${words}${code === undefined ? null : html` <code>${code}</code>`}</li>`,
  );
  return html`<ul class="rules">${items}</ul>`;
}

function sameAsLine({ id, path, recursive }: SameAs): Html {
  const target = html`<a href="${siteHref([], id)}">${path === "" ? "the whole payload" : html`<code>${path}</code>`}</a>`;
  return recursive
    ? html`<p class="same">↻ Holds values of its own kind: the fields of ${target} again.</p>`
    : html`<p class="same">The fields of ${target}.</p>`;
}
