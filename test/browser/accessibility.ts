import axe from "axe-core";
import type { Page } from "playwright-core";

const EVERYTHING = { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] };
/** Of all rules, this one alone depends on the theme. */
const COLOURS = { type: "rule", values: ["color-contrast"] };

/**
 * What a page does to those who read it with other eyes, or without: in light colours everything, in dark ones whether all can be
 * told apart. It is run within the page, and only what is wrong comes back: what is right is most of a long page.
 */
export async function violationsOn(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const light = await violations(page, EVERYTHING);
  await page.emulateMedia({ colorScheme: "dark" });
  const dark = await violations(page, COLOURS);
  await page.emulateMedia({ colorScheme: "light" });
  return [...light, ...dark.map((found) => `dark: ${found}`)];
}

async function violations(page: Page, runOnly: typeof EVERYTHING): Promise<readonly string[]> {
  // It would fetch the style sheet once more, which the policy of the pages refuses.
  const options = { runOnly, resultTypes: ["violations"], preload: false };
  return page.evaluate(`(async () => {
    const { violations } = await axe.run(document, ${JSON.stringify(options)});
    return violations.map(({ id, nodes }) => id + ": " + nodes.slice(0, 3).map(({ html }) => html).join(" "));
  })()`);
}
