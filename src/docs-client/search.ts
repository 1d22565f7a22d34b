/** The search, loaded when somebody asks for it. Its data was assigned by a script before. */
import MiniSearch, { type SearchResult } from "minisearch";

interface Entry {
  readonly k: "event" | "contract" | "guide" | "command";
  readonly u: string;
  readonly t: string;
  readonly c?: string;
  readonly d: string;
  readonly f?: readonly string[];
}

declare global {
  var hookbookSearch: readonly Entry[] | undefined;
}

interface Hit {
  readonly href: string;
  readonly kind: string;
  readonly title: string;
  readonly detail: string;
}

const HITS_MAX = 24;
const FIELDS_SHOWN_MAX = 2;

const entries = globalThis.hookbookSearch ?? [];

/** `leave_livestream` and `reasonForLeaving` are found by their words and as a whole. */
function tokens(text: string): string[] {
  const whole = text.split(/[^\p{L}\p{N}_$-]+/u).filter((word) => word !== "");
  const parts = whole.flatMap((word) =>
    word
      .replace(/(\p{Ll}|\p{N})(\p{Lu})/gu, "$1 $2")
      .split(/[\s_$-]+/)
      .filter((part) => part !== ""),
  );
  return [...new Set([...whole, ...parts])];
}

const index = new MiniSearch<{ id: number; title: string; fields: string; text: string }>({
  fields: ["title", "fields", "text"],
  tokenize: tokens,
  searchOptions: {
    prefix: true,
    fuzzy: (term) => (term.length > 4 ? 0.2 : false),
    boost: { title: 4, fields: 2 },
    combineWith: "AND",
  },
});
index.addAll(
  entries.map((entry, id) => ({
    id,
    title: `${entry.t} ${entry.c ?? ""}`,
    fields: (entry.f ?? []).map((field) => field.split(" ")[0]).join(" "),
    text: entry.d,
  })),
);

function search(query: string, root: string): readonly Hit[] {
  const hits: Hit[] = [];
  for (const result of index.search(query)) {
    const entry = entries[result.id as number];
    if (entry === undefined) continue;
    hits.push({ href: root + entry.u, kind: entry.k, title: entry.t, detail: entry.c ?? entry.d.slice(0, 120) });
    for (const [path, id] of fieldsOf(entry, result).slice(0, FIELDS_SHOWN_MAX)) {
      hits.push({ href: `${root}${entry.u}#${encodeURIComponent(id)}`, kind: "field", title: path, detail: entry.t });
    }
    if (hits.length >= HITS_MAX) break;
  }
  return hits.slice(0, HITS_MAX);
}

/** The fields by which an event was found: those whose last names hold what was typed come first. */
function fieldsOf(entry: Entry, result: SearchResult): readonly (readonly [string, string])[] {
  const terms = Object.entries(result.match)
    .filter(([, places]) => places.includes("fields"))
    .map(([term]) => term);
  if (terms.length === 0) return [];
  const found = (entry.f ?? []).flatMap((field) => {
    const [path = "", id = `field-${path}`] = field.split(" ");
    const last = path.slice(path.lastIndexOf(".") + 1).toLowerCase();
    const score =
      terms.filter((term) => last.includes(term)).length * 2 +
      terms.filter((term) => path.toLowerCase().includes(term)).length;
    return score === 0 ? [] : [{ path, id, score }];
  });
  found.sort((a, b) => b.score - a.score || a.path.length - b.path.length);
  return found.map(({ path, id }) => [path, id] as const);
}

// ------------------------------------------------------------------------------------------------------------- the dialogue

const dialog = document.createElement("dialog");
dialog.className = "search";
dialog.setAttribute("aria-label", "Search");
const input = document.createElement("input");
input.type = "search";
input.placeholder = "Event, field or word";
input.autocomplete = "off";
input.spellcheck = false;
input.setAttribute("aria-label", "Search events, fields and guides");
input.setAttribute("role", "combobox");
input.setAttribute("aria-expanded", "false");
input.setAttribute("aria-autocomplete", "list");
input.setAttribute("aria-controls", "search-hits");
const list = document.createElement("div");
list.id = "search-hits";
list.setAttribute("role", "listbox");
list.setAttribute("aria-label", "Found");
const note = document.createElement("p");
note.className = "search-note";
note.setAttribute("role", "status");
dialog.append(input, list, note);
document.body.append(dialog);

let root = "";
let active = -1;

function show(): void {
  const query = input.value.trim();
  const hits = query === "" ? [] : search(query, root);
  list.replaceChildren(
    ...hits.map((hit, position) => {
      const option = document.createElement("a");
      option.href = hit.href;
      option.id = `search-hit-${position}`;
      option.className = `hit ${hit.kind}`;
      option.tabIndex = -1;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      const kind = span("hit-kind", hit.kind);
      option.append(kind, span("hit-title", hit.title), span("hit-detail", hit.detail));
      return option;
    }),
  );
  input.setAttribute("aria-expanded", String(hits.length > 0));
  note.textContent = query === "" ? "" : hits.length === 0 ? "Nothing is found." : `${hits.length} found`;
  select(hits.length > 0 ? 0 : -1);
}

function span(className: string, text: string): HTMLSpanElement {
  const element = document.createElement("span");
  element.className = className;
  element.textContent = text;
  return element;
}

function select(position: number): void {
  const options = [...list.children] as HTMLAnchorElement[];
  options[active]?.setAttribute("aria-selected", "false");
  active = options.length === 0 ? -1 : (position + options.length) % options.length;
  const option = options[active];
  option?.setAttribute("aria-selected", "true");
  option?.scrollIntoView({ block: "nearest" });
  if (option === undefined) input.removeAttribute("aria-activedescendant");
  else input.setAttribute("aria-activedescendant", option.id);
}

input.addEventListener("input", show);
input.addEventListener("keydown", (event) => {
  if (event.key === "ArrowDown") select(active + 1);
  else if (event.key === "ArrowUp") select(active - 1);
  else if (event.key === "Enter") (list.children[active] as HTMLAnchorElement | undefined)?.click();
  // The browser's own answer would be to empty the field first.
  else if (event.key === "Escape") dialog.close();
  else return;
  event.preventDefault();
});
list.addEventListener("click", () => dialog.close());
dialog.addEventListener("click", (event) => {
  if (event.target === dialog) dialog.close();
});

globalThis.hookbookOpenSearch = (from) => {
  root = from;
  if (!dialog.open) dialog.showModal();
  input.select();
  show();
};
