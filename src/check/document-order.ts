import { getMember, isArray, isObject, parsePointer } from "../json/index.ts";
import type { Json } from "../model/index.ts";
import type { Violation } from "./violation.ts";

/** Sorts violations as a reader of the document meets them; what is not in the document stands with its parent. */
export function inDocumentOrder(violations: readonly Violation[], document: Json): Violation[] {
  return violations
    .map((violation) => ({ violation, order: orderOf(violation.pointer, document) }))
    .sort((a, b) => compare(a.order, b.order))
    .map(({ violation }) => violation);
}

/** The position of each step of a pointer among its siblings. */
function orderOf(pointer: string, document: Json): readonly number[] {
  const order: number[] = [];
  let current: Json | undefined = document;
  for (const token of parsePointer(pointer) ?? []) {
    if (isArray(current)) order.push(Number(token));
    else if (isObject(current)) order.push(Object.keys(current).indexOf(token));
    current = getMember(current, token);
    if (current === undefined) break;
  }
  return order;
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (let index = 0; index < Math.min(a.length, b.length); index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
