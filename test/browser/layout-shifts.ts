import type { Page } from "playwright-core";

const PIECES = 16;
const TWO_FRAMES = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))";

/**
 * Writes a page anew, each piece when the one before it is drawn: as it comes over a slow line, or to a busy machine. Its own
 * address is where it is at.
 */
export async function writeInPieces(page: Page, text: string): Promise<void> {
  const length = Math.ceil(text.length / PIECES);
  const pieces = Array.from({ length: PIECES }, (_, index) => text.slice(index * length, (index + 1) * length));
  await page.evaluate(`(async () => {
    layoutShifts.length = 0;
    document.open();
    for (const piece of ${JSON.stringify(pieces)}) {
      document.write(piece);
      await ${TWO_FRAMES};
    }
    document.close();
  })()`);
}

/** From before the page comes, notes what moves in it though nobody touched it, as browsers measure it. */
export async function watchLayout(page: Page): Promise<void> {
  await page.addInitScript(`
    globalThis.layoutShifts = [];
    globalThis.layoutObserver = new PerformanceObserver((list) => globalThis.noteShifts(list.getEntries()));
    globalThis.noteShifts = (entries) => {
      for (const { value, sources } of entries) {
        const moved = sources.map(({ node, previousRect, currentRect }) => {
          const name = node === null ? "something" : node.nodeName.toLowerCase() + (node.id ? "#" + node.id : "") + (node.className ? "." + node.className : "");
          const place = (rect) => [rect.x, rect.y, rect.width, rect.height].map(Math.round).join(" ");
          return name + " from " + place(previousRect) + " to " + place(currentRect);
        });
        globalThis.layoutShifts.push(value.toFixed(4) + ": " + moved.join(", "));
      }
    };
    globalThis.layoutObserver.observe({ type: "layout-shift", buffered: true });
  `);
}

/** What moved up to now, once the page is drawn as it stays. */
export async function layoutShifts(page: Page): Promise<readonly string[]> {
  await page.evaluate(TWO_FRAMES);
  return page.evaluate("(noteShifts(layoutObserver.takeRecords()), layoutShifts)");
}
