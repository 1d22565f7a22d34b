/**
 * The strongly connected components of a graph, by Tarjan's algorithm with a stack of its own.
 * @param next  the nodes that an edge leads to
 * @returns the component of every node that can be reached from `roots`, as a number
 * @see https://doi.org/10.1137/0201010
 */
export function componentsOf<Node>(roots: Iterable<Node>, next: (node: Node) => Iterable<Node>): Map<Node, number> {
  const component = new Map<Node, number>();
  const order = new Map<Node, number>();
  const lowest = new Map<Node, number>();
  const open: Node[] = [];
  let count = 0;

  for (const root of roots) {
    if (order.has(root)) continue;
    const path: { readonly node: Node; readonly edges: Iterator<Node> }[] = [];
    enter(root, path);
    for (let step = path.at(-1); step !== undefined; step = path.at(-1)) {
      const { value: target, done } = step.edges.next();
      if (done !== true) {
        if (!order.has(target)) enter(target, path);
        else if (!component.has(target)) lower(step.node, order.get(target) as number);
        continue;
      }
      path.pop();
      const parent = path.at(-1);
      if (parent !== undefined) lower(parent.node, lowest.get(step.node) as number);
      if (lowest.get(step.node) === order.get(step.node)) close(step.node);
    }
  }
  return component;

  function enter(node: Node, path: { node: Node; edges: Iterator<Node> }[]): void {
    order.set(node, order.size);
    lowest.set(node, order.size - 1);
    open.push(node);
    path.push({ node, edges: next(node)[Symbol.iterator]() });
  }

  function lower(node: Node, value: number): void {
    lowest.set(node, Math.min(lowest.get(node) as number, value));
  }

  function close(root: Node): void {
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      component.set(node, count);
      if (node === root) break;
    }
    count++;
  }
}
