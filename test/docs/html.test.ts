import { describe, expect, test } from "vitest";
import { Html, html, join, siteHref, webHref } from "../../src/emit/docs/html.ts";

describe("a template", () => {
  test("escapes every value that no template made", () => {
    const text = `<script>alert("1")</script> & 'x'`;
    expect(html`<p title="${text}">${text}</p>`.toString()).toBe(
      '<p title="&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;x&#39;">&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;x&#39;</p>',
    );
  });

  test("takes markup of other templates as it is, lists one after the other, and nothing for nothing", () => {
    expect(html`<b>${html`<i>${"&"}</i>`}${["a", html`<br>`]}${null}${undefined}${false}${7}</b>`.toString()).toBe(
      "<b><i>&amp;</i>a<br>7</b>",
    );
    expect(join(["a", "<"], html`<hr>`).toString()).toBe("a<hr>&lt;");
  });

  test("shows what turns or hides text as an escape", () => {
    expect(html`${"a\u202eb\u0000\u200b"}`.toString()).toBe("a\\u202eb\\u0000\\u200b");
  });

  test("markup cannot be made by hand", () => {
    // @ts-expect-error the constructor is private
    const forged = () => new Html("<b>");
    expect(forged).toBeDefined();
    const lookalike = { toString: () => "<script>" };
    expect(() => html`${lookalike as never}`.toString()).toThrow();
  });

  test.each([
    ["an attribute without quotes", () => html`<p title=${"x"}></p>`],
    ["code", () => html`<p onclick="${"x"}"></p>`],
    ["a style", () => html`<p style="color: ${"x"}"></p>`],
    ["an address that is text", () => html`<a href="${"javascript:alert(1)"}"></a>`],
    ["an address put together in the template", () => html`<a href="a/${siteHref(["b"])}"></a>`],
  ])("refuses %s", (_, make) => {
    expect(make).toThrow();
  });
});

describe("addresses", () => {
  test.each([
    ["https://example.com/a?b=1#c", "https://example.com/a?b=1#c"],
    ["HTTP://example.com", "HTTP://example.com"],
    ["mailto:a@example.com", "mailto:a@example.com"],
    ["javascript:alert(1)", null],
    [" java\nscript:alert(1)", null],
    ["\u0001javascript:alert(1)", null],
    ["data:text/html,<script>", null],
    ["vbscript:x", null],
    ["file:///etc/passwd", null],
    ["//example.com", null],
    ["https://", null],
    ["guide.md", null],
  ])("%j on the web is %j", (address, want) => {
    expect(webHref(address)?.toString() ?? null).toBe(want);
  });

  test("of the site are encoded", () => {
    expect(siteHref(["..", "a b", 'c"<'], "d/e f").toString()).toBe("../a%20b/c%22%3C#d%2Fe%20f");
  });
});
