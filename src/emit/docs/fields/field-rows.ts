import { breakable, type Html, html, nothing, siteHref } from "../html.ts";
import type { Field, SameAs, Variant, Variants } from "./field.ts";
import type { FieldLabels } from "./field-labels.ts";
import { variantWords } from "./label-words.ts";

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
  const { id, name, kind, label } = field;
  const shown =
    kind === "others" && name === "{…}" ? "any other name" : kind === "items" && name === "[]" ? "each item" : name;
  const title =
    kind === "property" ? html`<code>${shown === "" ? '""' : breakable(shown)}</code>` : html`<em>${shown}</em>`;
  const need = field.required ? html` <span class="need">required</span>` : nothing;
  const condition = field.condition === undefined ? nothing : html` <span class="need when">${field.condition}</span>`;
  const readers = [...(options.readBy?.get(id) ?? [])];
  return html`<li id="${id}"${label.deprecated ? html` class="over"` : null}><div class="field"><div class="field-head"><a class="field-name" href="${siteHref([], id)}" title="${field.path}">${title}</a> <span class="field-type">${typeText(field)}</span>${label.isJsonText ? html` <span class="chip">JSON in a string</span>` : null}${need}${condition}${label.deprecated ? html` <span class="chip warn">deprecated</span>` : null}${readersOf(readers)}</div><div class="field-text">${options.labels.words(label)}${field.sameAs === undefined ? null : sameAsLine(field.sameAs)}</div></div>${nested(field, depth, options)}</li>`;
}

/** So many names stand in a line; of more, the rest is a number. */
const READERS_MAX = 3;

function readersOf(readers: readonly string[]): Html {
  if (readers.length === 0) return nothing;
  const rest = readers.length - READERS_MAX;
  const names = readers.slice(0, READERS_MAX).join(", ");
  return html` <span class="readers">read by ${names}${rest > 0 ? ` and ${rest} more` : null}</span>`;
}

function typeText({ label: { type, format, isJsonText }, children }: Field): string {
  if (isJsonText) return children.length > 0 ? "string holding an object" : "string";
  return format === undefined ? type : `${type} · ${format}`;
}

function nested(field: Field, depth: number, options: FieldRowsOptions): Html {
  const { children, variants, label } = field;
  if (children.length === 0 && variants.length === 0) return nothing;
  const count = children.length;
  const choices = variants.reduce((sum, { choices: list }) => sum + list.length, 0);
  const parts = [
    count > 0 ? `${count} ${count === 1 ? "field" : "fields"}` : "",
    choices > 0 ? `${choices} alternatives` : "",
  ].filter((part) => part !== "");
  const of = label.isJsonText ? " in the JSON" : label.type.startsWith("array") ? " of each item" : "";
  const isOpen = depth + 1 < OPEN_DEPTH_MAX && count <= OPEN_CHILDREN_MAX;
  return html`<details class="nested"${isOpen ? html` open` : null}><summary>${parts.join(", ")}${of}</summary>${inside(field, depth + 1, options)}</details>`;
}

function alternatives({ kind, choices }: Variants, depth: number, options: FieldRowsOptions): Html {
  const lead = kind === "one" ? "One of these" : "One or several of these";
  return html`<div class="choices"><p class="choices-lead">${lead}</p>${choices.map((choice) => alternative(choice, depth, options))}</div>`;
}

function alternative(choice: Variant, depth: number, options: FieldRowsOptions): Html {
  const { name, label, sameAs } = choice;
  const text = html`${variantWords(label, options.labels)}${sameAs === undefined ? null : sameAsLine(sameAs)}`;
  const head = html`<strong>${name}</strong>${name.split(" with ")[0] === label.type ? null : html` <span class="field-type">${label.type}</span>`}`;
  const content = html`${text}${inside(choice, depth + 1, options)}`;
  if (content.toString() === "") return html`<div class="choice plain">${head}</div>`;
  return html`<details class="choice"${depth === 0 ? html` open` : null}><summary>${head}</summary>${content}</details>`;
}

function sameAsLine({ id, path, recursive }: SameAs): Html {
  const target = html`<a href="${siteHref([], id)}">${path === "" ? "the whole payload" : html`<code>${path}</code>`}</a>`;
  return recursive
    ? html`<p class="same">↻ Holds values of its own kind: the fields of ${target} again.</p>`
    : html`<p class="same">The fields of ${target}.</p>`;
}
