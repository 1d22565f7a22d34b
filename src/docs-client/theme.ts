/** Runs before the page is drawn, so that nothing changes under the reader's eyes: notes that there are scripts, and the theme. */
const root = document.documentElement;
root.classList.add("scripted");
try {
  const theme = localStorage.getItem("hookbook-theme");
  if (theme === "dark" || theme === "light") root.dataset["theme"] = theme;
} catch {
  // A page from a disk may have no storage; then the system's theme holds.
}
