import { type Html, html, join, nothing } from "../html.ts";
import type { Constraint, FieldLabel, FieldValue } from "./field.ts";
import type { FieldLabels } from "./field-labels.ts";

/** What stands beside a field's name: what it means, its values, and what else holds for it. */
export function fieldWords({ title, description, values, open, constraints }: FieldLabel, labels: FieldLabels): Html {
  const text = description ?? title;
  return html`${text === undefined ? nothing : labels.text(text)}${valueList(values, open, labels)}${constraintList(constraints)}`;
}

/** The same of an alternative, which is called by its title. */
export function variantWords({ description, values, constraints }: FieldLabel, labels: FieldLabels): Html {
  return html`${description === undefined ? null : labels.text(description)}${valueList(values, false, labels)}${constraintList(constraints)}`;
}

/** So many are read at a glance; of more, the rest is folded away. */
const VALUES_MAX = 30;

function valueList(values: readonly FieldValue[], open: boolean, labels: FieldLabels): Html {
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
