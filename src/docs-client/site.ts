/** What pages do beyond being read: copying, the theme, filtering, the menu, and opening the search. */
const root = document.documentElement;

// ---------------------------------------------------------------------------------------------------------------- copying

const COPIED_MILLISECONDS = 1_500;
const status = document.createElement("div");
status.className = "visually-hidden";
status.setAttribute("role", "status");
document.body.append(status);

document.addEventListener("click", (event) => {
  const button = event.target instanceof Element ? event.target.closest<HTMLButtonElement>("button.copy") : null;
  if (button !== null) void copy(button);
});

async function copy(button: HTMLButtonElement): Promise<void> {
  const text = button.closest("figure")?.querySelector("pre code")?.textContent ?? "";
  const isCopied = await write(text);
  button.textContent = isCopied ? "Copied" : "Select and copy";
  status.textContent = isCopied ? "Copied" : "It could not be copied";
  button.classList.toggle("done", isCopied);
  setTimeout(() => {
    button.textContent = "Copy";
    button.classList.remove("done");
  }, COPIED_MILLISECONDS);
}

/** Pages without HTTPS have no clipboard of the newer kind. */
async function write(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement("textarea");
    area.value = text;
    area.className = "visually-hidden";
    document.body.append(area);
    area.select();
    const isCopied = document.execCommand("copy");
    area.remove();
    return isCopied;
  }
}

// ------------------------------------------------------------------------------------------------------------------ theme

const dark = matchMedia("(prefers-color-scheme: dark)");
const toggle = document.querySelector<HTMLButtonElement>(".theme-toggle");

function isDark(): boolean {
  const chosen = root.dataset["theme"];
  return chosen === undefined ? dark.matches : chosen === "dark";
}

function showTheme(): void {
  toggle?.setAttribute("aria-pressed", String(isDark()));
}

toggle?.addEventListener("click", () => {
  root.dataset["theme"] = isDark() ? "light" : "dark";
  try {
    localStorage.setItem("hookbook-theme", root.dataset["theme"]);
  } catch {
    // It holds for this page, then.
  }
  showTheme();
});
dark.addEventListener("change", showTheme);
showTheme();

// ------------------------------------------------------------------------------------------------- places within the page

/** Opens what a linked field is folded into. */
function reveal(): void {
  const id = decode(location.hash.slice(1));
  const target = id === "" ? null : document.getElementById(id);
  if (target === null) return;
  let folded = target.parentElement?.closest("details") ?? null;
  while (folded !== null) {
    folded.open = true;
    folded = folded.parentElement?.closest("details") ?? null;
  }
  target.scrollIntoView();
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

addEventListener("hashchange", reveal);
if (location.hash !== "") reveal();

const current = document.querySelector<HTMLElement>(".side [aria-current]");
const side = document.querySelector<HTMLElement>(".side");
if (current !== null && side !== null && current.offsetTop > side.clientHeight - 80) {
  side.scrollTop = current.offsetTop - side.clientHeight / 2;
}

addEventListener("beforeprint", () => {
  for (const folded of document.querySelectorAll("details")) folded.open = true;
});

// ------------------------------------------------------------------------------------------------- the menu on small screens

const menuLink = document.querySelector<HTMLAnchorElement>(".menu-link");

function showMenu(open: boolean): void {
  root.classList.toggle("menu-open", open);
  menuLink?.setAttribute("aria-expanded", String(open));
}

menuLink?.setAttribute("role", "button");
menuLink?.setAttribute("aria-expanded", "false");
menuLink?.addEventListener("click", (event) => {
  event.preventDefault();
  showMenu(!root.classList.contains("menu-open"));
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && root.classList.contains("menu-open")) {
    showMenu(false);
    menuLink?.focus();
  }
});

// ----------------------------------------------------------------------------------------------------- filtering the events

const filters = document.querySelector<HTMLElement>(".filters");
if (filters !== null) {
  const rows = [...document.querySelectorAll<HTMLTableRowElement>(".event-table tbody tr")];
  const texts = rows.map((row) => (row.textContent ?? "").toLowerCase());
  const nothing = document.querySelector<HTMLElement>(".no-match");
  const count = filters.querySelector("output");
  const valueAt = (name: string) =>
    filters.querySelector<HTMLInputElement | HTMLSelectElement>(`[name="${name}"]`)?.value.trim() ?? "";
  const apply = () => {
    const words = valueAt("text").toLowerCase().split(/\s+/);
    const contract = valueAt("contract");
    const wanted = valueAt("status");
    let shown = 0;
    for (const [index, row] of rows.entries()) {
      const fits =
        words.every((word) => texts[index]?.includes(word)) &&
        (contract === "" || row.dataset["contract"] === contract) &&
        (wanted === "" || row.dataset["status"] === wanted);
      row.hidden = !fits;
      if (fits) shown++;
    }
    if (nothing !== null) nothing.hidden = shown > 0;
    if (count !== null) count.textContent = shown === rows.length ? "" : `${shown} of ${rows.length}`;
  };
  filters.addEventListener("input", apply);
  // A page that is gone back to has its fields still filled.
  apply();
}

// --------------------------------------------------------------------------------------------------------------- the search

declare global {
  var hookbookOpenSearch: ((root: string) => void) | undefined;
}

let loading = false;

function openSearch(): void {
  if (globalThis.hookbookOpenSearch !== undefined) {
    globalThis.hookbookOpenSearch(root.dataset["root"] ?? "");
    return;
  }
  if (loading) return;
  loading = true;
  const load = (file: string) =>
    new Promise<void>((resolve, reject) => {
      const script = document.createElement("script");
      script.src = `${root.dataset["root"] ?? ""}assets/${file}`;
      script.addEventListener("load", () => resolve());
      script.addEventListener("error", () => reject(new Error(file)));
      document.head.append(script);
    });
  load("search-index.js")
    .then(() => load("search.js"))
    .then(() => globalThis.hookbookOpenSearch?.(root.dataset["root"] ?? ""))
    .finally(() => {
      loading = false;
    });
}

document.querySelector(".search-open")?.addEventListener("click", openSearch);
document.addEventListener("keydown", (event) => {
  const target = event.target instanceof Element ? event.target : null;
  const isTyping = target?.closest("input:not([type=radio]), textarea, select, [contenteditable]") != null;
  const isSlash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping;
  const isK = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
  if (!isSlash && !isK) return;
  event.preventDefault();
  openSearch();
});

export {};
