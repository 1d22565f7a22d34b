/** A document that tries everything a page could be attacked with, wherever text of a document reaches a page. */
const SCRIPT = `<script>alert("script")</script>`;
const IMAGE = `<img src=x onerror="alert('image')">`;
const BREAKOUT = `"'></code></pre></style></script><svg onload=alert(1)>`;
const TURNED = "user\u202egpj.exe\u0000\u200b";

const MARKDOWN = [
  `# Title ${SCRIPT}`,
  `${IMAGE} [link](javascript:alert(1)) [data](data:text/html,${encodeURIComponent(SCRIPT)}) [vb](vbscript:alert(1))`,
  `[a](<java\nscript:alert(1)>) [b](&#106;avascript:alert(1)) ![c](https://tracker.example.com/pixel.gif) <https://example.com/?a="onmouseover=alert(1)>`,
  `[ref]\n\n[ref]: javascript:alert(2) "t"`,
  "```json\n</code></pre><script>alert(3)</script>\n```",
  `| a ${SCRIPT} | b |\n|---|---|\n| ${IMAGE} | ${BREAKOUT} |`,
  "<style>body{display:none}</style><iframe src=javascript:alert(4)></iframe>",
  TURNED,
].join("\n\n");

const deep = (levels: number): object =>
  levels === 0
    ? { type: "string", description: "the innermost" }
    : { type: "object", properties: { inner: deep(levels - 1) } };

const webhook = (name: string, schema: object, rest: object = {}) => ({
  post: {
    summary: `${name} ${SCRIPT}`,
    description: MARKDOWN,
    requestBody: { content: { "application/json": { schema } } },
    responses: { 200: { description: MARKDOWN } },
    ...rest,
  },
});

const named = (type: string, properties: object = {}) => ({
  type: "object",
  required: ["type"],
  properties: { type: { const: type }, ...properties },
});

export const hostileDocument = {
  openapi: "3.1.0",
  info: { title: `Shop ${SCRIPT}`, version: `1.0 ${IMAGE}`, description: MARKDOWN },
  webhooks: {
    [`order ${BREAKOUT}`]: webhook(
      "order",
      named("order", {
        [`${SCRIPT}`]: { type: "string", description: MARKDOWN, enum: [SCRIPT, BREAKOUT, TURNED], default: IMAGE },
        __proto__x: { type: "string" },
        constructor: { type: "string", pattern: BREAKOUT },
        "": { type: "string" },
        "a b\u202ec/d~e": { type: "string", format: SCRIPT, title: IMAGE },
        quote: { type: "string", examples: ["it's $HOME `id` \\ \" ! '"] },
      }),
      {
        tags: [SCRIPT],
        externalDocs: { url: "javascript:alert(5)", description: IMAGE },
        security: [{ [`key ${BREAKOUT}`]: [] }],
        requestBody: {
          content: {
            "application/json": {
              schema: named("order", {
                [`${SCRIPT}`]: {
                  type: "string",
                  description: MARKDOWN,
                  enum: [SCRIPT, BREAKOUT, TURNED],
                  default: IMAGE,
                },
                quote: { type: "string", description: "x".repeat(1_000_000) },
              }),
              examples: {
                [`example ${SCRIPT}`]: {
                  summary: MARKDOWN,
                  value: {
                    type: "order",
                    quote: "it's $HOME `id` \\ \" ! ' </script>",
                    [SCRIPT]: BREAKOUT,
                    turned: TURNED,
                  },
                },
              },
            },
          },
        },
      },
    ),
    deep: webhook("deep", named("deep", { tree: deep(30) })),
    tree: webhook("tree", {
      allOf: [named("tree"), { $ref: "#/components/schemas/Node" }],
    }),
    bare: { post: { requestBody: { content: { "application/json": { schema: named("bare") } } } } },
    anything: { post: { requestBody: { content: { "application/json": { schema: true } } } } },
    index: webhook("index", named("index")),
  },
  components: {
    schemas: {
      Node: {
        type: "object",
        description: "A node of a tree.",
        properties: {
          value: { type: "integer" },
          left: { $ref: "#/components/schemas/Node" },
          children: { type: "array", items: { $ref: "#/components/schemas/Node" } },
        },
      },
    },
    securitySchemes: {
      [`key ${BREAKOUT}`]: { type: "apiKey", in: "header", name: "x-key $(id) `id`", description: MARKDOWN },
    },
  },
};
