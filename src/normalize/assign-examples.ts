import { isObject } from "../json/index.ts";
import type { Condition, Example, Json, Scalar } from "../model/index.ts";
import { valueAt } from "./value-at.ts";

/**
 * Whether a payload meets the body conditions of a route; conditions on headers and addresses cannot be judged by a
 * payload alone and are passed over.
 */
function meetsRoute(payload: Json, route: readonly Condition[]): boolean {
  return route.every((condition) => {
    if (condition.in !== "body") return true;
    const value = valueAt(payload, condition.at);
    return (Array.isArray(condition.value) ? condition.value : [condition.value]).includes(value as Scalar);
  });
}

/**
 * Gives the examples of a payload that was split to the branches they belong to.
 * @param routes  the routes of the branches
 * @returns the examples of each branch, and those that no branch or several branches would take.
 */
export function assignExamples(
  examples: readonly Example[],
  routes: readonly (readonly Condition[])[],
): { assigned: readonly (readonly Example[])[]; left: readonly Example[] } {
  const assigned: Example[][] = routes.map(() => []);
  const left: Example[] = [];
  for (const example of examples) {
    const fitting = routes.flatMap((route, index) => (meetsRoute(example.payload, route) ? index : []));
    const most = Math.max(0, ...fitting.map((index) => routes[index]?.length ?? 0));
    const best = fitting.filter((index) => (routes[index]?.length ?? 0) === most);
    const [only] = best;
    if (best.length === 1 && only !== undefined && isObject(example.payload)) assigned[only]?.push(example);
    else left.push(example);
  }
  return { assigned, left };
}
