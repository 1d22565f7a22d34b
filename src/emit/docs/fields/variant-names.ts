import type { Schema } from "../../../model/index.ts";
import type { FieldLabels } from "./field-labels.ts";

/** What alternatives are called: as the document calls them, or by their types; those that would have one name, by a field that tells them apart. */
export function variantNames(choices: readonly Schema[], labels: FieldLabels): readonly string[] {
  const names = choices.map((choice) => {
    const { title, schemaName, type } = labels.of(choice);
    return title ?? schemaName ?? type;
  });
  return names.map((name, index) => {
    if (names.filter((one) => one === name).length === 1) return name;
    const own = ownField(choices, index, labels);
    return own === undefined ? name : `${name} with ${own}`;
  });
}

/** The first field that no other alternative has; one that is required goes before others. */
function ownField(choices: readonly Schema[], index: number, labels: FieldLabels): string | undefined {
  const membersOf = (choice: Schema) => labels.members(labels.flat(choice)).filter(({ kind }) => kind === "property");
  const others = new Set(
    choices.flatMap((choice, at) => (at === index ? [] : membersOf(choice).map(({ name }) => name))),
  );
  const own = membersOf(choices[index] ?? true).filter(({ name }) => !others.has(name));
  return (own.find(({ required }) => required) ?? own[0])?.name;
}
