import type { SchemaSide } from "../schema/schema-side.ts";
import type { Shape } from "../schema/shape.ts";

/** What people call a variant: its title or name, what tells it from the others, or its type. */
export function variantLabel(shape: Shape, all: readonly Shape[], side: SchemaSide): string {
  const { title, reference, type } = shape;
  if (title !== undefined || reference !== undefined) return title ?? reference ?? type;
  const telling = [...side.constants(shape)].find(([name, value]) =>
    all.every((other) => other === shape || side.constants(other).get(name) !== value),
  );
  return telling === undefined ? type : `${telling[0]} = ${telling[1]}`;
}
