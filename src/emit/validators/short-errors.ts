/** An error as AJV writes it into the code; what stands at its place; what kind it is. */
interface Kind {
  readonly pattern: RegExp;
  /** Called where the place is any expression; and where it is `instancePath` and a path that only `properties` lead to. */
  readonly general: string;
  readonly property?: string;
}

/** A string of JavaScript between its quotes. */
const TEXT = String.raw`(?:[^"\\]|\\.)*`;
const START = String.raw`\{instancePath(?::(?<place>[^{},]*))?,schemaPath:"(?<schema>${TEXT})`;

const KINDS: readonly Kind[] = [
  {
    pattern: new RegExp(
      String.raw`${START}/type",keyword:"type",params:\{type: "(?<value>\w+)"\},message:"must be \k<value>"\}`,
      "g",
    ),
    general: "typeError",
    property: "propertyTypeError",
  },
  {
    pattern: new RegExp(
      String.raw`${START}/format",keyword:"format",params:\{format: "(?<value>[\w-]+)"\},message:"must match format \\""\+"\k<value>"\+"\\""\}`,
      "g",
    ),
    general: "formatError",
    property: "propertyFormatError",
  },
  {
    pattern: new RegExp(
      String.raw`${START}/required",keyword:"required",params:\{missingProperty: (?<value>missing\d+)\},message:"must have required property '"\+\k<value>\+"'"\}`,
      "g",
    ),
    general: "requiredError",
  },
];

/**
 * Calls the runtime's functions for the errors that validators report most, which are half of AJV's code and always the same.
 * @returns the code, and the names of the functions it now calls
 */
export function shortenErrors(code: string): { readonly code: string; readonly calls: ReadonlySet<string> } {
  const calls = new Set<string>();
  let short = code;
  for (const { pattern, general, property } of KINDS) {
    short = short.replaceAll(pattern, (...found) => {
      const { place = "instancePath", schema, value } = found.at(-1) as Record<"place" | "schema" | "value", string>;
      const written = general === "requiredError" ? value : `"${value}"`;
      const path = new RegExp(`^instancePath\\+"(${TEXT})"$`).exec(place)?.[1];
      if (property !== undefined && path !== undefined && schema === `#${path.replaceAll("/", "/properties/")}`) {
        calls.add(property);
        return `${property}(instancePath,"${path}",${written})`;
      }
      calls.add(general);
      return `${general}(${place},"${schema}",${written})`;
    });
  }
  return { code: short, calls };
}
