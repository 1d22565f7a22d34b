import type { Shape } from "../schema/shape.ts";

/** What people call a variant; its type where nobody has named it. */
export function variantLabel({ title, reference, type }: Shape): string {
  return title ?? reference ?? type;
}
