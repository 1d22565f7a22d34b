import { parsePointer } from "../../../json/index.ts";
import type { Field, Variant } from "./field.ts";

/** A pointer into an event as a page shows it. */
export interface PointedField {
  /** `files[].id` */
  readonly path: string;
  /** Of the line in the table that is about it, or about the nearest thing around it; null where that is the whole payload. */
  readonly id: string | null;
}

type Node = Pick<Field | Variant, "children" | "variants" | "sameAs"> & { readonly path: string };

/** Finds the lines of a payload's table that pointers into the decoded event mean. */
export class FieldPlaces {
  readonly #root: Field;
  #byId: ReadonlyMap<string, Field> | null = null;

  constructor(root: Field) {
    this.#root = root;
  }

  /** @param pointer  `*` stands for every item of a list, and for every property that has no name */
  find(pointer: string): PointedField {
    const tokens = parsePointer(pointer) ?? [];
    let nodes: readonly Node[] = [this.#root];
    let id: string | null = null;
    for (const token of tokens) {
      const found = this.#below(nodes, token);
      const line = found.find((node): node is Field => "id" in node && node !== this.#root);
      if (found.length === 0) break;
      if (line !== undefined) id = line.id;
      nodes = found;
    }
    return { path: pathOf(tokens), id };
  }

  #below(nodes: readonly Node[], token: string): readonly Node[] {
    const found: Node[] = [];
    const seen = new Set<object>();
    const queue = [...nodes];
    for (let node = queue.shift(); node !== undefined; node = queue.shift()) {
      if (seen.has(node)) continue;
      seen.add(node);
      const { path } = node;
      for (const child of node.children) {
        if (child.kind === "property" ? child.name === token : token === "*") found.push(child);
        // The fields of a list's objects stand right below the list.
        else if (token === "*" && child.path.startsWith(`${path}[]`)) found.push({ ...node, path: `${path}[]` });
      }
      for (const { choices } of node.variants) queue.push(...choices.map((choice) => ({ ...choice, path })));
      const same = node.sameAs === undefined ? undefined : this.#fieldOf(node.sameAs.id);
      if (same !== undefined) queue.push(same);
    }
    return found;
  }

  #fieldOf(id: string): Field | undefined {
    if (this.#byId === null) {
      const found = new Map<string, Field>();
      const queue: (Field | Variant)[] = [this.#root];
      for (let field = queue.pop(); field !== undefined; field = queue.pop()) {
        if ("id" in field && !found.has(field.id)) found.set(field.id, field);
        queue.push(...field.children, ...field.variants.flatMap(({ choices }) => choices));
      }
      this.#byId = found;
    }
    return this.#byId.get(id);
  }
}

/** A pointer into the decoded event as the table writes it. */
export function pathOfPointer(pointer: string): string {
  return pathOf(parsePointer(pointer) ?? []);
}

function pathOf(tokens: readonly string[]): string {
  return tokens.reduce((path, token) => (token === "*" ? `${path}[]` : path === "" ? token : `${path}.${token}`), "");
}
