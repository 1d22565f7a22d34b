import type { Contract, OutputFile } from "../../model/index.ts";
import { banner } from "../source-text.ts";
import type { TypeNames } from "../type-names.ts";
import type { CompiledContract, ValidationFunctions } from "./compile.ts";
import { type SharedUnit, shareModules } from "./shared-modules.ts";
import { collectUnits, type Unit } from "./units.ts";

export interface ValidatorsOptions {
  readonly compiled: CompiledContract;
  readonly functions: ValidationFunctions;
  readonly names: TypeNames;
  /** What a validator imports a module of the runtime as, by the module's path below `runtime/`. */
  readonly runtimeModule: (module: string) => string;
  readonly documentName: string;
}

/**
 * The validator of a schema that none could be made of, which `generate` has reported. Nothing was checked, so nothing is
 * called valid.
 */
const REFUSE_ALL = `export function validate() {
  validate.errors = [
    {
      instancePath: "",
      schemaPath: "#",
      keyword: "schema",
      params: {},
      message: "cannot be checked: no validator could be made of its schema",
    },
  ];
  return false;
}
`;

/**
 * One ES module per webhook, `validators/<key>.js`, which exports `validate`; what several of them call is in modules that
 * they import, whose names have a dash so that they are no key. They need nothing outside the output folder, and no `eval`.
 */
export function emitValidators(contract: Contract, options: ValidatorsOptions): OutputFile[] {
  const { compiled, functions } = options;
  const { units, entries } = collectUnits(compiled.validators, functions);
  const users = usersOf(units, entries);
  const moduleOf = assignModules(units, users, contract);
  const modules = new Map<string, Unit[]>();
  for (const unit of units.values()) {
    const path = moduleOf.get(unit.name) ?? "";
    modules.set(path, [...(modules.get(path) ?? []), unit]);
  }
  const files: OutputFile[] = [];
  for (const webhook of contract.webhooks) {
    const path = `${webhook.key}.js`;
    const own = modules.get(path) ?? [];
    modules.delete(path);
    const entry = entries.get(webhook.name);
    const exported = entry === undefined ? REFUSE_ALL : `export { ${entry} as validate };\n`;
    const needed = entry === undefined || own.some(({ name }) => name === entry) ? [] : [entry];
    files.push({ path: `validators/${path}`, text: moduleText(own, needed, exported) });
    files.push({
      path: `validators/${webhook.key}.d.ts`,
      text: declaration(options.names.events.get(webhook.name) ?? "unknown"),
    });
  }
  for (const [path, shared] of modules) {
    const exported = `export { ${shared
      .map(({ name }) => name)
      .sort()
      .join(", ")} };\n`;
    files.push({ path: `validators/${path}`, text: moduleText(shared, [], exported) });
  }
  return files;

  function moduleText(own: readonly Unit[], alsoNeeded: readonly string[], exported: string): string {
    const names = new Set(own.map(({ name }) => name));
    const called = new Set([...own.flatMap(({ calls }) => [...calls]), ...alsoNeeded]);
    const imports = new Map<string, Set<string>>();
    const add = (from: string, name: string) => imports.set(from, (imports.get(from) ?? new Set()).add(name));
    for (const name of called) if (!names.has(name)) add(`./${moduleOf.get(name)}`, name);
    for (const name of own.flatMap((unit) => [...unit.imports])) {
      add(options.runtimeModule(functions.functions[name]?.module ?? ""), name);
    }
    const importLines = [...imports]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([from, list]) => `import { ${[...list].sort().join(", ")} } from ${JSON.stringify(from)};\n`);
    const constants = new Map(own.flatMap((unit) => [...unit.constants]));
    const constantLines = [...constants].map(([name, code]) => `const ${name} = ${code};\n`);
    const body = own.map(({ code }) => `${code.trim()}\n`);
    return [banner(options.documentName), ...importLines, ...constantLines, ...body, exported].join("");
  }

  function declaration(typeName: string): string {
    return (
      banner(options.documentName) +
      `import type { Validator } from ${JSON.stringify(options.runtimeModule("index"))};\n` +
      `import type { ${typeName} } from "../types.js";\n` +
      `export declare const validate: Validator<${typeName}>;\n`
    );
  }
}

/** Which webhooks lead to each unit. */
function usersOf(
  units: ReadonlyMap<string, Unit>,
  entries: ReadonlyMap<string, string>,
): ReadonlyMap<string, ReadonlySet<string>> {
  const users = new Map<string, Set<string>>();
  for (const [webhook, entry] of entries) {
    const pending = [entry];
    for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
      const known = users.get(name) ?? new Set();
      if (known.has(webhook)) continue;
      users.set(name, known.add(webhook));
      pending.push(...(units.get(name)?.calls ?? []));
    }
  }
  return users;
}

/** The module of each unit: its only webhook's, else a shared one. */
function assignModules(
  units: ReadonlyMap<string, Unit>,
  users: ReadonlyMap<string, ReadonlySet<string>>,
  contract: Contract,
): ReadonlyMap<string, string> {
  const keys = new Map(contract.webhooks.map(({ name, key }) => [name, key]));
  const modules = new Map<string, string>();
  const shared: SharedUnit[] = [];
  for (const { name, code } of units.values()) {
    const of = users.get(name) ?? new Set<string>();
    const [only] = of;
    if (of.size === 1 && only !== undefined) modules.set(name, `${keys.get(only)}.js`);
    else shared.push({ name, size: code.length, users: of });
  }
  shareModules(shared).forEach((names, index, { length }) => {
    for (const name of names) modules.set(name, length === 1 ? "shared-all.js" : `shared-${index + 1}.js`);
  });
  return modules;
}
