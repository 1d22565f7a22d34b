import type { Command } from "commander";
import type { CommandReference } from "../pipeline.ts";

/** The commands of a program as data, for whoever prints them otherwise than as help. */
export function describeProgram(program: Command): CommandReference {
  return {
    name: program.name(),
    description: program.description(),
    notes: "",
    commands: leavesOf(program).map(({ command, name }) => {
      const example = exampleOf(command);
      return {
        name,
        usage: `${program.name()} ${name} ${command.usage()}`,
        summary: command.description(),
        arguments: command.registeredArguments.map((argument) => ({
          name: `${argument.required ? "<" : "["}${argument.name()}${argument.variadic ? "..." : ""}${argument.required ? ">" : "]"}`,
          description: argument.description,
        })),
        options: command.options.map(({ flags, description, argChoices, defaultValue }) => ({
          flags,
          description,
          ...(argChoices === undefined ? {} : { choices: argChoices }),
          ...(typeof defaultValue === "string" ? { default: defaultValue } : {}),
        })),
        ...(example === null ? {} : { example }),
      };
    }),
  };
}

/** The commands that do something, by their whole name: `pact check`, and not `pact`. */
function leavesOf(parent: Command, above = ""): readonly { readonly command: Command; readonly name: string }[] {
  return parent.commands.flatMap((command) => {
    const name = `${above}${command.name()}`;
    return command.commands.length === 0 ? [{ command, name }] : leavesOf(command, `${name} `);
  });
}

/** Help has an example behind everything else; the program keeps it as text that is printed. */
function exampleOf(command: Command): string | null {
  let text = "";
  command.configureOutput({
    writeOut: (part) => {
      text += part;
    },
  });
  command.outputHelp();
  const [, example] = text.split("\nExample:\n");
  return example === undefined ? null : example.replace(/^ +\$ /gm, "").trim();
}
