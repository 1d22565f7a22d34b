import { codeBlock } from "../code-block.ts";
import type { CommandPage, CommandReference } from "../docs-site.ts";
import { type Html, html, join } from "../html.ts";
import { page, type SiteFrame } from "../layout.ts";
import { COMMANDS, hrefBetween } from "../site-paths.ts";

/** Every command with its arguments and options, as the program itself knows them. */
export function commandsPage(frame: SiteFrame, { name, description, notes, commands }: CommandReference): string {
  const main = html`<div class="page-head"><h1>Commands</h1><p class="lead">${description}</p><ul class="jumps">${commands.map((one) => html`<li><a href="${hrefBetween(COMMANDS, COMMANDS, commandId(one.name))}">${one.name}</a></li>`)}</ul></div>
<div class="sections">${notes === "" ? null : html`<p class="notes">${notes}</p>`}${commands.map((one) => section(name, one))}</div>`;
  return page(frame, { path: COMMANDS, title: "Commands", description, main });
}

function section(program: string, { name, usage, summary, arguments: args, options, example }: CommandPage): Html {
  const rows = [
    ...args.map(({ name: flags, description }) => ({ flags, description, choices: undefined, default: undefined })),
    ...options,
  ].map(
    ({ flags, description, choices, default: value }) =>
      html`<tr><th scope="row"><code>${flags}</code></th><td>${description}${
        choices === undefined
          ? null
          : html` <span class="chips"><span class="muted">${choices.length === 1 ? "takes" : "one of"}</span> ${join(
              choices.map((choice) => html`<code>${choice}</code>`),
              html` `,
            )}</span>`
      }${value === undefined ? null : html` <span class="muted">without it: ${typeof value === "string" ? value : JSON.stringify(value)}</span>`}</td></tr>`,
  );
  const id = commandId(name);
  return html`<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title"><code>${program} ${name}</code><a class="anchor" href="${hrefBetween(COMMANDS, COMMANDS, id)}" aria-label="Link to this section">#</a></h2><p>${summary}</p><p><code>${usage}</code></p><div class="scroll" tabindex="0" role="region" aria-label="Options of ${name}"><table class="options"><colgroup><col class="name"><col></colgroup><thead><tr><th scope="col">Option</th><th scope="col">Meaning</th></tr></thead><tbody>${rows}</tbody></table></div>${example === undefined ? null : codeBlock({ code: example, language: "bash", label: "Example" })}</section>`;
}

/** A command's anchor; a name may be several words. */
export function commandId(name: string): string {
  return name.replaceAll(" ", "-");
}
