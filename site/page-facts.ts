import { type DefaultTreeAdapterTypes, parse } from "parse5";

type Node = DefaultTreeAdapterTypes.Node;

/** What is checked of a page. */
export interface PageFacts {
  /** Addresses that a reader can follow. */
  readonly links: readonly string[];
  /** Addresses that a browser asks for by itself. */
  readonly loads: readonly string[];
  readonly ids: ReadonlySet<string>;
}

/** Elements and attributes that make a browser load something; `data:` addresses are in the page already. */
const LOADING: Readonly<Record<string, readonly string[]>> = {
  audio: ["src"],
  embed: ["src"],
  iframe: ["src"],
  image: ["href"],
  img: ["src"],
  input: ["src"],
  link: ["href"],
  object: ["data"],
  script: ["src"],
  source: ["src"],
  track: ["src"],
  use: ["href"],
  video: ["src", "poster"],
};

/** Reads a page as a browser does. */
export function pageFacts(text: string): PageFacts {
  const links: string[] = [];
  const loads: string[] = [];
  const ids = new Set<string>();
  visit(parse(text));
  return { links, loads, ids };

  function visit(node: Node): void {
    if ("attrs" in node) {
      const attributes = new Map(node.attrs.map(({ name, value }) => [name, value]));
      const id = attributes.get("id");
      if (id !== undefined) ids.add(id);
      const href = attributes.get("href");
      if ((node.tagName === "a" || node.tagName === "area") && href !== undefined) links.push(href);
      for (const name of LOADING[node.tagName] ?? []) {
        const address = attributes.get(name);
        if (address !== undefined && !address.startsWith("data:")) loads.push(address);
      }
    }
    if ("childNodes" in node) node.childNodes.forEach(visit);
    if (node.nodeName === "template" && "content" in node) visit(node.content);
  }
}
