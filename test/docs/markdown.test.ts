import { expect, test } from "vitest";
import { renderMarkdown } from "../../src/emit/docs/markdown.ts";

const rendered = (text: string) => renderMarkdown(text).html.toString();

test.each([
  ["before\n\n<!-- a note -->\n\nafter", "<p>before</p><p>after</p>"],
  ["<!-- of\n\nseveral `lines` -->\nafter", "<p>after</p>"],
  ["before\n<!-- ends a paragraph -->\nafter", "<p>before</p><p>after</p>"],
  ["in <!-- the middle --> of a line", "<p>in  of a line</p>"],
  ["<!-- first --> in its line", "<p> in its line</p>"],
  ["* <!-- in a list -->\n* point", "<ul><li></li><li>point</li></ul>"],
  ["> <!-- quoted -->\n> text", "<blockquote><p>text</p></blockquote>"],
  ["`<!-- code -->`", "<p><code>&lt;!-- code --&gt;</code></p>"],
  ["```\n<!-- code -->\n```", '<pre class="code" tabindex="0"><code>&lt;!-- code --&gt;</code></pre>'],
  ["    <!-- code -->", '<pre class="code" tabindex="0"><code>&lt;!-- code --&gt;</code></pre>'],
  ["<!-- that has no end", "<p>&lt;!-- that has no end</p>"],
  ["<b>other HTML</b>", "<p>&lt;b&gt;other HTML&lt;/b&gt;</p>"],
  ["<!-- --><script>x</script>", "<p>&lt;script&gt;x&lt;/script&gt;</p>"],
])("comments are left out, and nothing else: %j", (text, markup) => {
  expect(rendered(text)).toBe(markup);
});

test.each(["<!--", "<!--\n", "<!-- x --> y\n", "\n<!--\n\n", "> <!--\n"])(
  "of %j, thousands take as long as other text",
  (part) => {
    const time = (text: string) => {
      const start = process.cpuUsage();
      rendered(text);
      return process.cpuUsage(start).user;
    };
    const least = (one: string) => Math.min(...[1, 2].map(() => time(`${one.repeat(10_000)}--> end`)));
    expect(least(part) / least("\nword\n\n")).toBeLessThan(6);
  },
);
